// What is refused rarely is shown at once and taken back if it is refused. Never for what binds others or counts as evidence: approve, issue, verify, sign.
import type { QueryKey } from '@tanstack/react-query'
import { translator } from './catalogue.ts'
import { isUnreachable, queries, refusalOf } from './client.ts'
import { kit } from './kit/messages.ts'
import { toast } from './kit/toast.tsx'
import { sendSafely } from './orders.ts'

/** Changes what is loaded under this key; answers how to take it back. A read on its way would bring the old back: it is dropped. */
export function shown<D>(queryKey: QueryKey, change: (data: D) => D): () => void {
  void queries.cancelQueries({ queryKey, predicate: (one) => one.state.data !== undefined })
  const before = queries.getQueriesData<D>({ queryKey })
  queries.setQueriesData<D>({ queryKey }, (data) => (data === undefined ? data : change(data)))
  return () => { for (const [key, data] of before) if (data !== undefined) queries.setQueryData(key, data) }
}

/** The kit's words outside of a component. */
export const saidNow = () => translator(kit, document.documentElement.lang === 'en' ? 'en' : 'vi')

/** The server's sentence, or that nothing was sent; what was shown is gone by then. */
export function saidRefused(error: unknown): void {
  const said = saidNow()
  toast(isUnreachable(error) ? said('atOnce.unsent') : refusalOf(error).message || said('wait.failed'), { look: 'bad' })
}

/** `show` puts on the screen what will be so, and answers how to take it back. Answers undefined when it was refused or could not be sent. */
export async function atOnce<O>(show: () => readonly (() => void)[], send: () => Promise<O>): Promise<O | undefined> {
  const back = show()
  try {
    return await sendSafely(send)
  } catch (error) {
    for (const undo of back.toReversed()) undo()
    saidRefused(error)
    return undefined
  }
}
