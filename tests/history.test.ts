// The history of one event and one task: what made it, what happened to it, what changed it with others; for whoever may see the thing.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { OPERATOR } from '../src/kernel/access.ts'
import type { Actor } from '../src/kernel/access.ts'
import { asReader, rows } from '../src/kernel/db.ts'
import { run } from '../src/kernel/http/endpoints.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { stories } from '../src/app/wiring/brings.ts'
import { columns, traces, traceWords } from '../src/app/wiring/traces.ts'
import { COMPARABLE, KINDS, beginnings, kindAsked, kinds } from '../src/capabilities/journals/contract/kinds.ts'
import { compared } from '../src/capabilities/journals/decide/compare.ts'
import { newestNames } from '../src/capabilities/journals/store.ts'
import { fairTemplate } from './scene.ts'
import { openWorld } from './world.ts'
import type { World } from './world.ts'

type Line = { type: string; sentence: { vi: string; en: string } }

test('every fact is of exactly one kind by which one looks in the journal', () => {
  const of = (type: string) => kinds.filter((kind) => KINDS[kind].some((beginning) => type.startsWith(beginning)))
  assert.deepEqual(Object.keys(stories).filter((type) => of(type).length !== 1), [])
  assert.deepEqual([kindAsked('task.'), kindAsked(beginnings('paper')), kindAsked('task.reported.v1')], ['task', 'paper', undefined])
})
test('two moments are compared of every thing whose facts say what it has, and none of its facts is forgotten', () => {
  assert.deepEqual(Object.keys(traces).toSorted(), [...COMPARABLE].toSorted())
  for (const [kind, facts] of Object.entries(columns)) {
    assert.deepEqual(Object.keys(facts).toSorted(), Object.keys(stories).filter((type) => type.startsWith(`${kind}.`)).toSorted(), kind)
    for (const { set = {}, was = {} } of Object.values(facts)) for (const field of [...Object.keys(set), ...Object.keys(was)]) assert.ok(Object.hasOwn(traces[kind]!.fields, field), `${kind}: ${field} has no name`)
    for (const { set = {} } of Object.values(facts)) for (const field of Object.values(set)) if (typeof field === 'object' && 'say' in field && field.say !== null) assert.ok(Object.hasOwn(traceWords, field.say), `${kind}: ${field.say} has no word`)
  }
})
test('a plan, a report and a unit as they were', () => {
  const between = (kind: string, id: string, ...facts: { type: string }[]) => compared(facts.map((fact, i) => ({ position: i, type: fact.type, fact })), 0, facts.length - 1, traces[kind]!, id, {}).fields.map(({ field, before, after }) => [field, before, after])
  const drafted = { type: 'plan.drafted.v1', title: 'Phương án', unitId: 'u1', basis: null, reviewOn: null, sections: [{}, {}] }
  assert.deepEqual(between('plan', 'p', drafted, { type: 'plan.changed.v1', title: 'Phương án tuyến', basis: null, reviewOn: null } as never, { type: 'plan.approved.v1', n: 1, number: '12', inForceFrom: '2027-01-01', made: [] } as never),
    [['title', 'Phương án', 'Phương án tuyến'], ['state', 'plan.draft', 'plan.approved'], ['n', null, 1], ['number', null, '12'], ['inForce', null, '2027-01-01'], ['tasks', null, 0]])
  assert.deepEqual(between('report', 'r', { type: 'report.submitted.v1', files: [] } as never, { type: 'report.corrected.v1', files: [] } as never), [['state', 'report.submitted', 'report.corrected']])
  assert.deepEqual(between('unit', 'b', { type: 'units.imported.v1', opened: [{ id: 'a', name: 'Xã Một' }, { id: 'b', name: 'Xã Hai', code: '2', kind: 'commune', parentId: 'a' }], changed: [], closed: [] } as never, { type: 'unit.changed.v1', unit: { id: 'b', name: 'Phường Hai' } } as never), [['name', 'Xã Hai', 'Phường Hai']])
})

describe('history', () => {
  let w: World
  let task: string
  before(async () => {
    w = await openWorld()
    task = (await rows(asReader(w.db.db), sql<{ id: string }>`select task_id as id from public_tasks_origins where event_id = ${w.mine.event}`))[0]!.id
  })
  after(async () => { await w.close() })
  const endpoint = (name: string) => w.endpoints.find((e) => e.name === name)!
  const say = (name: string, input: object) => run(endpoint(name), w.db.as(OPERATOR), { orderId: uuidv7(), ...input })
  const history = (subject: string, as: Actor, more: object = {}) => w.ask(endpoint('journals.history'), { subject, limit: 50, ...more }, as)
  const lines = async (subject: string) => (await history(subject, w.people.officer)).body['items'] as Line[]

  test('begins, of an event and of its tasks, with the programme that gave it', async () => {
    for (const subject of [`event:${w.mine.event}`, `task:${task}`]) {
      const first = (await lines(subject)).at(-1)!
      assert.deepEqual([first.type, first.sentence.vi], ['programme.cascaded.v1', 'Được giao theo đợt P-mot'])
    }
  })
  test('of a task that no programme gave, begins with who gave it', async () => assert.deepEqual((await lines(`task:${w.mine.task}`)).map((l) => l.type), ['task.assigned.v1']))
  test('of a task tells also that the event moved', async () => {
    const { token, version } = await say('programmes.events.previewMove', { eventId: w.mine.event, day: '2027-06-15' }) as { token: string; version: number }
    await say('programmes.events.move', { eventId: w.mine.event, day: '2027-06-15', expectedVersion: version, token })
    for (const subject of [`event:${w.mine.event}`, `task:${task}`]) assert.deepEqual((await lines(subject)).map((l) => l.type).filter((type) => type !== 'activity.added.v1'), ['event.moved.v1', 'programme.cascaded.v1'])
    assert.equal((await lines(`task:${w.mine.task}`)).length, 1, 'not of a task beside the event')
  })
  test('goes on page by page over all of its parts', async () => {
    await say('tasks.comment', { taskId: task, text: 'Đã xem', mentions: [] })
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const { body } = await history(`task:${task}`, w.people.officer, { limit: 1, ...(cursor ? { cursor } : {}) })
      seen.push(...(body['items'] as Line[]).map((l) => l.type))
      if (!body['next']) break
      cursor = body['next'] as string
    }
    assert.deepEqual(seen, ['task.commented.v1', 'event.moved.v1', 'programme.cascaded.v1'])
  })
  test('is seen by everyone who may see the thing, and looks missing to the others', async () => {
    for (const role of ['officer', 'reader', 'head', 'secretariat'] as const) {
      for (const place of ['mine', 'theirs'] as const) {
        const there = place === 'mine' ? 200 : 404
        assert.deepEqual([(await history(`event:${w[place].event}`, w.people[role])).status, (await history(`task:${w[place].task}`, w.people[role])).status], [there, there], `${role} ${place}`)
      }
    }
  })
  test('of anything else, and the journal as a whole, is for those who may read the journal', async () => {
    for (const subject of [`unit:${w.mine.unit}`, `person:${w.mine.person}`, 'tree', 'people']) assert.equal((await history(subject, w.people.officer)).status, 404, subject)
    assert.equal((await history(`unit:${w.mine.unit}`, w.people.head)).status, 200)
    const { body } = await w.ask(endpoint('journals.activity'), { limit: 5 }, w.people.officer)
    assert.deepEqual([body['items'], body['next']], [[], null])
    assert.equal((await w.ask(endpoint('journals.activity'), { unitId: w.mine.unit, limit: 5 }, w.people.officer)).status, 404)
  })
  test('of a report, a session, a programme and a template reads as their pages show it, newest first, at their unit and nowhere else', async () => {
    const { report, meeting, body } = w.mine
    await say('reports.submit', { reportId: report, expectedVersion: 1, values: { done: 3 } })
    await say('reports.giveBack', { reportId: report, expectedVersion: 2, reason: 'Số liệu chưa khớp' })
    await say('meetings.cancel', { meetingId: meeting, reason: 'Dời sang tuần sau' })
    await say('programmes.templates.import', { unitId: w.mine.unit, text: fairTemplate({ code: w.mine.template, levels: ['province'] }) })
    const { id: programme } = await say('programmes.programmes.get', { code: w.mine.programme }) as { id: string }
    const said = async (subject: string, as: Actor) => ((await history(subject, as)).body['items'] as Line[]).map((line) => line.sentence.vi)
    const all = { [`report:${report}`]: ['Trả lại báo cáo', 'Nộp báo cáo'], [`meeting:${meeting}`]: ['Hủy phiên họp', 'Chuẩn bị phiên họp thứ 1: Phiên thứ nhất'], [`template:${w.mine.template}`]: [2, 1].map((n) => `Nhập mẫu ${w.mine.template}, phiên bản ${n}`) }
    for (const [subject, sentences] of Object.entries(all)) for (const role of ['reader', 'head'] as const) assert.deepEqual(await said(subject, w.people[role]), sentences, `${role} ${subject}`)
    assert.equal((await said(`programme:${programme}`, w.people.reader)).at(-1), `Lập đợt ${w.mine.programme}`)
    assert.ok((await said(`body:${body}`, w.people.reader)).includes('Hủy phiên họp'))
    const { id: other } = await say('programmes.programmes.get', { code: w.theirs.programme }) as { id: string }
    for (const subject of [`report:${w.theirs.report}`, `meeting:${w.theirs.meeting}`, `programme:${other}`, `template:${w.theirs.template}`, 'template:none']) assert.equal((await history(subject, w.people.head)).status, 404, subject)
  })
  test('of a template is part of what was done at its unit, once however many versions it has', async () => {
    const { body } = await w.ask(endpoint('journals.activity'), { unitId: w.mine.unit, type: 'template.', limit: 50 }, w.people.head)
    assert.deepEqual((body['items'] as { sentence: { vi: string }; unit: { name: string } }[]).map((one) => [one.sentence.vi, one.unit.name]), [2, 1].map((n) => [`Nhập mẫu ${w.mine.template}, phiên bản ${n}`, 'Tỉnh Một']))
  })
  test('compared between two moments, a workstream has the name that templates give it', async () => {
    const edited = { type: 'task.edited.v1', workstream: { from: 'site', to: 'unknown' } }
    assert.deepEqual(compared([{ position: 0, type: edited.type, fact: edited }], 0, 0, traces['task']!, task, {}).state, { workstream: { named: 'unknown' } })
    assert.deepEqual([...await newestNames(asReader(w.db.db), traces['task']!.names!, ['site', 'unknown'])], [['site', { vi: 'Địa điểm', en: 'Site' }]])
  })
  test('tells of each event and each task whose past was taken over from elsewhere', async () => {
    const programmeId = (await rows(asReader(w.db.db), sql<{ id: string }>`select programme_id as id from public_programmes_events where event_id = ${w.mine.event}`))[0]!.id
    await w.db.as(OPERATOR).commit({ id: uuidv7(), kind: 'test.recall.v1', streams: [`programme:${programmeId}`], body: {} }, async () => ({ facts: [
      { type: 'events.recalled.v1', programmeId, ids: [w.mine.event], phases: ['preparing'] },
      { type: 'tasks.recalled.v1', programmeId, ids: [task], states: ['accepted'], at: ['2027-01-01T00:00:00Z'], by: [OPERATOR.id], reached: [null], base: [null], evidence: [null], reasons: [null] },
    ] as never }))
    assert.equal((await lines(`event:${w.mine.event}`))[0]!.sentence.vi, 'Ghi nhận giai đoạn đã có trước của sự kiện')
    assert.equal((await lines(`task:${task}`))[0]!.sentence.vi, 'Ghi nhận kết quả đã có trước')
  })
})
