// What does not add up as a figure: options are counted, rows of tables added, over those who have submitted.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { idsOf, populate } from '../../../tests/scene.ts'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import { custody } from '../custodies/routes.ts'
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
`

test('options are counted, and the rows of tables added, at each unit for those below it', async () => {
  const person = idsOf(HOLDERS, NOW)
  const routes = reportsRoutes({ shipped: () => [], zone: 'Asia/Ho_Chi_Minh', custody: custody('Asia/Ho_Chi_Minh') })
  const t = await freshDb(schemaFolders, projectors)
  const unit = await populate(t, UNITS, NOW, HOLDERS, person)
  const as = (who: keyof typeof HOLDERS = 'nation') => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at: NOW }) })
  const { formId } = await call(routes.forms.publish, { orderId: uuidv7(NOW), unitId: unit['VN']!, text: FORM }, as())
  const { collectionId } = await call(routes.collections.ask, { orderId: uuidv7(NOW), unitId: unit['VN']!, formId, title: 'Tình hình', schedule: { every: 'days', days: ['2026-03-06'], hour: '16:00' }, owing: { kinds: ['commune'] }, until: null }, as())
  const fill = async (code: string, values: object, who: keyof typeof HOLDERS) => {
    const [report] = await rows(t.as(OPERATOR).read, sql<{ id: string; version: number }>`select id, version from reports where unit_id = ${unit[code]!}`)
    await call(routes.submit, { orderId: uuidv7(NOW), reportId: report!.id, expectedVersion: report!.version, values } as never, as(who))
  }
  await fill('101', { pace: 'good', sites: [{ name: 'A', n: 2.5, ok: 'yes' }, { name: 'B', n: 3, ok: 'no' }] }, 'commune')
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
})
