// Before the first unit: whoever holds the right on the whole forest brings the first list, as CSV or as a spreadsheet; nobody else.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { setRoles } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { xlsxStream } from '../../pure/rows.ts'
import { unitsRoutes } from './routes.ts'
import { project } from './store/project.ts'

const now = new Date('2026-03-01T05:00:00Z')
const [FIRST, LOCAL, LIMITED]: Actor[] = [1, 2, 3].map((n) => ({ id: `0190a000-0000-7000-8000-00000000000${n}`, kind: 'person' }))
const rows = [['n', 'Việt Nam', 'nation', ''], ['01', 'Thành phố Hà Nội', 'province', 'n'], ['00070', 'Phường Hoàn Kiếm', 'commune', '01']]
const HEADER = ['code', 'name', 'kind', 'parent_code']
const sheet = async (lines: string[][]) => Buffer.from(await new Response(xlsxStream('Danh mục', HEADER, (async function* () { yield* lines })())).arrayBuffer()).toString('base64')

describe('an empty installation', () => {
  let t: TestDb
  const routes = unitsRoutes()
  const as = (actor: Actor) => ({ context: t.as(actor, { at: now, lang: 'vi' }) })
  const order = { scheme: 'admin', asOf: '2026-03-01' }
  before(async () => {
    setRoles({ administrator: { rights: ['unit.edit', 'unit.import'] } })
    t = await freshDb([{ name: 'kernel', folder: 'src/kernel/schema' }, { name: 'units', folder: 'src/capabilities/units/schema' }], Object.fromEntries(Object.entries(project).map(([type, one]) => [type, [one]])) as never)
    // As the people capability publishes it: what is held on the whole forest counts at every root too.
    await sql`create table held (person_id uuid, role text, unit_id uuid)`.execute(t.db)
    await sql`create view access_grants as select *, timestamptz '2020-01-01' as starts_at, null::timestamptz as ends_at from (
      select * from held union all select h.person_id, h.role, u.id from held h join units u on u.parent_id is null where h.unit_id is null) all_held`.execute(t.db)
    await sql`insert into held values (${FIRST!.id}, 'administrator', null), (${LOCAL!.id}, 'administrator', ${uuidv7()}), (${LIMITED!.id}, 'administrator', null)`.execute(t.db)
  })

  test('is opened to nobody whose right lies elsewhere, nor to a token without it', async () => {
    for (const actor of [LOCAL!, { ...LIMITED!, scopes: ['unit.edit'] }]) await assert.rejects(call(routes.previewImport, { ...order, csv: `${HEADER.join(',')}\nn,N,nation,\n` }, as(actor)), { code: 'FORBIDDEN' })
  })
  test('a spreadsheet that is wrong is told by its own lines, one that is none as such', async () => {
    const error = await call(routes.previewImport, { ...order, base64: await sheet([...rows, ['x y', 'Sai', 'commune', '01']]) }, as(FIRST!)).then(() => assert.fail(), (e: { data: { problems: { line: number }[] } }) => e)
    assert.deepEqual(error.data.problems.map(({ line }) => line), [5])
    await assert.rejects(call(routes.previewImport, { ...order, base64: Buffer.from('PK\u0003\u0004 no sheet').toString('base64') }, as(FIRST!)), { code: 'FILE_REFUSED', data: { count: 1, first: 'Không đọc được bảng tính này. Lưu lại dưới dạng .xlsx hoặc "CSV UTF-8" rồi nhập lại.', problems: [{ line: null, code: 'NOT_A_SHEET', message: 'Không đọc được bảng tính này. Lưu lại dưới dạng .xlsx hoặc "CSV UTF-8" rồi nhập lại.' }] } })
  })
  test('the first administrator brings the first list, and from then on holds the right at its root', async () => {
    const file = { ...order, base64: await sheet(rows) }
    const { seen, counts } = await call(routes.previewImport, file, as(FIRST!))
    assert.equal(counts.opened, 3)
    await call(routes.import, { ...file, orderId: uuidv7(), seen }, as(FIRST!))
    const unit = (await call(routes.search, { q: 'hoan kiem' }, as(FIRST!))).items[0]!
    assert.deepEqual([unit.code, ...unit.parents.map(({ code }) => code)], ['00070', '01', 'n'], 'zeros of a code stay')
    await call(routes.create, { orderId: uuidv7(), scheme: 'agency', code: 'vp', name: 'Văn phòng', kind: 'agency', parentId: unit.parents.at(-1)!.id }, as(FIRST!))
  })
  test('at one in the morning here, still yesterday by UTC, a list as of today is what everyone sees', async () => {
    const night = { context: t.as(FIRST!, { at: new Date('2026-03-01T18:00:00Z'), lang: 'vi' }) }
    await call(routes.import, { orderId: uuidv7(), scheme: 'night', csv: 'code,name,kind,parent_code,name_en,lat,lon\ndem,Xã Đêm,commune,,Night,21.5,105.25\n', asOf: '2026-03-02' }, night)
    assert.deepEqual((await call(routes.search, { scheme: 'night' }, night)).items.map((one) => one.name), ['Xã Đêm'])
    assert.deepEqual((await call(routes.search, { scheme: 'night' }, night)).items.map((one) => [one.nameEn, one.lat, one.lon]), [['Night', 21.5, 105.25]], 'what a file of the list holds')
    assert.deepEqual((await call(routes.search, { scheme: 'night' }, as(FIRST!))).items, [], 'on the first of March it was not yet')
  })
})
