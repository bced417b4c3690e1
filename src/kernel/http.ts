// The web server: which address goes where, how long anybody may take, and how it stops.
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { timingSafeEqual } from 'node:crypto'
import type { Actor } from './access.ts'
import { answersOf } from './http/answer.ts'
import { langOf, openAskers } from './http/askers.ts'
import type { Asker, Askers, Authenticate } from './http/askers.ts'
import { openApi } from './http/api.ts'
import type { ApiOptions } from './http/api.ts'
import { readJson } from './http/body.ts'
import type { Endpoint } from './http/endpoints.ts'
import type { Files } from './http/files.ts'
import type { Answers } from './http/answer.ts'
import { isLocal, makeNonce, securityHeaders } from './http/site.ts'
import type { Site } from './http/site.ts'
import { openStatic } from './http/static.ts'
import { MOST_TOPICS } from './live.ts'
import type { Hub } from './live.ts'
import { fault } from './log.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { ProblemError, refusal } from './problem.ts'

/** A page that the server writes itself, without script. */
export type Page = (request: { lang: 'vi' | 'en'; nonce: string; path: string; query: URLSearchParams }) => Promise<string | undefined>
export type Health = () => Promise<{ ready: boolean } & Record<string, unknown>>

export type HttpOptions = {
  site: Site; log: Logger; metrics: Metrics
  endpoints: Endpoint[]; open: ApiOptions['open']; authenticate: Authenticate; clock?: () => Date
  health: Health; hub: Hub; files: (answers: Answers) => Files
  /** The OpenAPI document, and the pages `/api` and `/problems/{code}`. */
  document: () => Promise<object>; pages: Record<'/api' | '/problems', Page>
  /** The built web app. */
  dist: string
  /** Lets a scraper on another machine read /metrics, as `Authorization: Bearer`. */
  metricsToken?: string | null
}

export type Http = { server: Server; listen: (port: number, host: string) => Promise<string>; close: () => Promise<void>; askers: Askers }

const DRAIN_MS = 10_000

export function openHttp(options: HttpOptions): Http {
  const { site, log, metrics, hub, clock = () => new Date() } = options
  const security = securityHeaders(site)
  const answers = answersOf(security.data, site.prefix)
  const askers = openAskers(site, options.authenticate, hub.end)
  const api = openApi({ site, endpoints: options.endpoints, askers, answers, log, metrics, clock, open: options.open })
  const files = options.files(answers)
  const dist = openStatic(options.dist, site)
  const sockets = new Set<Socket>()
  const busy = new Set<Socket>()
  let stopping = false
  metrics.gauge('sansang_requests_under_way', 'Requests of the API being answered.', api.underWay)

  const needAsker = async (request: IncomingMessage): Promise<Asker> => {
    const asker = await askers.ask(request)
    if (!asker) throw refusal('SIGN_IN')
    return asker
  }
  const needActor = async (request: IncomingMessage): Promise<Actor> => (await needAsker(request)).actor
  const only = (request: IncomingMessage, ...methods: string[]): void => {
    const allow = methods.join(', ')
    if (!methods.includes(request.method!)) throw refusal('METHOD', { data: { allow }, headers: { Allow: allow } })
  }

  async function page(request: IncomingMessage, response: ServerResponse, path: string, query: string, write: Page): Promise<void> {
    only(request, 'GET', 'HEAD')
    const nonce = makeNonce()
    const asked = new URLSearchParams(query)
    const wanted = asked.get('lang')
    const html = await write({ lang: wanted === 'vi' || wanted === 'en' ? wanted : langOf(request), nonce, path, query: asked })
    if (html === undefined) throw refusal('NO_SUCH_ADDRESS')
    response.writeHead(200, [...security.page(nonce), 'Content-Type', 'text/html; charset=utf-8', 'Cache-Control', 'no-store', 'Content-Length', String(Buffer.byteLength(html))])
    response.end(request.method === 'HEAD' ? undefined : html)
  }

  async function live(request: IncomingMessage, response: ServerResponse, path: string, query: string): Promise<void> {
    if (path === '/live') {
      only(request, 'GET')
      const actor = await needActor(request)
      const still = async () => (await askers.ask(request, true).catch(() => undefined))?.actor.via === actor.via
      const asked = new URLSearchParams(query)
      const last = request.headers['last-event-id'] ?? asked.get('last') ?? undefined
      return hub.open(request, response, security.data, { actor, still }, (asked.get('topics') ?? '').split(',').filter(isTopic), typeof last === 'string' ? last : undefined)
    }
    only(request, 'POST')
    const actor = await needActor(request)
    const { add, drop } = ((await readJson(request, 64 * 1024)) ?? {}) as { add?: unknown; drop?: unknown }
    const topics = await hub.change(path.slice('/live/'.length), actor, list(add), list(drop))
    if (!topics) throw refusal('NOT_FOUND')
    await answers.json(request, response, 200, { topics })
  }

  /** Addresses other than the procedures'. True: answered. */
  async function other(request: IncomingMessage, response: ServerResponse, path: string, query: string): Promise<boolean> {
    if (path === '/health/live') return only(request, 'GET', 'HEAD'), await answers.json(request, response, 200, { live: true }), true
    if (path === '/health/ready') {
      only(request, 'GET', 'HEAD')
      const health = await options.health().catch(() => ({ ready: false }))
      const ready = health.ready && !stopping
      await answers.json(request, response, ready ? 200 : 503, { ...health, ready })
      return true
    }
    if (path === '/metrics') {
      only(request, 'GET')
      if (!isLocal(request) && !bearerIs(request, options.metricsToken)) throw refusal('NO_SUCH_ADDRESS')
      const text = metrics.render()
      response.writeHead(200, [...security.data, 'Content-Type', 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control', 'no-store', 'Content-Length', String(Buffer.byteLength(text))])
      return response.end(text), true
    }
    if (path === '/live' || path.startsWith('/live/')) return await live(request, response, path, query), true
    if (path === '/api/openapi.json') return only(request, 'GET', 'HEAD'), await answers.json(request, response, 200, await options.document()), true
    if (path === '/api' || path === '/api/') return await page(request, response, path, query, options.pages['/api']), true
    if (path.startsWith('/problems/')) return await page(request, response, path, query, options.pages['/problems']), true
    if (path === '/api/v1/files') return only(request, 'POST'), await files.upload(request, response, await needActor(request), clock(), new URLSearchParams(query).get('as') ?? undefined), true
    if (path.startsWith('/api/v1/files/')) return only(request, 'GET'), await files.download(request, response, await needActor(request), path.slice('/api/v1/files/'.length), { at: clock(), lang: langOf(request) }, new URLSearchParams(query).get('view') === 'inline'), true
    return dist.handle(request, response, path)
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url!
    const mark = url.indexOf('?')
    const whole = mark < 0 ? url : url.slice(0, mark)
    const query = mark < 0 ? '' : url.slice(mark + 1)
    // A proxy may strip the prefix or leave it.
    const path = site.prefix && (whole === site.prefix || whole.startsWith(`${site.prefix}/`)) ? whole.slice(site.prefix.length) || '/' : whole
    if (stopping) response.shouldKeepAlive = false
    if (path.startsWith('/api/v1/') && !path.startsWith('/api/v1/files')) return api.handle(request, response, path.slice('/api/v1'.length), query)
    try {
      if (!path.startsWith('/') || !(await other(request, response, path, query))) throw refusal('NO_SUCH_ADDRESS')
    } catch (error) {
      if (response.headersSent) return void response.destroy()
      const known = error instanceof ProblemError
      if (!known) log.error('request.broken', { area: path.split('/')[1], ...fault(error) })
      const problem = known ? error : refusal('BROKEN')
      if (!request.complete) problem.headers = { ...problem.headers, Connection: 'close' }
      answers.problem(response, problem, langOf(request))
    }
  }

  const server = createServer({
    // Slow senders: heads in 10 s; a JSON body in 15 s (http/body.ts); a whole request, which may be a large file, in 5 minutes.
    headersTimeout: 10_000, requestTimeout: 300_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5000, maxHeaderSize: 16 * 1024, noDelay: true, highWaterMark: 64 * 1024,
  }, (request, response) => {
    busy.add(request.socket)
    response.once('close', () => busy.delete(request.socket))
    handle(request, response).catch((error: unknown) => { log.error('request.broken', fault(error)); response.destroy() })
  })
  server.maxConnections = 10_000
  server.on('connection', (socket) => { sockets.add(socket); socket.once('close', () => { sockets.delete(socket); busy.delete(socket) }) })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (socket.destroyed || !socket.writable) return
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request'
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  })

  return {
    server, askers,
    listen: (port, host) => new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        const address = server.address()
        const at = typeof address === 'object' && address ? address : { address: host, port }
        resolve(`http://${at.address.includes(':') ? `[${at.address}]` : at.address}:${at.port}`)
      })
    }),
    /** Takes nothing new, ends the live streams, waits for what is under way, then cuts. */
    close: () => new Promise((resolve) => {
      stopping = true
      hub.close()
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
      // Browsers open connections ahead and keep them after an answer; `closeIdleConnections` leaves those that never asked.
      const idle = setInterval(() => { for (const socket of sockets) if (!busy.has(socket)) socket.destroy() }, 50)
      server.close(() => { clearTimeout(cut); clearInterval(idle); resolve() })
    }),
  }
}

const isTopic = (text: string): boolean => text.length <= 100 && /^[a-z_]+(:[\w-]+)?$/.test(text)
const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string' && isTopic(v)).slice(0, MOST_TOPICS) : [])

function bearerIs(request: IncomingMessage, token: string | null | undefined): boolean {
  const sent = Buffer.from(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
  const wanted = Buffer.from(token ?? '')
  return wanted.length > 0 && sent.length === wanted.length && timingSafeEqual(sent, wanted)
}
