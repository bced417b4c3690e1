// The one way to the server: typed from the contracts, under whatever path prefix the page was served from, in the reader's language.
import { ORPCError, createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import { contract } from 'virtual:contract'
import type { contract as Contract } from './contract.ts'

/** An address inside the product: works at `/` and under any prefix, since the server writes the page's base. */
export const url = (path: string): string => new URL(path.replace(/^\//, ''), document.baseURI).href

/** What every refusal and failure looks like on a screen: a name, one sentence, where it can, what to do about each field. */
export class Refused extends Error {
  readonly code: string
  readonly status: number
  readonly data: Record<string, unknown>
  readonly fields: Record<string, string>
  constructor(code: string, status: number, message: string, data: Record<string, unknown> = {}, fields: Record<string, string> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.data = data
    this.fields = fields
  }
}

type Issue = { pointer: string; message: string }
type Problem = { type?: string; title?: string; detail?: string; status?: number; code?: string; data?: Record<string, unknown>; issues?: Issue[] }

/** A problem document (RFC 9457) becomes an error that carries it; `issues` point at fields by JSON pointer. */
const decodeProblem = (body: unknown, response: { status: number }) => {
  const problem = (body && typeof body === 'object' ? body : {}) as Problem
  if (!problem.title && !problem.detail && !problem.code) return null
  return new ORPCError(problem.code ?? problem.type?.split(/[/:]/).pop()?.toUpperCase() ?? 'FAILED', {
    status: response.status < 400 ? 500 : response.status, message: problem.detail ?? problem.title ?? '', data: { ...problem.data, issues: problem.issues },
  })
}

export const refusalOf = (error: unknown): Refused => {
  if (error instanceof Refused) return error
  if (error instanceof ORPCError) {
    const data = (error.data ?? {}) as Record<string, unknown> & { issues?: Issue[] }
    const fields = Object.fromEntries((data.issues ?? []).map(({ pointer, message }) => [pointer.replace(/^\//, '').replaceAll('/', '.'), message]))
    return new Refused(error.code, error.status, error.message, data, fields)
  }
  // Browsers say a failed connection in their own words, all as a TypeError of fetch; anything else is a fault of the page itself.
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message) && !/module/i.test(error.message) ? new Refused('UNREACHABLE', 0, '') : new Refused('FAULT', 500, '')
}

/** No answer, or an answer from a proxy that could not reach the server: worth asking again. A refusal never is. */
export const isUnreachable = (error: unknown): boolean => {
  const { status } = refusalOf(error)
  return status === 0 || status === 502 || status === 503 || status === 504
}

/** The session ended meanwhile: by its own time, on another device, or by the unit above. */
export const SIGNED_OUT = 'sansang:signed-out'

const link = new OpenAPILink(contract, {
  url: () => url('api/v1'),
  headers: () => ({ 'accept-language': document.documentElement.lang }),
  fetch: async (request, init) => {
    const answer = await globalThis.fetch(request, { ...init, credentials: 'same-origin' })
    if (answer.status === 401 && !/\/(me|sign-in|link)$/.test(new URL(request.url).pathname)) dispatchEvent(new Event(SIGNED_OUT))
    // The client reads only what is called application/json as JSON.
    return answer.headers.get('content-type')?.startsWith('application/problem+json')
      ? new Response(await answer.text(), { status: answer.status, headers: { 'content-type': 'application/json' } })
      : answer
  },
  customErrorResponseBodyDecoder: decodeProblem,
})

export type Api = JsonifiedClient<ContractRouterClient<typeof Contract>>
export const api: Api = createORPCClient(link)
/** `q.units.search.queryOptions({ input })`: keys, types and signals for TanStack Query. */
export const q = createTanstackQueryUtils(api)

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What is live is told of changes only while it is on a screen: shown again, it is fetched again.
      staleTime: (query) => (query.meta?.topics ? 0 : 20_000), gcTime: 10 * 60_000, networkMode: 'always', refetchOnReconnect: true,
      retry: (times, error) => isUnreachable(error) && times < 2,
      retryDelay: (times) => Math.min(500 * 2 ** times, 4000),
    },
    mutations: { networkMode: 'always' },
  },
})
