// From a cursor list of the API to the properties of a table.
import type { UseInfiniteQueryResult } from '@tanstack/react-query'

type PageOf<R> = { items: R[]; next: string | null; total?: number | undefined; asOf: string }
type List<R> = UseInfiniteQueryResult<{ pages: PageOf<R>[] }, Error>

export const listRows = <R>(query: List<R>): R[] | undefined => query.data?.pages.flatMap((page) => page.items)

export const listProps = <R>(query: List<R>) => ({
  total: query.data?.pages[0]?.total,
  more: { has: query.hasNextPage, busy: query.isFetchingNextPage, load: () => { if (!query.isFetchingNextPage) void query.fetchNextPage() } },
  error: query.error ?? undefined,
  retry: () => void query.refetch(),
})
