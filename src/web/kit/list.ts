// From a cursor list of the API to the properties of a table.
import type { UseInfiniteQueryResult } from '@tanstack/react-query'

type PageOf<R> = { items: R[]; next: string | null; total?: number | undefined; asOf: string }
type List<R> = UseInfiniteQueryResult<{ pages: PageOf<R>[] }, Error>

const joined = new WeakMap<object, unknown[]>()
/** The rows of all pages: the same array as long as the data are the same, so that a table knows that nothing changed. */
export function listRows<R>({ data }: List<R>): R[] | undefined {
  if (!data) return undefined
  const rows = (joined.get(data) as R[] | undefined) ?? data.pages.flatMap((page) => page.items)
  joined.set(data, rows)
  return rows
}

export const listProps = <R>(query: List<R>) => ({
  total: query.data?.pages[0]?.total,
  more: { has: query.hasNextPage, busy: query.isFetchingNextPage, load: () => { if (!query.isFetchingNextPage) void query.fetchNextPage() } },
  error: query.error ?? undefined,
  retry: () => void query.refetch(),
})
