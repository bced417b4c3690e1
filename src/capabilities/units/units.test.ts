// Lists of units: what they change and what they may not, on small trees; then the requests.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { OPERATOR, setRoles } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { project as projectFacts } from '../../kernel/commit.ts'
import { asReader, rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { recorded } from '../../kernel/journal.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { sql } from 'kysely'
import { unitsRoutes } from './routes.ts'
import { project, tables } from './store/project.ts'

const FOLDERS = [{ name: 'kernel', folder: 'src/kernel/schema' }, { name: 'units', folder: 'src/capabilities/units/schema' }]
const projectors = Object.fromEntries(Object.entries(project).map(([type, one]) => [type, [one]])) as never
const now = new Date('2026-03-01T05:00:00Z')
const HEAD = 'code,name,kind,parent_code\n'
const A = `${HEAD}n,Nation,nation,\np1,Tỉnh Một,province,n\np2,Tỉnh Hai,province,n\nd1,Huyện  Một,district,p1\nc1,Xã Một,commune,d1\nc2,Xã Hai,commune,d1\nc3,Xã Ba,commune,p2\n`

const ANA: Actor = { id: '0190a000-0000-7000-8000-000000000001', kind: 'person' }

describe('units', () => {
  let t: TestDb
  let routes: ReturnType<typeof unitsRoutes>
  const as = (actor: Actor = OPERATOR, lang: 'vi' | 'en' = 'en') => ({ context: t.as(actor, { at: now, lang }) })
  const list = (csv: string, asOf: string, scheme = 'admin') => call(routes.import, { orderId: uuidv7(), csv, asOf, scheme }, as())
  const count = async (at: string) => (await call(routes.count, { at }, as())).kinds
  const byCode = async (code: string, at = '2026-03-01') => (await call(routes.search, { q: code, at }, as())).items.find((one) => one.code === code)!
  const everything = async () => JSON.stringify(await Promise.all([...tables, 'journal'].map((name) => rows(asReader(t.db), sql`select * from ${sql.table(name)} x order by x::text`))))
  const refusal = async (work: () => Promise<unknown>) => {
    const before = await everything()
    const error = await work().then(() => assert.fail('was not refused'), (e: { code: string; data: { problems?: { line: number | null; code: string; message: string }[] } }) => e)
    assert.equal(await everything(), before, 'a refused order left something')
    return error
  }

  /** Every path is its parent's and its own step, now and on each day on which it or its parent changed. */
  async function pathsHold() {
    const bad = await rows(asReader(t.db), sql<{ bad: number }>`select count(*)::int as bad from public_units_spans s left join public_units_spans p on p.unit_id = s.parent_id
      and p.from_on <= s.from_on and coalesce(p.until_on, 'infinity') > s.from_on where s.path <> coalesce(p.path, '') || (select step from units where id = s.unit_id)`)
    const today = await rows(asReader(t.db), sql<{ bad: number }>`select count(*)::int as bad from units u left join units p on p.id = u.parent_id where u.path <> coalesce(p.path, '') || u.step`)
    // No day of a unit is without a path, and none has two.
    const length = sql`sum(coalesce(until_on, '2030-01-01') - from_on)`
    const days = await rows(asReader(t.db), sql<{ bad: number }>`select count(*)::int as bad from (select unit_id, ${length} n from unit_spans group by 1) s
      full join (select unit_id, ${length} n from unit_paths group by 1) p using (unit_id) where s.n is distinct from p.n`)
    assert.deepEqual([bad[0]!.bad, today[0]!.bad, days[0]!.bad], [0, 0, 0])
  }

  before(async () => {
    setRoles({ administrator: { rights: ['unit.edit', 'unit.import'] }, editor: { rights: ['unit.edit'] } })
    t = await freshDb(FOLDERS, projectors)
    await sql`create table access_grants (person_id uuid, role text, unit_id uuid, starts_at timestamptz default '2020-01-01', ends_at timestamptz)`.execute(t.db)
    routes = unitsRoutes()
  })

  test('the first list opens every unit, below the right parents, under normal names with the original kept', async () => {
    const { counts } = await list(A, '2020-01-01')
    assert.deepEqual(counts, { listed: 7, opened: 7, closed: 0, renamed: 0, moved: 0, rekinded: 0, other: 0, same: 0, lifted: 0 })
    assert.deepEqual(await count('2020-01-01'), { nation: 1, province: 2, district: 1, commune: 3 })
    assert.deepEqual(await count('2019-12-31'), {})
    const unit = await call(routes.get, { unitId: (await byCode('d1')).id, at: '2020-01-01' }, as())
    assert.deepEqual([unit.name, unit.nameOriginal, unit.parents.map((p) => p.name), unit.children], ['Huyện Một', 'Huyện  Một', ['Tỉnh Một', 'Nation'], 2])
  })

  test('the same list again changes nothing', async () => {
    assert.deepEqual((await list(A, '2020-01-01')).counts, { listed: 7, opened: 0, closed: 0, renamed: 0, moved: 0, rekinded: 0, other: 0, same: 7, lifted: 0 })
  })

  test('a preview says what would happen and does nothing', async () => {
    const next = A.replace('c1,Xã Một,commune,d1\n', '').replace('c2,Xã Hai,commune,d1', 'c2,Xã Hai Mới,commune,p1').replace('d1,Huyện  Một,district,p1\n', 'c4,Xã Bốn,commune,p1\n')
    const before = await everything()
    const preview = await call(routes.previewImport, { csv: next, asOf: '2021-01-01' }, as())
    assert.equal(await everything(), before)
    assert.deepEqual(preview.counts, { listed: 6, opened: 1, closed: 2, renamed: 1, moved: 1, rekinded: 0, other: 0, same: 4, lifted: 0 })
    assert.deepEqual(preview.byKind, { nation: { before: 1, after: 1 }, province: { before: 2, after: 2 }, district: { before: 1, after: 0 }, commune: { before: 3, after: 3 } })
    assert.deepEqual(preview.samples.renamed, [{ code: 'c2', name: 'Xã Hai Mới', was: 'Xã Hai' }])
    await call(routes.import, { orderId: uuidv7(), csv: next, asOf: '2021-01-01', seen: preview.seen }, as())
    assert.equal((await refusal(() => call(routes.import, { orderId: uuidv7(), csv: next, asOf: '2021-01-01', seen: preview.seen }, as()))).code, 'PREVIEW_STALE')
  })

  test('every day keeps its tree: names, parents, counts, and what is gone', async () => {
    assert.deepEqual(await count('2020-12-31'), { nation: 1, province: 2, district: 1, commune: 3 })
    assert.deepEqual(await count('2021-01-01'), { nation: 1, province: 2, commune: 3 })
    assert.deepEqual((await call(routes.search, { q: 'xã hai', at: '2020-06-01' }, as())).items.slice(0, 1).map((u) => [u.name, u.parents.map((p) => p.code)]), [['Xã Hai', ['d1', 'p1', 'n']]])
    assert.deepEqual((await call(routes.search, { q: 'xã hai', at: '2021-06-01' }, as())).items.slice(0, 1).map((u) => [u.name, u.parents.map((p) => p.code)]), [['Xã Hai Mới', ['p1', 'n']]])
    assert.ok((await call(routes.search, { q: 'c1', at: '2021-06-01' }, as())).items.every((u) => u.code !== 'c1'))
    const c1 = (await call(routes.search, { q: 'xã một', at: '2020-06-01' }, as())).items[0]!
    const gone = await call(routes.get, { unitId: c1.id }, as())
    assert.deepEqual([gone.at, gone.until, gone.parents.map((p) => p.name)], ['2020-12-31', '2021-01-01', ['Huyện Một', 'Tỉnh Một', 'Nation']])
    const { spans } = await call(routes.history, { unitId: (await byCode('c2')).id }, as())
    assert.deepEqual(spans.map((s) => [s.from, s.until, s.name, s.parent!.code]), [['2020-01-01', '2021-01-01', 'Xã Hai', 'd1'], ['2021-01-01', null, 'Xã Hai Mới', 'p1']])
  })

  test('paths follow the tree, today and on every day', () => pathsHold())

  test('gone and back later, a code is another unit', async () => {
    const was = (await call(routes.search, { q: 'c1', at: '2020-06-01' }, as())).items[0]!
    await list(`${HEAD}p1,Tỉnh Một,province,\np2,Tỉnh Hai,province,\nc1,Xã Một,commune,p1\nc2,Xã Hai Mới,commune,p1\nc3,Xã Ba,commune,p2\n`, '2022-01-01')
    const is = await byCode('c1')
    assert.notEqual(is.id, was.id)
    assert.deepEqual((await call(routes.get, { unitId: was.id }, as())).until, '2021-01-01')
  })

  test('a root that the list leaves out stays, and what has no parent in the list hangs below it', async () => {
    assert.deepEqual(await count('2022-01-01'), { nation: 1, province: 2, commune: 3 })
    assert.deepEqual((await byCode('p1')).parents.map((p) => p.code), ['n'])
  })

  test('left out by mistake and put back on the same day, it is the same unit without a gap', async () => {
    const was = await byCode('c3')
    const whole = `${HEAD}p1,Tỉnh Một,province,n\np2,Tỉnh Hai,province,n\nc1,Xã Một,commune,p1\nc2,Xã Hai Mới,commune,p1\nc3,Xã Ba,commune,p2\n`
    await list(whole.replace('c3,Xã Ba,commune,p2\n', ''), '2023-01-01')
    assert.deepEqual(await count('2023-01-01'), { nation: 1, province: 2, commune: 2 })
    assert.equal((await list(whole, '2023-01-01')).counts.opened, 1)
    assert.equal((await byCode('c3')).id, was.id)
    assert.deepEqual((await call(routes.history, { unitId: was.id }, as())).spans.map((s) => [s.from, s.until]), [['2020-01-01', null]])
  })

  test('another list hangs below units of the first, keeps its own codes, and is lifted when its parent closes', async () => {
    const forces = `${HEAD}f1,Công an Tỉnh Một,force,p1\nf2,Công an Xã Ba,force,c3\nc1,Đội c1,team,f1\n`
    assert.equal((await list(forces, '2024-01-01', 'force')).counts.opened, 3)
    assert.deepEqual((await byCode('f2')).parents.map((p) => p.code), ['c3', 'p2', 'n'])
    const less = `${HEAD}p1,Tỉnh Một,province,n\np2,Tỉnh Hai,province,n\nc1,Xã Một,commune,p1\nc2,Xã Hai Mới,commune,p1\n`
    const late = await refusal(() => list(less, '2023-06-01'))
    assert.deepEqual([late.code, late.data.problems![0]!.code], ['FILE_REFUSED', 'LATE_CHILD'])
    assert.equal((await list(less, '2024-06-01')).counts.lifted, 1)
    assert.deepEqual((await byCode('f2')).parents.map((p) => p.code), ['p2', 'n'])
    assert.deepEqual((await call(routes.search, { q: 'f2', at: '2024-05-31' }, as())).items[0]!.parents.map((p) => p.code), ['c3', 'p2', 'n'])
    assert.deepEqual(await count('2024-06-01'), { nation: 1, province: 2, force: 2, commune: 2, team: 1 })
  })

  describe('a bad list is refused whole, with its lines', () => {
    const B = `${HEAD}p1,Tỉnh Một,province,n\nc1,Xã Một,commune,p1\n`
    const lines = async (csv: string | Buffer): Promise<unknown> => {
      const { code, data } = await refusal(() => call(routes.import, { orderId: uuidv7(), base64: Buffer.from(csv as string).toString('base64'), asOf: '2025-01-01' }, as()))
      assert.equal(code, 'FILE_REFUSED')
      for (const one of data.problems!) if (one.line !== null && one.line > 1) assert.match(one.message, new RegExp(`Line ${one.line}`))
      return data.problems!.map((one) => [one.line, one.code])
    }
    const bad: [string, string | Buffer, unknown][] = [
      ['a circle', `${B}d1,D,district,d2\nd2,D,district,d3\nd3,D,district,d1\n`, [[4, 'CIRCLE']]],
      ['its own parent', `${B}d1,D,district,d1\n`, [[4, 'CIRCLE']]],
      ['an orphan', `${B}c9,Xã Chín,commune,d9\n`, [[4, 'PARENT_UNKNOWN']]],
      ['a code twice', `${B}c1,Xã Một,commune,p1\n`, [[4, 'CODE_TWICE']]],
      ['UTF-16', Buffer.from(`\ufeff${B}`, 'utf16le'), [[1, 'NOT_UTF8']]],
      ['UTF-16 without a mark', Buffer.from(B, 'utf16le'), [[1, 'NOT_UTF8']]],
      ['Windows-1258', Buffer.concat([Buffer.from(`${B}c2,X`), Buffer.from([0xe3, 0x20, 0x48, 0x61, 0x69, 0xec]), Buffer.from(',commune,p1\n')]), [[4, 'NOT_UTF8']]],
      ['TCVN3', Buffer.concat([Buffer.from(`${HEAD}p1,T`), Buffer.from([0xd8]), Buffer.from('nh,province,n\n')]), [[2, 'NOT_UTF8']]],
      ['TCVN3 that went through a wrong conversion', `${HEAD}p1,TØnh Hµ Nam,province,n\n`, [[2, 'GARBLED']]],
      ['UTF-8 read as Latin and saved again', `${HEAD}p1,Tá»‰nh HÃ  Nam,province,n\n`, [[2, 'GARBLED']]],
      ['cut in a line', `${B}c2,Xã H`, [[4, 'CUT_OFF']]],
      ['cut in a letter', Buffer.from(`${B}c2,Xã`).subarray(0, -1), [[4, 'CUT_OFF']]],
      ['cut before the parent', `${B}c2,Xã Hai,commune,`, [[4, 'LAST_LINE']]],
      ['cut in quotes', `${B}c2,"Xã Hai`, [[4, 'CUT_OFF']]],
      ['a field too many', `${B}c2,Xã Hai,commune,p1,\n`, [[4, 'FIELDS']]],
      ['nothing', '', [[null, 'FILE_EMPTY']]],
      ['white space', ' \n\n', [[null, 'FILE_EMPTY']]],
      ['a header only', HEAD, [[null, 'NO_ROWS']]],
      ['no header', 'p1,Tỉnh Một,province,n\n', [[1, 'COLUMN_MISSING'], [1, 'COLUMN_MISSING'], [1, 'COLUMN_MISSING'], [1, 'COLUMN_MISSING'], [1, 'COLUMN_UNKNOWN'], [1, 'COLUMN_UNKNOWN'], [1, 'COLUMN_UNKNOWN'], [1, 'COLUMN_UNKNOWN']]],
      ['no name, a kind with accents, a code with a space', `${B}c2,,commune,p1\nc3,Xã Ba,xóm làng,p1\nc 4,Xã Bốn,commune,p1\n`, [[4, 'NAME_BAD'], [5, 'KIND_BAD'], [6, 'CODE_BAD']]],
      ['half a place', `code,name,kind,parent_code,lat,lon\np1,Tỉnh Một,province,n,21.0,\n`, [[2, 'PLACE_BAD']]],
      ['a chain too deep', `${HEAD}${Array.from({ length: 70 }, (_, i) => `x${i},Đội,team,${i ? `x${i - 1}` : 'n'}`).join('\n')}\n`, Array.from({ length: 7 }, (_, i) => [65 + i, 'TOO_DEEP'])],
    ]
    for (const [what, csv, problems] of bad) test(what, async () => assert.deepEqual(await lines(csv), problems))
    test('several things at once are all named, in order', async () => {
      assert.deepEqual(await lines(`${B}c1,Xã,commune,p1\nc2,Xã Hai,commune\nc3,,commune,p1\n`), [[4, 'CODE_TWICE'], [5, 'FIELDS'], [6, 'NAME_BAD']])
    })
    test('a list dated before the last one of its scheme', async () => {
      const error = await refusal(() => list(B, '2024-05-31'))
      assert.equal(error.code, 'LIST_TOO_OLD')
    })
    test('a list of a day that has not come, though it can be previewed', async () => {
      assert.equal((await call(routes.previewImport, { csv: B, asOf: '2027-01-01' }, as())).counts.closed, 2)
      assert.equal((await refusal(() => list(B, '2027-01-01'))).code, 'LIST_IN_FUTURE')
    })
    test('no file at all', async () => assert.equal((await refusal(() => call(routes.import, { orderId: uuidv7(), asOf: '2025-01-01' }, as()))).code, 'FILE_MISSING'))
  })

  test('the same import sent twice happens once', async () => {
    const orderId = uuidv7()
    const csv = `${HEAD}g1,Cơ quan Một,agency,admin:p1\n`
    const first = await call(routes.import, { orderId, csv, asOf: '2025-01-01', scheme: 'agency' }, as())
    const before = await everything()
    assert.deepEqual(await call(routes.import, { orderId, csv, asOf: '2025-01-01', scheme: 'agency' }, as()), first)
    assert.equal(await everything(), before)
  })

  describe('one unit at a time', () => {
    const unit = (parentId: string, code: string, more = {}) => call(routes.create, { orderId: uuidv7(), scheme: 'agency', code, name: `Cơ quan ${code}`, kind: 'agency', parentId, ...more }, as())
    test('is opened below another, renamed, moved and ended; each day keeps its tree', async () => {
      const [p1, p2] = [(await byCode('p1')).id, (await byCode('p2')).id]
      const { unitId } = await unit(p1, 'a1', { on: '2026-01-01' })
      const inner = await unit(unitId, 'a2', { on: '2026-01-01' })
      await call(routes.change, { orderId: uuidv7(), unitId, expectedVersion: 1, name: 'Sở  Y tế', on: '2026-02-01' }, as())
      await call(routes.change, { orderId: uuidv7(), unitId, expectedVersion: 2, parentId: p2, on: '2026-02-15' }, as())
      assert.deepEqual((await byCode('a2')).parents.map((p) => p.name), ['Sở Y tế', 'Tỉnh Hai', 'Nation'])
      assert.deepEqual((await byCode('a2', '2026-01-15')).parents.map((p) => p.name), ['Cơ quan a1', 'Tỉnh Một', 'Nation'])
      const ended = await refusal(() => call(routes.close, { orderId: uuidv7(), unitId, expectedVersion: 3 }, as()))
      assert.equal(ended.code, 'HAS_CHILDREN')
      await call(routes.close, { orderId: uuidv7(), unitId: inner.unitId, expectedVersion: 1, on: '2026-02-20', successors: [{ unitId, part: 'full' }] }, as())
      assert.deepEqual((await call(routes.history, { unitId: inner.unitId }, as())).into.map((s) => [s.unit.name, s.part, s.on]), [['Sở Y tế', 'full', '2026-02-20']])
    })
    test('two editors of one unit: the second hears what changed', async () => {
      const { unitId } = await unit((await byCode('p1')).id, 'a3')
      await call(routes.change, { orderId: uuidv7(), unitId, expectedVersion: 1, name: 'Một tên khác', kind: 'office' }, as())
      const error = await refusal(() => call(routes.change, { orderId: uuidv7(), unitId, expectedVersion: 1, name: 'Tên thứ ba' }, as()))
      assert.deepEqual([error.code, error.data], ['CHANGED', { version: 2, changed: ['kind', 'name'] }])
    })
    test('two editors at the same moment: one of them is told', async () => {
      const { unitId } = await unit((await byCode('p1')).id, 'a6')
      const both = await Promise.allSettled(['Một', 'Hai'].map((name) => call(routes.change, { orderId: uuidv7(), unitId, expectedVersion: 1, name }, as())))
      assert.deepEqual(both.map((one) => (one.status === 'fulfilled' ? one.value.version : (one.reason as { code: string }).code)).sort(), [2, 'CHANGED'])
    })
    test('is not placed below itself, not given a code in use, not changed to what it is', async () => {
      const { unitId } = await unit((await byCode('p1')).id, 'a4')
      const inner = await unit(unitId, 'a5')
      const edit = (more: object) => call(routes.change, { orderId: uuidv7(), unitId, expectedVersion: 1, ...more }, as())
      assert.equal((await refusal(() => edit({ parentId: inner.unitId }))).code, 'PARENT_BELOW')
      assert.equal((await refusal(() => edit({ parentId: unitId }))).code, 'PARENT_BELOW')
      assert.equal((await refusal(() => edit({ code: 'a5' }))).code, 'CODE_TAKEN')
      assert.equal((await refusal(() => edit({ name: 'Cơ quan  a4' }))).code, 'NOTHING_CHANGED')
      assert.equal((await refusal(() => edit({ name: 'X', on: '2020-01-01' }))).code, 'LIST_TOO_OLD')
    })
    test('has ties beside its parent: a neighbour from both sides, the others from one', async () => {
      const [p1, p2, f1] = await Promise.all(['p1', 'p2', 'f1'].map(async (code) => (await byCode(code)).id)) as [string, string, string]
      const { linkId } = await call(routes.link, { orderId: uuidv7(), unitId: p1, toId: p2, kind: 'neighbour' }, as())
      await call(routes.link, { orderId: uuidv7(), unitId: f1, toId: p2, kind: 'works_in' }, as())
      const links = async (unitId: string) => (await call(routes.links, { unitId }, as())).items.map((l) => [l.kind, l.direction, l.unit.code])
      assert.deepEqual(await links(p2), [['neighbour', 'both', 'p1'], ['works_in', 'from', 'f1']])
      assert.equal((await refusal(() => call(routes.link, { orderId: uuidv7(), unitId: p2, toId: p1, kind: 'neighbour' }, as()))).code, 'LINK_EXISTS')
      assert.equal((await refusal(() => call(routes.link, { orderId: uuidv7(), unitId: p2, toId: p2, kind: 'neighbour' }, as()))).code, 'LINK_TO_SELF')
      await call(routes.unlink, { orderId: uuidv7(), unitId: p2, linkId }, as())
      assert.deepEqual(await links(p2), [['works_in', 'from', 'f1']])
    })
  })

  describe('rights', () => {
    test('every account may look and search; without the right a unit to change looks missing', async () => {
      const p1 = await byCode('p1')
      assert.equal((await call(routes.get, { unitId: p1.id }, as(ANA))).name, 'Tỉnh Một')
      assert.equal((await call(routes.search, { q: 'tinh mot' }, as(ANA))).items[0]!.code, 'p1')
      const change = (unitId: string) => call(routes.change, { orderId: uuidv7(), unitId, expectedVersion: 1, name: 'X' }, as(ANA))
      assert.deepEqual([(await refusal(() => change(p1.id))).code, (await refusal(() => change(uuidv7()))).code], ['NOT_FOUND', 'NOT_FOUND'])
      assert.equal((await refusal(() => call(routes.import, { orderId: uuidv7(), csv: A, asOf: '2026-03-01' }, as(ANA)))).code, 'FORBIDDEN')
      assert.equal((await refusal(() => call(routes.previewImport, { csv: A, asOf: '2026-03-01' }, as(ANA)))).code, 'FORBIDDEN')
    })
    test('the right counts on the unit, and to move it also on where it goes', async () => {
      const [p1, p2] = [(await byCode('p1')).id, (await byCode('p2')).id]
      await sql`insert into access_grants (person_id, role, unit_id) values (${ANA.id}, 'editor', ${p1})`.execute(t.db)
      const create = (parentId: string | null, code: string) => call(routes.create, { orderId: uuidv7(), scheme: 'agency', code, name: 'Đội', kind: 'team', parentId }, as(ANA))
      const { unitId } = await create(p1, 'b1')
      assert.equal((await refusal(() => create(p2, 'b2'))).code, 'NOT_FOUND')
      assert.equal((await refusal(() => create(null, 'b2'))).code, 'FORBIDDEN')
      assert.equal((await refusal(() => call(routes.change, { orderId: uuidv7(), unitId, expectedVersion: 1, parentId: p2 }, as(ANA)))).code, 'NOT_FOUND')
    })
    test('a whole list needs the right on every root', async () => {
      await sql`insert into access_grants (person_id, role, unit_id) values (${ANA.id}, 'administrator', ${(await byCode('n')).id})`.execute(t.db)
      assert.equal((await call(routes.previewImport, { csv: A, asOf: '2026-03-01' }, as(ANA))).counts.listed, 7)
    })
  })

  test('children come page by page, in the order of names', async () => {
    const n = (await byCode('n')).id
    const first = await call(routes.children, { unitId: n, limit: 1 }, as())
    const second = await call(routes.children, { unitId: n, limit: 1, cursor: first.next! }, as())
    assert.deepEqual([first, second].map((p) => p.items.map((u) => u.name)), [['Tỉnh Hai'], ['Tỉnh Một']])
    assert.equal(second.next, null)
    assert.deepEqual((await call(routes.roots, {}, as())).items.map((u) => [u.name, u.children]), [['Nation', 2]])
    assert.equal((await refusal(() => call(routes.children, { unitId: uuidv7() }, as()))).code, 'NOT_FOUND')
  })

  test('all units come page by page, a subtree of them too', async () => {
    const all: string[] = []
    for (let cursor: string | undefined, i = 0; i < 99; i++) {
      const got = await call(routes.search, { limit: 2, ...(cursor ? { cursor } : {}) }, as())
      all.push(...got.items.map((u) => u.id))
      if (!got.next) break
      cursor = got.next
    }
    assert.equal(all.length, new Set(all).size)
    assert.equal(all.length, Object.values(await count('2026-03-01')).reduce((a, b) => a + b))
    const below = await call(routes.search, { under: (await byCode('p2')).id }, as())
    assert.ok(below.items.some((u) => u.code === 'p2') && below.items.every((u) => u.code === 'p2' || u.parents.some((p) => p.code === 'p2')))
  })

  test('after all that, paths still follow the tree', () => pathsHold())
  test('the journal alone gives every table again, row for row', async () => {
    const again = await freshDb(FOLDERS, projectors)
    const lines = await t.db.selectFrom('journal').selectAll().orderBy('position').execute()
    await again.db.transaction().execute(async (tx) => { for (const line of lines) await projectFacts(tx as never, [recorded(line)], projectors) })
    for (const name of tables) {
      const [was, is] = await Promise.all([t, again].map(({ db }) => rows(asReader(db), sql`select * from ${sql.table(name)} x order by x::text`)))
      assert.deepEqual(is, was, name)
      assert.ok(was!.length > 0, `${name} is empty`)
    }
  })
})
