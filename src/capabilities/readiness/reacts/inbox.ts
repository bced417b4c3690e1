// What readiness sends to inboxes of the units that host events: waivers and conclusions, which are facts, and a requirement that turned red, which the follower finds.
import type { FoldWriter, Reader } from '../../../kernel/db.ts'
import { dayIn } from '../../../pure/calendar.ts'
import type { InboxSend, InboxSource } from '../../inboxes/contract.ts'
import type { ReadinessFact } from '../contract.ts'
import type { Turn } from '../store/fold.ts'
import { namesOf } from '../store/inbox.ts'
import type { Named } from '../store/inbox.ts'

const sentences = {
  'readiness.waived': { vi: 'Duyệt ngoại lệ cho điều kiện “{requirement}” của {unit}, đến ngày {until}', en: '“{requirement}” of {unit} is waived until {until}' },
  'readiness.unwaived': { vi: 'Thu hồi ngoại lệ của điều kiện “{requirement}” của {unit}', en: 'The waiver of “{requirement}” of {unit} is withdrawn' },
  'readiness.unconcluded': { vi: '“{programme}”: thu hồi kết luận sẵn sàng của {unit}', en: '“{programme}”: the conclusion on {unit} is withdrawn' },
  'readiness.go': { vi: '“{programme}”: kết luận {unit} đủ điều kiện tổ chức', en: '“{programme}”: {unit} is concluded a go' },
  'readiness.no_go': { vi: '“{programme}”: kết luận {unit} chưa đủ điều kiện tổ chức', en: '“{programme}”: {unit} is concluded no go' },
  'readiness.red': { vi: 'Điều kiện “{requirement}” của {unit} chuyển sang chưa đạt', en: '“{requirement}” of {unit} has become unmet' },
} as const
const base = ({ eventId, unitId, requirement, unit, programme, name }: Named) =>
  ({ to: { unitId }, about: { kind: 'event', id: eventId }, params: { unit, programme, requirement: name ?? requirement } })

export const inboxSource: InboxSource = {
  types: ['waiver.given.v1', 'waiver.withdrawn.v1', 'waiver.withdrawn.v2', 'readiness.concluded.v1', 'readiness.concluded.v2', 'readiness.conclusion_withdrawn.v1'], sentences,
  send: async (given, read) => {
    const facts = given.map((r) => r.fact as ReadinessFact)
    const names = new Map((await namesOf(read as Reader, facts.map((fact) => ({ eventId: fact.eventId, requirement: 'requirement' in fact ? fact.requirement : null })))).map((n) => [`${n.eventId} ${n.requirement}`, n]))
    return facts.flatMap((fact, of): (InboxSend & { of: number })[] => {
      const named = names.get(`${fact.eventId} ${'requirement' in fact ? fact.requirement : null}`)
      if (!named) return []
      const { params, ...to } = base(named)
      if (fact.type === 'waiver.given.v1') return [{ ...to, of, kind: 'changed', code: 'readiness.waived', params: { ...params, until: dayIn(new Date(fact.until), named.zone).split('-').toReversed().join('/') } }]
      if (fact.type === 'waiver.withdrawn.v2') return [{ ...to, of, kind: 'changed', code: 'readiness.unwaived', params, said: fact.reason.id }]
      if (fact.type === 'readiness.conclusion_withdrawn.v1') return [{ ...to, of, kind: 'alert', code: 'readiness.unconcluded', params, said: fact.reason.id }]
      if (fact.type === 'waiver.withdrawn.v1') return [{ ...to, of, kind: 'changed', code: 'readiness.unwaived', params }]
      return [{ ...to, of, params, ...(fact.verdict === 'go' ? { kind: 'changed', code: 'readiness.go' } : { kind: 'alert', code: 'readiness.no_go' }) }]
    })
  },
}

/** One line for each requirement and turn: what is checked again and stays red is no turn. */
export const redSends = async (fold: FoldWriter, turns: Turn[], at: Date): Promise<(InboxSend & { key: string })[]> =>
  (await namesOf(fold as unknown as Reader, turns)).map((named) => ({ ...base(named), kind: 'alert', code: 'readiness.red', key: `red:${named.eventId}:${named.requirement}:${at.toISOString()}` }))
