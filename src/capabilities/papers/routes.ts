import { implement } from '@orpc/server'
import type { Actor } from '../../kernel/access.ts'
import type { Lang } from '../../kernel/contract.ts'
import type { Works } from '../../kernel/jobs.ts'
import { Refusal } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { dayIn } from '../../pure/calendar.ts'
import type { Grade } from '../../pure/grades.ts'
import { inOrder } from '../../pure/text.ts'
import type { MadeFrom, PaperLink } from './contract/facts.ts'
import type { Letter, Letterhead } from './contract/letter.ts'
import { papersContract } from './contract.ts'
import { bodyHead, chasingLetter, conclusionNotice, directiveLetter, suggestedHead } from './decide/drafts.ts'
import { formationDecision } from './decide/drafts-bodies.ts'
import { sessionInvitation, sessionMinutes } from './decide/drafts-meetings.ts'
import * as drafts from './routes/drafts.ts'
import { icsForms } from './decide/ics.ts'
import { icsFilled } from './decide/ics-sheet.ts'
import { file, icsFile, zip } from './routes/files.ts'
import type { PapersNeeds } from './routes/needs.ts'
import { planLetter } from './decide/plan-letter.ts'
import { reportLetter } from './decide/report-letter.ts'
import * as orders from './routes/orders.ts'
import { openPdf } from './routes/pdf.ts'
import type { Pdf } from './routes/pdf.ts'
import { issueEach, issueRun, unitsToWrite } from './routes/runs.ts'
import { bodiesOf, headUnit, layoutsFor, letterheadOf, listPapers, mayAt, paperDetail } from './store/read.ts'

/** Work that goes on after the answer. */
export const papersWorks = (needs: PapersNeeds, contextOf: (actor: Actor, lang: Lang, at: Date) => Context): Works => ({
  'papers.run': async ({ actor, lang, runId }: { actor: Actor; lang: Lang; runId: string }, job) => { await issueRun(needs, () => contextOf(actor, lang, new Date()), runId, job) },
})

export function papersRoutes(needs: PapersNeeds, pdf: Pdf = openPdf()) {
  const api = implement(papersContract).$context<Context>().use(refusals)

  async function headOf(c: Context, unitId: string): Promise<{ head: Letterhead; version: number }> {
    const set = await letterheadOf(c.read, unitId)
    if (set) return set
    const unit = await headUnit(c.read, unitId)
    if (!unit) throw new Refusal('NOT_FOUND')
    return { head: suggestedHead(unit), version: 0 }
  }
  const tell = async <A extends { paperId: string }>(done: Promise<A>): Promise<A> => { const answer = await done; needs.tell?.(answer.paperId); return answer }
  /** Those that it names say so too: it replaces them, or rests on them. */
  const naming = async <A>(links: readonly PaperLink[], done: Promise<A>): Promise<A> => { const answer = await done; for (const { paperId } of links) if (paperId) needs.tell?.(paperId); return answer }
  const mayIssue = async (c: Context, unitId: string) => { if (!await mayAt(c.read, c.actor, 'paper.issue', unitId)) throw new Refusal('NOT_FOUND') }
  const units = (of: { unit: { id: string; name: string } }[]) => inOrder([...new Map(of.map(({ unit }) => [unit.id, unit])).values()], (unit) => unit.name).slice(0, 500)
  async function draftAt(c: Context, unitId: string, make: (head: Letterhead) => Letter, sentTo: { id: string; name: string }[], { links = [], bodyId, from, grade = 'none' }: { links?: PaperLink[]; bodyId?: string; from?: MadeFrom; grade?: Grade } = {}) {
    await mayIssue(c, unitId)
    const { head } = await headOf(c, unitId)
    const body = bodyId ? (await bodiesOf(c.read, unitId)).find(({ id }) => id === bodyId) : undefined
    return { unitId, letter: make(body ? bodyHead(head, body) : head), sentTo: sentTo.filter(({ id }) => id !== unitId), links: [...from ? await madeFrom(c, from) : [], ...links], bodyId: body?.id ?? null, grade }
  }

  async function madeFrom(c: Context, about: MadeFrom): Promise<(PaperLink & { label: string })[]> {
    const label = (await needs.madeFrom(c, [about])).get(`${about.kind}:${about.id}`)
    return label === undefined ? [] : [{ relation: 'from', paperId: null, directiveId: null, taskId: null, about, text: null, label }]
  }
  async function reportPaper(c: Context, told: Awaited<ReturnType<PapersNeeds['report']>>, from: MadeFrom) {
    const { unitId, report, grade } = found(told)
    await mayIssue(c, unitId)
    if (!report) throw new Refusal('REPORT_NOT_SUBMITTED')
    return draftAt(c, unitId, (head) => reportLetter(report, head), [report.asker], { grade, from })
  }

  return api.router({
    list: api.list.handler(async ({ input, context: { read, actor, lang, at } }) => ({ ...await listPapers(read, actor, input, lang), asOf: at.toISOString() })),
    get: api.get.handler(async ({ input, context }) => {
      const paper = found(await paperDetail(context.read, context.actor, input.paperId, context.lang))
      const ids = paper.links.flatMap(({ taskId }) => taskId ?? [])
      const titles = ids.length > 0 ? await needs.tasks(context, ids) : new Map<string, string>()
      const about = paper.links.flatMap((link) => link.about ?? [])
      const from = about.length > 0 ? await needs.madeFrom(context, about) : new Map<string, string>()
      const named = (link: (typeof paper.links)[number], text: string | undefined) => (text === undefined ? [] : [{ ...link, text }])
      return { ...paper, mark: await needs.custody.reading(context, `paper:${paper.id}`, 'read') ?? null, links: paper.links.flatMap((link) => (link.taskId ? named(link, titles.get(link.taskId)) : link.about ? named(link, from.get(`${link.about.kind}:${link.about.id}`)) : [link])) }
    }),
    file: api.file.handler(async ({ input, context }) => {
      const paper = found(await paperDetail(context.read, context.actor, input.paperId, context.lang))
      if (!paper.letter) throw new Refusal('PAPER_NO_CONTENT')
      const mark = await needs.custody.printing(context, `paper:${paper.id}`, input.printId)
      return file(pdf, paper.letter, paper.number, input.format, new Date(paper.at), { grade: paper.grade, mark }, paper.withdrawn ? dayIn(new Date(paper.withdrawn.at), needs.zone) : undefined)
    }),
    draw: api.draw.handler(async ({ input, context }) => {
      await mayIssue(context, input.unitId)
      await needs.custody.drafting(context, input.grade)
      // A print order is of a record; what is only being written is none yet.
      if (input.grade !== 'none') throw new Refusal('PAPER_DRAFT_GRADED')
      return file(pdf, input.letter, null, input.format, context.at)
    }),
    letterhead: api.letterhead.handler(async ({ input, context }) => {
      if (!await mayAt(context.read, context.actor, 'paper.read', input.unitId)) throw new Refusal('NOT_FOUND')
      return headOf(context, input.unitId)
    }),
    setLetterhead: api.setLetterhead.handler(({ input, context }) => orders.letterhead(context, input)),
    issuers: api.issuers.handler(async ({ input, context }) => {
      await mayIssue(context, input.unitId)
      const { head } = await headOf(context, input.unitId)
      return { items: (await bodiesOf(context.read, input.unitId)).map((body) => ({ ...body, head: bodyHead(head, body) })) }
    }),
    layouts: api.layouts.handler(async ({ input, context: { read, actor } }) => {
      if (!await mayAt(read, actor, 'paper.read', input.unitId)) throw new Refusal('NOT_FOUND')
      return { items: await layoutsFor(read, actor, input.unitId) }
    }),
    setLayout: api.setLayout.handler(({ input, context }) => orders.layout(context, input)),
    issue: api.issue.handler(({ input, context }) => naming(input.links, orders.issue(context, input, needs))),
    runUnits: api.runUnits.handler(({ input, context }) => unitsToWrite(needs, context, input)),
    issueEach: api.issueEach.handler(({ input, context }) => issueEach(needs, context, input)),
    zip: api.zip.handler(({ input, context }) => zip(pdf, context, input.runId, input.format)),
    drafts: api.drafts.handler(({ input, context }) => drafts.list(context, input)),
    draft: api.draft.handler(({ input, context }) => drafts.get(context, input)),
    saveDraft: api.saveDraft.handler(({ input, context }) => drafts.save(context, input, needs.custody)),
    dropDraft: api.dropDraft.handler(({ input, context }) => drafts.drop(context, input)),
    link: api.link.handler(({ input, context }) => naming(input.links, tell(orders.link(context, input, needs)))),
    receive: api.receive.handler(({ input, context }) => naming(input.links, orders.receive(context, input, needs))),
    withdraw: api.withdraw.handler(({ input, context }) => tell(orders.withdraw(context, input))),
    acknowledge: api.acknowledge.handler(({ input, context }) => tell(orders.acknowledge(context, input))),
    remind: api.remind.handler(async ({ input, context }) => { const done = await orders.remind(context, input, needs.zone); needs.tell?.(input.paperId); return done }),
    attach: api.attach.handler(({ input, context }) => tell(orders.attach(context, input, needs))),
    fromDirective: api.fromDirective.handler(async ({ input, context }) => {
      const given = found(await needs.directive(context, input.directiveId, 'vi'))
      return draftAt(context, given.unitId, (head) => directiveLetter(given.directive, given.tasks, head, null), units(given.tasks), { links: [{ relation: 'with', paperId: null, directiveId: input.directiveId, taskId: null, text: null }], ...(given.bodyId ? { bodyId: given.bodyId } : {}) })
    }),
    fromMeeting: api.fromMeeting.handler(async ({ input, context }) => {
      const { unitId, bodyId, meeting } = found(await needs.meeting(context, input.meetingId))
      await mayIssue(context, unitId)
      if (meeting.conclusions.length === 0) throw new Refusal('NOTHING_CONCLUDED')
      return draftAt(context, unitId, (head) => conclusionNotice(meeting, head, null), units(meeting.conclusions), { bodyId, from: { kind: 'meeting', id: input.meetingId }, links: carriedOut(meeting.conclusions) })
    }),
    fromMinutes: api.fromMinutes.handler(async ({ input, context }) => {
      const { unitId, bodyId, session } = found(await needs.minutes(context, input.meetingId))
      await mayIssue(context, unitId)
      if (session.phase === 'planned' || session.phase === 'cancelled') throw new Refusal('MEETING_NOT_HELD')
      return draftAt(context, unitId, (head) => sessionMinutes(session, head), units(session.members), { bodyId, from: { kind: 'meeting', id: input.meetingId }, links: carriedOut(session.conclusions) })
    }),
    fromInvitation: api.fromInvitation.handler(async ({ input, context }) => {
      const { unitId, bodyId, session } = found(await needs.invitation(context, input.meetingId))
      await mayIssue(context, unitId)
      if (session.phase !== 'planned') throw new Refusal('MEETING_PAST')
      return draftAt(context, unitId, (head) => sessionInvitation(session, head, null), units(session.members), { bodyId, from: { kind: 'meeting', id: input.meetingId } })
    }),
    fromBody: api.fromBody.handler(async ({ input, context }) => {
      const { unitId, body } = found(await needs.body(context, input.bodyId))
      return draftAt(context, unitId, (head) => formationDecision(body, head, null), units(body.members), { from: { kind: 'body', id: input.bodyId } })
    }),
    fromPlan: api.fromPlan.handler(async ({ input, context }) => {
      const { unitId, units: named, plan, grade } = found(await needs.plan(context, input.planId, input.n))
      return draftAt(context, unitId, (head) => {
        const letter = planLetter(plan, head)
        if (letter.body.length === 0) throw new Refusal('PLAN_NO_TEXT')
        return letter
      }, named.slice(0, 500), { grade, from: { kind: 'plan', id: input.planId } })
    }),
    fromReport: api.fromReport.handler(async ({ input, context }) => reportPaper(context, await needs.report(context, input.reportId), { kind: 'report', id: input.reportId })),
    fromReports: api.fromReports.handler(async ({ input, context }) => reportPaper(context, await needs.rollup(context, input), { kind: 'collection', id: input.collectionId })),
    fromEvent: api.fromEvent.handler(async ({ input, context }) => {
      const { unitId, event } = found(await needs.event(context, input.eventId))
      await mayIssue(context, unitId)
      return { unitId, values: icsFilled(icsForms[input.form], event) }
    }),
    drawIcs: api.drawIcs.handler(async ({ input, context }) => {
      await mayIssue(context, input.unitId)
      return icsFile(pdf, input.ics, input.format, context.at)
    }),
    fromOverdue: api.fromOverdue.handler(async ({ input, context }) => {
      await mayIssue(context, input.unitId)
      const { head } = await headOf(context, input.unitId)
      const { tasks, total } = await needs.overdue(context, input.owing ?? input.unitId, head.profile === 'international' ? 'en' : 'vi')
      const owed = tasks.filter((task) => task.unit.id !== input.unitId)
      if (owed.length === 0) throw new Refusal('NOTHING_OVERDUE')
      const day = dayIn(context.at, needs.zone)
      const [y, m, d] = day.split('-')
      return { unitId: input.unitId, letter: chasingLetter(owed, total - (tasks.length - owed.length), head, { day, words: `${d}/${m}/${y}` }), sentTo: units(owed), links: [], bodyId: null, grade: 'none' as const }
    }),
  })
}

/** What a session concluded is carried out by its tasks: as many as a paper has links, beside the one that says what it was made from. */
const carriedOut = (conclusions: readonly { text: string; taskId?: string | null }[]): (PaperLink & { label: string })[] =>
  conclusions.flatMap(({ text, taskId }) => (taskId ? { relation: 'carried_out' as const, paperId: null, directiveId: null, taskId, text: null, label: text.slice(0, 300) } : [])).slice(0, 29)

function found<T>(one: T | undefined): T {
  if (one === undefined) throw new Refusal('NOT_FOUND')
  return one
}
