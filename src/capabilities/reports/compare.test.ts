// Two chosen periods beside each other: a unit's own, and what a level adds up to.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { idsOf, populate } from '../../../tests/scene.ts'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { custody } from '../custodies/routes.ts'
import { reportsRoutes, reportsWorks } from './routes.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const HOLDERS = { nation: ['VN', 'secretariat'], province: ['01', 'head'], other: ['02', 'head'], commune: ['101', 'head'] } as const
const UNITS = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n02,Tỉnh Hai,province,VN\n101,Xã Một,commune,01\n103,Xã Ba,commune,01\n'
const FORM = 'code: state\nname: { vi: Tình hình, en: State }\nsections:\n  - title: { vi: Chung, en: All }\n    fields:\n      - { code: posts, label: { vi: Chốt, en: Posts } }\n      - { code: said, kind: text, label: { vi: Nhận xét, en: Remark } }\n'
// The first day comes before today's sixty shown periods.
const DAYS = Array.from({ length: 64 }, (_, i) => new Date(Date.UTC(2026, 2, 5 + i)).toISOString().slice(0, 10))
const [first, second, third] = DAYS as [string, string, string]
const last = DAYS.at(-1)!

const person = idsOf(HOLDERS, NOW)
const routes = reportsRoutes({ shipped: () => [], zone: 'Asia/Ho_Chi_Minh', custody: custody('Asia/Ho_Chi_Minh') })
let t: TestDb
let unit: Record<string, string>
let collectionId: string
const as = (who: keyof typeof HOLDERS = 'nation', at = NOW) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at }) })
const reportOf = async (code: string, on: string) => (await rows(t.as(OPERATOR).read, sql<{ id: string; version: number }>`select id, version from reports where unit_id = ${unit[code]!} and on_day = ${on}`))[0]!
const fill = async (code: string, on: string, values: object, who: keyof typeof HOLDERS) => {
  const { id, version } = await reportOf(code, on)
  await call(routes.submit, { orderId: uuidv7(NOW), reportId: id, expectedVersion: version, values } as never, as(who))
}

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, UNITS, NOW, HOLDERS, person)
  const { formId } = await call(routes.forms.publish, { orderId: uuidv7(NOW), unitId: unit['VN']!, text: FORM }, as())
  ;({ collectionId } = await call(routes.collections.ask, { orderId: uuidv7(NOW), unitId: unit['VN']!, formId, title: 'Tình hình', schedule: { every: 'days', days: DAYS, hour: '16:00' }, owing: { kinds: ['commune'] }, until: null }, as()))
  const works = reportsWorks((at) => t.as(OPERATOR, { at }))
  for (const on of DAYS) await works['reports.open'](undefined, { at: new Date(`${on}T02:00:00Z`) })
  await fill('101', first, { posts: 4, said: 'Đủ' }, 'commune')
  await fill('103', first, { posts: 1 }, 'province')
  await fill('101', second, { posts: 9, said: 'Thiếu' }, 'commune')
  await fill('101', third, { posts: 10 }, 'commune')
  await fill('101', last, { posts: 12, said: 'Đủ' }, 'commune')
  await catchUp(t, followers, new Date(`${last}T03:00:00Z`))
})

describe('two periods', () => {
  test('of a level: the one before stands beside it, or any other that is chosen, also one too old for the list', async () => {
    const overview = async (more: object) => {
      const { on, before: was, totals, periods } = await call(routes.collections.overview, { collectionId, unitId: unit['01']!, ...more }, as('province'))
      return { on, now: totals[0]!.sums[0], was: was && [was.on, was.sums[0], was.counts[0]], listed: periods.length }
    }
    assert.deepEqual(await overview({ on: third }), { on: third, now: 10, was: [second, 9, 1], listed: 62 })
    assert.deepEqual(await overview({ on: third, with: first }), { on: third, now: 10, was: [first, 5, 2], listed: 63 })
    assert.deepEqual(await overview({ with: first }), { on: last, now: 12, was: [first, 5, 2], listed: 61 })
    assert.deepEqual((await overview({ on: third, with: third })).was, [second, 9, 1], 'never with itself')
    assert.deepEqual((await overview({ on: third, with: '2020-01-01' })).was, [second, 9, 1], 'nor with a day that is no period')
  })
  test('of one unit: what it said in another period it has submitted, and which those are', async () => {
    const get = async (on: string, against?: string) => call(routes.get, { reportId: (await reportOf('101', on)).id, ...(against ? { with: against } : {}) }, as('commune'))
    const plain = await get(third)
    assert.deepEqual([plain.before?.on, plain.compared, plain.others], [second, null, [last, second, first]])
    const chosen = await get(third, last)
    assert.deepEqual([chosen.before?.on, chosen.compared], [second, { on: last, values: { posts: 12, said: 'Đủ' } }])
    assert.equal((await get(third, DAYS[5])).compared, null, 'one that it has not submitted')
    await assert.rejects(async () => call(routes.get, { reportId: (await reportOf('101', third)).id, with: first }, as('other')), { code: 'NOT_FOUND' })
  })
})

test('a request is seen from the highest unit that is part of it and that the asker may look at', async () => {
  const from = async (who: keyof typeof HOLDERS) => (await call(routes.collections.seenFrom, { collectionId }, as(who))).unitId
  assert.deepEqual([await from('nation'), await from('province')], [unit['VN'], unit['01']])
  for (const who of ['other', 'commune'] as const) await assert.rejects(from(who), { code: 'NOT_FOUND' }, who)
})
