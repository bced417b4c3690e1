// Templates, programmes and events: the rules as sentences, then requests on a real database.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { countries } from '../../app/countries.ts'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { asReader, rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { applyImport } from '../units/routes/orders.ts'
import { tasksOfEvents } from '../tasks/store/events.ts'
import type { TemplateBody } from './contract.ts'
import { readTemplate } from './decide/template.ts'
import { diffVersions, stable, writeTemplate } from './decide/version.ts'
import { programmesRoutes } from './routes.ts'

const OWN = readFileSync(new URL('../../../templates/congress.yaml', import.meta.url), 'utf8')
const SHARED = new URL('../../../../shared/data/templates/congress.yaml', import.meta.url)
const SMALL = `code: fair
name: { vi: "Hội chợ", en: "Fair" }
levels: [commune, province, nation]
workstreams:
  - { code: site, name: { vi: "Địa điểm", en: "Site" } }
milestones:
  - { code: ready, day: -10, name: { vi: "Sẵn sàng", en: "Ready" } }
  - { code: opening, day: 0, name: { vi: "Khai mạc", en: "Opening" } }
  - { code: law, on: 2026-05-22, name: { vi: "Theo luật", en: "By law" } }
classes:
  - { code: small, name: { vi: "Nhỏ", en: "Small" }, not_tasks: [T3], scenarios: 3 }
  - { code: large, name: { vi: "Lớn", en: "Large" } }
tasks:
  - { code: T1, stream: site, level: all, due: ready, evidence: paper, name: { vi: "Việc một", en: "One" } }
  - { code: T2, stream: site, level: all, due: { milestone: ready, working: -2, time: "17:00" }, target: { unit: scenario, count: 7 }, name: { vi: "Việc hai", en: "Two" } }
  - { code: T3, stream: site, level: [province, nation], due: { child: ready }, target: { unit: plan, count: all }, name: { vi: "Thẩm định cấp dưới", en: "Appraise below" } }
  - { code: T4, stream: site, level: province, due: opening, to: [district, commune], target: { unit: patrol, count: 20 }, name: { vi: "Tuần tra", en: "Patrol" } }
requirements:
  - { code: R1, by: ready, check: { kind: evidence, item: T1 }, name: { vi: "Có giấy", en: "Paper" } }
  - { code: R2, by: opening, check: no_overdue, name: { vi: "Không quá hạn", en: "None overdue" } }
`
const bodyOf = (text: string): TemplateBody => {
  const { body, issues } = readTemplate(text)
  assert.ok(body, JSON.stringify(issues.filter((i) => i.severity === 'error')))
  return body
}
const errors = (text: string) => readTemplate(text).issues.filter((i) => i.severity === 'error').map((i) => `${i.line}:${i.column} ${i.message.en}`)

describe('a template file', () => {
  test('the product’s own has no fault, and at least what the example has, with its Vietnamese terms', (t) => {
    const own = bodyOf(OWN)
    assert.deepEqual(readTemplate(OWN).issues, [])
    assert.ok(own.requirements.every((r) => r.check.kind !== 'none' || 'needs' in r.check))
    if (!existsSync(SHARED)) return t.skip('../shared/data/templates/congress.yaml is not here')
    const example = bodyOf(readFileSync(SHARED, 'utf8'))
    for (const part of ['workstreams', 'milestones', 'tasks', 'requirements', 'classes'] as const) {
      const ours = new Map(own[part].map((x) => [x.code, x]))
      for (const { code, name } of example[part]) if (!['R14', 'R15'].includes(code)) assert.equal(ours.get(code)?.name.vi, name.vi, `${part} ${code}`)
    }
  })
  test('written out as YAML or JSON it reads back the same', () => {
    for (const text of [OWN, SMALL]) for (const format of ['yaml', 'json'] as const) assert.equal(stable(bodyOf(writeTemplate(bodyOf(text), format))), stable(bodyOf(text)))
  })
  test('every fault is told with its line and, for a slip of the pen, the likely word', () => {
    assert.deepEqual(errors(SMALL.replace('stream: site, level: all, due: ready', 'stream: sitte, level: all, due: raedy')), [
      '14:25 tasks[1].stream names the workstream “sitte”, but no workstream has that code. Did you mean “site”?', '14:49 tasks[1].due names the milestone “raedy”, but no milestone has that code. Did you mean “ready”?'])
    assert.deepEqual(errors(SMALL.replace('code: T2', 'code: T1')), ['15:13 tasks[2].code “T1” is already used above.', '19:59 requirements[1].check.item is task T1, which asks for no evidence.'])
    assert.deepEqual(errors(SMALL.replace('day: -10', 'dya: -10')), ['7:5 milestones[1] needs exactly one way to find its date: day, working, on or child.', '7:20 milestones[1].dya is an unknown key. Did you mean “day”?'])
    assert.deepEqual(errors(SMALL.replace('2026-05-22', '2026-02-30')), ['9:22 milestones[3].on is no date like 2026-05-22.'])
    assert.deepEqual(errors(SMALL.replace('item: T1', 'item: T4')).map((e) => e.slice(0, 5)), ['19:59'])
    assert.match(errors(SMALL.replace('name: { vi: "Hội chợ", en: "Fair" }', 'name: { fr: "Foire" }')).join('\n'), /^2:7 name\.vi is missing/m)
    assert.match(errors('code: [a\nb: c')[0]!, /^\d+:\d+ Syntax/)
    assert.match(errors(SMALL.replace('levels:', 'code: twice\nlevels:'))[0]!, /^3:\d+ Syntax: this key stands above already/)
    assert.deepEqual(errors(SMALL.replace('stream: site, level: all, due: ready', 'stream: "Địa điểm", level: all, due: ready')), ['14:25 tasks[1].stream names the workstream “Địa điểm”, but no workstream has that code.'], 'one refusal a place')
    assert.deepEqual(errors('just words'), ['1:1 The file should be a map of keys and values.'])
    assert.ok(errors('').length > 0)
  })
  test('JSON is read too, with lines', () => {
    const json = JSON.stringify({ ...JSON.parse(writeTemplate(bodyOf(SMALL), 'json')) as object, opens: '25:00' }, null, '\t')
    assert.match(errors(json)[0]!, /^\d+:\d+ opens should be a time/)
    const line = Number(errors(json)[0]!.split(':')[0])
    assert.match(json.split('\n')[line - 1]!, /25:00/)
  })
  test('a bomb of aliases is refused, not unfolded', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)].join('\n')
    assert.ok(errors(bomb).length > 0)
  })
  test('a class without the task that a requirement rests on does not apply it, and may not ask for it', () => {
    const without = SMALL.replace('not_tasks: [T3]', 'not_tasks: [T1]')
    assert.deepEqual(bodyOf(without).classes[0]!.requirements, ['R2'])
    assert.match(errors(without.replace('scenarios: 3', 'requirements: [R1]'))[0]!, /applies requirement R1 without the task/)
  })
  test('what a newer version changes is told by part, code and field', () => {
    const changes = diffVersions(bodyOf(SMALL), bodyOf(SMALL.replace('day: -10', 'day: -12').replace('code: T4', 'code: T5')))
    assert.deepEqual(changes.map((c) => `${c.part} ${c.code} ${c.kind} ${c.fields.map((f) => f.field).join()}`), ['milestone ready changed when', 'class small changed tasks', 'class large changed tasks', 'task T5 added ', 'task T4 removed '])
    assert.deepEqual(diffVersions(bodyOf(OWN), bodyOf(OWN)), [])
  })
})

const UNITS = `code,name,kind,parent_code
VN,Việt Nam,nation,
01,Tỉnh Một,province,VN
02,Tỉnh Hai,province,VN
101,Xã Một,commune,01
102,Xã Hai,commune,01
103,Xã Ba,commune,01
201,Xã Bốn,commune,02
`
const DATES = `code,date,class\n101,2026-06-10,small\n102,2026-06-12,small\n103,2026-06-15,large\n01,2026-07-20,large\nVN,2026-09-28,large\n`
const MADE = new Date('2026-03-02T03:00:00Z')
const ANA: Actor = { id: '0190a000-0000-7000-8000-00000000aaaa', kind: 'person' }

describe('programmes and events', () => {
  let t: TestDb
  const routes = programmesRoutes({ countries: countries(), tasksOfEvents })
  const as = (actor: Actor = OPERATOR, at = MADE) => ({ context: t.as(actor, { at, lang: 'en' }) })
  const id = (): string => uuidv7()
  const read = <T>(query: ReturnType<typeof sql<T>>) => rows(asReader(t.db), query)
  let vn = ''
  const eventOf = async (code: string) => (await read(sql<{ id: string }>`select e.id from events e join units u on u.id = e.unit_id join programmes p on p.id = e.programme_id where p.code = 'fair26' and u.code = ${code}`))[0]!.id
  const due = async (code: string, at = MADE) => Object.fromEntries((await call(routes.events.dates, { eventId: await eventOf(code) }, as(OPERATOR, at))).tasks.map((task) => [task.code, task.at]))

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    await applyImport(t.as(OPERATOR, { at: MADE }), id(), { scheme: 'admin', asOf: '2026-01-01', bytes: new TextEncoder().encode(UNITS) })
    vn = (await read(sql<{ id: string }>`select id from units where code = 'VN'`))[0]!.id
  })

  test('a template is imported once; the same content again is no new version', async () => {
    const first = await call(routes.templates.import, { orderId: id(), unitId: vn, text: SMALL }, as())
    assert.deepEqual([first.code, first.version, first.unchanged], ['fair', 1, false])
    const again = await call(routes.templates.import, { orderId: id(), unitId: vn, text: `# a remark\n${SMALL}` }, as())
    assert.deepEqual([again.version, again.versionId, again.unchanged], [1, first.versionId, true])
    const exported = await call(routes.templates.export, { code: 'fair', version: 1 }, as())
    assert.equal(stable(bodyOf(exported.text)), stable(bodyOf(SMALL)))
  })
  test('a faulty template is refused whole, with the line of its first fault', async () => {
    const refusal = await call(routes.templates.import, { orderId: id(), unitId: vn, text: SMALL.replace('due: ready', 'due: nowhere') }, as()).catch((e: unknown) => e) as { code: string; data: { line: number } }
    assert.deepEqual([refusal.code, refusal.data.line], ['TEMPLATE_FAULTY', 14])
    assert.equal((await read(sql`select 1 from template_versions`)).length, 1)
  })
  test('without the right, template, programme and event look missing', async () => {
    await assert.rejects(call(routes.templates.import, { orderId: id(), unitId: vn, text: SMALL }, as(ANA)), { code: 'NOT_FOUND' })
    await assert.rejects(call(routes.templates.get, { code: 'fair', version: 1 }, as(ANA)), { code: 'NOT_FOUND' })
    await assert.rejects(call(routes.programmes.create, { orderId: id(), code: 'x', name: { vi: 'x', en: 'x' }, unitId: vn, template: 'fair' }, as(ANA)), { code: 'NOT_FOUND' })
  })
  test('a programme is created once; its code is taken then', async () => {
    const order = { orderId: id(), code: 'fair26', name: { vi: 'Hội chợ 2026', en: 'Fair 2026' }, unitId: vn, template: 'fair' }
    const made = await call(routes.programmes.create, order, as())
    assert.deepEqual(await call(routes.programmes.create, order, as()), made)
    await assert.rejects(call(routes.programmes.create, { ...order, orderId: id() }, as()), { code: 'CODE_TAKEN' })
    const shown = await call(routes.programmes.get, { code: 'fair26' }, as())
    assert.deepEqual([shown.zone, shown.country, shown.template.version], ['Asia/Ho_Chi_Minh', 'vn', 1])
  })
  test('a list with faults is refused whole, with lines', async () => {
    const bad = await call(routes.programmes.previewCascade, { code: 'fair26', dates: 'code,date\n101,2026-13-01\n999,2026-06-01\n' }, as()).catch((e: unknown) => e) as { code: string; data: { line: number; count: number } }
    assert.deepEqual([bad.code, bad.data.line, bad.data.count], ['LIST_FAULTY', 2, 1])
    const unknown = await call(routes.programmes.cascade, { orderId: id(), code: 'fair26', dates: 'code,date\n101,2026-06-01\n999,2026-06-01\n101,2026-06-02\n' }, as()).catch((e: unknown) => e) as { code: string; data: { line: number; count: number } }
    assert.deepEqual([unknown.code, unknown.data.line, unknown.data.count], ['LIST_FAULTY', 3, 2])
    await assert.rejects(call(routes.programmes.cascade, { orderId: id(), code: 'fair26', units: 'code\n101\n' }, as()), { code: 'DAYS_MISSING' })
    assert.equal((await read(sql`select 1 from events`)).length, 0)
  })
  test('a cascade makes what was previewed; repeated, it adds only what is missing', async () => {
    const preview = await call(routes.programmes.previewCascade, { code: 'fair26', dates: DATES }, as())
    assert.deepEqual([preview.events.new, preview.tasks, preview.days.first, preview.days.last], [5, 3 * 2 + 4 + 3 + 3, '2026-06-10', '2026-09-28'])
    const done = await call(routes.programmes.cascade, { orderId: id(), code: 'fair26', dates: DATES }, as())
    assert.deepEqual([done.events, done.tasks], [5, preview.tasks])
    assert.equal((await read(sql`select 1 from tasks`)).length, preview.tasks)
    const again = await call(routes.programmes.cascade, { orderId: id(), code: 'fair26', dates: DATES }, as())
    assert.deepEqual([again.events, (await read(sql`select 1 from tasks`)).length], [0, preview.tasks])
  })
  test('dates follow the event’s day; time of day, working days, fixed dates and the events below count', async () => {
    const dates = await call(routes.events.dates, { eventId: await eventOf('101') }, as())
    assert.deepEqual(dates.milestones.map((m) => [m.code, m.date, m.at]), [
      ['law', '2026-05-22', '2026-05-22T16:59:59.999Z'], ['ready', '2026-05-31', '2026-05-31T16:59:59.999Z'], ['opening', '2026-06-10', '2026-06-10T01:00:00.000Z']])
    assert.deepEqual(dates.tasks.map((task) => [task.code, task.date]), [['T1', '2026-05-31'], ['T2', '2026-05-28']])
    // The last of the communes of province 01 is 103, on 15 June.
    assert.equal((await due('01')).T3, '2026-06-05T16:59:59.999Z')
    assert.equal((await due('VN')).T3, '2026-07-10T16:59:59.999Z')
  })
  test('a class decides what applies and how much', async () => {
    const of = async (code: string) => read(sql<{ item: string; n: number | null }>`select item, target_count::float8 as n from tasks where event_id = ${await eventOf(code)} and lineage is null order by item`)
    assert.deepEqual(await of('101'), [{ item: 'T1', n: null }, { item: 'T2', n: 3 }])
    assert.deepEqual(await of('103'), [{ item: 'T1', n: null }, { item: 'T2', n: 7 }])
    assert.deepEqual(await of('01'), [{ item: 'T1', n: null }, { item: 'T2', n: 7 }, { item: 'T3', n: 3 }, { item: 'T4', n: 20 }])
    assert.equal((await read(sql`select 1 from tasks where item = 'T4' and lineage is not null`)).length, 3)
  })
  test('a new event below moves what rests on it above', async () => {
    await call(routes.programmes.cascade, { orderId: id(), code: 'fair26', dates: 'code,date,class\n02,2026-08-03,large\n201,2026-07-01,\n' }, as())
    assert.equal((await due('02')).T3, '2026-06-21T16:59:59.999Z')
    assert.equal((await due('VN')).T3, '2026-07-24T16:59:59.999Z', 'the later of the two provinces')
  })

  test('moving shows first what it breaks, then is one order, also for the events above', async () => {
    const at = new Date('2026-06-01T02:00:00Z') // commune 103: `law` is past, `ready` on 5 June is not
    const eventId = await eventOf('103')
    const preview = await call(routes.events.previewMove, { eventId, day: '2026-06-07' }, as(OPERATOR, at))
    assert.deepEqual(preview.breaks.map((b) => b.kind).toSorted(), ['day_off', 'milestone_past', 'past_due'])
    assert.deepEqual(preview.milestones.map((m) => [m.code, m.kept]), [['law', true], ['ready', false], ['opening', false]])
    assert.deepEqual(preview.parents.map((p) => p.unit.code), ['01'], 'the province’s T3 rests on the last commune')
    const later = await call(routes.events.previewMove, { eventId, day: '2026-06-29', time: '14:00' }, as(OPERATOR, at))
    assert.deepEqual(later.breaks, [])
    const order = { orderId: id(), eventId, day: '2026-06-29', time: '14:00', expectedVersion: later.version, token: later.token }
    await assert.rejects(call(routes.events.move, { ...order, orderId: id(), token: preview.token }, as(OPERATOR, at)), { code: 'PREVIEW_OLD' })
    const before = (await read(sql`select 1 from journal`)).length
    const moved = await call(routes.events.move, order, as(OPERATOR, at))
    assert.deepEqual([moved.day, moved.opensAt], ['2026-06-29', '2026-06-29T07:00:00.000Z'])
    assert.equal(moved.milestones.find((m) => m.code === 'law')!.date, '2026-05-22')
    assert.equal((await read(sql<{ order_id: string }>`select distinct order_id from journal where order_id = ${order.orderId}`)).length, 1)
    assert.equal((await read(sql`select 1 from journal`)).length, before + 2, 'one fact for the event, one for the one above')
    assert.equal((await due('103', at)).T1, '2026-06-19T16:59:59.999Z')
    assert.equal((await due('01', at)).T3, '2026-06-19T16:59:59.999Z')
    await assert.rejects(call(routes.events.move, { ...order, orderId: id() }, as(OPERATOR, at)), { code: 'CHANGED' })
    assert.equal((await call(routes.events.move, order, as(OPERATOR, at))).version, moved.version, 'sent twice, moved once')
  })
  test('what is done stays where it was', async () => {
    const at = new Date('2026-06-20T02:00:00Z')
    const eventId = await eventOf('102')
    await sql`update tasks set state = 'verified' where event_id = ${eventId} and item = 'T1'`.execute(t.db)
    const preview = await call(routes.events.previewMove, { eventId, day: '2026-07-31' }, as(OPERATOR, at))
    assert.deepEqual(preview.tasks, { moved: 1, kept: 1 })
  })
  test('a postponed event has no dates until it moves; a cancelled one withdraws its open tasks', async () => {
    const eventId = await eventOf('102')
    const { version } = await call(routes.events.get, { eventId }, as())
    const postponed = await call(routes.events.postpone, { orderId: id(), eventId, expectedVersion: version, reason: 'Bão' }, as())
    assert.deepEqual([postponed.phase, postponed.day, postponed.reason], ['postponed', null, 'Bão'])
    assert.equal((await due('102')).T2, null)
    const preview = await call(routes.events.previewMove, { eventId, day: '2026-08-10' }, as())
    const resumed = await call(routes.events.move, { orderId: id(), eventId, day: '2026-08-10', expectedVersion: postponed.version, token: preview.token }, as())
    assert.deepEqual([resumed.phase, resumed.day], ['planned', '2026-08-10'])
    assert.ok((await due('102')).T2)
    const gone = await call(routes.events.cancel, { orderId: id(), eventId, expectedVersion: resumed.version, reason: 'Gộp xã' }, as())
    assert.equal(gone.phase, 'cancelled')
    assert.deepEqual(await read(sql`select 1 from tasks where event_id = ${eventId} and stage = 'open'`), [])
    await assert.rejects(call(routes.events.previewMove, { eventId, day: '2026-08-11' }, as()), { code: 'EVENT_OVER' })
    assert.doesNotMatch(JSON.stringify(await read(sql`select body from journal where stream = ${`event:${eventId}`}`)), /Bão|Gộp/)
  })
  test('phases go step by step', async () => {
    const eventId = await eventOf('101')
    const { version } = await call(routes.events.get, { eventId }, as())
    await assert.rejects(call(routes.events.setPhase, { orderId: id(), eventId, expectedVersion: version, phase: 'live' }, as()), { code: 'PHASE_ORDER' })
    const next = await call(routes.events.setPhase, { orderId: id(), eventId, expectedVersion: version, phase: 'preparing' }, as())
    assert.deepEqual([next.phase, next.version], ['preparing', version + 1])
  })
  test('the run sheet starts from the template, and takes changes', async () => {
    const eventId = await eventOf('101')
    const added = await call(routes.events.addActivity, { orderId: id(), eventId, name: { vi: 'Văn nghệ', en: 'Music' }, startsAt: '2026-06-10T00:00:00Z', endsAt: '2026-06-10T01:00:00Z' }, as())
    await assert.rejects(call(routes.events.addActivity, { orderId: id(), eventId, name: { vi: 'x', en: 'x' }, startsAt: '2026-06-10T02:00:00Z', endsAt: '2026-06-10T01:00:00Z' }, as()), { code: 'ENDS_BEFORE_START' })
    await call(routes.events.changeActivity, { orderId: id(), eventId, activityId: added.id, expectedVersion: 1, name: added.name, site: 'Sân', startsAt: added.startsAt, endsAt: added.endsAt }, as())
    const [shown] = (await call(routes.events.activities, { eventId }, as())).items
    assert.deepEqual([shown!.site, shown!.version], ['Sân', 2])
    await call(routes.events.removeActivity, { orderId: id(), eventId, activityId: added.id, expectedVersion: 2 }, as())
    assert.deepEqual((await call(routes.events.activities, { eventId }, as())).items, [])
  })
  test('a newer version shows its difference, is applied on demand, and reaches every event', async () => {
    const next = SMALL.replace('due: ready, evidence: paper', 'due: opening, evidence: paper').replace('requirements:\n', '  - { code: T9, stream: site, level: commune, due: ready, name: { vi: "Việc mới", en: "New" } }\nrequirements:\n')
    const imported = await call(routes.templates.import, { orderId: id(), unitId: vn, text: next }, as())
    assert.equal(imported.version, 2)
    const preview = await call(routes.programmes.previewUpgrade, { code: 'fair26' }, as())
    assert.deepEqual([preview.to, preview.events, preview.tasks.added], [2, 6, 3], 'T9 for communes 101, 103 and 201; 102 is cancelled')
    const { version } = await call(routes.programmes.get, { code: 'fair26' }, as())
    await call(routes.programmes.upgrade, { orderId: id(), code: 'fair26', expectedVersion: version, templateVersion: 2 }, as())
    assert.deepEqual(Object.keys(await due('101')).toSorted(), ['T1', 'T2', 'T9'])
    assert.equal((await due('101')).T1, '2026-06-10T01:00:00.000Z')
    assert.equal((await read(sql`select 1 from events where template_version_id = ${imported.versionId}`)).length, 6)
  })
  test('a pilot gates the rest until its lessons are in', async () => {
    const rules = { pilots: ['101'], spans: { commune: { from: '2026-06-01', until: '2026-06-30' } }, kinds: ['commune'] }
    await call(routes.programmes.create, { orderId: id(), code: 'pilot', name: { vi: 'Thí điểm', en: 'Pilot' }, unitId: vn, template: 'fair', rules, gate: 'pilot' }, as())
    const first = await call(routes.programmes.previewCascade, { code: 'pilot' }, as())
    assert.deepEqual(first.events, { new: 1, existing: 0, waiting: 3 })
    assert.deepEqual(first.past, { tasks: 0, milestones: 0, first: null })
    const afterwards = await call(routes.programmes.previewCascade, { code: 'pilot' }, as(OPERATOR, new Date('2027-06-01T00:00:00Z')))
    assert.deepEqual([afterwards.past.tasks, afterwards.past.milestones > 0, afterwards.past.first! < '2027-06-01'], [afterwards.tasks, true, true], 'a year later every task would be overdue at once')
    await call(routes.programmes.cascade, { orderId: id(), code: 'pilot' }, as())
    await assert.rejects(call(routes.programmes.cascade, { orderId: id(), code: 'pilot' }, as()), { code: 'PILOT_FIRST' })
    await assert.rejects(call(routes.programmes.release, { orderId: id(), code: 'pilot', expectedVersion: 1, templateVersion: 2 }, as()), { code: 'LESSONS_MISSING' })
    await call(routes.programmes.addLesson, { orderId: id(), code: 'pilot', text: 'Cần thêm lối thoát nạn' }, as())
    assert.deepEqual((await call(routes.programmes.lessons, { code: 'pilot' }, as())).items.map((l) => l.text), ['Cần thêm lối thoát nạn'])
    const released = await call(routes.programmes.release, { orderId: id(), code: 'pilot', expectedVersion: 1, templateVersion: 2 }, as())
    assert.equal(released.gate, 'released')
    const rest = await call(routes.programmes.cascade, { orderId: id(), code: 'pilot' }, as())
    assert.equal(rest.events, 3)
    const days = await read(sql<{ day_on: string }>`select day_on from events e join programmes p on p.id = e.programme_id where p.code = 'pilot' order by day_on`)
    assert.ok(new Set(days.map((d) => d.day_on)).size >= 3, 'staggered')
  })
  test('lists page by day, and hold only what the asker may see', async () => {
    const page = await call(routes.events.list, { programme: 'fair26', limit: 4 }, as())
    const rest = await call(routes.events.list, { programme: 'fair26', limit: 4, cursor: page.next! }, as())
    assert.equal(page.items.length + rest.items.length, 7)
    assert.equal(rest.next, null)
    assert.equal(new Set([...page.items, ...rest.items].map((e) => e.id)).size, 7)
    assert.deepEqual((await call(routes.events.list, { limit: 4 }, as(ANA))).items, [])
    await assert.rejects(call(routes.events.get, { eventId: await eventOf('101') }, as(ANA)), { code: 'NOT_FOUND' })
  })
})
