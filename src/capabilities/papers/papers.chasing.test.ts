// The fifth session's mornings: 37 units chased at once by a letter each, as a job that is broken off half way and begun again.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { paperDrafts } from '../../app/paper-drafts/drafts.ts'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { unzipped, zipEntries } from '../../kernel/blobs/zip.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { plain, same, unzip } from '../../../tests/paper-files.ts'
import { idsOf, populate } from '../../../tests/scene.ts'
import { custody } from '../custodies/routes.ts'
import { reportsRoutes } from '../reports/routes.ts'
import { tasksRoutes } from '../tasks/routes.ts'
import { Letter } from './contract/letter.ts'
import { papersRoutes } from './routes.ts'
import { issueRun } from './routes/runs.ts'

const MADE = new Date('2026-02-01T02:00:00Z')
const LATER = new Date('2026-04-10T02:00:00Z')
const UNITS = 37
const codes = Array.from({ length: UNITS }, (_, i) => `c${String(i + 1).padStart(2, '0')}`)
const ROLES = { head: ['01', 'head'], officer: ['c05', 'officer'] } as const
const person = idsOf(ROLES, MADE)
const as = (who: string, at = LATER) => ({ context: t.as({ id: person[who]!, kind: 'person' } satisfies Actor, { at, lang: 'vi' }) })
const JOB = uuidv7(LATER)
const enqueued: { name: string; payload: object; total: number }[] = []
const needs = { ...paperDrafts('Asia/Ho_Chi_Minh'), enqueue: async (name: string, payload: object, { total }: { total: number }) => { enqueued.push({ name, payload, total }); return JOB } }
const routes = papersRoutes(needs)
const tasks = tasksRoutes()
const reports = reportsRoutes({ shipped: () => [], zone: 'Asia/Ho_Chi_Minh', custody: custody('Asia/Ho_Chi_Minh') })
const REPORTING = ['c03', 'c04', 'c30']
let t: TestDb
let unit: Record<string, string> = {}
/** Unit 1 owes one task, unit 2 two, unit 3 three, and so on in turn. */
const owes = (i: number): string[] => Array.from({ length: i % 3 + 1 }, (_, n) => `Việc ${n + 1} của ${codes[i]}`)

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, ['code,name,kind,parent_code', 'VN,Việt Nam,nation,', '01,Tỉnh Một,province,VN', ...codes.map((code) => `${code},Xã ${code},commune,01`)].join('\n'), MADE, ROLES, person)
  await call(tasks.issueDirective, {
    orderId: uuidv7(MADE), issuerUnitId: unit['01']!, title: 'Kế hoạch bảo đảm an toàn',
    tasks: codes.flatMap((code, i) => owes(i).map((title) => ({ title, unitIds: [unit[code]!], due: '2026-03-20' }))),
  } as never, as('head', MADE))
  // Three communes owe a report each week; of another request that bears a grade nothing is said in a letter.
  const { formId } = await call(reports.forms.publish, { orderId: uuidv7(MADE), unitId: unit['01']!, text: 'code: week\nname: { vi: Tuần, en: Week }\nsections:\n  - title: { vi: Số liệu, en: Figures }\n    fields:\n      - { code: done, label: { vi: Xong, en: Done } }\n' }, { context: t.as(OPERATOR, { at: MADE }) })
  const ask = async (title: string) => (await call(reports.collections.ask, { orderId: uuidv7(MADE), unitId: unit['01']!, formId, title, schedule: { every: 'week', weekday: 5, hour: '16:00' }, owing: { unitIds: REPORTING.map((code) => unit[code]!) } } as never, as('head', MADE))).collectionId
  await ask('Báo cáo an toàn tuần')
  const graded = await ask('Báo cáo mật tuần')
  await catchUp(t, followers, LATER, true)
  await sql`insert into custodies (record_id, kind, grade, here, version, graded_at, graded_by) values (${graded}, 'collection', 'secret', true, 1, now(), ${person['head']!})`.execute(t.db)
})

describe('37 units chased at once', () => {
  let runId = ''
  const told: [done: number, total: number][] = []
  const results = new Map<string, string | undefined>()
  const watch = (signal: AbortSignal) => ({ signal, progress: (done: number, total: number) => void told.push([done, total]), results: (all: { id: string; message?: string }[]) => { for (const one of all) results.set(one.id, one.message) } })
  const run = (job: object) => issueRun(needs, () => as('head').context, runId, job as never)
  const register = async () => (await call(routes.list, { limit: 50, run: runId }, as('head'))).items

  test('the order answers at once with a job of 37', async () => {
    const { items } = await call(routes.runUnits, { unitId: unit['01']!, which: 'owing' }, as('head'))
    assert.deepEqual([items.length, items.reduce((sum, one) => sum + one.overdue, 0)], [UNITS, codes.flatMap((_, i) => owes(i)).length])
    assert.deepEqual(items.filter((one) => one.missing > 0).map((one) => [one.unit.name, one.missing]).toSorted(), REPORTING.map((code) => [`Xã ${code}`, 1]))
    const letter = Letter.parse({ kind: 'letter', subject: 'Đôn đốc {đơn vị}', drafter: 'VP', head: { profile: 'state', issuer: 'Ủy ban nhân dân tỉnh Một', short: 'UBND', place: 'Tỉnh Một' }, body: [{ type: 'text', text: 'Đến ngày {ngày}, {đơn vị} còn {số quá hạn} nhiệm vụ quá hạn.' }], signer: 'Nguyễn Văn A', recipients: ['Như trên'] })
    const answer = await call(routes.issueEach, { orderId: uuidv7(LATER), unitId: unit['01']!, unitIds: items.map((one) => one.unit.id), withTasks: true, letter } as never, as('head'))
    runId = answer.runId
    assert.deepEqual([answer.total, answer.job], [UNITS, JOB])
    assert.deepEqual(enqueued.map(({ name, total }) => [name, total]), [['papers.run', UNITS]])
    assert.equal((await register()).length, 0)
  })
  test('broken off half way it goes on where it was: 37 in the register, numbers without gap or duplicate', async () => {
    const stop = new AbortController()
    const stopping = { ...watch(stop.signal), progress: (done: number, total: number) => { told.push([done, total]); stop.abort() } }
    await assert.rejects(run(stopping), /stopped/)
    assert.equal((await register()).length, 20)
    await run(watch(new AbortController().signal))
    await run(watch(new AbortController().signal))
    assert.deepEqual(told, [[20, UNITS], [UNITS, UNITS]], 'progress is told, and nothing is done twice')
    const papers = await register()
    assert.deepEqual(papers.map(({ number }) => number).toSorted((a, b) => a - b), Array.from({ length: UNITS }, (_, i) => i + 1))
    assert.deepEqual(new Set(papers.map(({ written }) => written)), new Set(results.values()))
    assert.equal(new Set(papers.map(({ subject }) => subject)).size, UNITS)
    assert.equal(results.size, UNITS)
  })
  test('each file in the zip names its own unit, its own overdue tasks and late reports, and no other', async () => {
    const { body } = await call(routes.zip, { runId, format: 'docx' }, as('head'))
    const zip = Buffer.from(await new Response(body as never).arrayBuffer())
    assert.equal(zipEntries(zip, zip.length)!.length, UNITS)
    const seen = new Set<string>()
    for (const entry of zipEntries(zip, zip.length)!) {
      const words = same(plain(unzip(unzipped(zip, entry)!).get('word/document.xml')!))
      const i = codes.findIndex((code) => words.includes(`Kính gửi: Ủy ban nhân dân xã ${code}`))
      assert.ok(i >= 0, words.slice(0, 300))
      seen.add(codes[i]!)
      assert.ok(entry.name.includes(`xa-c-${i + 1}.docx`), entry.name)
      assert.ok(words.includes(`Đến ngày 10/04/2026, Ủy ban nhân dân xã ${codes[i]} còn ${owes(i).length} nhiệm vụ quá hạn.`))
      assert.deepEqual(codes.flatMap((_, n) => owes(n)).filter((title) => words.includes(title)), owes(i))
      assert.deepEqual(['DANH MỤC BÁO CÁO QUÁ HẠN CHƯA NỘP', 'Báo cáo an toàn tuần', '06/02/2026', 'Báo cáo mật'].map((some) => words.includes(some)), REPORTING.includes(codes[i]!) ? [true, true, true, false] : [false, false, false, false], codes[i])
      assert.ok(words.includes(results.get(unit[codes[i]!]!)!), 'its own number')
    }
    assert.equal(seen.size, UNITS)
  })
  test('what stands in braces is refused in a single paper too, and the draft of a graded one is not downloaded', async () => {
    const letter = Letter.parse({ kind: 'letter', subject: 'Gửi {tên đơn vị}', drafter: 'VP', head: { profile: 'state', issuer: 'Ủy ban nhân dân tỉnh Một', short: 'UBND', place: 'Tỉnh Một' }, body: [{ type: 'text', text: 'Một' }], signer: 'Nguyễn Văn A' })
    await assert.rejects(call(routes.issue, { orderId: uuidv7(LATER), unitId: unit['01']!, letter } as never, as('head')), { code: 'PAPER_UNFILLED', data: { field: '{tên đơn vị}' } })
    const draw = (grade: string) => call(routes.draw, { unitId: unit['01']!, letter: { ...letter, subject: 'Mật' }, grade, format: 'docx' } as never, as('head'))
    await assert.rejects(draw('secret'), { code: 'GRADE_ABOVE' })
    await sql`insert into settings (version, ceiling) values (1, 'secret')`.execute(t.db)
    await assert.rejects(draw('secret'), { code: 'PAPER_DRAFT_GRADED' })
  })
  test('the register says what an office belongs to, but for those of the top', async () => {
    assert.deepEqual((await call(routes.list, { limit: 1 }, as('head'))).items.map(({ issuer, under }) => [issuer, under]), [['Ủy ban nhân dân tỉnh Một', null]])
    const letter = Letter.parse({ kind: 'letter', subject: 'Của xã', drafter: 'VP', head: { profile: 'state', issuer: 'Ủy ban nhân dân xã', short: 'UBND', place: 'Xã' }, body: [{ type: 'text', text: 'Một' }], signer: 'Nguyễn Văn A' })
    await call(routes.issue, { orderId: uuidv7(LATER), unitId: unit['c07']!, letter } as never, as('head'))
    assert.deepEqual((await call(routes.list, { limit: 50 }, as('head'))).items.filter(({ subject }) => subject === 'Của xã').map(({ issuer, under }) => [issuer, under]), [['Ủy ban nhân dân xã', 'Tỉnh Một']])
  })
  test('a unit finds the letter to itself alone', async () => {
    const { items } = await call(routes.list, { limit: 50, run: runId }, as('officer'))
    assert.deepEqual(items.map(({ subject }) => subject), ['Đôn đốc Ủy ban nhân dân xã c05'])
  })
})
