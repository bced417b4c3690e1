// /api/v1: from a request to a procedure of the contract and back.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { randomBytes } from 'node:crypto'
import { ORPCError } from '@orpc/server'
import { Refusal } from '../commit.ts'
import type { Lang } from '../contract.ts'
import { fault } from '../log.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { ProblemError, refusal, serverRefusals } from '../problem.ts'
import type { Context, Reply } from '../rpc.ts'
import type { Answers } from './answer.ts'
import { ANONYMOUS, langOf, openLimit } from './askers.ts'
import type { Asker, Askers } from './askers.ts'
import { readInput, readQuery } from './body.ts'
import { Download } from './download.ts'
import { inputOf, matcher, run } from './endpoints.ts'
import type { Endpoint } from './endpoints.ts'
import { clientAddress, sessionCookie } from './site.ts'
import type { Site } from './site.ts'

/** `right`: what the procedure asks for. */
export type Opened = { actor: Context['actor']; right: string; lang: Lang; at: Date; peer: { address: string; agent: string }; reply: Reply }
export type ApiOptions = {
  site: Site; endpoints: Endpoint[]; askers: Askers; answers: Answers; log: Logger; metrics: Metrics; clock: () => Date
  open: (asker: Opened) => Context
}

const SLOW_MS = 1000
const MOST_UNDER_WAY = 2000
const PUBLIC_PER_MINUTE = 300
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export type Api = { handle: (request: IncomingMessage, response: ServerResponse, path: string, query: string) => Promise<void>; underWay: () => number }

export function openApi({ site, endpoints, askers, answers, log, metrics, clock, open }: ApiOptions): Api {
  const find = matcher(endpoints)
  const requests = metrics.counter('sansang_requests_total', 'Answers of the API by procedure and status.')
  const seconds = metrics.histogram('sansang_request_seconds', 'Time to answer, by procedure.', SECONDS)
  const measured = new Map(endpoints.map((endpoint) => [endpoint, { statuses: new Map<number, { add: () => void }>(), time: seconds.at({ procedure: endpoint.name }) }]))
  const limit = openLimit(PUBLIC_PER_MINUTE)
  let underWay = 0

  function count(endpoint: Endpoint, status: number, took: number): void {
    const { statuses, time } = measured.get(endpoint)!
    let cell = statuses.get(status)
    if (!cell) statuses.set(status, cell = requests.at({ procedure: endpoint.name, status: String(status) }))
    cell.add()
    time.observe(took / 1000)
  }

  /** Before anything of the request's body is read: may this asker ask this at all? */
  function admit({ meta, method }: Endpoint, asker: Asker | undefined, address: () => string): void {
    if (meta.right === 'public') {
      const wait = method === 'GET' || asker ? 0 : limit(address())
      if (wait > 0) throw refusal('TOO_MANY', { data: { seconds: wait }, headers: { 'Retry-After': String(wait) } })
      return
    }
    if (!asker) throw refusal('SIGN_IN')
    // A token reads and does its scopes' work; the account itself (password, second factor, further tokens) is changed by signing in.
    if (meta.right === 'self' && method !== 'GET' && (asker.actor.scopes?.length ?? 0) > 0) throw refusal('FORBIDDEN')
  }

  async function handle(request: IncomingMessage, response: ServerResponse, path: string, query: string): Promise<void> {
    const began = performance.now()
    let endpoint: Endpoint | undefined
    let asker: Asker | undefined
    let lang = langOf(request)
    underWay++
    try {
      if (underWay > MOST_UNDER_WAY) throw refusal('STOPPING', { headers: { 'Retry-After': '2' } })
      const found = find(request.method === 'HEAD' ? 'GET' : request.method!, path)
      if (!found) throw refusal('NO_SUCH_ADDRESS')
      if ('allow' in found) throw refusal('METHOD', { data: { allow: found.allow.join(', ') }, headers: { Allow: found.allow.join(', ') } })
      endpoint = found.endpoint
      asker = await askers.ask(request)
      if (asker?.lang) lang = langOf(request, asker.lang)
      const address = () => clientAddress(request, site.trust)
      admit(endpoint, asker, address)
      const body = endpoint.method === 'GET' ? undefined : await readInput(request, endpoint.meta.limit)
      const input = inputOf(endpoint, found.params, endpoint.method === 'GET' || query !== '' ? readQuery(query) : {}, body, request.headers)

      const headers: string[] = []
      const via = asker?.actor.via
      const context = open({
        actor: asker?.actor ?? ANONYMOUS, right: endpoint.meta.right, lang, at: clock(), peer: { address: address(), agent: request.headers['user-agent'] ?? '' },
        reply: {
          session: (secret, until) => { headers.push('Set-Cookie', sessionCookie(site, secret, until)) },
          endSession: () => { headers.push('Set-Cookie', sessionCookie(site, '', new Date(0))); if (via) askers.forget(via) },
          forget: askers.forget,
        },
      })
      const output = await run(endpoint, context, input)
      if (output instanceof Download) await answers.file(request, response, output, headers)
      else if (endpoint.detailed) {
        const { status = endpoint.status, body: value, headers: more = {} } = (output ?? {}) as { status?: number; body?: unknown; headers?: Record<string, string> }
        await answers.any(request, response, status, value, [...Object.entries(more).flat(), ...headers])
      } else await answers.json(request, response, endpoint.status, output, headers)
    } catch (error) {
      fail(request, response, error, endpoint, asker, lang)
    } finally {
      underWay--
      const took = performance.now() - began
      if (endpoint) {
        count(endpoint, response.statusCode, took)
        const fields = { procedure: endpoint.name, status: response.statusCode, ms: Math.round(took), actor: asker?.actor.id }
        if (took > SLOW_MS) log.warn('request.slow', fields)
        else log.debug('request', fields)
      }
    }
  }

  function fail(request: IncomingMessage, response: ServerResponse, error: unknown, endpoint: Endpoint | undefined, asker: Asker | undefined, lang: Lang): void {
    if (response.headersSent) return void response.destroy() // a file broke off in the middle: the client must see that it is not whole
    const problem = asProblem(error, endpoint)
    const trace = problem.status >= 500 ? randomBytes(8).toString('hex') : undefined
    const fields = { procedure: endpoint?.name, status: problem.status, code: problem.code, actor: asker?.actor.id, via: asker?.actor.via, trace }
    if (problem.code === 'BROKEN') log.error('request.broken', { ...fields, ...fault(error) })
    else if (problem.status >= 500) log.warn('request.unavailable', { ...fields, ...fault(error) })
    else if (problem.status === 401 || problem.status === 403 || (problem.status === 404 && asker)) log.info('request.refused', fields)
    if (!request.complete) problem.headers = { ...problem.headers, Connection: 'close' }
    answers.problem(response, problem, lang, trace)
  }

  return { handle, underWay: () => underWay }
}

type Said = { status?: number; message?: { vi: string; en: string } }

function asProblem(error: unknown, endpoint: Endpoint | undefined): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof Refusal || error instanceof ORPCError) {
    const said = (endpoint?.procedure['~orpc'].errorMap as Record<string, Said> | undefined)?.[error.code] ?? serverRefusals[error.code as keyof typeof serverRefusals]
    if (said?.status && said.message) return new ProblemError(error.code, { status: said.status, message: said.message }, { data: error.data as Record<string, unknown> | undefined })
  }
  return refusal(databaseAway(error) ? 'STOPPING' : 'BROKEN', databaseAway(error) ? { headers: { 'Retry-After': '2' } } : {})
}

/** The database is starting, stopping or full: worth another try, and no fault of ours. */
export function databaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: string }
  return /^(57P0[123]|08\d{3}|53300|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/.test(code ?? '')
    || /^(Connection terminated|the server is stopping|timeout exceeded when trying to connect)/.test(error.message)
}
