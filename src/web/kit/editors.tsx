// Who else edits what I edit, said where the words are: a name with its initials, as long as it is so.
import { useEffect } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, url } from '../client.ts'
import { useT } from '../i18n.tsx'
import { kit } from './messages.ts'

const AGAIN_MS = 12_000 // the server forgets after thirty seconds
/** How many editors of a record stand on this page: from one section of a plan to the next nobody has left. */
const standing = new Map<string, number>()

/** Vietnamese names end with the given name: Nguyễn Thị Lan → TL, and one word gives one letter. */
export const initialsOf = (name: string): string => name.trim().split(/\s+/).slice(-2).map((word) => word[0]?.toUpperCase() ?? '').join('') || '·'

/** Stands in an editor: tells the others as long as it is there. What is not saved at the server yet (no `id`) is nobody else's. */
export function Editors({ kind, id }: { kind: 'template' | 'plan' | 'paper' | 'form' | 'task' | 'meeting' | 'report'; id: string | undefined }) {
  const here = useQuery({
    ...q.editors.here.queryOptions({ input: { kind, id: id ?? '', editing: true } }), enabled: id !== undefined, refetchInterval: AGAIN_MS, refetchIntervalInBackground: true, staleTime: 0, gcTime: 0, retry: false,
    meta: { topics: id === undefined ? [] : [`editors:${kind}_${id}`] },
  })
  useEffect(() => {
    if (id === undefined) return undefined
    const goes = { kind, id, editing: false }
    const key = `${kind} ${id}`
    const count = (by: number) => { const n = (standing.get(key) ?? 0) + by; if (n > 0) standing.set(key, n); else standing.delete(key) }
    count(1)
    // A page that goes can only leave word, not wait for the answer.
    const away = () => { navigator.sendBeacon(url('api/v1/editors'), new Blob([JSON.stringify(goes)], { type: 'application/json' })) }
    addEventListener('pagehide', away)
    return () => {
      removeEventListener('pagehide', away)
      count(-1)
      // Whoever comes in the same step is there by then; a leave on its way beside a stay could be heard after it.
      setTimeout(() => { if (!standing.has(key)) void api.editors.here(goes).catch(() => { /* forgotten in half a minute */ }) })
    }
  }, [kind, id])
  return <EditorsNote names={(here.data?.others ?? []).map((one) => one.name)} />
}

export function EditorsNote({ names }: { names: readonly string[] }) {
  const t = useT(kit)
  return (
    <div role="status" className={names.length > 0 ? undefined : 'hidden-visually'}>{names.length > 0 && (
      <p className="editors no-print">{names.slice(0, 3).map((name, i) => <b key={i} aria-hidden="true">{initialsOf(name)}</b>)}
        <span>{t(names.length > 3 ? 'editors.more' : 'editors', { names: names.slice(0, 3).join(', '), n: names.length > 3 ? names.length - 3 : names.length })}</span></p>
    )}</div>
  )
}
