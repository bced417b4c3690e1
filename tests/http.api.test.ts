// The API as a client meets it: answers, refusals in its language, and what may not come in.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { oc as orpc } from '@orpc/contract'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { implement } from '@orpc/server'
import * as z from 'zod'
import type { Meta } from '../src/kernel/contract.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { endpointsOf, inputOf, matcher, run } from '../src/kernel/http/endpoints.ts'
import { readQuery } from '../src/kernel/http/body.ts'
import { openLog } from '../src/kernel/log.ts'
import { ELSEWHERE, startToy, UNIT } from './http.toy.ts'
import type { Toy } from './http.toy.ts'

describe('the API', () => {
  let toy: Toy
  let logged = ''
  before(async () => { toy = await startToy({ log: openLog('info', (text) => { logged += text }) }) })
  after(() => toy.close())
  const note = (more: object = {}) => ({ orderId: uuidv7(), text: 'Gate 4', ...more })
  const add = (body: object, more = {}) => toy.ask(`/api/v1/units/${UNIT}/notes`, { method: 'POST', body, ...more })
  const journal = async () => Number((await toy.db.db.selectFrom('journal').select(({ fn }) => fn.countAll().as('n')).executeTakeFirstOrThrow()).n)

  test('an order is done and answered; sent again, it is answered the same and done once', async () => {
    const body = note()
    const first = await add(body)
    assert.equal(first.status, 200)
    assert.deepEqual(first.body, { id: body.orderId, unitId: UNIT, text: 'Gate 4', files: [] })
    const lines = await journal()
    assert.deepEqual((await add(body)).body, first.body)
    assert.equal(await journal(), lines)
    assert.deepEqual((await toy.ask(`/api/v1/notes/${body.orderId}`)).body, first.body)
  })
  test('a refusal is problem+json with the contract\'s code and a sentence in the language asked for', async () => {
    const en = await add(note({ text: 'closed' }))
    assert.equal(en.status, 409)
    assert.match(en.headers.get('content-type')!, /^application\/problem\+json/)
    assert.deepEqual(en.body, { type: '/problems/NOTE_CLOSED', title: 'In conflict with how things stand', status: 409, detail: 'The notes of unit A are closed.', code: 'NOTE_CLOSED', data: { unit: 'A' } })
    const vi = await add(note({ text: 'closed' }), { headers: { 'accept-language': 'fr;q=0.9, en;q=0.3, vi-VN;q=0.8' } })
    assert.equal(vi.body.detail, 'Ghi chú của đơn vị A đã khóa.')
    assert.equal(vi.headers.get('content-language'), 'vi')
  })
  test('the account\'s language counts where the request names none', async () => {
    const answer = await fetch(`${toy.url}/api/v1/notes/${uuidv7()}`, { headers: { cookie: 'sansang=ida-secret', 'accept-language': 'de' } })
    assert.equal(((await answer.json()) as { detail: string }).detail, 'This does not exist, or you may not see it.')
  })
  test('what the schema refuses says which field and why, in both languages, and leaves nothing', async () => {
    const lines = await journal()
    const bad = { orderId: 'x', text: ' ', count: 9, files: [1], day: 'never' }
    const en = await add(bad)
    assert.equal(en.status, 422)
    assert.equal(en.body.code, 'INVALID')
    const said = (answer: typeof en) => Object.fromEntries((answer.body.issues as { pointer: string; message: string }[]).map((i) => [i.pointer, i.message]))
    assert.deepEqual(said(en), { '/orderId': 'Not an identifier (UUID).', '/text': 'Must not be empty.', '/count': 'Must be 5 or less.', '/files/0': 'Must be text.', '/day': 'The day must be a real one.' })
    assert.deepEqual(said(await add(bad, { headers: { 'accept-language': 'vi' } })), { '/orderId': 'Không phải mã định danh (UUID).', '/text': 'Không được để trống.', '/count': 'Phải từ 5 trở xuống.', '/files/0': 'Phải là chữ.', '/day': 'Ngày phải có thật.' })
    assert.deepEqual(said(await add({ orderId: uuidv7() })), { '/text': 'This field is missing.' })
    assert.equal(await journal(), lines)
  })
  test('an id that nothing made is no order’s: a second program without one would hear that its work is done', async () => {
    for (const none of ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff']) {
      const { status, body } = await add(note({ orderId: none }))
      assert.deepEqual([status, (body.issues as { pointer: string; message: string }[]).map((one) => [one.pointer, one.message])], [422, [['/orderId', 'Must be a new id for this order (a UUID), not an empty one.']]], none)
    }
  })
  test('missing and forbidden look the same', async () => {
    const mine = note()
    await add(mine)
    const forbidden = await toy.ask(`/api/v1/notes/${mine.orderId}`, { as: 'ida' })
    const missing = await toy.ask(`/api/v1/notes/${uuidv7()}`, { as: 'ida' })
    assert.equal(forbidden.status, 404)
    assert.deepEqual(forbidden.body, missing.body)
    assert.deepEqual((await toy.ask(`/api/v1/units/${ELSEWHERE}/notes`, { method: 'POST', body: note() })).body, missing.body)
  })
  test('an unknown error is a 500 that names only a trace; the log has it, without what the error said of people\'s input', async () => {
    const answer = await toy.ask('/api/v1/notes/broken', { method: 'POST', body: { how: 'throw' } })
    assert.equal(answer.status, 500)
    assert.match(String(answer.body.trace), /^[0-9a-f]{16}$/)
    assert.doesNotMatch(answer.text.replace(String(answer.body.trace), ''), /Lan|0912|\.ts/)
    const line = logged.split('\n').find((l) => l.includes(String(answer.body.trace)))
    assert.match(line!, /"event":"request.broken".*"procedure":"notes.broken".*http\.toy\.ts/)
    for (const how of ['unnamed', 'wrong answer']) assert.equal((await toy.ask('/api/v1/notes/broken', { method: 'POST', body: { how } })).status, 500)
  })
  test('a database that is away is a 503 to try again, not our fault', async () => {
    const answer = await toy.ask('/api/v1/notes/broken', { method: 'POST', body: { how: 'away' } })
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('retry-after'), '2')
  })
  test('nobody without signing in; a wrong token is told so', async () => {
    const answer = await toy.ask('/api/v1/notes/count', { as: null })
    assert.deepEqual([answer.status, answer.body.code], [401, 'SIGN_IN'])
    assert.equal((await toy.ask('/api/v1/notes/count', { as: null, headers: { authorization: 'Bearer nonsense' } })).headers.get('www-authenticate'), 'Bearer error="invalid_token"')
    assert.equal((await toy.ask('/api/v1/notes/count', { as: null, headers: { authorization: 'Basic YTpi' } })).status, 401)
    assert.equal((await toy.ask('/api/v1/ping', { as: null })).status, 200)
  })
  test('a token needs no origin, and cannot change the account', async () => {
    assert.equal((await add(note(), { as: 'token', headers: { 'sec-fetch-site': 'cross-site' } })).status, 200)
    assert.deepEqual((await toy.ask('/api/v1/sign-out', { method: 'POST', body: {}, as: 'token' })).body.code, 'FORBIDDEN')
  })
  test('an order with a cookie from another site is refused', async () => {
    const send = (headers: Record<string, string>) => fetch(`${toy.url}/api/v1/units/${UNIT}/notes`, { method: 'POST', body: JSON.stringify(note()), headers: { 'content-type': 'application/json', cookie: 'sansang=ana-secret', ...headers } }).then((r) => r.status)
    assert.deepEqual(await Promise.all([
      send({ 'sec-fetch-site': 'cross-site' }), send({ 'sec-fetch-site': 'same-site' }), send({ 'sec-fetch-site': 'none' }), send({ origin: 'https://evil.example' }), send({ origin: 'null' }), send({}),
      send({ 'sec-fetch-site': 'same-origin' }), send({ origin: toy.url }), send({ origin: 'http://127.0.0.1:7700' }),
    ]), [403, 403, 403, 403, 403, 403, 200, 200, 200])
    assert.equal((await toy.ask('/api/v1/sign-in', { method: 'POST', body: { name: 'a' }, as: null, headers: { 'sec-fetch-site': 'cross-site' } })).status, 403)
  })
  test('signing in sets a cookie that scripts cannot read, signing out clears it', async () => {
    const answer = await toy.ask('/api/v1/sign-in', { method: 'POST', body: { name: 'ana' }, as: null })
    assert.match(answer.headers.get('set-cookie')!, /^sansang=ana-secret; Path=\/; Expires=.* GMT; HttpOnly; SameSite=Lax$/)
    assert.match((await toy.ask('/api/v1/sign-out', { method: 'POST', body: {} })).headers.get('set-cookie')!, /^sansang=; Path=\/; Expires=Thu, 01 Jan 1970/)
  })
  test('what comes in is bounded, JSON, NFC and without NUL', async () => {
    const post = (raw: string | Uint8Array, headers = {}) => toy.ask(`/api/v1/units/${UNIT}/notes`, { method: 'POST', raw, headers })
    assert.deepEqual([(await post('{"text":')).status, (await post('{"text":')).body.code], [400, 'MALFORMED'])
    assert.equal((await post('{}', { 'content-type': 'text/plain' })).status, 415)
    assert.equal((await post(JSON.stringify(note({ text: 'x'.repeat(1_100_000) })))).status, 413)
    assert.equal((await post(JSON.stringify(note({ text: 'a\0b' })))).status, 422)
    assert.equal((await toy.ask('/api/v1/notes/count?q=a%00b')).status, 422)
    assert.equal((await post('[]')).status, 422)
    assert.equal((await post('')).status, 422)
    assert.equal((await toy.ask('/api/v1/notes/%00')).status, 404)
    assert.equal((await toy.ask('/api/v1/notes/%ff')).status, 404)
    const nfd = note({ text: 'Hòa'.normalize('NFD') })
    assert.equal((await add(nfd)).body.text, 'Hòa'.normalize('NFC'))
    assert.equal((await post(`{"orderId":"${uuidv7()}","text":"a\\ud800b"}`)).body.text, 'a\ufffdb')
    assert.equal((await post(`{"orderId":"${uuidv7()}","text":"a","\\udc00":1}`)).status, 400)
    const form = new Response(Object.entries(note({ text: 'Hòa'.normalize('NFD') })).reduce((f, [k, v]) => { f.append(k, String(v)); return f }, new FormData()))
    assert.equal((await post(new Uint8Array(await form.clone().arrayBuffer()), { 'content-type': form.headers.get('content-type')! })).body.text, 'Hòa')
    assert.equal((await post('x', { 'content-type': 'multipart/form-data; boundary=y' })).status, 400)
    assert.equal((await post(`{"orderId":"${uuidv7()}","text":"Ho\\u0300a"}`)).body.text, 'Hòa'.normalize('NFC'))
    assert.deepEqual((await toy.ask(`/api/v1/notes/count?q=${encodeURIComponent('ò'.normalize('NFD'))}`)).body.q, 'ò'.normalize('NFC'))
  })
  test('an address or method that does not exist says so', async () => {
    assert.deepEqual([(await toy.ask('/api/v1/nothing')).status, (await toy.ask('/api/v1/notes/count', { method: 'DELETE' })).status], [404, 405])
    assert.equal((await toy.ask('/api/v1/notes/count', { method: 'DELETE' })).headers.get('allow'), 'GET')
    assert.match((await toy.ask('/api/v1/nothing')).headers.get('content-type')!, /problem\+json/)
  })
  test('a fixed address goes before one with a parameter', async () => {
    assert.equal((await toy.ask('/api/v1/notes/count')).status, 200)
  })
  test('a file is streamed as an attachment with its Vietnamese name; one that breaks in the middle arrives broken', async () => {
    const answer = await toy.ask('/api/v1/notes.csv')
    assert.equal(answer.text, 'dòng 0\ndòng 1\ndòng 2\n')
    assert.equal(answer.headers.get('content-disposition'), `attachment; filename="ghi chu _don vi_.csv"; filename*=UTF-8''ghi%20ch%C3%BA%20%22%C4%91%C6%A1n%20v%E1%BB%8B%22.csv`)
    assert.equal(answer.headers.get('content-encoding'), 'gzip')
    await assert.rejects(toy.ask('/api/v1/notes.csv?rows=100000&break=90000', { headers: { 'accept-encoding': 'identity' } }))
  })
  test('the log holds no body, query, name or address', () => {
    // A trace is made by chance, and may have any four digits.
    assert.doesNotMatch(logged.replaceAll(/"trace":"[0-9a-f]{16}"/g, ''), /Gate 4|Mrs|0912|127\.0\.0\.1|\?q=/)
  })
})

test('our endpoints answer as oRPC\'s own handler does', async () => {
  const echo = z.looseObject({})
  const oc = orpc.$meta<Partial<Meta>>({ right: 'public' })
  const contract = {
    flat: oc.route({ method: 'POST', path: '/flat/{id}' }).input(echo).output(z.unknown()),
    get: oc.route({ method: 'GET', path: '/get/{id}/{other}' }).input(echo).output(z.unknown()),
    bare: oc.route({ method: 'GET', path: '/bare' }).input(echo).output(z.unknown()),
    cut: oc.route({ method: 'POST', path: '/cut' }).input(z.object({ a: z.coerce.number().default(3) })).output(z.object({ a: z.number() })),
    apart: oc.route({ method: 'POST', path: '/apart/{id}', inputStructure: 'detailed' }).input(z.object({ params: echo, query: echo, body: z.unknown() })).output(z.unknown()),
  }
  const seen: string[] = []
  const api = implement(contract).use(async ({ next, path }) => { seen.push(path.join('.')); return next({ context: { extra: 1 } }) })
  const router = api.router({
    flat: api.flat.handler(({ input }) => input), get: api.get.handler(({ input }) => input), bare: api.bare.handler(({ input }) => input),
    cut: api.cut.handler(({ input, context }) => ({ ...input, ...context })), apart: api.apart.handler(({ input }) => input),
  })
  const theirs = new OpenAPIHandler(router)
  const server = createServer((request, response) => { void theirs.handle(request, response, { context: {} }).then(({ matched }) => { if (!matched) { response.statusCode = 404; response.end() } }) })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const find = matcher(endpointsOf(router))
  const cases: [string, string, unknown?][] = [
    ['POST', '/flat/a%20b', { x: 1, id: 'over', deep: { y: [1, { z: null }] } }], ['POST', '/flat/7', [1, 2]], ['POST', '/flat/7', 'text'], ['POST', '/flat/7'],
    ['GET', '/get/1/2?a=1&b[]=x&b[]=y&c[d]=e&c[f][0]=g&a=2&id=over'], ['GET', '/bare'], ['GET', '/bare?x=%C3%A9&y='], ['GET', '/bare?a[0]=x&a[2]=z'], ['GET', '/bare?__proto__[x]=1&constructor=2'],
    ['POST', '/cut', { a: '12', more: true }], ['POST', '/cut', {}], ['POST', '/apart/9?q=1', { b: 2 }], ['POST', '/apart/9', [3]],
  ]
  try {
    for (const [method, path, body] of cases) {
      const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) })
      const text = await answer.text()
      const [pathname, query = ''] = path.split('?') as [string, string?]
      const found = find(method, pathname)
      assert.ok(found && 'endpoint' in found, path)
      const ours = await run(found.endpoint, {}, inputOf(found.endpoint, found.params, readQuery(query), body, {})).catch((error: { status?: number }) => ({ refused: error.status }))
      const expected = answer.ok ? (text ? JSON.parse(text) as unknown : undefined) : { refused: answer.status === 400 ? 422 : answer.status }
      assert.deepEqual(JSON.parse(JSON.stringify(ours ?? null)), expected ?? null, `${method} ${path}`)
    }
    assert.ok(seen.includes('cut'))
  } finally {
    server.close()
  }
})
