// The built web app: read once at the start, so that no request's path ever reaches the disk.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { accepts } from './answer.ts'
import { makeNonce, securityHeaders } from './site.ts'
import type { Site } from './site.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.webp': 'image/webp', '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json; charset=utf-8', '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm',
}
const TEXT = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg', '.webmanifest', '.txt', '.wasm'])
const HASHED = /[-.][\w-]{8,}\.\w+$/

type File = { type: string; etag: string; immutable: boolean; body: Buffer; br: Buffer | undefined; gz: Buffer | undefined }

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** After a build: the smallest forms beside each file, made once in place of on each start. */
export async function precompress(folder: string): Promise<void> {
  const files = walk(folder).filter((file) => TEXT.has(extname(file)) && !file.endsWith('.html'))
  await Promise.all(files.map(async (file) => {
    const body = readFileSync(file)
    writeFileSync(`${file}.br`, await brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }))
    writeFileSync(`${file}.gz`, await zip(body, { level: 9 }))
  }))
}

const walk = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name))

export type Static = {
  /** True when it answered. Any other address asked for as a page gets the app, which shows its own "not found". */
  handle: (request: IncomingMessage, response: ServerResponse, path: string) => boolean
}

export function openStatic(folder: string, site: Site): Static {
  const files = new Map<string, File>()
  for (const file of existsSync(folder) ? walk(folder) : []) {
    const ext = extname(file)
    if (!(ext in TYPES) || relative(folder, file).startsWith('.')) continue
    const body = readFileSync(file)
    const packed = (end: string) => (existsSync(file + end) ? readFileSync(file + end) : undefined)
    files.set(`/${relative(folder, file).split(sep).join('/')}`, {
      type: TYPES[ext]!, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`, immutable: HASHED.test(file) && file.includes(`${sep}assets${sep}`), body, br: packed('.br'), gz: packed('.gz'),
    })
  }
  const security = securityHeaders(site)
  const [index] = [files.get('/index.html')?.body.toString('utf8')]
  files.delete('/index.html')

  function page(request: IncomingMessage, response: ServerResponse): true {
    const nonce = makeNonce()
    const html = (index ?? NOT_BUILT).replaceAll('__CSP_NONCE__', nonce).replaceAll('__BASE__', `${site.prefix}/`)
    response.writeHead(index ? 200 : 503, [...security.page(nonce), 'Content-Type', 'text/html; charset=utf-8', 'Cache-Control', 'no-store', 'Content-Length', String(Buffer.byteLength(html))])
    response.end(request.method === 'HEAD' ? undefined : html)
    return true
  }

  return {
    handle(request, response, path) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false
      const file = files.get(path)
      if (!file) return isPage(request, path) && page(request, response)
      const headers = [...security.file, 'Content-Type', file.type, 'ETag', file.etag, 'Vary', 'Accept-Encoding', 'Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache']
      if (request.headers['if-none-match'] === file.etag) {
        response.writeHead(304, headers)
        response.end()
        return true
      }
      const [coding, body] = file.br && accepts(request, 'br') ? ['br', file.br] as const
        : file.gz && accepts(request, 'gzip') ? ['gzip', file.gz] as const : [undefined, file.body] as const
      response.writeHead(200, [...headers, ...(coding ? ['Content-Encoding', coding] : []), 'Content-Length', String(body.length)])
      response.end(request.method === 'HEAD' ? undefined : body)
      return true
    },
  }
}

/** What a person opens: the last part has no file extension, and a browser asks for a page. */
const isPage = (request: IncomingMessage, path: string): boolean =>
  !/^\/(api|live|health|metrics|assets)(\/|$)/.test(path) && !/\.\w{1,11}$/.test(path) && (request.headers.accept === undefined || /text\/html|\*\/\*/.test(request.headers.accept))

const NOT_BUILT = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Sẵn Sàng</title></head><body>
<p>Giao diện chưa được dựng. Dừng chương trình rồi chạy <code>npm start</code>.</p><p lang="en">The screens are not built yet. Stop the program and run <code>npm start</code>.</p></body></html>`
