// What plans send to inboxes: a unit that is asked, a team that is to appraise, and what came of both to who wrote the plan.
import type { Reader } from '../../kernel/db.ts'
import type { InboxSend, InboxSource } from '../inboxes/contract.ts'
import type { PlanFact } from './contract/facts.ts'
import { titlesOf } from './store/access.ts'

const sentences = {
  'plans.consulted': { vi: 'Được lấy ý kiến về “{title}”, trả lời trước hết ngày {due}', en: 'You are asked about “{title}”; answer by {due}' },
  'plans.answered': { vi: 'Đã có trả lời lấy ý kiến về “{title}”', en: 'A unit has answered about “{title}”' },
  'plans.answered_for': { vi: 'Đã nhập thay đơn vị câu trả lời lấy ý kiến về “{title}”', en: 'An answer about “{title}” was entered for your unit' },
  'plans.appraisal': { vi: 'Được giao thẩm định “{title}”', en: 'To appraise: “{title}”' },
  'plans.passed': { vi: 'Thẩm định đạt: “{title}”', en: 'The appraisal passed “{title}”' },
  'plans.sent_back': { vi: 'Thẩm định trả lại để hoàn thiện: “{title}”', en: 'The appraisal sent back “{title}”' },
} as const
const written = (day: string): string => day.split('-').toReversed().join('/')

export const inboxSource: InboxSource = {
  types: ['plan.consulted.v1', 'plan.answered.v1', 'plan.appraisal_begun.v1', 'plan.appraised.v1'], sentences,
  send: async (given, read) => {
    const facts = given.map((r) => r.fact as PlanFact)
    const plans = await titlesOf(read as Reader, facts.map((fact) => fact.planId))
    return facts.flatMap((fact, of): (InboxSend & { of: number })[] => {
      const plan = plans.get(fact.planId)
      if (!plan) return []
      const to = (unitId: string, kind: InboxSend['kind'], code: keyof typeof sentences, due?: string) => ({ to: { unitId }, kind, about: { kind: 'plan', id: fact.planId }, code, params: { title: plan.title ?? { vi: 'kế hoạch, phương án mật', en: 'a graded plan' }, ...(due ? { due: written(due) } : {}) }, of, key: `${code}:${fact.planId}:${given[of]!.orderId}` })
      switch (fact.type) {
        case 'plan.consulted.v1': return fact.units.map((unit) => to(unit, 'assigned', 'plans.consulted', fact.due))
        case 'plan.answered.v1': return [to(plan.unitId, 'answer', 'plans.answered'), ...(given[of]!.told && fact.unitId !== plan.unitId ? [to(fact.unitId, 'changed', 'plans.answered_for')] : [])]
        case 'plan.appraisal_begun.v1': return fact.units.map((unit) => to(unit, 'assigned', 'plans.appraisal'))
        case 'plan.appraised.v1': return [to(plan.unitId, 'answer', fact.verdict === 'pass' ? 'plans.passed' : 'plans.sent_back')]
        default: return []
      }
    })
  },
}
