// What does not add up as a figure: options are counted, rows of tables added, over those who have submitted.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { unzip } from '../../../tests/paper-files.ts'
import { idsOf, populate } from '../../../tests/scene.ts'
import { stories } from '../../app/wiring/brings.ts'
import { places } from '../../app/wiring/places.ts'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { traceWords, traces } from '../../app/wiring/traces.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import { custody } from '../custodies/routes.ts'
import { journalsRoutes } from '../journals/routes.ts'
import { reportsRoutes } from './routes.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const HOLDERS = { nation: ['VN', 'secretariat'], province: ['01', 'head'], other: ['02', 'head'], commune: ['101', 'head'] } as const
const UNITS = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n02,Tỉnh Hai,province,VN\n101,Xã Một,commune,01\n103,Xã Ba,commune,01\n104,Xã Tư,commune,01\n201,Xã Bốn,commune,02\n'
const FORM = `
code: state
name: { vi: Tình hình, en: State }
sections:
  - title: { vi: Chung, en: All }
    fields:
      - { code: pace, kind: choice, label: { vi: Tiến độ, en: Pace }, options: [{ code: good, label: { vi: Tốt, en: Good } }, { code: slow, label: { vi: Chậm, en: Slow } }] }
      - { code: sites, kind: table, label: { vi: Nơi, en: Sites }, columns: [{ code: name, kind: text, label: { vi: Tên, en: Name } }, { code: n, label: { vi: Số, en: Number }, decimals: 1 }, { code: ok, kind: choice, label: { vi: Đạt, en: Good }, options: [{ code: 'yes', label: { vi: Có, en: 'Yes' } }, { code: 'no', label: { vi: Không, en: 'No' } }] }] }
      - { code: proof, kind: file, label: { vi: Ảnh, en: Pictures } }
`

test('options are counted, and the rows of tables added, at each unit for those below it', async () => {
  const person = idsOf(HOLDERS, NOW)
  const routes = reportsRoutes({ shipped: () => [], zone: 'Asia/Ho_Chi_Minh', custody: custody('Asia/Ho_Chi_Minh') })
  const t = await freshDb(schemaFolders, projectors)
  const unit = await populate(t, UNITS, NOW, HOLDERS, person)
  const as = (who: keyof typeof HOLDERS = 'nation') => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at: NOW }) })
  const { formId } = await call(routes.forms.publish, { orderId: uuidv7(NOW), unitId: unit['VN']!, text: FORM }, as())
  const { collectionId } = await call(routes.collections.ask, { orderId: uuidv7(NOW), unitId: unit['VN']!, formId, title: 'Tình hình', schedule: { every: 'days', days: ['2026-03-06'], hour: '16:00' }, owing: { kinds: ['commune'] }, until: null }, as())
  const fill = async (code: string, values: object, who: keyof typeof HOLDERS, more: object = {}) => {
    const [report] = await rows(t.as(OPERATOR).read, sql<{ id: string; version: number }>`select id, version from reports where unit_id = ${unit[code]!}`)
    await call(routes.submit, { orderId: uuidv7(NOW), reportId: report!.id, expectedVersion: report!.version, values, ...more } as never, as(who))
  }
  const held = async (name: string, size: number) => { const file = uuidv7(NOW); await sql`insert into file_blobs (id, sha256, name, type, size, salt, uploaded_at, uploaded_by) values (${file}, ${Buffer.alloc(32)}, ${name}, 'image/jpeg', ${size}, 'salt', ${NOW}, ${person['commune']!})`.execute(t.db); return file }
  const [picture, erased] = [await held('Ảnh <1> & 2.jpg', 1234), await held('cũ.jpg', 9)]
  await fill('101', { pace: 'good', proof: [picture, erased], sites: [{ name: 'A', n: 2.5, ok: 'yes' }, { name: 'B', n: 3, ok: 'no' }] }, 'commune')
  await fill('103', { pace: 'slow', sites: [{ name: 'C', n: null, ok: 'yes' }] }, 'province')
  await fill('201', { pace: 'good' }, 'other')
  await catchUp(t, followers, NOW)
  const choices = async (code: string, who: keyof typeof HOLDERS) => {
    const found = await call(routes.collections.choices, { collectionId, unitId: unit[code]!, on: '2026-03-06' }, as(who))
    return [found.choices.map((one) => `${one.option} ${one.units}`).toSorted(), ...found.tables.map((one) => [one.units, one.rows, one.sums, one.options.map((o) => `${o.option} ${o.rows}`).toSorted()])]
  }
  assert.deepEqual(await choices('VN', 'nation'), [['good 2', 'slow 1'], [2, 3, [{ column: 'n', sum: 5.5, given: 2 }], ['no 1', 'yes 2']]])
  assert.deepEqual(await choices('02', 'other'), [['good 1']])
  await assert.rejects(choices('VN', 'province'), { code: 'NOT_FOUND' })

  // The period as a spreadsheet: a sheet for each table, one row a unit and row, and one of the files.
  await sql`update file_blobs set erased_at = ${NOW}, name = null where id = ${erased}`.execute(t.db)
  const book = async (code: string, who: keyof typeof HOLDERS) => unzip(new Uint8Array(await new Response((await call(routes.collections.export, { collectionId, unitId: unit[code]!, on: '2026-03-06', format: 'xlsx' }, as(who)) as unknown as { body: ReadableStream }).body).arrayBuffer()))
  const cells = (sheet: string) => [...sheet.matchAll(/<row .*?<\/row>/gs)].slice(1).map(([one]) => [...one.matchAll(/<t [^>]*>([^<]*)<|<v>([^<]*)</g)].map(([, text, number]) => text ?? Number(number)))
  const all = await book('VN', 'nation')
  assert.deepEqual([...all.get('xl/workbook.xml')!.matchAll(/sheet name="([^"]+)"/g)].map(([, name]) => name), ['Báo cáo', 'Nơi', 'Tệp kèm theo'])
  assert.deepEqual(cells(all.get('xl/worksheets/sheet1.xml')!).map((one) => [one[0], one[3], one.at(-1)]), [['101', 'đã nộp', 'Tốt'], ['103', 'đã nộp', 'Chậm'], ['104', 'chưa nộp', 'chưa nộp'], ['201', 'đã nộp', 'Tốt']])
  assert.equal(cells(all.get('xl/worksheets/sheet1.xml')!)[0]!.at(-2), '04/03/2026 09:00', 'the hour of submission is that of the request’s zone')
  assert.deepEqual(cells(all.get('xl/worksheets/sheet2.xml')!), [['101', 'Xã Một', 'Tỉnh Một', 1, 'A', 2.5, 'Có'], ['101', 'Xã Một', 'Tỉnh Một', 2, 'B', 3, 'Không'], ['103', 'Xã Ba', 'Tỉnh Một', 1, 'C', 'Có']])
  assert.deepEqual(cells(all.get('xl/worksheets/sheet3.xml')!), [['101', 'Xã Một', 'Tỉnh Một', 'Ảnh', 'Ảnh &#60;1&#62; &#38; 2.jpg', 1234], ['101', 'Xã Một', 'Tỉnh Một', 'Ảnh', 'tệp đã xóa']])
  assert.deepEqual(cells((await book('02', 'other')).get('xl/worksheets/sheet2.xml')!), [], 'what stands elsewhere in the tree is not in it')
  await assert.rejects(book('VN', 'province'), { code: 'NOT_FOUND' })
  // Two moments of a report are told by its form's names: what changed, what a table lost with its row, and nothing that stayed.
  await fill('101', { pace: 'slow', proof: [picture], sites: [{ name: 'A', n: 2.5, ok: 'no' }] }, 'commune', { reason: 'Nhầm' })
  const [{ id: reportId }] = await rows(t.as(OPERATOR).read, sql<{ id: string }>`select id from reports where unit_id = ${unit['101']!}`) as [{ id: string }]
  const journal = journalsRoutes({ stories, words: traceWords, places, parts: {}, asPart: {}, traces, zone: 'Asia/Ho_Chi_Minh', enqueue: async () => undefined } as never)
  const lines = await rows(t.as(OPERATOR).read, sql<{ position: string }>`select position from journal where subject = ${`report:${reportId}`} order by position`)
  const moments = { subject: `report:${reportId}`, from: Number(lines[0]!.position), until: Number(lines[1]!.position) }
  const { fields } = await call(journal.compare, moments, { context: t.as(OPERATOR, { at: NOW }) })
  assert.deepEqual(fields.map(({ name, before, after }) => [name.vi, before?.vi, after?.vi]), [
    ['Số tệp kèm theo', '2', '1'], ['Tình trạng', 'đã nộp', 'đã đính chính'], ['Nội dung: Tiến độ', 'Tốt', 'Chậm'], ['Nội dung: Nơi (số dòng)', '2', '1'], ['Nội dung: Nơi, dòng 1, Đạt', 'Có', 'Không'],
    ['Nội dung: Nơi, dòng 2 (đã bỏ), Tên', 'B', undefined], ['Nội dung: Nơi, dòng 2 (đã bỏ), Số', '3', undefined], ['Nội dung: Nơi, dòng 2 (đã bỏ), Đạt', 'Không', undefined], ['Nội dung: Ảnh (số tệp)', '2', '1'],
  ])
})
