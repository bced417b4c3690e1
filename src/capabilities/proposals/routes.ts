// Contract → commit → decide, for proposals. Giving tasks comes from wiring.
import { implement } from '@orpc/server'
import { fileFacts, holdFiles } from '../../kernel/blobs.ts'
import type { Reader, SideWriter } from '../../kernel/db.ts'
import { derivedId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/order.ts'
import type { Staged } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { apart, yearsLater } from '../../kernel/texts.ts'
import { dayIn } from '../../pure/calendar.ts'
import { proposalsContract } from './contract.ts'
import { decideProposal, propose, sendAgain, withdrawProposal } from './decide.ts'
import { accessProposal, addresseeOf, listProposals, mayAt, planSeen, showProposal } from './store.ts'

type NewTask = { orderId: string; issuerUnitId: string; unitId: string; supportingUnitIds: string[]; title: string; due?: string | undefined; lang: 'vi' | 'en' }
export type ProposalsNeeds = {
  zone: string
  /** A proposal changed: those who look at it are told. */
  tellProposal?: ((proposalId: string) => void) | undefined
  /** What giving these tasks takes, so that the decision's order carries them. A refusal says of which one it is. */
  assigningMany: (c: Context, issuerUnitId: string, tasks: NewTask[]) => { taskIds: string[]; streams: string[]; decide: (read: Reader) => Promise<{ facts: Staged[] } | { refused: string; at: number; data?: Record<string, unknown> }> }
}
const KEPT_YEARS = 5
const said = (text: string, proposalId: string, purpose: string, at: Date) => apart(text, { subject: `proposal:${proposalId}`, purpose, retention: 'proposal', until: yearsLater(at, KEPT_YEARS) }, at)
const missing = (): never => { throw new Refusal('NOT_FOUND') }

export function proposalsRoutes(needs: ProposalsNeeds) {
  const api = implement(proposalsContract).$context<Context>().use(refusals)
  const stream = (id: string) => `proposal:${id}`
  const tell = async <A extends { proposalId: string }>(done: Promise<A>): Promise<A> => { const answer = await done; needs.tellProposal?.(answer.proposalId); return answer }
  const hold = (ids: string[], id: string, at: Date) => (ids.length === 0 ? {} : { aside: (side: SideWriter) => holdFiles(side, ids, stream(id), at) })
  return api.router({
    list: api.list.handler(async ({ input, context: { read, actor, lang, at } }) => ({ ...await listProposals(read, actor, input, lang, dayIn(at, needs.zone)), asOf: at.toISOString() })),
    get: api.get.handler(async ({ input, context: { read, actor, lang, at } }) => (await showProposal(read, actor, input.proposalId, lang, dayIn(at, needs.zone), at)) ?? missing()),
    propose: api.propose.handler(({ input: { orderId, told, ...body }, context: { actor, at, commit } }) => {
      const id = derivedId(new Date(0), orderId, 'proposal')
      return commit({ id: orderId, kind: 'proposal.send.v1', streams: [stream(id)], body, told, tree: 'shared' }, async (read) => {
        const may = await mayAt(read, actor, 'proposal.write', body.unitId)
        const files = await fileFacts(read, actor, body.files, stream(id))
        if (!files) return { refused: may ? 'FILE_UNKNOWN' : 'NOT_FOUND' }
        const text = said(JSON.stringify(body.content), id, 'proposal', at)
        const decided = propose(may, await addresseeOf(read, body.unitId, body.toUnitId, body.toBodyId), body.planId ? await planSeen(read, actor, body.planId) : true, dayIn(at, needs.zone), body.content,
          { proposalId: id, unitId: body.unitId, subject: body.subject, due: body.due, planId: body.planId, content: text.ref, files })
        return 'refused' in decided ? decided : { ...decided, private: [text.private], ...hold(body.files, id, at) }
      })
    }),
    again: api.again.handler(({ input: { orderId, told, proposalId, ...body }, context: { actor, at, commit } }) =>
      tell(commit({ id: orderId, kind: 'proposal.send_again.v1', streams: [stream(proposalId)], body, told }, async (read) => {
        const row = await accessProposal(read, actor, 'proposal.write', proposalId)
        const files = await fileFacts(read, actor, body.files, stream(proposalId))
        if (!files) return { refused: row ? 'FILE_UNKNOWN' : 'NOT_FOUND' }
        const text = said(JSON.stringify(body.content), proposalId, 'proposal', at)
        const decided = sendAgain(row, body.expectedVersion, dayIn(at, needs.zone), body.content, { subject: body.subject, due: body.due, content: text.ref, files })
        return 'refused' in decided ? decided : { ...decided, private: [text.private], ...hold(body.files, proposalId, at) }
      }))),
    decide: api.decide.handler(async ({ input: { orderId, told, proposalId, ...body }, context }) => {
      const { actor, at, commit, lang } = context
      // Who decides never changes, so the streams of the tasks can be named before they are locked.
      const seen = (await accessProposal(context.read, actor, 'proposal.decide', proposalId)) ?? missing()
      const tasks = needs.assigningMany(context, seen.toUnitId, body.tasks.map((one, n) => ({ ...one, orderId: derivedId(new Date(0), orderId, n), issuerUnitId: seen.toUnitId, lang })))
      return tell(commit<{ proposalId: string; version: number; tasks: number }>({ id: orderId, kind: 'proposal.decide.v1', streams: [...new Set([stream(proposalId), ...tasks.streams])], subject: stream(proposalId), body, told, tree: 'shared' }, async (read) => {
        const files = await fileFacts(read, actor, body.files, stream(proposalId))
        if (!files) return { refused: 'FILE_UNKNOWN' }
        const text = body.text === undefined ? undefined : said(body.text, proposalId, 'decision', at)
        const decided = decideProposal(await accessProposal(read, actor, 'proposal.decide', proposalId), body.expectedVersion, {
          verdict: body.verdict, optionId: body.optionId, text: text?.ref ?? null, how: told?.how ?? null, files, tasks: body.tasks.map(({ title, unitId }, n) => ({ id: tasks.taskIds[n]!, title, unitId })), decidedOn: body.decidedOn,
        }, dayIn(at, needs.zone), (then) => dayIn(then, needs.zone))
        if ('refused' in decided) return decided
        const given = await tasks.decide(read)
        if ('refused' in given) return given.refused === 'DUE_PAST' ? { refused: 'ACTION_DUE_PAST', data: { title: body.tasks[given.at]?.title } } : { refused: given.refused, ...(given.data ? { data: given.data } : {}) }
        return { facts: [...decided.facts, ...given.facts] as never, answer: decided.answer, private: text ? [text.private] : [], ...hold(body.files, proposalId, at) }
      }))
    }),
    withdraw: api.withdraw.handler(({ input: { orderId, told, proposalId, reason }, context: { actor, at, commit } }) =>
      tell(commit({ id: orderId, kind: 'proposal.withdraw.v1', streams: [stream(proposalId)], body: { reason }, told }, async (read) => {
        const why = said(reason, proposalId, 'withdrawn', at)
        const decided = withdrawProposal(await accessProposal(read, actor, 'proposal.write', proposalId), why.ref)
        return 'refused' in decided ? decided : { ...decided, private: [why.private] }
      }))),
  })
}
