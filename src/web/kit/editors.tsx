// Who else edits what I edit, said where the words are: a name with its initials, as long as it is so.
import { useEffect } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q } from '../client.ts'
import { useT } from '../i18n.tsx'
import { kit } from './messages.ts'

const AGAIN_MS = 12_000 // the server forgets after thirty seconds

/** Vietnamese names end with the given name: Nguyễn Thị Lan → TL, and one word gives one letter. */
export const initialsOf = (name: string): string => name.trim().split(/\s+/).slice(-2).map((word) => word[0]?.toUpperCase() ?? '').join('') || '·'

/** Stands in an editor: tells the others as long as it is there. What is not saved at the server yet (no `id`) is nobody else's. */
export function Editors({ kind, id }: { kind: 'template' | 'plan' | 'paper' | 'form'; id: string | undefined }) {
  const t = useT(kit)
  const here = useQuery({
    ...q.editors.here.queryOptions({ input: { kind, id: id ?? '', editing: true } }), enabled: id !== undefined, refetchInterval: AGAIN_MS, refetchIntervalInBackground: true, staleTime: 0, gcTime: 0, retry: false,
    meta: { topics: id === undefined ? [] : [`editors:${kind}_${id}`] },
  })
  useEffect(() => {
    if (id === undefined) return undefined
    return () => { void api.editors.here({ kind, id, editing: false }).catch(() => { /* forgotten in half a minute */ }) }
  }, [kind, id])
  const others = here.data?.others ?? []
  return (
    <div role="status">{others.length > 0 && (
      <p className="editors no-print">{others.slice(0, 3).map((one) => <b key={one.id} aria-hidden="true">{initialsOf(one.name)}</b>)}
        <span>{t(others.length > 3 ? 'editors.more' : 'editors', { names: others.slice(0, 3).map((one) => one.name).join(', '), n: others.length > 3 ? others.length - 3 : others.length })}</span></p>
    )}</div>
  )
}
