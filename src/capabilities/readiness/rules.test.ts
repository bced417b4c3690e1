// The rules as sentences: given evidence and a moment, which state, why, and when it changes by the clock.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { EventFrame, Rule, State } from './contract.ts'
import { conclude, giveWaiver, goNoGo, withdrawConclusion, withdrawWaiver } from './decide/orders.ts'
import type { Readiness } from './decide/orders.ts'
import { applyPatch } from './decide/patch.ts'
import { taskRules } from './decide/rules.ts'
import type { TaskEvidence, TaskRow } from './decide/rules.ts'
import { explain } from './decide/sentences.ts'
import { evaluate, eventState, nextChange } from './decide/states.ts'
import type { Requirement, WaiverRow } from './decide/states.ts'

const rules = new Map(taskRules.map((r) => [r.kind, r]))
const day = (iso: string) => new Date(`${iso}T05:00:00Z`)
const T = (over: Partial<TaskRow> = {}): TaskRow => ({
  taskId: 't1', item: 'T09', workstream: 'fire', milestone: 'inspected', state: 'assigned', open: true, own: true, dueAt: day('2026-03-10'), evidenceKind: 'inspection',
  evidenceAt: null, evidenceLabel: null, expiresAt: null, reached: 0, target: null, targetUnit: null, ...over,
})
const event = (over: Partial<EventFrame> = {}): EventFrame => ({
  eventId: 'e', unitId: 'u', programmeId: 'p', templateVersionId: 'v', level: 'commune', class: 'small', phase: 'preparing', dayOn: '2026-03-25', zone: 'Asia/Ho_Chi_Minh',
  milestones: { inspected: '2026-03-10T05:00:00Z' }, requirements: { R: '2026-03-10T05:00:00Z' }, ...over,
})
const R = (check: Requirement['check'], warnDays = 3): Requirement => ({ code: 'R', name: { vi: 'Điều kiện', en: 'Requirement' }, by: 'inspected', warnDays, check })
const names = { milestones: new Map([['inspected', { vi: 'Kiểm tra', en: 'Inspected' }]]), items: new Map([['T09', { name: { vi: 'Kiểm tra lối thoát nạn', en: 'Inspect the exits' } }]]) }

function judge(check: Requirement['check'], rows: TaskRow[], at: Date, more: { rest?: Partial<TaskEvidence>; event?: Partial<EventFrame>; waivers?: WaiverRow[]; rules?: ReadonlyMap<string, Rule>; warn?: number } = {}) {
  const evidence: TaskEvidence = { rows, restDueAt: null, restMilestones: [], ...more.rest }
  const known = more.rules ?? rules
  const frame = event(more.event)
  const verdicts = evaluate(frame, [R(check, more.warn)], known, { tasks: evidence }, more.waivers ?? [], at)
  const [v] = verdicts
  return { state: v!.state, next: v!.nextAt?.toISOString().slice(0, 10) ?? null, ...(v ? explain(v, frame, known, names, at) : {}), verdict: v!, verdicts }
}

describe('no task overdue', () => {
  const check = { kind: 'no_overdue' }
  test('before it counts, nothing overdue is no merit: not yet due', () => {
    const { state, sentence } = judge(check, [], day('2026-03-01'))
    assert.equal(state, 'not_due')
    assert.equal(sentence!.vi, 'Tính từ mốc “Kiểm tra”, 10/03/2026.')
  })
  test('from then on it is met, until the first open task falls due', () => assert.deepEqual(
    (({ state, next }) => [state, next])(judge(check, [], day('2026-03-11'), { rest: { restDueAt: day('2026-03-20') } })), ['met', '2026-03-17']))
  test('a task that falls due within the days of warning puts it at risk', () => assert.equal(judge(check, [T({ dueAt: day('2026-03-13') })], day('2026-03-11')).state, 'at_risk'))
  test('an overdue task makes it unmet, and the sentence counts and dates', () => {
    const { state, sentence, verdict } = judge(check, [T({ dueAt: day('2026-03-09') }), T({ taskId: 't2', dueAt: day('2026-03-08') })], day('2026-03-11'))
    assert.deepEqual([state, sentence!.vi], ['unmet', '2 nhiệm vụ quá hạn, sớm nhất từ 08/03/2026.'])
    assert.deepEqual(verdict.finding.links.map((l) => l.id), ['t1', 't2'])
  })
  test('only the workstreams that it names count', () => assert.equal(judge({ ...check, workstreams: ['traffic'] }, [T({ dueAt: day('2026-03-09') })], day('2026-03-11')).state, 'met'))
  test('a closed task is not overdue', () => assert.equal(judge(check, [T({ dueAt: day('2026-03-09'), open: false, state: 'verified' })], day('2026-03-11')).state, 'met'))
})

describe('evidence present and not expired', () => {
  const check = { kind: 'evidence', item: 'T09' }
  const given = T({ state: 'reported', open: false, evidenceAt: day('2026-03-05'), evidenceLabel: 'Biên bản kiểm tra số 12' })
  test('missing: not yet due long before, at risk when the day is near, unmet from that day', () => assert.deepEqual(
    ['2026-03-01', '2026-03-08', '2026-03-10'].map((d) => judge(check, [T()], day(d)).state), ['not_due', 'at_risk', 'unmet']))
  test('what changes by the clock alone is known beforehand', () => assert.deepEqual(['2026-03-01', '2026-03-08', '2026-03-10'].map((d) => judge(check, [T()], day(d)).next), ['2026-03-07', '2026-03-10', null]))
  test('given early it is met at once', () => assert.equal(judge(check, [given], day('2026-03-06')).state, 'met'))
  test('it expires: at risk before, unmet after, and the sentence says for how many days', () => {
    const expiring = { ...given, evidenceLabel: 'lối thoát số 2 bị khóa', expiresAt: new Date('2026-03-14T16:59:59Z') }
    assert.equal(judge(check, [expiring], day('2026-03-12')).state, 'at_risk')
    const { state, sentence } = judge(check, [expiring], day('2026-03-17'))
    assert.equal(state, 'unmet')
    assert.deepEqual(sentence, { vi: 'Lối thoát số 2 bị khóa, quá hạn 3 ngày.', en: 'Lối thoát số 2 bị khóa, 3 days overdue.' })
  })
  test('older than the check allows it has expired too', () => assert.equal(judge({ ...check, maxAgeDays: 5 }, [given], day('2026-03-11')).state, 'unmet'))
  test('evidence of a part handed to another unit is not the event’s own', () => assert.equal(judge(check, [{ ...given, own: false }], day('2026-03-11')).state, 'unmet'))
})

describe('milestone reached', () => {
  const check = { kind: 'milestone', milestone: 'inspected' }
  const done = T({ state: 'verified', open: false })
  test('every task tied to it verified: met', () => assert.equal(judge(check, [done], day('2026-03-11')).state, 'met'))
  test('one only reported: at risk, and it says so', () => assert.deepEqual(
    (({ state, sentence }) => [state, sentence!.en])(judge(check, [done, T({ state: 'reported', open: false })], day('2026-03-11'))), ['at_risk', 'The milestone “Inspected” has 1 task waiting to be verified.']))
  test('one open: unmet', () => assert.equal(judge(check, [done, T()], day('2026-03-11')).state, 'unmet'))
  test('one that nobody touched is open too', () => assert.equal(judge(check, [done], day('2026-03-11'), { rest: { restMilestones: ['inspected'] } }).state, 'unmet'))
  test('a withdrawn task does not hold it up', () => assert.equal(judge(check, [done, T({ state: 'withdrawn', open: false })], day('2026-03-11')).state, 'met'))
})

describe('target met', () => {
  const check = { kind: 'target', item: 'T09' }
  const at = day('2026-03-11')
  test('reached', () => assert.equal(judge(check, [T({ reached: 20, target: 20 })], at).state, 'met'))
  test('short, with both figures', () => assert.deepEqual((({ state, sentence }) => [state, sentence!.vi])(judge(check, [T({ reached: 7, target: 20 })], at)), ['unmet', '“Kiểm tra lối thoát nạn” mới đạt 7/20.']))
  test('a part of it may be enough', () => assert.equal(judge({ ...check, percent: 30 }, [T({ reached: 7, target: 20 })], at).state, 'met'))
  test('"all of them" is reached when it is verified', () => assert.deepEqual(['reported', 'verified'].map((state) => judge(check, [T({ state, open: false, reached: 3 })], at).state), ['unmet', 'met']))
})

describe('what nobody can assess', () => {
  const check = { kind: 'none', needs: 'sites' }
  test('is never met, before or after it counts', () => assert.deepEqual(['2026-01-01', '2026-03-11', '2027-01-01'].map((d) => judge(check, [], day(d)).state), ['not_assessed', 'not_assessed', 'not_assessed']))
  test('a kind that this program does not know is not assessed either', () => assert.equal(judge({ kind: 'moon_phase' }, [], day('2026-03-11')).state, 'not_assessed'))
  test('a later capability brings it alive by registering a rule under the name that the check needs', () => {
    const sites: Rule = { kind: 'sites', source: 'sites', check: () => ({ holds: 'yes', why: { code: 'surveyed', params: {} }, links: [] }), sentences: { surveyed: { vi: 'đã khảo sát', en: 'surveyed' } } }
    assert.equal(judge(check, [], day('2026-03-11'), { rules: new Map([...rules, ['sites', sites]]) }).state, 'met')
  })
})

describe('waivers', () => {
  const waiver = (until: string): WaiverRow => ({ requirement: 'R', untilAt: day(until), byId: 'x', givenAt: day('2026-03-01'), reasonId: 'r', toldId: null, files: [] })
  const check = { kind: 'evidence', item: 'T09' }
  test('a waiver shows as a waiver, with what lies underneath', () => {
    const { state, verdict, next } = judge(check, [T()], day('2026-03-11'), { waivers: [waiver('2026-03-20')] })
    assert.deepEqual([state, verdict.without, next], ['waived', 'unmet', '2026-03-20'])
  })
  test('after its end the state is what it was', () => assert.equal(judge(check, [T()], day('2026-03-20'), { waivers: [waiver('2026-03-20')] }).state, 'unmet'))
  test('what is met is met, waiver or not', () => assert.equal(judge(check, [T({ evidenceAt: day('2026-03-01') })], day('2026-03-11'), { waivers: [waiver('2026-03-20')] }).state, 'met'))
  test('it covers what nobody can assess, by name and until a day', () => assert.equal(judge({ kind: 'none', needs: 'x' }, [], day('2026-03-11'), { waivers: [waiver('2026-03-20')] }).state, 'waived'))
})

describe('an event as a whole', () => {
  const states = (...all: State[]) => all.map((state) => ({ ...judge({ kind: 'none', needs: 'x' }, [], day('2026-03-11')).verdict, state }))
  const whole = (...all: State[]) => eventState(states(...all), day('2026-03-11'))
  test('is as ready as its worst requirement', () => assert.deepEqual(
    [whole('met', 'unmet', 'at_risk'), whole('met', 'at_risk'), whole('met', 'waived'), whole('met', 'met'), whole('not_due', 'met'), whole('not_due')], ['unmet', 'at_risk', 'waived', 'met', 'met', 'not_due']))
  test('is not met while something that counts is not assessed', () => assert.equal(whole('met', 'not_assessed'), 'not_assessed'))
  test('without any requirement it is not assessed, never met', () => assert.equal(eventState([], day('2026-03-11')), 'not_assessed'))
  test('a postponed event owes nothing for now; a cancelled one has no requirement; a closed one no longer changes by the clock', () => {
    assert.equal(judge({ kind: 'no_overdue' }, [T({ dueAt: day('2026-03-01') })], day('2026-03-11'), { event: { phase: 'postponed' } }).state, 'not_due')
    assert.deepEqual(evaluate(event({ phase: 'cancelled' }), [R({ kind: 'no_overdue' })], rules, {}, [], day('2026-03-11')), [])
    assert.equal(nextChange(judge({ kind: 'no_overdue' }, [], day('2026-03-11'), { event: { phase: 'closed' }, rest: { restDueAt: day('2026-03-20') } }).verdicts), null)
  })
})

describe('orders', () => {
  const at = day('2026-03-11')
  const reason = { id: 'r', hash: 'h' }
  const of = (verdicts: Readiness['verdicts'], phase = 'preparing'): Readiness => ({ eventId: 'e', phase, version: 7, verdicts })
  const unmet = judge({ kind: 'evidence', item: 'T09' }, [T()], at).verdicts
  const met = judge({ kind: 'evidence', item: 'T09' }, [T({ evidenceAt: day('2026-03-01') })], at).verdicts
  const order = { orderId: 'o', eventId: 'e', requirement: 'R', reason: 'vì mưa lũ', until: '2026-03-20T00:00:00Z', files: [] }
  const refused = (decided: object) => ('refused' in decided ? decided.refused : 'taken')
  test('a waiver ends within a year and waives what is not met', () => assert.deepEqual(
    [giveWaiver(of(unmet), order, reason, at), giveWaiver(of(met), order, reason, at), giveWaiver(of(unmet), { ...order, until: '2026-03-01T00:00:00Z' }, reason, at),
      giveWaiver(of(unmet), { ...order, until: '2028-03-01T00:00:00Z' }, reason, at), giveWaiver(of(unmet, 'closed'), order, reason, at), giveWaiver(undefined, order, reason, at),
      giveWaiver(of(unmet), { ...order, requirement: 'R99' }, reason, at)].map(refused), ['taken', 'WAIVER_MET', 'WAIVER_PAST', 'WAIVER_PAST', 'EVENT_OVER', 'NOT_FOUND', 'NOT_FOUND']))
  test('a waiver on paper needs the signed page', () => {
    const told = { ...order, told: { by: 'Phó Chủ tịch', how: 'paper' as const } }
    assert.deepEqual([giveWaiver(of(unmet), told, reason, at), giveWaiver(of(unmet), told, reason, at, [{ id: 'f', hash: 'h' }])].map(refused), ['SCAN_MISSING', 'taken'])
  })
  test('only a waiver in force is withdrawn', () => assert.equal(refused(withdrawWaiver(of(unmet), 'R', reason)), 'WAIVER_MISSING'))
  test('a conclusion is withdrawn once, the one that was read, and not of an event that is over', () => {
    const last = { verdict: 'go' as const, at, withdrawn: null }
    assert.deepEqual([withdrawConclusion(of(met), last, at.toISOString(), reason), withdrawConclusion(of(met), undefined, at.toISOString(), reason), withdrawConclusion(of(met), { ...last, withdrawn: {} }, at.toISOString(), reason),
      withdrawConclusion(of(met), last, '2026-01-01T00:00:00Z', reason), withdrawConclusion(of(met, 'closed'), last, at.toISOString(), reason)].map(refused), ['taken', 'CONCLUSION_MISSING', 'CONCLUSION_MISSING', 'CONCLUSION_NEWER', 'EVENT_OVER'])
  })
  test('go is not said over an unmet requirement, no go always may', () => assert.deepEqual(
    [conclude(of(unmet), { verdict: 'go', expectedVersion: 7 }, null), conclude(of(unmet), { verdict: 'no_go', expectedVersion: 7 }, null), conclude(of(met), { verdict: 'go', expectedVersion: 7 }, null),
      conclude(of(met), { verdict: 'go', expectedVersion: 6 }, null)].map(refused), ['NOT_READY', 'taken', 'taken', 'CHANGED']))
  test('the verdict: one unmet is no go, one open leaves it undecided, waivers let it go', () => assert.deepEqual(
    [goNoGo(['met', 'unmet']), goNoGo(['met', 'not_due']), goNoGo(['met', 'waived']), goNoGo([])], ['no_go', 'undecided', 'go', 'undecided']))
})

test('a live message moves a board by absolute figures; an older one is dropped, one for another filter is not guessed', () => {
  const counts = { unmet: 2, at_risk: 0, not_assessed: 0, waived: 0, not_due: 0, met: 0 }
  const row = { unitId: 'u', code: 'u', name: 'U', nameEn: null, kind: 'k', closed: false, below: false, eventId: null, events: counts, checks: counts, tasks: { total: 9, reported: 0, done: 1, overdue: 1 },
    change: { unmet: 1, at_risk: 0, met: 0, overdue: 0 }, nextMilestone: null, version: 5 }
  const board = { asOf: '2026-03-11T00:00:00.000Z', on: null, unit: { ...row, unitId: 'n', version: 9 }, above: [], rows: [row], programmes: [], levels: [], workstreams: [] }
  const patch = { asOf: '2026-03-11T00:00:01.000Z', of: [[null, [1, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 1], [9, 1, 2, 0], 6]] as [null, number[], number[], number[], number][] }
  const now = applyPatch(board, {}, 'u', patch)!
  assert.deepEqual([now.rows[0]!.events.unmet, now.rows[0]!.events.met, now.rows[0]!.tasks.done, now.rows[0]!.change, now.unit.version], [1, 1, 2, { unmet: 0, at_risk: 0, met: 1, overdue: -1 }, 9])
  assert.equal(applyPatch(now, {}, 'u', { ...patch, of: [[null, [9, 0, 0, 0, 0, 0], [9, 0, 0, 0, 0, 0], [9, 0, 0, 0], 4]] })!.rows[0]!.events.unmet, 1)
  assert.equal(applyPatch(now, { level: 'commune' }, 'u', patch), null)
  assert.equal(applyPatch(now, {}, 'other', patch), null)
})
