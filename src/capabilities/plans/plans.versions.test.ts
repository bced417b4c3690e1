// Versions: from which day each is in force, by the clock alone, on screens, in lists, in packages and on papers; and what changed from one to another.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { idsOf, populate, TASK_UNITS } from '../../../tests/scene.ts'
import { planNeeds, planToRead } from '../../app/plan-tables.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { compareParticulars, compareTables } from './decide/compare.ts'
import type { Particulars } from './decide/compare.ts'
import { versionPhase } from './decide/force.ts'
import type { Approved } from './decide/force.ts'
import { plansRoutes } from './routes.ts'
import { planIdsToSend } from './store/sending.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const NOW = new Date('2026-03-04T02:00:00Z')
const EVE = new Date('2026-03-31T16:59:59Z') // one second before midnight here
const DAY = new Date('2026-03-31T17:00:00Z') // the first of April here
const HOLDERS = { head: ['01', 'head'], deputy: ['01', 'officer'] } as const

test('of several approved versions the last one holds whose day has come; one that a later approval overtakes never does', () => {
  const of = (all: [n: number, from: string | null][], inForce: number | null, today: string, phase: Approved['phase'] = 'approved') => {
    const versions = all.map(([n, from]): Approved => ({ n, from, phase: from ? 'approved' : 'drafting' }))
    return versions.map((one) => versionPhase(one, versions, { phase, inForce }, today))
  }
  assert.deepEqual([
    of([[1, '2026-03-01'], [2, '2026-04-01']], 1, '2026-03-31'), of([[1, '2026-03-01'], [2, '2026-04-01']], 2, '2026-04-01'), of([[1, '2026-03-01'], [2, '2026-04-01'], [3, '2026-03-20']], 1, '2026-03-10'),
    of([[1, '2026-03-01'], [2, null]], 1, '2026-03-10', 'drafting'), of([[1, '2026-03-01'], [2, null]], null, '2026-03-10', 'replaced'),
  ], [['approved', 'coming'], ['replaced', 'approved'], ['approved', 'replaced', 'coming'], ['approved', 'drafting'], ['replaced', 'replaced']])
})

test('what is said of a plan beside its sections is compared as texts, as one thing, or as what went and came; tables row by row', () => {
  const of = (more: Partial<Particulars> = {}): Particulars => ({ title: 'Kế hoạch', basis: null, head: [{ id: 'a', name: 'An' }], event: [], programme: [], review: [{ id: '2026-05-01', name: '01/05/2026' }], rests: [{ id: 'r', name: 'Cũ' }], files: [{ id: 'f', name: 'a.pdf' }], ...more })
  assert.deepEqual(compareParticulars(of(), of()), [])
  assert.deepEqual(compareParticulars(of(), of({ title: 'Kế hoạch mới', head: [{ id: 'b', name: 'An' }], event: [{ id: 'e', name: 'Hội chợ · Tỉnh' }], review: [], rests: [{ id: 's', name: 'Mới' }], files: [{ id: 'f', name: 'a.pdf' }, { id: 'g', name: 'a.pdf' }] })), [
    { what: 'title', parts: [['same', 'Kế hoạch'], ['in', ' mới']] }, { what: 'head', parts: [['out', 'An'], ['in', 'An']] }, { what: 'event', parts: [['in', 'Hội chợ · Tỉnh']] }, { what: 'review', parts: [['out', '01/05/2026']] },
    { what: 'rests', parts: [['out', 'Cũ'], ['in', 'Mới']] }, { what: 'files', parts: [['in', 'a.pdf']] }])
  const table = (...rows: string[][]) => ({ name: { vi: 'Nhiệm vụ', en: 'Tasks' }, heads: ['Nội dung', 'Tình trạng'], rows })
  const found = compareTables(new Map([['tasks', table(['A', 'Mới giao'], ['B', 'Đang làm'])], ['units', table(['X', '1'])], ['same', table(['Y', '1'])]]), new Map([['tasks', table(['A', 'Mới giao'], ['B', 'Hoàn thành'], ['C', 'Mới giao'])], ['same', table(['Y', '1'])]]))
  assert.deepEqual(found.map(({ source, what, same, rows }) => [source, what, same, rows.map(({ is, cells }) => `${is} ${cells.join(' ')}`)]), [['tasks', 'changed', 1, ['out B Đang làm', 'in B Hoàn thành', 'in C Mới giao']], ['units', 'gone', 0, ['out X 1']]])
})

describe('a plan approved for a day to come', () => {
  let t: TestDb
  let unit: Record<string, string> = {}
  const person = idsOf(HOLDERS, NOW)
  const plans = plansRoutes(planNeeds(ZONE))
  const c = (at = NOW) => t.as({ id: person['head']!, kind: 'person' }, { at })
  const as = (at = NOW) => ({ context: c(at) })
  const get = (planId: string, at = NOW, n?: number) => call(plans.get, { planId, ...(n ? { n } : {}) }, as(at))
  const write = async (planId: string, text: string) => {
    const [section] = (await get(planId)).sections
    await call(plans.write, { orderId: uuidv7(), planId, sectionId: section!.id, expectedVersion: section!.version, title: section!.title, content: { text, tables: [], actions: [] } }, as())
  }
  const approve = async (planId: string, inForceFrom: string, more: object = {}) => call(plans.approve, { orderId: uuidv7(), planId, expectedVersion: (await get(planId)).version, inForceFrom, ...more }, as())
  const made = async (title: string, from: string, more: { restsOn?: string[]; replaces?: string[] } = {}) => {
    const { planId } = await call(plans.draft, { orderId: uuidv7(), unitId: unit['01']!, template: 'plan', title, headId: person['head']!, restsOn: more.restsOn ?? [] }, as())
    await write(planId, `${title}, bản một`)
    await approve(planId, from, { replaces: more.replaces ?? [] })
    return planId
  }
  const listed = async (at: Date, query: object) => (await call(plans.list, { limit: 50, ...query }, as(at))).items.map(({ title }) => title).sort()
  const sent = async (at: Date, day: string, from: Date | null = null) => new Set(await planIdsToSend(c(at).read, OPERATOR, { path: (await rows<{ path: string }>(c().read, sql`select path from units where id = ${unit['01']}`))[0]!.path, programme: null, from, until: null }, 100, day))
  const facts = ({ phase, inForce, coming, versions }: Awaited<ReturnType<typeof get>>) => [phase, inForce, coming, versions.map((one) => `${one.n} ${one.phase}`)]

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, TASK_UNITS, NOW, HOLDERS, person)
  })

  test('waits for its day while the one before stays in force; at midnight here it holds, in lists, packages and papers', async () => {
    const planId = await made('Kế hoạch hai bản', '2026-03-04')
    await call(plans.begin, { orderId: uuidv7(), planId }, as())
    await write(planId, 'Kế hoạch hai bản, bản hai')
    await approve(planId, '2026-04-01')
    const only = await made('Kế hoạch mới', '2026-04-01')
    const read = async (id: string, at: Date, n?: number) => (await planToRead(c(at), id, ZONE, n))!.sections[0]!.text.slice(-7)

    assert.deepEqual([facts(await get(planId, EVE)), facts(await get(only, EVE))], [
      ['approved', 1, { n: 2, from: '2026-04-01' }, ['2 coming', '1 approved']], ['approved', null, { n: 1, from: '2026-04-01' }, ['1 coming']]])
    assert.deepEqual([await listed(EVE, { phase: 'approved' }), await listed(EVE, { phase: 'coming' }), await listed(DAY, { phase: 'approved' }), await listed(DAY, { phase: 'coming' })], [
      ['Kế hoạch hai bản'], ['Kế hoạch hai bản', 'Kế hoạch mới'], ['Kế hoạch hai bản', 'Kế hoạch mới'], []])
    assert.deepEqual([await sent(EVE, '2026-03-31'), await sent(DAY, '2026-04-01')], [new Set([planId]), new Set([planId, only])])
    // The package after the day's has them, though they were approved before the last package was made.
    assert.deepEqual([await sent(DAY, '2026-04-01', EVE), await sent(DAY, '2026-04-01', DAY)], [new Set([planId, only]), new Set()])
    // A paper of the one to come is written before its day, where it is asked for.
    assert.deepEqual([await read(planId, EVE), await read(planId, EVE, 2), await read(planId, DAY), await read(only, EVE)], ['bản một', 'bản hai', 'bản hai', 'bản một'])
    assert.deepEqual(facts(await get(planId, DAY)), ['approved', 2, null, ['2 approved', '1 replaced']])
    // An approval for an earlier day overtakes the one that was to come.
    await call(plans.begin, { orderId: uuidv7(), planId }, as())
    await approve(planId, '2026-03-20')
    assert.deepEqual([facts(await get(planId)), facts(await get(planId, DAY))], [['approved', 1, { n: 3, from: '2026-03-20' }, ['3 coming', '2 replaced', '1 approved']], ['approved', 3, null, ['3 approved', '2 replaced', '1 replaced']]])
  })
  test('replaces another one from that day on; what rests on that is stale from then; withdrawn before, it replaces nothing', async () => {
    const old = await made('Kế hoạch cũ', '2026-03-04')
    const resting = await made('Phương án dựa vào', '2026-03-04', { restsOn: [old] })
    const by = await made('Kế hoạch thay thế', '2026-04-01', { replaces: [old] })
    const of = async (id: string, at: Date) => { const { phase, inForce, replacedBy, replacedFrom, stale } = await get(id, at); return [phase, inForce, replacedBy?.id ?? null, replacedFrom, stale.map((one) => one.reason)] }
    assert.deepEqual([await of(old, EVE), await of(old, DAY)], [['approved', 1, by, '2026-04-01', []], ['replaced', null, by, '2026-04-01', []]])
    assert.deepEqual([(await of(resting, EVE)).at(-1), (await of(resting, DAY)).at(-1), await listed(EVE, { stale: true }), await listed(DAY, { stale: true }), await listed(DAY, { phase: 'replaced' })], [[], ['plan_replaced'], [], ['Phương án dựa vào'], ['Kế hoạch cũ']])
    // Nobody else replaces it meanwhile, and from that day it is closed.
    await assert.rejects(made('Kế hoạch thứ ba', '2026-03-10', { replaces: [old] }), { code: 'PLAN_UNKNOWN' })
    await assert.rejects(call(plans.begin, { orderId: uuidv7(), planId: old }, as(DAY)), { code: 'PLAN_CLOSED' })
    await call(plans.withdraw, { orderId: uuidv7(), planId: by, reason: 'Không cần nữa' }, as(EVE))
    assert.deepEqual([await of(old, DAY), (await of(resting, DAY)).at(-1)], [['approved', 1, by, null, []], []])
    assert.equal((await get(by, DAY)).phase, 'withdrawn')
  })
  test('what changed names the head, the basis, the review day, the plans it rests on, the files and the live tables, each as it was approved', async () => {
    const [base, planId] = [await made('Kế hoạch gốc', '2026-03-04'), await made('Có bảng và tệp', '2026-03-04')]
    const held = async (name: string) => { const file = uuidv7(NOW); await sql`insert into file_blobs (id, sha256, name, type, size, salt, uploaded_at, uploaded_by) values (${file}, ${Buffer.alloc(32)}, ${name}, 'application/pdf', 9, 'salt', ${NOW}, ${person['head']!})`.execute(t.db); return file }
    await call(plans.begin, { orderId: uuidv7(), planId }, as())
    const { headerVersion, sections: all } = await get(planId)
    const first = all.find((one) => one.tables.includes('units'))
    await call(plans.change, { orderId: uuidv7(), planId, expectedVersion: headerVersion, title: 'Có bảng và tệp', headId: person['deputy']!, eventId: null, programmeId: null, basis: 'Chỉ thị 01', restsOn: [base], reviewOn: '2026-05-01' }, as())
    await call(plans.write, { orderId: uuidv7(), planId, sectionId: first!.id, expectedVersion: first!.version, title: first!.title, content: { text: first!.text!, tables: [], actions: [] } }, as())
    await call(plans.attach, { orderId: uuidv7(), planId, files: [await held('so-do.pdf')] }, as())
    await approve(planId, '2026-03-04')
    assert.deepEqual([(await get(planId, NOW, 1)).files, (await get(planId)).files.map(({ name }) => name)], [[], ['so-do.pdf']])
    const { particulars, sections, tables } = await call(plans.compare, { planId, from: 1, to: 2 }, as())
    assert.deepEqual(particulars.map(({ what, parts }) => [what, parts.filter(([is]) => is === 'in').map(([, text]) => text)]), [['head', ['…']], ['basis', ['Chỉ thị 01']], ['review', ['01/05/2026']], ['rests', ['Kế hoạch gốc']], ['files', ['so-do.pdf']]])
    assert.deepEqual([sections.filter((one) => one.what !== 'same').length, tables.map(({ source, what, rows: all }) => [source, what, all.length, all[0]?.cells.length])], [0, [['units', 'gone', 3, 2]]])
    const back = await call(plans.compare, { planId, from: 2, to: 1 }, as())
    assert.deepEqual([back.particulars.length, back.tables.map(({ what, rows: all }) => [what, all[0]?.is])], [5, [['new', 'in']]])
  })
  test('approved for a day gone by, it rests on what is in force today, and is not stale at once', async () => {
    const base = await made('Kế hoạch nền', '2026-02-20')
    await call(plans.begin, { orderId: uuidv7(), planId: base }, as())
    await write(base, 'Kế hoạch nền, bản hai')
    await approve(base, '2026-03-01')
    const planId = await made('Hiệu lực lùi', '2026-02-25', { restsOn: [base] })
    assert.deepEqual([(await get(base)).inForce, (await get(planId)).stale], [2, []])
  })
  test('a replacement that an old fact tells of was at once', async () => {
    const [old, by] = [await made('Đã thay từ trước', '2026-03-04'), await made('Bản thay', '2026-03-04')]
    await t.as(OPERATOR).commit({ id: uuidv7(), kind: 'plan.approve.v1', streams: [`plan:${old}`], subject: `plan:${old}`, body: {} }, async () => ({ facts: [{ type: 'plan.replaced.v1', planId: old, by }], answer: {} }))
    const { phase, inForce, replacedBy, versions } = await get(old)
    assert.deepEqual([phase, inForce, replacedBy?.id, versions[0]!.phase], ['replaced', null, by, 'replaced'])
  })
  test('the journal alone gives the same tables', async () => {
    const { people: _, grants: __, ...differing } = (await checkRebuild({ connect: t.connect })).differing // put in without a fact
    assert.deepEqual(differing, {})
  })
})
