// The web server around the API: headers, prefix, proxies, pages, health, slow and broken clients, and how it stops.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { BlockList, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { clientAddress, siteOf } from '../src/kernel/http/site.ts'
import { openLimit } from '../src/kernel/http/askers.ts'
import { precompress } from '../src/kernel/http/static.ts'
import { startToy, UNIT } from './http.toy.ts'
import type { Toy } from './http.toy.ts'

/** What a client gets that speaks HTTP by hand. */
const raw = (url: string, text: string, wait = 3000) => new Promise<string>((resolve) => {
  const { hostname, port } = new URL(url)
  let got = ''
  const socket = connect(Number(port), hostname, () => socket.write(text))
  socket.on('data', (d) => { got += d.toString() })
  socket.on('close', () => resolve(got))
  socket.on('error', () => resolve(got))
  setTimeout(() => socket.destroy(), wait).unref()
})

describe('the web server', () => {
  let toy: Toy
  const dist = mkdtempSync(join(tmpdir(), 'sansang-dist-'))
  before(async () => {
    mkdirSync(join(dist, 'assets'))
    writeFileSync(join(dist, 'index.html'), '<!doctype html><html><head><base href="__BASE__"><meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__" type="module" src="./assets/app-Ab3dE9xQ.js"></script></head></html>')
    writeFileSync(join(dist, 'assets/app-Ab3dE9xQ.js'), `console.log('${'sẵn sàng '.repeat(500)}')`)
    writeFileSync(join(dist, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    await precompress(dist)
    const trustProxy = new BlockList()
    trustProxy.addAddress('127.0.0.1')
    toy = await startToy({ dist, trustProxy, metricsToken: 'a-long-token', publicUrl: 'https://ready.example.vn/sansang' })
  })
  after(async () => { await toy.close(); rmSync(dist, { recursive: true }) })

  test('every answer carries the security headers', async () => {
    for (const path of ['/', '/assets/app-Ab3dE9xQ.js', '/api/v1/ping', '/api/v1/nothing', '/api', '/problems/NOT_FOUND', '/health/live', '/nothing.js']) {
      const { headers } = await toy.ask(path)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
      assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains', path)
      assert.match(headers.get('content-security-policy')!, /frame-ancestors 'none'/, path)
      assert.match(headers.get('content-security-policy')!, /default-src 'none'/, path)
      assert.equal(headers.get('referrer-policy'), 'no-referrer', path)
      assert.equal(headers.get('access-control-allow-origin'), null, path)
      assert.match(headers.get('content-type') ?? '', /charset=utf-8|svg/, path)
    }
  })
  test('a page has a nonce of its own each time, in its policy and its scripts, and the prefix in its base', async () => {
    const [one, two] = [await toy.ask('/sansang/tasks/7', { headers: { accept: 'text/html' } }), await toy.ask('/sansang/')]
    const nonce = /script-src 'self' 'nonce-([\w-]{22})'/.exec(one.headers.get('content-security-policy')!)![1]!
    assert.ok(one.text.includes(`<script nonce="${nonce}"`) && one.text.includes('<base href="/sansang/">'))
    assert.doesNotMatch(one.headers.get('content-security-policy')!, /unsafe|https?:/)
    assert.ok(!two.text.includes(nonce))
    assert.equal(one.headers.get('cache-control'), 'no-store')
  })
  test('built files are sent packed, and kept by the browser for good when their name has a hash', async () => {
    const get = (headers: Record<string, string>, path = '/sansang/assets/app-Ab3dE9xQ.js') => fetch(toy.url + path, { headers })
    const br = await get({ 'accept-encoding': 'gzip, br' })
    assert.deepEqual([br.headers.get('content-encoding'), br.headers.get('cache-control'), br.headers.get('vary')], ['br', 'public, max-age=31536000, immutable', 'Accept-Encoding'])
    assert.match(await br.text(), /^console\.log/)
    assert.equal((await get({ 'accept-encoding': 'gzip' })).headers.get('content-encoding'), 'gzip')
    assert.equal((await get({ 'accept-encoding': 'br;q=0, identity' })).headers.get('content-encoding'), null)
    const etag = br.headers.get('etag')!
    assert.equal((await get({ 'if-none-match': etag })).status, 304)
    assert.equal((await get({}, '/icon.svg')).headers.get('cache-control'), 'no-cache')
  })
  test('no path leads out of the built files', async () => {
    for (const path of ['/../package.json', '/..%2fpackage.json', '/assets/..%5c..%5cpackage.json', '/%2e%2e/package.json', '/.git/config', '/assets/', '//etc/passwd']) {
      const answer = await raw(toy.url, `GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n`)
      assert.doesNotMatch(answer, /"scripts"|\[core\]|root:/, path)
    }
  })
  test('with https the cookie is Secure and bound to the prefix', async () => {
    const answer = await toy.ask('/sansang/api/v1/sign-in', { method: 'POST', body: { name: 'ana' }, as: null })
    assert.match(answer.headers.get('set-cookie')!, /^__Secure-sansang=ana-secret; Path=\/sansang; .*HttpOnly; SameSite=Lax; Secure$/)
    assert.equal(siteOf(new URL('https://ready.example.vn')).cookie, '__Host-sansang')
    assert.equal(siteOf(new URL('http://127.0.0.1:7700')).cookie, 'sansang')
  })
  test('the prefix may be stripped by the proxy or not', async () => {
    for (const path of ['/api/v1/ping', '/sansang/api/v1/ping']) assert.equal((await toy.ask(path)).status, 200)
    assert.equal((await toy.ask('/api/v1/nothing')).body.type, '/sansang/problems/NO_SUCH_ADDRESS')
  })
  test('a forwarded address is believed from a trusted proxy only, read from the right', () => {
    const trust = new BlockList()
    trust.addSubnet('10.0.0.0', 8, 'ipv4')
    const from = (remoteAddress: string, forwarded?: string, by: BlockList | null = trust) => clientAddress({ socket: { remoteAddress }, headers: forwarded ? { 'x-forwarded-for': forwarded } : {} } as never, by)
    assert.equal(from('10.0.0.1', '1.2.3.4'), '1.2.3.4')
    assert.equal(from('::ffff:10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.9'), '1.2.3.4')
    assert.equal(from('10.0.0.1', '[2001:db8::1]:443'), '2001:db8::1')
    assert.equal(from('9.9.9.9', '1.2.3.4'), '9.9.9.9')
    assert.equal(from('10.0.0.1', '1.2.3.4', null), '10.0.0.1')
  })
  test('anybody may knock so many times a minute, each address for itself', () => {
    const limit = openLimit(3)
    assert.deepEqual([limit('a'), limit('a'), limit('a')], [0, 0, 0])
    assert.ok(limit('a') > 0)
    assert.equal(limit('b'), 0)
  })
  test('alive and ready, for whoever watches over it', async () => {
    assert.deepEqual((await toy.ask('/health/live', { as: null })).body, { live: true })
    assert.deepEqual((await toy.ask('/health/ready', { as: null })).body, { ready: true })
  })
  test('metrics: from this machine, or with the token, and not through a proxy', async () => {
    await toy.ask(`/api/v1/units/${UNIT}/notes`, { method: 'POST', body: {} })
    const local = await toy.ask('/metrics', { as: null })
    assert.match(local.text, /sansang_requests_total\{procedure="notes.add",status="422"\} 1/)
    assert.match(local.text, /# TYPE sansang_request_seconds histogram/)
    assert.match(local.text, /sansang_request_seconds_bucket\{procedure="notes.add",le="\+Inf"\} 1/)
    assert.equal((await toy.ask('/metrics', { as: null, headers: { 'x-forwarded-for': '1.2.3.4' } })).status, 404)
    assert.equal((await toy.ask('/metrics', { as: null, headers: { 'x-forwarded-for': '1.2.3.4', authorization: 'Bearer wrong-token-' } })).status, 404)
    assert.equal((await toy.ask('/metrics', { as: null, headers: { 'x-forwarded-for': '1.2.3.4', authorization: 'Bearer a-long-token' } })).status, 200)
    assert.doesNotMatch(await raw(toy.url, 'GET /metrics HTTP/1.1\r\nHost: ready.example.vn\r\nConnection: close\r\n\r\n'), /sansang_requests/)
  })
  test('the OpenAPI document names every address, right and refusal', async () => {
    const { body } = await toy.ask('/api/openapi.json', { as: null })
    const document = body as { openapi: string; servers: object[]; paths: Record<string, Record<string, { security: object[]; responses: Record<string, { content?: Record<string, unknown> }>; 'x-right'?: string }>> }
    assert.match(document.openapi, /^3\.1/)
    assert.deepEqual(document.servers, [{ url: '/sansang/api/v1' }])
    assert.deepEqual(Object.keys(document.paths).sort(), ['/files', '/files/{id}', '/jobs', '/jobs/{jobId}', '/notes.csv', '/notes/broken', '/notes/count', '/notes/remind', '/notes/{noteId}', '/ping', '/sign-in', '/sign-out', '/units/{unitId}/notes'])
    const add = document.paths['/units/{unitId}/notes']!.post!
    assert.equal(add['x-right'], 'note.write')
    assert.deepEqual(Object.keys(add.responses['409']!.content!), ['application/problem+json'])
    assert.match(JSON.stringify(add.responses['409']), /NOTE_CLOSED/)
    assert.match(JSON.stringify(add), /"maxLength":20/)
    assert.deepEqual(document.paths['/ping']!.get!.security, [])
    assert.ok(document.paths['/files']!.post)
  })
  test('its page, and the page of a problem, read in both languages without a script', async () => {
    const vi = await toy.ask('/sansang/api?lang=vi')
    assert.match(vi.text, /Giao diện lập trình/)
    assert.match(vi.text, /<code>\/sansang\/api\/v1\/units\/\{unitId\}\/notes<\/code>/)
    assert.match((await toy.ask('/api')).text, /Programming interface/)
    assert.doesNotMatch(vi.text, /<script|https?:\/\//)
    const problem = await toy.ask('/problems/NOTE_CLOSED')
    assert.match(problem.text, /The notes of unit \{unit\} are closed\.[\s\S]*Ghi chú của đơn vị \{unit\} đã khóa\./)
    assert.equal((await toy.ask('/problems/constructor')).status, 404)
  })
  test('broken and hostile requests are closed at once, and never a 500', async () => {
    const status = async (text: string) => /^HTTP\/1\.1 (\d+)/.exec(await raw(toy.url, text))?.[1]
    assert.equal(await status('nonsense\r\n\r\n'), '400')
    assert.equal(await status(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`), '431')
    assert.equal(await status('POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'), '400')
    assert.equal(await status('TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'), '404')
    assert.equal(await status('GET http://evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'), '404')
    assert.equal(await status('GET /api/v1/notes/count?q=%E0%A4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'), '401')
    assert.equal(await status('POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n'), '413')
  })
  test('a head that trickles in has a time limit', () => {
    assert.deepEqual([toy.server.http.server.headersTimeout, toy.server.http.server.requestTimeout, toy.server.http.server.maxConnections], [10_000, 300_000, 10_000])
  })
})

describe('stopping', () => {
  test('what is under way is answered, live screens hear goodbye, and nothing new is taken', async () => {
    const toy = await startToy()
    const live = await fetch(`${toy.url}/live?topics=load:1`, { headers: { cookie: 'sansang=ana-secret' } })
    const slow = toy.ask('/api/v1/notes.csv?rows=300000')
    await new Promise((wait) => setTimeout(wait, 50))
    const closed = toy.close()
    assert.equal((await slow).status, 200)
    const heard = await live.text()
    assert.match(heard, /event: ready/)
    assert.match(heard, /event: bye/)
    await closed
    await assert.rejects(toy.ask('/health/live'))
  })
})
