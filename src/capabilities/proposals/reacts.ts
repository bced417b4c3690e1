// What proposals send to inboxes: to who decides, and back to who proposed.
import type { Reader } from '../../kernel/db.ts'
import type { InboxSend, InboxSource } from '../inboxes/contract.ts'
import type { ProposalFact } from './contract.ts'
import { sidesOf } from './store.ts'

const sentences = {
  'proposals.sent': { vi: 'Có đề xuất chờ ý kiến: “{subject}”', en: 'A proposal waits for your decision: “{subject}”' },
  'proposals.decided': { vi: 'Đã có ý kiến chỉ đạo về “{subject}”', en: 'Decided: “{subject}”' },
  'proposals.returned': { vi: 'Đề xuất bị trả lại: “{subject}”', en: 'Returned: “{subject}”' },
} as const

export const inboxSource: InboxSource = {
  types: ['proposal.sent.v1', 'proposal.sent_again.v1', 'proposal.decided.v1'], sentences,
  send: async (given, read) => {
    const facts = given.map((r) => r.fact as ProposalFact)
    const sides = await sidesOf(read as Reader, facts.map((fact) => fact.proposalId))
    return facts.flatMap((fact, of): (InboxSend & { of: number })[] => {
      const side = sides.get(fact.proposalId)
      if (!side) return []
      const to = (unitId: string, kind: InboxSend['kind'], code: keyof typeof sentences) => [{ to: { unitId }, kind, about: { kind: 'proposal', id: fact.proposalId }, code, params: { subject: side.subject }, of, key: `${code}:${fact.proposalId}:${given[of]!.orderId}` }]
      if (fact.type === 'proposal.decided.v1') return to(side.unitId, fact.verdict === 'returned' ? 'returned' : 'answer', fact.verdict === 'returned' ? 'proposals.returned' : 'proposals.decided')
      return fact.type === 'proposal.withdrawn.v1' ? [] : to(side.toUnitId, 'assigned', 'proposals.sent')
    })
  },
}
