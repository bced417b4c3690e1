// Rules of cascades, moves and upgrades without a database; then the commands.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import fc from 'fast-check'
import { commands } from '../../app/commands/programmes.ts'
import type { Call } from '../../app/commands.ts'
import { countries } from '../../app/countries.ts'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { isWorkday } from '../../pure/calendar-country.ts'
import { applyImport } from '../units/routes/orders.ts'
import { RulesInput } from './contract.ts'
import type { EventTask, TemplateBody } from './contract.ts'
import { cascadeFact, planCascade, share } from './decide/cascade.ts'
import type { CascadeAsk, CascadePlan, CascadeUnit } from './decide/cascade.ts'
import { redate, setPhase } from './decide/events.ts'
import type { Around, Event } from './decide/events.ts'
import { readLines } from './decide/lists.ts'
import { scheduleOf } from './decide/schedule.ts'
import { readTemplate } from './decide/template.ts'

const OWN = readFileSync(new URL('../../../templates/congress.yaml', import.meta.url), 'utf8')
const body = readTemplate(OWN).body!
const vn = countries().get('vn')!
const seed = Number(process.env.SEED ?? Date.now() % 1e9)

/** nation N, provinces P0…, communes P0C0…; ids are the codes. */
function tree(provinces: number, communes: number): CascadeUnit[] {
  const unit = (code: string, kind: string, parentId: string | null, path: string): CascadeUnit => ({ id: code, code, kind, parentId, path, scheme: 'admin' })
  return [unit('N', 'nation', null, '1.'), ...Array.from({ length: provinces }, (_, p) => [
    unit(`P${p}`, 'province', 'N', `1.${p + 2}.`), ...Array.from({ length: communes }, (__, c) => unit(`P${p}C${c}`, 'commune', `P${p}`, `1.${p + 2}.${c}.`)),
  ]).flat()]
}
const SPANS = { commune: { from: '2026-03-02', until: '2026-04-30' }, province: { from: '2026-05-11', until: '2026-05-22' }, nation: { from: '2026-06-15', until: '2026-06-15' } }
const ask = (units: CascadeUnit[], rules: object, more: Partial<CascadeAsk> = {}, of: TemplateBody = body): CascadeAsk => ({
  programme: { id: 'p', code: 'p', madeAt: '2026-01-05T00:00:00.000Z', templateVersionId: 'v', unitId: 'N', zone: 'Asia/Ho_Chi_Minh', gate: 'open', rules: RulesInput.parse(rules) },
  body: of, country: vn, units, existing: [], eventId: (id) => `e-${id}`, ...more,
})
function planned(a: CascadeAsk): CascadePlan {
  const answer = planCascade(a)
  assert.ok('plan' in answer, JSON.stringify(answer))
  return answer.plan
}
const there = (plan: CascadePlan) => plan.events.map((e) => ({ eventId: e.eventId, unitId: e.unit.id, class: e.schedule.class, day: e.schedule.day, opens: '08:00', milestones: e.schedule.milestones }))

test('due dates before what they wait for are counted before a cascade, and named when an event moves', () => {
  const of: TemplateBody = { ...body, tasks: body.tasks.map((one) => (one.code === 'T01' ? { ...one, after: [{ task: 'T09', days: 1 }] } : one)) }
  const { warnings } = planned(ask(tree(1, 3), { spans: SPANS }, {}, of))
  assert.match(warnings.map((one) => one.vi).join(), /T01.*T09.*: 5 sự kiện/)
  assert.deepEqual(planned(ask(tree(1, 3), { spans: SPANS })).warnings.filter((one) => one.vi.includes('đến hạn trước')), [])
})

describe(`a cascade (seed ${seed})`, () => {
  test('one event for each unit of the template’s levels, staggered over working days, communes of every province over the whole span', () => {
    const { events } = planned(ask(tree(4, 40), { spans: SPANS }))
    assert.equal(events.length, 1 + 4 + 160)
    for (const { schedule } of events) assert.ok(isWorkday(schedule.day, vn), schedule.day)
    for (const p of ['P0', 'P3']) {
      const days = events.filter((e) => e.unit.parentId === p).map((e) => e.schedule.day).toSorted()
      assert.ok(days[0]! < '2026-03-06' && days.at(-1)! > '2026-04-24', `${days[0]} to ${days.at(-1)}`)
    }
  })
  test('the class follows the kind of unit, a share, or a list, whichever is nearest', () => {
    const classes = { kinds: { province: 'medium' }, shares: { commune: { large: 0.2 } }, units: { P0C0: 'medium' } }
    const { events } = planned(ask(tree(2, 100), { spans: SPANS, classes }, { dates: [{ line: 2, code: 'P1', class: 'nhỏ' }] })) // by its name, too
    const of = (code: string) => events.find((e) => e.unit.code === code)!.schedule.class
    assert.deepEqual(['N', 'P0', 'P1', 'P0C0'].map(of), ['large', 'medium', 'small', 'medium'])
    const large = events.filter((e) => e.unit.kind === 'commune' && e.schedule.class === 'large').length
    assert.ok(large > 20 && large < 60, `${large} of 200`)
  })
  test('without levels in the template, the kinds that have a span hold events', () => {
    const plain = readTemplate(OWN.replace(/^levels:.*\n/m, '')).body!
    assert.equal(planned(ask(tree(2, 5), { spans: SPANS }, {}, plain)).events.length, 13)
  })
  test('only below one unit, only these codes', () => {
    assert.deepEqual(planned(ask(tree(2, 2), { spans: SPANS, under: 'P1' })).events.map((e) => e.unit.code).toSorted(), ['P1', 'P1C0', 'P1C1'])
    assert.deepEqual(planned(ask(tree(2, 2), { spans: SPANS, only: ['P0C1'] })).events.map((e) => e.unit.code), ['P0C1'])
  })
  test('whatever was cascaded before, the rest is exactly what is missing; the whole twice is nothing', () => {
    const units = tree(3, 6)
    fc.assert(fc.property(fc.subarray(units.map((u) => u.code)), (first) => {
      const before = first.length > 0 ? planned(ask(units, { spans: SPANS, only: first })) : { events: [] as CascadePlan['events'] } as CascadePlan
      const rest = planned(ask(units, { spans: SPANS }, { existing: there(before) }))
      assert.deepEqual([...before.events, ...rest.events].map((e) => e.unit.code).toSorted(), units.map((u) => u.code).toSorted())
      assert.equal(rest.existing, first.length)
      const all = [...there(before), ...there(rest)]
      assert.deepEqual(planned(ask(units, { spans: SPANS }, { existing: all })).events, [])
    }), { seed, numRuns: 60 })
  })
  test('the same asked again gives the same fact, whatever the order in which units come', () => {
    const a = ask(tree(2, 8), { spans: SPANS })
    const part = { run: 'r', done: 1, total: 1 }
    assert.deepEqual(cascadeFact(a, planned(a).events, part), cascadeFact(a, planned(a).events, part))
  })
  test('a fact holds each schedule once, and only what applies', () => {
    const { events } = planned(ask(tree(1, 30), { spans: { ...SPANS, commune: { from: '2026-03-02', until: '2026-03-04' } } }))
    const fact = cascadeFact(ask(tree(1, 1), {}), events, { run: 'r', done: 32, total: 32 })
    assert.ok(fact.schedules.length <= 5)
    const commune = fact.schedules.find((s) => s.kind === 'commune')!
    assert.deepEqual(Object.keys(commune.due), body.classes[0]!.tasks)
    assert.equal(commune.targets.T26, 3)
    assert.equal(commune.due.T03, undefined)
    assert.ok(fact.handed.items.every((item) => item === 'T08') && fact.handed.units.length === 30)
  })
  test('appraising the plans below is due when the last of them is, and counts them', () => {
    const { events } = planned(ask(tree(1, 5), { spans: SPANS }))
    const province = events.find((e) => e.unit.code === 'P0')!.schedule
    const last = events.filter((e) => e.unit.kind === 'commune').map((e) => e.schedule.milestones.appraised!).toSorted().at(-1)
    assert.equal(province.due.T03, last)
    assert.equal(province.targets.T03, 5)
  })
  test('a year without known holidays is said', () => {
    const { warnings } = planned(ask(tree(1, 1), { spans: {} }, { dates: [{ line: 2, code: 'P0C0', day: '2045-03-01' }] }))
    assert.match(warnings[0]!.en, /2045/)
  })
  test('shares are even', () => {
    const below = Array.from({ length: 10_000 }, (_, i) => share(`unit ${i}`)).filter((x) => x < 0.3).length
    assert.ok(below > 2800 && below < 3200, `${below}`)
  })
})

describe('a list', () => {
  test('names its columns as people do, and says what is wrong by line', () => {
    assert.deepEqual(readLines('unit_code;day;opens\n01;2026-05-04;14:00\n', 'dates').lines, [{ line: 2, code: '01', class: undefined, day: '2026-05-04', time: '14:00' }])
    assert.deepEqual(readLines('code,date\n01,31/4/2026\n,2026-05-04\n', 'dates').problems.map((p) => `${p.line} ${p.message.en}`), ['2 “31/4/2026” is no day. Write it like 22/05/2026', '3 the unit’s code is missing'])
    assert.deepEqual(readLines('STT;Mã đơn vị;Tên đơn vị;Ngày tổ chức;Giờ;Quy mô;Ghi chú\n1;01;Hà Nội;4/5/2026;8h;lớn;x\n2;02;Hà Giang;2026-05-05;7 giờ 30;;\n', 'dates').lines, [{ line: 2, code: '01', class: 'lớn', day: '2026-05-04', time: '08:00' }, { line: 3, code: '02', class: undefined, day: '2026-05-05', time: '07:30' }])
    assert.match(readLines('name\nx\n', 'units').problems[0]!.message.en, /column "code" is missing/)
    assert.ok(readLines('', 'units').problems.length > 0)
  })
})

describe('moving an event', () => {
  const frame = { kind: 'commune', class: 'small', zone: 'Asia/Ho_Chi_Minh', country: vn, children: new Map<string, string[]>(), childCount: 0, opens: '08:00' }
  const made = scheduleOf(body, { ...frame, day: '2026-05-20' })
  const event: Event = { id: 'e', programmeId: 'p', level: 'commune', class: 'small', phase: 'preparing', day: '2026-05-20', opensAt: new Date(made.opensAt), zone: frame.zone, milestones: made.milestones, requirements: made.requirements, version: 1 }
  const tasks = (done: string[]): EventTask[] => Object.entries(made.due).map(([item, at]) => ({ id: item, eventId: 'e', item, unitId: 'u', dueAt: new Date(at), state: done.includes(item) ? 'verified' : 'assigned', open: !done.includes(item), parentId: null, title: null }))
  const around = (at: string, done: string[]): Around => ({ body, country: vn, tasks: tasks(done), children: [], activities: [], at: new Date(at) })
  test('what is done and what has happened stays, all else follows', () => {
    const moved = redate(event, { day: '2026-06-24', opens: '08:00' }, 'moved', around('2026-04-15T00:00:00Z', ['T01', 'T02', 'T26', 'T33', 'T04']))!
    const now = scheduleOf(body, { ...frame, day: '2026-06-24' })
    assert.ok(['T01', 'T02', 'T04'].every((id) => moved.fact.due[id] === undefined))
    assert.deepEqual(moved.kept.toSorted(), ['appraised', 'approved', 'body', 'drafted'])
    assert.equal(moved.fact.milestones.body, made.milestones.body)
    assert.equal(moved.fact.milestones.inspected, now.milestones.inspected)
    for (const [id, at] of Object.entries(moved.fact.due)) assert.equal(at, now.due[id])
  })
  test('a milestone whose day is past but whose task is open has not happened', () => {
    const moved = redate(event, { day: '2026-06-24', opens: '08:00' }, 'moved', around('2026-04-15T00:00:00Z', ['T01', 'T26', 'T33']))!
    assert.ok(!moved.kept.includes('drafted'))
    assert.ok(moved.fact.due.T02)
  })
  test('there and back is where it was, for what is open', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), (days) => {
      const there = redate(event, { day: new Date(Date.UTC(2026, 4, 20 + days)).toISOString().slice(0, 10), opens: '08:00' }, 'moved', around('2026-01-01T00:00:00Z', []))!
      const away: Event = { ...event, day: there.fact.day, opensAt: new Date(there.fact.opensAt), milestones: there.fact.milestones, requirements: there.fact.requirements }
      const moved = around('2026-01-01T00:00:00Z', []).tasks.map((t) => ({ ...t, dueAt: new Date(there.fact.due[t.id] ?? t.dueAt!) }))
      const back = redate(away, { day: '2026-05-20', opens: '08:00' }, 'moved', { ...around('2026-01-01T00:00:00Z', []), tasks: moved })!
      assert.deepEqual(back.fact.milestones, event.milestones)
      assert.deepEqual(back.fact.requirements, event.requirements)
      for (const [id, at] of Object.entries(back.fact.due)) assert.equal(at, made.due[id])
    }), { seed, numRuns: 40 })
  })
  test('a closed event has no next phase', () => assert.deepEqual(setPhase({ ...event, phase: 'closed' }, 'preparing'), { refused: 'PHASE_ORDER', data: { from: { vi: 'đã kết thúc', en: 'closed' }, to: { vi: 'đang chuẩn bị', en: 'preparing' } } }))
})

describe('the commands', () => {
  let t: TestDb
  const folder = mkdtempSync(join(tmpdir(), 'sansang-programmes-'))
  const file = (name: string, text: string): string => { writeFileSync(join(folder, name), text); return join(folder, name) }
  async function sansang(name: string, words: string[], options: Record<string, string | true> = {}) {
    const out: string[] = [], notes: string[] = []
    await commands.find((c) => c.name === name)!.run({
      words, option: (o: string) => (typeof options[o] === 'string' ? options[o] : undefined), flag: (o: string) => options[o] === true, lang: 'en', at: new Date('2026-01-05T02:00:00Z'), data: folder,
      installation: { context: (at: Date) => t.as(OPERATOR, { at, lang: 'en' }), joined: false }, print: (line: string) => out.push(line), json: (value: unknown) => out.push(JSON.stringify(value)),
      note: (text: string | { en: string }) => notes.push(typeof text === 'string' ? text : text.en),
    } as unknown as Call)
    return { out: out.join('\n'), notes: notes.join('\n') }
  }
  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    const units = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n101,Xã Một,commune,01\n102,Xã Hai,commune,01\n'
    await applyImport(t.as(OPERATOR), uuidv7(), { scheme: 'admin', asOf: '2025-12-01', bytes: new TextEncoder().encode(units) })
  })
  test('a template is enough for a programme; lists say which units on which days; the dates of each can be asked', async () => {
    assert.equal((await sansang('programme create', [file('congress.yaml', OWN)])).out, 'congress')
    const dates = file('dates.csv', 'code,date\n101,2026-05-20\n01,2026-07-15\n')
    assert.match((await sansang('programme cascade', ['congress'], { dates })).out, /^Added 2 events, \d+ tasks; there before: 0\./)
    assert.match((await sansang('programme cascade', ['congress'], { dates })).out, /^Added 0 events, 0 tasks; there before: 2\./)
    const found = JSON.parse((await sansang('programme dates', ['congress'], { event: '101', json: true })).out) as { milestones: { code: string; date: string }[]; tasks: { code: string; date: string }[] }
    const milestone = Object.fromEntries(found.milestones.map((m) => [m.code, m.date]))
    // D−40 is 10 April, a Friday; D−120 is 20 January; D−45 is Sunday 5 April and goes back to Friday; 5 working days after D pass a weekend.
    assert.deepEqual([milestone.approved, milestone.body, milestone.appraised, milestone.opening, milestone.reported], ['2026-04-10', '2026-01-20', '2026-04-03', '2026-05-20', '2026-05-27'])
    assert.equal(found.tasks.length, 17)
    assert.equal(found.tasks.find((task) => task.code === 'T02')!.date, '2026-03-21')
  })
  test('a programme’s own file names template, days, classes and pilot', async () => {
    const path = file('programme.yaml', `code: p26\nname: { vi: Đợt, en: Programme }\ntemplate: ./congress.yaml\nunit: VN\ndates:\n  commune: { from: 2026-03-02, until: 2026-03-31 }\n  province: { from: 2026-05-11, until: 2026-05-15 }\n  nation: { from: 2026-06-15, until: 2026-06-15 }\nclasses: { kinds: { commune: medium } }\npilots: [101]\ngate: pilot\n`)
    assert.equal((await sansang('programme create', [path])).out, 'p26')
    assert.match((await sansang('programme cascade', ['p26'])).out, /^Added 1 event, \d+ tasks; there before: 0; waiting for the pilot: 3\./)
    await assert.rejects(sansang('programme cascade', ['p26']), { code: 'PILOT_FIRST' })
  })
  test('a faulty file changes nothing and is told line by line', async () => {
    const bad = file('bad.yaml', OWN.replace('due: body', 'due: bdy').replace('code: congress', 'code: other'))
    await assert.rejects(sansang('programme create', [bad]), /has errors|có lỗi/)
    await assert.rejects(sansang('programme create', [join(folder, 'none.yaml')]), /none\.yaml/)
    const lines = file('lines.csv', 'code,date\n101,2026-05-20\n999,2026-05-20\n')
    await assert.rejects(sansang('programme cascade', ['congress'], { dates: lines }), { code: 'LIST_FAULTY' })
    await assert.rejects(sansang('programme dates', ['congress'], { event: '999' }), /999/)
  })
  test('an exported template is imported again as the same', async () => {
    const path = file('out.yaml', (await sansang('template export', ['congress'])).out)
    assert.match((await sansang('template import', [path])).out, /unchanged/)
  })
})
