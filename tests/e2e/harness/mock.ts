// A server of nothing but pages and canned answers: for tests of the shell and the kit, which need no database.
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

const dist = join(import.meta.dirname, '../../../dist/web')
const kinds: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' }

export type Answer = { status?: number; body?: unknown } | undefined
export type Mock = { url: string; calls: { method: string; path: string; query: URLSearchParams; body: unknown; lang: string }[]; down: boolean; live: Set<ServerResponse>; say: (event: string, data: unknown) => void; close: () => Promise<void> }

/** `answer` gets method, path below /api/v1, query and body; undefined: a 404 problem. */
export async function openMock(answer: (method: string, path: string, query: URLSearchParams, body: Record<string, unknown>) => Answer | Promise<Answer>, prefix = ''): Promise<Mock> {
  const mock = { calls: [] as Mock['calls'], down: false, live: new Set<ServerResponse>() } as unknown as Mock
  const server = createServer((request, response) => void serve(request, response).catch((error: unknown) => { response.statusCode = 500; response.end(String(error)) }))
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url!, 'http://mock')
    if (mock.down) return void request.socket.destroy()
    if (!at.pathname.startsWith(`${prefix}/`)) return void response.writeHead(404).end()
    const path = at.pathname.slice(prefix.length)
    if (path.startsWith('/live/')) return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"topics":[]}')
    if (path === '/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(`event: ready\ndata: ${JSON.stringify({ connection: 'c1', topics: [], at: new Date().toISOString() })}\n\n`)
      mock.live.add(response)
      response.on('close', () => mock.live.delete(response))
      return
    }
    if (path.startsWith('/api/v1/')) {
      const text = await new Promise<string>((resolve) => { let all = ''; request.on('data', (part: Buffer) => (all += String(part))).on('end', () => resolve(all)) })
      const body = text ? (JSON.parse(text) as Record<string, unknown>) : {}
      mock.calls.push({ method: request.method!, path: path.slice(7), query: at.searchParams, body, lang: request.headers['accept-language'] ?? '' })
      const given = (await answer(request.method!, path.slice(7), at.searchParams, body)) ?? { status: 404, body: { type: '/problems/NOT_FOUND', title: 'Không có', status: 404, code: 'NOT_FOUND', detail: 'Không tìm thấy mục này, hoặc bạn không có quyền xem.' } }
      const status = given.status ?? 200
      response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(given.body ?? {}))
      return
    }
    const file = await readFile(join(dist, path)).catch(() => undefined)
    if (file && extname(path)) return void response.writeHead(200, { 'content-type': kinds[extname(path)] ?? 'application/octet-stream' }).end(file)
    const html = (await readFile(join(dist, 'index.html'), 'utf8')).replaceAll('__BASE__', `${prefix}/`).replaceAll('__CSP_NONCE__', 'n0nce')
    response.writeHead(200, { 'content-type': kinds['.html'], 'content-security-policy': "default-src 'none'; script-src 'self' 'nonce-n0nce'; style-src 'self' 'nonce-n0nce'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'self'" }).end(html)
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  return Object.assign(mock, {
    url: `http://127.0.0.1:${port}${prefix}`,
    say: (event: string, data: unknown) => mock.live.forEach((response) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
    close: () => new Promise<void>((done) => { server.closeAllConnections(); server.close(() => done()) }),
  })
}
