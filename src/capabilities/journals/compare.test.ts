// Two moments of an event and of a task, made again from the record.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { traceEvent } from '../programmes/decide/trace.ts'
import { traceTask } from '../tasks/decide/trace.ts'
import type { Traces } from './contract.ts'
import { compared } from './decide/compare.ts'

const of = (read: Traces[string]['read']): Traces[string] => ({ read, fields: {} })
const cascaded = { type: 'programme.cascaded.v1', programmeCode: 'P', templateVersionId: 'v1', events: { ids: ['e0', 'e1'], units: ['u0', 'u1'], schedule: [0, 1] }, schedules: [{ day: '2027-01-01', due: {}, milestones: {} }, { class: 'small', day: '2027-06-01', opensAt: 'o1', due: { T1: 'd1' }, milestones: { m: 'a' } }] }
const lines = (...facts: { type: string }[]) => facts.map((fact, i) => ({ position: (i + 1) * 10, type: fact.type, fact }))

test('an event: its part of a cascade, then what moved it', () => {
  const moved = { type: 'event.moved.v1', fromDay: '2027-06-01', day: '2027-07-01', opensAt: 'o2', phase: 'planned', milestones: { m: 'b' } }
  const { fields } = compared(lines(cascaded, moved, { type: 'event.cancelled.v1' }), 10, 20, of([traceEvent]), 'e1', {})
  assert.deepEqual(fields, [{ field: 'day', before: '2027-06-01', after: '2027-07-01' }, { field: 'opensAt', before: 'o1', after: 'o2' }, { field: 'milestone:m', before: 'a', after: 'b' }])
  assert.deepEqual(compared(lines(cascaded, moved, { type: 'event.cancelled.v1' }), 30, 20, of([traceEvent]), 'e1', {}).fields, [{ field: 'phase', before: 'phase.planned', after: 'phase.cancelled' }])
})
test('a task of a cascade: its date by its item and event; a lead that nothing set before is what the edit says that it was', () => {
  const edited = { type: 'task.edited.v1', taskId: 't', version: 2, due: { at: 'd2', rule: null, zone: 'z' }, lead: { from: 'u1', to: 'u9' } }
  const { fields } = compared(lines(cascaded, edited, { type: 'task.accepted.v1' }), 10, 30, of([traceTask]), 't', { event_id: 'e1', item: 'T1' })
  assert.deepEqual(fields, [{ field: 'state', before: 'task.assigned', after: 'task.accepted' }, { field: 'due', before: 'd1', after: 'd2' }, { field: 'unit', before: { unit: 'u1' }, after: { unit: 'u9' } }])
})
test('what changed and changed back is no difference', () => {
  const to = (from: string, next: string) => ({ type: 'event.phase_changed.v1', from, to: next })
  assert.deepEqual(compared(lines(cascaded, to('planned', 'preparing'), to('preparing', 'planned')), 10, 30, of([traceEvent]), 'e1', {}).fields, [])
})
