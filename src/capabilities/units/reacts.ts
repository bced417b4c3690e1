// What units send to inboxes: who takes over hears what came.
import type { Reader } from '../../kernel/db.ts'
import type { InboxSource } from '../inboxes/contract.ts'
import type { UnitHandedOver } from './contract.ts'
import { namesOf } from './store/handover.ts'

export const inboxSource: InboxSource = {
  types: ['unit.handed_over.v1'],
  sentences: {
    'units.handed_over': { vi: 'Nhận bàn giao từ {unit}: {events} sự kiện, {tasks} nhiệm vụ chủ trì, {issued} nhiệm vụ đã giao', en: 'Taken over from {unit}: {events} [events:event|events], {tasks} [tasks:task|tasks] to lead, {issued} issued' },
  },
  send: async (given, read) => {
    const facts = given.map((r) => r.fact as UnitHandedOver)
    const names = await namesOf(read as Reader, facts.map((fact) => fact.id))
    return facts.map(({ id, toId, counts }, of) => ({
      to: { unitId: toId }, kind: 'assigned', about: { kind: 'unit', id }, code: 'units.handed_over', params: { unit: names.get(id) ?? '…', ...counts }, of, key: `handover:${id}:${given[of]!.orderId}`,
    }))
  },
}
