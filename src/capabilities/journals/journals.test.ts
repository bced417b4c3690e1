// The record told to people: sentences, rights, pages, and a copy that proves itself.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { projectors as wired, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { makeAnchor } from '../../kernel/anchor.ts'
import { asReader, rows } from '../../kernel/db.ts'
import type { Download } from '../../kernel/http/download.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { applyImport } from '../units/routes/orders.ts'
import { tell, valueAt } from './decide.ts'
import { journalsRoutes, journalsWorks } from './routes.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const [ANA, BINH] = ['0190a000-0000-7000-8000-000000000004', '0190a000-0000-7000-8000-000000000005'] as [string, string]
const now = new Date('2026-03-11T05:00:00Z')
const stories = { 'note.made.v1': { vi: 'Ghi “{what}” ngày {on}, lúc {at}: {verdict}', en: 'Noted “{what}” on {on}, at {at}: {verdict}' } }
const words = { go: { vi: 'đủ điều kiện', en: 'go' } }
const places = { unit: { view: 'access_units', id: 'unit_id', unit: 'unit_id', title: { view: 'public_units_tree', column: 'name' } } }

describe('sentences', () => {
  test('braces are paths into the fact; dates, moments and codes are said in the reader’s language', () => assert.deepEqual(
    tell('note.made.v1', { what: 'x', on: '2026-03-09', at: '2026-03-09T17:30:00Z', verdict: 'go' }, stories, words, ZONE),
    { vi: 'Ghi “x” ngày 09/03/2026, lúc 00:30 10/03/2026: đủ điều kiện', en: 'Noted “x” on 09/03/2026, at 10/03/2026, 00:30: go' }))
  test('what the fact does not hold shows as a gap, and only the fact is looked into', () => {
    assert.equal(tell('note.made.v1', {}, { 'note.made.v1': { vi: '{a.b} {constructor.name}', en: '' } }, {}, ZONE).vi, '… …')
    assert.equal(valueAt({ a: { b: 1 } }, 'a.b'), 1)
  })
  test('a fact that nobody tells about is shown by its type', () => assert.equal(tell('moon.rose.v1', {}, stories, words, ZONE).vi, 'moon.rose.v1'))
})

describe('the record', () => {
  let t: TestDb
  let units: Record<string, string>
  const routes = journalsRoutes({ stories, words, places, zone: ZONE, parts: {}, asPart: {}, traces: {} })
  const as = (actor: Actor) => ({ context: t.as(actor, { at: now }) })
  const [ana, binh] = [ANA, BINH].map((id) => ({ id, kind: 'person' }) as const) as [Actor, Actor]
  const note = (unit: string, what: string, actor: Actor = OPERATOR, told?: { by: string; how: 'telephone' }) => t.committer.commit(
    { id: uuidv7(), kind: 'note.make.v1', streams: [`unit:${units[unit]}`], body: what, told }, actor, now, async () => ({ facts: [{ type: 'note.made.v1', what, on: '2026-03-09', at: '2026-03-09T01:00:00Z', verdict: 'go' }] }))
  const read = async (download: Download) => {
    let text = ''
    for await (const part of download.body as AsyncIterable<string>) text += part
    return text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  before(async () => {
    t = await freshDb(schemaFolders, { ...wired, 'note.made.v1': [async () => {}] })
    const csv = 'code,name,kind,parent_code\nvn,Việt Nam,nation,\np1,Tỉnh Một,province,vn\np2,Tỉnh Hai,province,vn\nc1,Xã Một,commune,p1\n'
    await applyImport(t.as(OPERATOR, { at: now }), uuidv7(), { scheme: 'admin', asOf: '2026-01-01', bytes: new TextEncoder().encode(csv) })
    units = Object.fromEntries((await rows(asReader(t.db), sql<{ code: string; unit_id: string }>`select code, unit_id from public_units_tree`)).map((u) => [u.code, u.unit_id]))
    await sql`insert into people (id, unit_id, added_at, version) select p, ${units.p1}, '2020-01-01', 1 from (values (${ANA}::uuid), (${BINH}::uuid)) v(p)`.execute(t.db)
    await sql`insert into grants (id, person_id, role, unit_id, starts_at, given_at, given_by) select gen_random_uuid(), p, r, u, '2020-01-01', '2020-01-01', p
      from (values (${ANA}::uuid, 'secretariat', ${units.p1}::uuid), (${BINH}::uuid, 'administrator', ${units.vn}::uuid)) g(p, r, u)`.execute(t.db)
    for (const [unit, what] of [['c1', 'một'], ['p1', 'hai'], ['p2', 'ba'], ['c1', 'bốn']] as const) await note(unit, what)
    await note('c1', 'năm', ana, { by: 'Trưởng công an xã', how: 'telephone' })
  })

  test('what happened to this thing, newest first, page by page, with who told it', async () => {
    const first = await call(routes.history, { subject: `unit:${units.c1}`, limit: 2 }, as(ana))
    assert.deepEqual(first.items.map((s) => s.sentence.vi.slice(0, 9)), ['Ghi “năm”', 'Ghi “bốn”'])
    assert.deepEqual([first.items[0]!.told, first.items[0]!.actor.kind, first.items[1]!.actor.kind, first.items[0]!.unit!.name], [{ by: 'Trưởng công an xã', how: 'telephone' }, 'person', 'operator', 'Xã Một'])
    const rest = await call(routes.history, { subject: `unit:${units.c1}`, limit: 2, cursor: first.next! }, as(ana))
    assert.deepEqual([rest.items.length, rest.next], [1, null])
  })

  test('a line says what the thing is called, but not in that thing’s own history', async () => {
    assert.deepEqual((await call(routes.activity, { unitId: units.c1!, limit: 1 }, as(ana))).items.map((s) => s.about), [{ vi: 'Xã Một', en: 'Xã Một' }])
    assert.deepEqual((await call(routes.history, { subject: `unit:${units.c1}`, limit: 1 }, as(ana))).items.map((s) => s.about), [null])
  })

  test('outside one’s own subtree, and where nothing is, it looks missing', async () => {
    for (const subject of [`unit:${units.p2}`, 'tree', `unit:${uuidv7()}`]) await assert.rejects(call(routes.history, { subject }, as(ana)), { code: 'NOT_FOUND' })
    await assert.rejects(call(routes.activity, { unitId: units.vn! }, as(ana)), { code: 'NOT_FOUND' })
    assert.equal((await call(routes.history, { subject: 'tree' }, as(binh))).items.length, 1)
  })

  test('who did what in my subtree, and in a part of it', async () => {
    const said = async (actor: Actor, query = {}) => (await call(routes.activity, query, as(actor))).items.map((s) => s.sentence.vi.match(/“(.*)”/)?.[1] ?? s.type)
    assert.deepEqual(await said(ana), ['năm', 'bốn', 'hai', 'một'])
    assert.deepEqual(await said(ana, { unitId: units.c1! }), ['năm', 'bốn', 'một'])
    assert.deepEqual((await said(binh)).slice(0, 5), ['năm', 'bốn', 'ba', 'hai', 'một'])
    assert.deepEqual(await said(binh, { actorId: ANA }), ['năm'])
    assert.deepEqual(await said(binh, { type: 'note.', limit: 1 }), ['năm'])
    assert.deepEqual(await said(binh, { until: '2026-03-01T00:00:00Z' }), [])
  })

  test('the whole record is verified only by whom it is whole for', async () => {
    await makeAnchor(t.db, now)
    const found = (await call(routes.verify, {}, as(binh))).result!
    assert.deepEqual([found.whole, found.anchors], [true, 1])
    await assert.rejects(call(routes.verify, {}, as(ana)), { code: 'FORBIDDEN' })
  })

  test('a changed byte is named by stream and line', async () => {
    const id = `unit:${units.p2}`
    await sql`alter table journal disable trigger all`.execute(t.db)
    await sql`update journal set body = replace(body, 'ba', 'bà') where stream = ${id}`.execute(t.db)
    const found = (await call(routes.verify, {}, as(binh))).result!
    assert.deepEqual([found.whole, found.broken[0]!.sentence.vi], [false, `Chuỗi ${id}, dòng 1: nội dung không khớp mã băm.`])
    await sql`update journal set body = replace(body, 'bà', 'ba') where stream = ${id}`.execute(t.db)
    await sql`alter table journal enable trigger all`.execute(t.db)
  })

  test('an export of one kind, one thing or some days holds those lines alone, and says how to check them', async () => {
    const [head, ...rest] = await read(await call(routes.export, { type: 'units.' }, as(binh)) as unknown as Download)
    assert.ok((head as { howToCheck: { vi: string[] } }).howToCheck.vi.length > 2)
    assert.deepEqual([...new Set(rest.slice(0, -1).map((line) => line.type))], ['units.imported.v1'])
    const about = (await read(await call(routes.export, { subject: `unit:${units.c1}` }, as(binh)) as unknown as Download)).slice(1, -1)
    assert.deepEqual(about.map((line) => line.stream), about.map(() => `unit:${units.c1}`))
    assert.ok(about.length >= 2 && about.every((line, i) => i === 0 || Number(line.position) > Number(about[i - 1]!.position)))
    assert.equal((await read(await call(routes.export, { from: '2030-01-01T00:00:00Z' }, as(binh)) as unknown as Download)).length, 2)
  })
  test('a long record is verified by a job, whose results say the same', async () => {
    const { verificationOf, verifiedRows } = await import('./decide.ts')
    const broken = verificationOf(verifiedRows({ lines: 7, streams: 2, anchors: 1, broken: [{ stream: 'unit:a b', seq: 3, position: 9, why: 'hash' }] }), now.toISOString())
    assert.deepEqual([broken.lines, broken.whole, broken.broken[0]!.stream, broken.broken[0]!.seq, broken.broken[0]!.sentence.en], [7, false, 'unit:a b', 3, 'Stream unit:a b, line 3: its content does not match its hash.'])
    let rows_: { id: string; ok: boolean; code?: string }[] = []
    await journalsWorks(asReader(t.db))['journals.verify']!({} as never, { at: now, attempt: 1, signal: new AbortController().signal, progress: () => {}, results: (some) => { rows_ = some } })
    assert.equal(verificationOf(rows_, now.toISOString()).whole, true)
  })
  test('an export proves itself: every hash can be worked out from the file, up to heads and anchors', async () => {
    const lines = await read(await call(routes.export, { unitId: units.p1! }, as(binh)) as unknown as Download)
    const [head, tail, body] = [lines[0]!, lines.at(-1)!, lines.slice(1, -1)]
    assert.deepEqual([head.format, tail.lines, body.length], ['sansang-journal', 4, 4])
    for (const l of body) {
      const covered = ['prevHash', 'stream', 'seq', 'position', 'subject', 'type', 'orderId', 'orderKind', 'origin', 'claimedAt', 'recordedAt', 'actorId', 'onBehalfOf', 'told', 'toldHow', 'via', 'cause', 'body']
      assert.equal(createHash('sha256').update(JSON.stringify(covered.map((key) => l[key]))).digest('hex'), l.hash)
    }
    const heads = tail.heads as { stream: string; hash: string }[]
    assert.ok(heads.every((h) => body.some((l) => l.stream === h.stream && l.hash === h.hash)))
    const anchor = (tail.anchors as { heads: string; hash: string }[])[0]!
    assert.equal(createHash('sha256').update(`\n${anchor.heads}`).digest('hex'), anchor.hash)
  })
})
