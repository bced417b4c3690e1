import { implement } from '@orpc/server'
import type { Lang } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { dayIn } from '../../pure/calendar.ts'
import { fold } from '../../pure/text.ts'
import { KINDS } from './contract/kinds.ts'
import type { Letter, Letterhead } from './contract/letter.ts'
import { papersContract } from './contract.ts'
import { compose } from './decide/compose.ts'
import type { Flow, Line, Sheet } from './decide/compose.ts'
import { chasingLetter, conclusionNotice, directiveLetter, suggestedHead } from './decide/drafts.ts'
import type { DraftDirective, DraftMeeting, DraftTask } from './decide/drafts.ts'
import { planLetter } from './decide/plan-letter.ts'
import type { DraftPlan } from './decide/plan-letter.ts'
import { docxOf } from './routes/docx.ts'
import { lacking } from './routes/measure.ts'
import * as orders from './routes/orders.ts'
import { openPdf } from './routes/pdf.ts'
import type { Pdf } from './routes/pdf.ts'
import { headUnit, letterheadOf, listPapers, mayAt, paperDetail } from './store/read.ts'

export type PapersNeeds = {
  zone: string
  /** A directive that the asker may see, with its tasks. */
  directive: (c: Context, directiveId: string, lang: Lang) => Promise<{ unitId: string; directive: DraftDirective; tasks: DraftTask[] } | undefined>
  /** A session that the asker may see. */
  meeting: (c: Context, meetingId: string) => Promise<{ unitId: string; meeting: DraftMeeting } | undefined>
  /** A plan that the asker may see, and the units that it names. */
  plan: (c: Context, planId: string) => Promise<{ unitId: string; units: { id: string; name: string }[]; plan: DraftPlan } | undefined>
  /** What the units below this one owe and is past due; `total` counts also what is not in the list. */
  overdue: (c: Context, unitId: string, lang: Lang) => Promise<{ tasks: DraftTask[]; total: number }>
}
const TYPES = { docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', pdf: 'application/pdf' } as const

export function papersRoutes(needs: PapersNeeds) {
  const api = implement(papersContract).$context<Context>().use(refusals)
  const pdf = openPdf()

  async function headOf(c: Context, unitId: string): Promise<{ head: Letterhead; version: number }> {
    const set = await letterheadOf(c.read, unitId)
    if (set) return set
    const unit = await headUnit(c.read, unitId)
    if (!unit) throw new Refusal('NOT_FOUND')
    return { head: suggestedHead(unit), version: 0 }
  }
  const mayIssue = async (c: Context, unitId: string) => { if (!await mayAt(c.read, c.actor, 'paper.issue', unitId)) throw new Refusal('NOT_FOUND') }
  const units = (tasks: DraftTask[]) => [...new Map(tasks.map(({ unit }) => [unit.id, unit])).values()].toSorted((a, b) => a.name.localeCompare(b.name, 'vi')).slice(0, 500)

  return api.router({
    list: api.list.handler(async ({ input, context: { read, actor, lang, at } }) => ({ ...await listPapers(read, actor, input, lang), asOf: at.toISOString() })),
    get: api.get.handler(async ({ input, context: { read, actor, lang } }) => found(await paperDetail(read, actor, input.paperId, lang))),
    file: api.file.handler(async ({ input, context: { read, actor, lang } }) => {
      const paper = found(await paperDetail(read, actor, input.paperId, lang))
      if (!paper.letter) throw new Refusal('PAPER_NO_CONTENT')
      return file(pdf, paper.letter, paper.number, input.format, new Date(paper.at))
    }),
    draw: api.draw.handler(async ({ input, context }) => {
      await mayIssue(context, input.unitId)
      return file(pdf, input.letter, null, input.format, context.at)
    }),
    letterhead: api.letterhead.handler(async ({ input, context }) => {
      if (!await mayAt(context.read, context.actor, 'paper.read', input.unitId)) throw new Refusal('NOT_FOUND')
      return headOf(context, input.unitId)
    }),
    setLetterhead: api.setLetterhead.handler(({ input, context }) => orders.letterhead(context, input)),
    issue: api.issue.handler(({ input, context }) => orders.issue(context, input, needs.zone)),
    receive: api.receive.handler(({ input, context }) => orders.receive(context, input, needs.zone)),
    withdraw: api.withdraw.handler(({ input, context }) => orders.withdraw(context, input)),
    acknowledge: api.acknowledge.handler(({ input, context }) => orders.acknowledge(context, input)),
    attach: api.attach.handler(({ input, context }) => orders.attach(context, input)),
    fromDirective: api.fromDirective.handler(async ({ input, context }) => {
      const given = found(await needs.directive(context, input.directiveId, 'vi'))
      await mayIssue(context, given.unitId)
      const { head } = await headOf(context, given.unitId)
      return { unitId: given.unitId, letter: directiveLetter(given.directive, given.tasks, head, null), sentTo: units(given.tasks), directiveId: input.directiveId }
    }),
    fromMeeting: api.fromMeeting.handler(async ({ input, context }) => {
      const { unitId, meeting } = found(await needs.meeting(context, input.meetingId))
      await mayIssue(context, unitId)
      if (meeting.conclusions.length === 0) throw new Refusal('NOTHING_CONCLUDED')
      const { head } = await headOf(context, unitId)
      return { unitId, letter: conclusionNotice(meeting, head, null), sentTo: [...new Map(meeting.conclusions.map(({ unit }) => [unit.id, unit])).values()], directiveId: null }
    }),
    fromPlan: api.fromPlan.handler(async ({ input, context }) => {
      const { unitId, units: named, plan } = found(await needs.plan(context, input.planId))
      await mayIssue(context, unitId)
      const { head } = await headOf(context, unitId)
      const letter = planLetter(plan, head)
      if (letter.body.length === 0) throw new Refusal('PLAN_NO_TEXT')
      return { unitId, letter, sentTo: named.slice(0, 500), directiveId: null }
    }),
    fromOverdue: api.fromOverdue.handler(async ({ input, context }) => {
      await mayIssue(context, input.unitId)
      const { head } = await headOf(context, input.unitId)
      const { tasks, total } = await needs.overdue(context, input.owing ?? input.unitId, head.profile === 'international' ? 'en' : 'vi')
      const owed = tasks.filter((task) => task.unit.id !== input.unitId)
      if (owed.length === 0) throw new Refusal('NOTHING_OVERDUE')
      const day = dayIn(context.at, needs.zone)
      const [y, m, d] = day.split('-')
      return { unitId: input.unitId, letter: chasingLetter(owed, total - (tasks.length - owed.length), head, { day, words: `${d}/${m}/${y}` }), sentTo: units(owed), directiveId: null }
    }),
  })
}

async function file(pdf: Pdf, letter: Letter, number: number | null, format: 'docx' | 'pdf', at: Date) {
  const sheet = compose(letter, number)
  const missing = format === 'pdf' ? lacking(everyText(sheet)) : undefined
  if (missing) throw new Refusal('PAPER_LETTER', { letter: missing })
  const bytes = format === 'docx' ? await docxOf(sheet) : await pdf.draw(sheet, at)
  // Plain letters, so that every system can save it: quyet-dinh-12-qd-ubnd-2026.pdf.
  const name = `${fold([KINDS[letter.kind].vi, number ?? '', sheet.symbol, letter.day?.slice(0, 4) ?? ''].join(' ')).replace(/[^a-z0-9]+/g, '-')}.${format}`
  return { headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' }, body: new Blob([bytes as Uint8Array<ArrayBuffer>]).stream() }
}

const textsOf = (flow: Flow): string[] => flow.flatMap((one) => ('table' in one ? [one.table.caption, ...one.table.columns.map(({ head }) => head), ...one.table.rows.flat()] : [one.text]))
const everyText = ({ head, flow, foot, address, annexes, title, author }: Sheet): string =>
  [title, author, ...textsOf([...head.flat(2), ...flow, ...foot.flat(), ...(address ? [address] : [])] satisfies (Line | Flow[number])[]), ...annexes.flatMap((annex) => textsOf(annex.flow))].join(' ')

function found<T>(one: T | undefined): T {
  if (one === undefined) throw new Refusal('NOT_FOUND')
  return one
}
