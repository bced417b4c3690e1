// Who is signed in here. Asked once at the start; a 401 anywhere sends back to the sign-in page and, after it, to where one was.
import { useQuery } from '@tanstack/react-query'
import { dayIn } from '../pure/calendar.ts'
import { q, queries, refusalOf } from './client.ts'
import { ownZone } from './written.ts'

const question = () => q.people.me.queryOptions({ staleTime: 60_000, retry: 1 })

/** What is typed and kept in this window (leave.ts) is one person's: it goes when they sign out, or when somebody else signs in after their session has ended. */
export function forgetTyped(but?: string): void {
  try {
    if (but !== undefined && sessionStorage.getItem('sansang.who') === but) return
    sessionStorage.clear()
    if (but !== undefined) sessionStorage.setItem('sansang.who', but)
  } catch { /* a private window keeps nothing */ }
}

/** undefined: nobody. */
export const loadMe = () => queries.fetchQuery(question()).then((me) => { forgetTyped(me.id); return me }).catch((error: unknown) => {
  if (refusalOf(error).status === 401) return undefined
  throw error
})
export type Me = NonNullable<Awaited<ReturnType<typeof loadMe>>>

export function useMe(): Me | undefined {
  return useQuery({ ...question(), enabled: false }).data
}
/** The zone of the office, which is not always that of the reader's machine. */
export const useZone = (): string => useMe()?.zone ?? ownZone()
export const useToday = (): string => dayIn(new Date(), useZone())
/** Topics of all dates that one may see: a unit's tells of those below it too. */
export const useDatesTopics = (unit?: string): string[] => { const me = useMe(); return unit ? [`dates:${unit}`] : [...new Set((me?.grants ?? []).flatMap((grant) => ((grant.unit ?? me?.unit) ? [`dates:${(grant.unit ?? me!.unit)!.id}`] : [])))].slice(0, 20) }
/** Whether a button is worth showing; the server decides. */
export const useMay = (right: string): boolean => useMe()?.rights.includes(right) ?? false
/** After signing in or out: everything that was loaded belonged to somebody else. */
export const forgetAll = (): void => queries.clear()
