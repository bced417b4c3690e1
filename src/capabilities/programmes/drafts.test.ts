// The draft of a template's next version on a real database: saved faulty, two editors, published once, what a file brought in between, who may.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import { call } from '@orpc/server'
import { programmesNeeds } from '../../app/commands/programmes.ts'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { uuidv7 as id } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { applyImport } from '../units/routes/orders.ts'
import { fileOf, sheetOf } from './decide/sheet.ts'
import { readTemplate } from './decide/template.ts'
import { programmesRoutes } from './routes.ts'
import { rootUnits, unitsUnder } from './store/read.ts'

let db: TestDb
let unit: string
let province: string
const routes = programmesRoutes(programmesNeeds())
const as = () => ({ context: db.as(OPERATOR, { at: new Date() }) as never })
const { drafts, templates } = routes
const get = () => call(drafts.get, { code: 'congress' }, as())
const edited = (text: string, change: (file: { tasks: { code: string; name: { vi: string }; stream: string }[] }) => void): string => {
  const file = fileOf(sheetOf(JSON.parse(text) as Record<string, unknown>))
  change(file as never)
  return JSON.stringify(file)
}
before(async () => {
  db = await freshDb(schemaFolders, projectors)
  const csv = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n101,Xã Một,commune,01\n102,Xã Hai,commune,01\n'
  const context = db.as(OPERATOR, { at: new Date() })
  await applyImport(context, id(), { scheme: 'admin', asOf: '2020-01-01', bytes: new TextEncoder().encode(csv) })
  ;[unit, province] = (await unitsUnder(context.read, (await rootUnits(context.read, 'VN'))[0]!.id)).map((one) => one.id) as [string, string]
  await call(templates.import, { orderId: id(), unitId: unit, text: readFileSync('templates/congress.yaml', 'utf8') }, as())
})

test('a draft begins from the newest version, and may be saved with faults that keep it from being published', async () => {
  const first = await get()
  assert.deepEqual([first.version, first.draft, first.basedOn, first.newest], [0, false, 1, 1])
  const faulty = edited(first.text!, (file) => { file.tasks[0]!.stream = 'nowhere' })
  assert.deepEqual(await call(drafts.save, { orderId: id(), code: 'congress', expectedVersion: 0, basedOn: 1, text: faulty }, as()), { version: 1 })
  const seen = await get()
  assert.deepEqual([seen.version, seen.draft, JSON.parse(seen.text!)], [1, true, JSON.parse(faulty)])
  assert.equal((await call(drafts.get, { code: 'congress', known: 1 }, as())).text, null)
  await assert.rejects(call(drafts.publish, { orderId: id(), code: 'congress', expectedVersion: 1 }, as()), { code: 'TEMPLATE_FAULTY' })
  assert.equal((await get()).newest, 1)
})

test('what is no file at all is refused', () => assert.rejects(call(drafts.save, { orderId: id(), code: 'congress', expectedVersion: 1, basedOn: 1, text: 'a: [' }, as()), { code: 'TEMPLATE_FAULTY' }))

test('the second of two editors hears that somebody was first, and nothing is written over', async () => {
  const mine = await get()
  const theirs = edited((await call(templates.export, { code: 'congress', version: 1, format: 'json' }, as())).text, (file) => { file.tasks[0]!.name.vi = 'Tên của người kia' })
  await call(drafts.save, { orderId: id(), code: 'congress', expectedVersion: mine.version, basedOn: 1, text: theirs }, as())
  await assert.rejects(call(drafts.save, { orderId: id(), code: 'congress', expectedVersion: mine.version, basedOn: 1, text: mine.text! }, as()), (error: { code: string; data: { version: number } }) => error.code === 'CHANGED' && error.data.version === mine.version + 1)
  assert.match((await get()).text!, /Tên của người kia/)
})

test('what a file brought in between must be looked at before a draft is published; then it is a version, once', async () => {
  const before = await get()
  const imported = readFileSync('templates/congress.yaml', 'utf8').replace('opens: "08:00"', 'opens: "07:00"')
  assert.equal((await call(templates.import, { orderId: id(), unitId: unit, text: imported }, as())).version, 2)
  await assert.rejects(call(drafts.publish, { orderId: id(), code: 'congress', expectedVersion: before.version }, as()), { code: 'CHANGED' })
  const { version } = await call(drafts.save, { orderId: id(), code: 'congress', expectedVersion: before.version, basedOn: 2, text: before.text! }, as())
  const order = { orderId: id(), code: 'congress', expectedVersion: version }
  const made = await call(drafts.publish, order, as())
  assert.deepEqual([made.version, made.unchanged], [3, false])
  assert.deepEqual(await call(drafts.publish, order, as()), made)
  await assert.rejects(call(drafts.publish, { ...order, orderId: id(), expectedVersion: version + 1 }, as()), { code: 'NO_DRAFT' })
  const now = await get()
  assert.deepEqual([now.draft, now.version, now.newest], [false, version + 1, 3])
  assert.equal(readTemplate(now.text!).body!.tasks[0]!.name.vi, 'Tên của người kia')
})

test('a draft that was dropped does not come back with an old version', async () => {
  const { version, text } = await get()
  await call(drafts.save, { orderId: id(), code: 'congress', expectedVersion: version, basedOn: 3, text: text! }, as())
  await call(drafts.drop, { orderId: id(), code: 'congress', expectedVersion: version + 1 }, as())
  await assert.rejects(call(drafts.save, { orderId: id(), code: 'congress', expectedVersion: version + 1, basedOn: 3, text: text! }, as()), { code: 'CHANGED' })
})

test('the dates that a draft gives one unit: its level, its size, what it hands on, and a day off named', async () => {
  const { text } = await get()
  const seen = await call(drafts.dates, { text: text!, unitId: province, day: '2026-02-17' }, as())
  assert.deepEqual([seen.kind, seen.class], ['province', 'large'])
  assert.ok(seen.milestones.find((one) => one.code === 'opening')!.dayOff, 'Tết is a day off')
  assert.deepEqual(seen.tasks.filter((one) => one.handed > 0).map((one) => [one.code, one.handed]), [['T08', 2]])
  await assert.rejects(call(drafts.dates, { text: text!, unitId: id(), day: '2026-02-17' }, as()), { code: 'NOT_FOUND' })
})
