// Rules of proposals: one addressee above, decided once, returned with a reason.
import type { Choice, Content, FileRef, ProposalDecided, ProposalFact, ProposalRefused, ProposalSent, ProposalSentAgain, TextRef } from './contract.ts'

export type ProposalRow = { id: string; unitId: string; toUnitId: string; phase: 'sent' | 'decided' | 'returned' | 'withdrawn'; version: number; sentAt: Date; /** Null: erased. */ options: string[] | null }
type Refused = { refused: ProposalRefused; data?: Record<string, unknown> }
type Done = { facts: [ProposalFact]; answer: { proposalId: string; version: number } }
/** Whom it goes to, as the tree and the bodies say; undefined: nobody, or not above. */
export type Addressee = { unitId: string; bodyId: string | null } | undefined

const wrong = (content: Content, due: string | null, today: string): Refused | undefined => {
  const ids = content.options.map((one: Choice) => one.id)
  if (new Set(ids).size < ids.length) return { refused: 'OPTION_TWICE' }
  if (content.chosen !== null && !ids.includes(content.chosen)) return { refused: 'OPTION_UNKNOWN' }
  return due !== null && due < today ? { refused: 'DUE_PAST' } : undefined
}

export function propose(mayAt: boolean, to: Addressee, planSeen: boolean, today: string, content: Content, given: Omit<ProposalSent, 'type' | 'toUnitId' | 'toBodyId'>): Done | Refused {
  if (!mayAt) return { refused: 'NOT_FOUND' }
  if (!to) return { refused: 'TO_UNKNOWN' }
  if (given.planId && !planSeen) return { refused: 'PLAN_UNKNOWN' }
  return wrong(content, given.due, today) ?? { facts: [{ type: 'proposal.sent.v1', ...given, toUnitId: to.unitId, toBodyId: to.bodyId }], answer: { proposalId: given.proposalId, version: 1 } }
}

export function sendAgain(row: ProposalRow | undefined, expectedVersion: number, today: string, content: Content, given: Omit<ProposalSentAgain, 'type' | 'proposalId'>): Done | Refused {
  if (!row) return { refused: 'NOT_FOUND' }
  if (row.phase !== 'returned') return { refused: 'PROPOSAL_NOT_RETURNED' }
  if (row.version !== expectedVersion) return { refused: 'CHANGED', data: { version: row.version, changed: ['content'] } }
  return wrong(content, given.due, today) ?? { facts: [{ type: 'proposal.sent_again.v1', proposalId: row.id, ...given }], answer: { proposalId: row.id, version: row.version + 1 } }
}

type Verdict = { verdict: ProposalDecided['verdict']; optionId: string | null; text: TextRef | null; how: string | null; files: FileRef[]; tasks: ProposalDecided['tasks']; decidedOn?: string | undefined }
/** `dayOf`: of an instant, here. */
export function decideProposal(row: ProposalRow | undefined, expectedVersion: number, { decidedOn, ...given }: Verdict, today: string, dayOf: (at: Date) => string): { facts: [ProposalDecided]; answer: { proposalId: string; version: number; tasks: number } } | Refused {
  if (!row) return { refused: 'NOT_FOUND' }
  if (row.phase !== 'sent') return { refused: 'PROPOSAL_DECIDED' }
  if (row.version !== expectedVersion) return { refused: 'CHANGED', data: { version: row.version, changed: ['content'] } }
  if (given.optionId !== null && !row.options?.includes(given.optionId)) return { refused: 'OPTION_UNKNOWN' }
  if (given.verdict !== 'agreed' && !given.text) return { refused: 'REASON_MISSING' }
  if (given.verdict === 'returned' && given.tasks.length > 0) return { refused: 'RETURNED_TASKS' }
  if (given.how === 'paper' && given.files.length === 0) return { refused: 'PLAN_SCAN_MISSING' }
  if (decidedOn !== undefined && decidedOn > today) return { refused: 'DECIDED_AHEAD' }
  if (decidedOn !== undefined && decidedOn < dayOf(row.sentAt)) return { refused: 'DECIDED_EARLY', data: { on: dayOf(row.sentAt).split('-').toReversed().join('/') } }
  return { facts: [{ type: 'proposal.decided.v1', proposalId: row.id, ...given, ...(decidedOn !== undefined && decidedOn !== today ? { decidedOn } : {}) }], answer: { proposalId: row.id, version: row.version + 1, tasks: given.tasks.length } }
}

export function withdrawProposal(row: ProposalRow | undefined, reason: TextRef): Done | Refused {
  if (!row) return { refused: 'NOT_FOUND' }
  if (row.phase !== 'sent' && row.phase !== 'returned') return { refused: 'PROPOSAL_DECIDED' }
  return { facts: [{ type: 'proposal.withdrawn.v1', proposalId: row.id, reason }], answer: { proposalId: row.id, version: row.version + 1 } }
}
