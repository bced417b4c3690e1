// What papers send to inboxes: a unit that a paper was sent to hears of it, and of its withdrawal.
import type { Reader } from '../../kernel/db.ts'
import type { InboxSend, InboxSource } from '../inboxes/contract.ts'
import type { PaperIssued, PaperReminded, PaperWithdrawn } from './contract/facts.ts'
import { gradedPapers, sentPapers } from './store/read.ts'

export const inboxSource: InboxSource = {
  types: ['paper.issued.v1', 'paper.withdrawn.v1', 'paper.reminded.v1'],
  sentences: {
    'papers.sent': { vi: '{issuer} gửi văn bản số {written}: “{subject}”. Xác nhận đã nhận.', en: '{issuer} sent the paper {written}: “{subject}”. Acknowledge receipt.' },
    'papers.reminded': { vi: '{issuer} nhắc xác nhận đã nhận văn bản số {written}: “{subject}”', en: '{issuer} reminds you to acknowledge the paper {written}: “{subject}”' },
    'papers.withdrawn': { vi: '{issuer} thu hồi văn bản số {written}: “{subject}”', en: '{issuer} withdrew the paper {written}: “{subject}”' },
  },
  send: async (given, read) => {
    const facts = given.map(({ fact }) => fact as PaperIssued | PaperWithdrawn | PaperReminded)
    const gone = await sentPapers(read as Reader, facts.flatMap((fact) => (fact.type === 'paper.issued.v1' ? [] : [fact.paperId])))
    const graded = await gradedPapers(read as Reader, facts.map((fact) => fact.paperId))
    return facts.flatMap((fact, of): (InboxSend & { of: number })[] => {
      const issued = fact.type === 'paper.issued.v1'
      const paper = issued ? fact : gone.get(fact.paperId)
      if (fact.type === 'paper.reminded.v1') return !paper ? [] : fact.unitIds.map((unitId) => ({ to: { unitId }, kind: 'reminder', about: { kind: 'paper', id: fact.paperId }, code: 'papers.reminded', params: { issuer: paper.issuer, written: paper.written, subject: paper.subject }, of }))
      return (paper?.sentTo ?? []).map((unitId) => ({
        to: { unitId }, kind: issued ? 'assigned' : 'changed', about: { kind: 'paper', id: fact.paperId }, code: issued ? 'papers.sent' : 'papers.withdrawn', params: { issuer: paper!.issuer, written: paper!.written, subject: graded.has(fact.paperId) ? { vi: 'nội dung mật', en: 'graded content' } : paper!.subject }, of,
        key: `${fact.type}:${fact.paperId}`,
      }))
    })
  },
}
