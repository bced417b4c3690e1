// Orders about papers: contract → commit → decide. A unit's register is one stream, locked whole while a number is given.
import type { Reader } from '../../../kernel/db.ts'
import { commonRefusals, sentence } from '../../../kernel/contract.ts'
import type { BulkResult, Refusals } from '../../../kernel/contract.ts'
import { fileFacts, holdFiles } from '../../../kernel/blobs.ts'
import { derivedId } from '../../../kernel/ids.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { PrivateText } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { apart, yearsLater } from '../../../kernel/texts.ts'
import { dayIn } from '../../../pure/calendar.ts'
import type { Grade } from '../../../pure/grades.ts'
import { filesGraded } from '../../../pure/grades.ts'
import type { PaperIssued, PaperLink, PaperReceived } from '../contract/facts.ts'
import type { Layout, Letter, Letterhead, ProfileCode } from '../contract/letter.ts'
import type { IssuePaper, ReceivePaper } from '../contract.ts'
import type { PaperRefused } from '../contract/refusals.ts'
import { paperRefusals } from '../contract/refusals.ts'
import { acknowledgePaper, attachScan, issuePaper, linkPaper, receivePaper, refusedLink, remindOf, seriesOf, setLayout, setLetterhead, withdrawPaper } from '../decide.ts'
import type { Linkable } from '../decide.ts'
import { unfilled } from '../decide/merge.ts'
import type { PapersNeeds } from './needs.ts'
import { dropDraft } from '../store/drafts.ts'
import { accessPaper, bodiesOf, counterOf, layoutRow, letterheadOf, mayAt, papersSeen, receiptsOf, recipientOf, replaceable, streamOf, twinOf, unitsKnown } from '../store/read.ts'

type Numbered = { paperId: string; number: number; written: string }
type Told = { by: string; how: 'telephone' | 'paper' | 'radio' | 'in_person' } | undefined
/** A paper is of use as evidence long after the event; then its words are erased, and the line in the register stays. */
const KEPT_YEARS = 20

const kept = (text: string, paperId: string, purpose: 'paper' | 'reason', at: Date) => apart(text, { subject: `paper:${paperId}`, purpose, retention: 'paper', until: yearsLater(at, KEPT_YEARS) }, at)

const said: Refusals = { ...commonRefusals, ...paperRefusals }

type LinkNeeds = Pick<PapersNeeds, 'zone' | 'tasks' | 'madeFrom' | 'custody'>
async function linkable(read: Reader, c: Context, needs: LinkNeeds, unitId: string, links: PaperLink[], mayIssue: boolean): Promise<Linkable> {
  const [papers, tasks] = [links.flatMap(({ paperId }) => paperId ?? []), links.flatMap(({ taskId }) => taskId ?? [])]
  const about = links.flatMap((link) => link.about ?? [])
  const [seen, there, known, from] = await Promise.all([papersSeen(read, c.actor, papers), replaceable(read, unitId, papers), tasks.length > 0 ? needs.tasks({ ...c, read }, tasks) : new Map<string, string>(), about.length > 0 ? needs.madeFrom({ ...c, read }, about) : new Map<string, string>()])
  return { papers: seen, replaceable: there, tasks: new Set(known.keys()), about: new Set(from.keys()), mayIssue }
}

/** A body issues through the unit that is its standing office. */
const issuesFor = async (read: Reader, { unitId, bodyId }: { unitId: string; bodyId?: string | undefined }): Promise<boolean> => !bodyId || (await bodiesOf(read, unitId)).some(({ id }) => id === bodyId)

export function issue(c: Context, input: IssuePaper, needs: LinkNeeds): Promise<Numbered> {
  const today = dayIn(c.at, needs.zone)
  const letter = { ...input.letter, day: input.letter.day ?? today }
  const paperId = derivedId(new Date(0), input.orderId, 'paper')
  const stream = `papers:${input.unitId}`
  const custody = needs.custody.grading(c, 'paper', paperId, input.grade, [...new Set(input.sentTo)])
  return c.commit<Numbered>({ id: input.orderId, kind: 'paper.issue.v1', streams: [stream, ...custody.streams], body: input, told: input.told }, async (read) => {
    const may = await mayAt(read, c.actor, 'paper.issue', input.unitId)
    if (!may) return { refused: 'NOT_FOUND' }
    if (!await issuesFor(read, input)) return { refused: 'PAPER_BODY' }
    const sentTo = [...new Set(input.sentTo)]
    const [counter, can, units] = await Promise.all([counterOf(read, input.unitId, Number(letter.day.slice(0, 4)), seriesOf(letter.kind, input.bodyId)), linkable(read, c, needs, input.unitId, input.links, true), unitsKnown(read, sentTo)])
    const noLink = refusedLink(input.links, can)
    if (noLink) return { refused: noLink }
    const open = unfilled(letter)
    if (open) return { refused: 'PAPER_UNFILLED', data: { field: open } }
    const lost = sentTo.find((id) => !units.has(id))
    if (lost) return { refused: 'UNIT_UNKNOWN', data: { unit: lost } }
    const text = kept(JSON.stringify(letter), paperId, 'paper', c.at)
    const decided = issuePaper(may, {
      paperId, unitId: input.unitId, kind: letter.kind, subject: letter.subject, lang: letter.lang, day: letter.day, filing: input.filing, content: text.ref, sentTo, links: input.links, ...(input.bodyId ? { bodyId: input.bodyId } : {}), head: letter.head, drafter: letter.drafter,
    }, counter, today, input.firstNumber)
    if ('refused' in decided) return decided
    const graded = await custody.decide(read)
    if ('refused' in graded) return graded
    const { draftId } = input
    const whole = about(decided, paperId, stream)
    return { ...whole, facts: [...whole.facts, ...graded.facts] as typeof whole.facts, private: [text.private], ...(draftId ? { aside: (side) => dropDraft(side, c.actor.id, input.unitId, draftId) } : {}) }
  })
}

/** Papers of a run under one order, numbered one after another. */
export function issueTogether(c: Context, input: { orderId: string; unitId: string; runId: string; bodyId?: string | undefined; filing: string | null; letters: { letter: Letter; sentTo: string }[] }, needs: LinkNeeds): Promise<Numbered[]> {
  const today = dayIn(c.at, needs.zone)
  const { unitId, filing, runId: run } = input
  const stream = `papers:${unitId}`
  return c.commit<Numbered[]>({ id: input.orderId, kind: 'papers.issue.v1', streams: [stream], body: input }, async (read) => {
    const may = await mayAt(read, c.actor, 'paper.issue', unitId)
    if (may && !await issuesFor(read, input)) return { refused: 'PAPER_BODY' }
    const first = input.letters[0]!.letter
    let counter = await counterOf(read, unitId, Number((first.day ?? today).slice(0, 4)), seriesOf(first.kind, input.bodyId))
    const all: { facts: { on: string; about: string; fact: PaperIssued }[]; answer: Numbered[]; private: PrivateText[] } = { facts: [], answer: [], private: [] }
    for (const [i, { letter: words, sentTo }] of input.letters.entries()) {
      const letter = { ...words, day: words.day ?? today }
      const paperId = derivedId(new Date(i), input.orderId, 'paper')
      const text = kept(JSON.stringify(letter), paperId, 'paper', c.at)
      const decided = issuePaper(may, { paperId, unitId, kind: letter.kind, subject: letter.subject, lang: letter.lang, day: letter.day, filing, content: text.ref, sentTo: [sentTo], links: [], run, ...(input.bodyId ? { bodyId: input.bodyId } : {}), head: letter.head, drafter: letter.drafter }, counter, today, undefined)
      if ('refused' in decided) return decided
      counter = { last: decided.answer!.number, day: letter.day }
      all.facts.push(...decided.facts.map((fact) => ({ on: stream, about: `paper:${paperId}`, fact: fact as PaperIssued })))
      all.answer.push(decided.answer!)
      all.private.push(text.private)
    }
    return all
  })
}

export function receive(c: Context, input: ReceivePaper, needs: LinkNeeds): Promise<Numbered> {
  const paperId = derivedId(new Date(0), input.orderId, 'paper')
  const stream = `papers:${input.unitId}`
  const today = dayIn(c.at, needs.zone)
  const receivedOn = input.receivedOn ?? today
  // Without anything of its content it is registered by its number alone, whatever the ceiling.
  const byNumber = input.grade !== 'none' && !input.subject && input.files.length === 0 && input.links.length === 0
  const custody = needs.custody.grading(c, 'paper', paperId, byNumber ? 'none' : input.grade)
  return c.commit<Numbered>({ id: input.orderId, kind: 'paper.receive.v1', streams: [stream, ...custody.streams], body: input, told: input.told }, async (read) => {
    const may = await mayAt(read, c.actor, 'paper.receive', input.unitId)
    if (!may) return { refused: 'NOT_FOUND' }
    const holder = `paper:${paperId}`
    const [counter, twin, can, files] = await Promise.all([counterOf(read, input.unitId, Number(receivedOn.slice(0, 4)), 'received'), input.again ? undefined : twinOf(read, input), linkable(read, c, needs, input.unitId, input.links, await mayAt(read, c.actor, 'paper.issue', input.unitId)), fileFacts(read, c.actor, input.files, holder)])
    if (!files) return { refused: 'FILE_UNKNOWN' }
    const [graded, unfit] = [await custody.decide(read), await needs.custody.unfit(read, paperId, files, input.filesGrade, input.grade)]
    if ('refused' in graded) return graded
    if (unfit) return { refused: unfit }
    const noLink = refusedLink(input.links, can)
    if (noLink) return { refused: noLink }
    const decided = receivePaper(may, {
      paperId, unitId: input.unitId, kind: input.kind, written: input.written, subject: input.subject ?? '', ...(byNumber && input.grade !== 'none' ? { grade: input.grade } : {}), lang: c.lang, day: input.day, receivedOn, issuer: input.issuer, filing: input.filing, files, ...filesGraded(input.filesGrade), links: input.links,
    }, counter, today, twin)
    if ('refused' in decided) return decided
    const whole = about(decided, paperId, stream)
    return { ...whole, facts: [...whole.facts, ...graded.facts] as typeof whole.facts, aside: (side) => holdFiles(side, input.files, holder, c.at) }
  })
}

type Staged<F> = { facts: (F | { on: string; about: string; fact: F })[]; answer?: Numbered }
const about = <F extends PaperIssued | PaperReceived>({ facts, answer }: Staged<F>, paperId: string, stream: string) =>
  ({ facts: facts.map((fact) => ({ on: stream, about: `paper:${paperId}`, fact: fact as F })), ...(answer ? { answer } : {}) })

/** The stream of a paper that is there; of one that is not, an order is refused before it is made. */
async function placed(c: Context, paperId: string): Promise<{ streams: string[]; subject: string }> {
  const stream = await streamOf(c.read, paperId)
  if (!stream) throw new Refusal('NOT_FOUND')
  return { streams: [stream], subject: `paper:${paperId}` }
}

export async function withdraw(c: Context, input: { orderId: string; paperId: string; reason: string; told?: Told }): Promise<{ paperId: string }> {
  return c.commit<{ paperId: string }>({ id: input.orderId, kind: 'paper.withdraw.v1', ...await placed(c, input.paperId), body: input, told: input.told }, async (read) => {
    const reason = kept(input.reason, input.paperId, 'reason', c.at)
    const decided = withdrawPaper(await accessPaper(read, c.actor, 'paper.issue', input.paperId), reason.ref)
    return 'refused' in decided ? decided : { ...decided, private: [reason.private] }
  })
}

export async function acknowledge(c: Context, input: { orderId: string; paperId: string; unitId: string; told?: Told }): Promise<{ paperId: string }> {
  return c.commit<{ paperId: string }>({ id: input.orderId, kind: 'paper.acknowledge.v1', ...await placed(c, input.paperId), body: input, told: input.told }, async (read) => {
    return acknowledgePaper(input.paperId, input.unitId, await recipientOf(read, c.actor, input.paperId, input.unitId))
  })
}

export async function remind(c: Context, input: { orderId: string; paperId: string; unitIds: string[]; told?: Told }, zone: string): Promise<BulkResult> {
  const rows = await c.commit<{ unitId: string; no: PaperRefused | undefined }[]>({ id: input.orderId, kind: 'paper.remind.v1', ...await placed(c, input.paperId), body: input, told: input.told }, async (read) => {
    const [paper, receipts] = await Promise.all([accessPaper(read, c.actor, 'paper.issue', input.paperId), receiptsOf(read, input.paperId, input.unitIds)])
    return remindOf(paper, input.unitIds, new Map(receipts.map(({ unitId, acknowledged, remindedAt }) => [unitId, { acknowledged, remindedOn: remindedAt && dayIn(remindedAt, zone) }])), dayIn(c.at, zone))
  })
  return { results: rows.map(({ unitId, no }) => (no ? { id: unitId, ok: false, code: no, message: sentence(said[no]!.message, c.lang) } : { id: unitId, ok: true })) }
}

export async function link(c: Context, input: { orderId: string; paperId: string; links: PaperLink[]; told?: Told }, needs: LinkNeeds): Promise<{ paperId: string }> {
  return c.commit<{ paperId: string }>({ id: input.orderId, kind: 'paper.link.v1', ...await placed(c, input.paperId), body: input, told: input.told }, async (read) => {
    const paper = await accessPaper(read, c.actor, 'paper.receive', input.paperId)
    return linkPaper(paper, input.links, paper ? await linkable(read, c, needs, paper.unitId, input.links, await mayAt(read, c.actor, 'paper.issue', paper.unitId)) : { papers: new Set(), tasks: new Set(), about: new Set(), replaceable: new Set(), mayIssue: false })
  })
}

export async function attach(c: Context, input: { orderId: string; paperId: string; files: string[]; filesGrade: Grade; told?: Told }, needs: LinkNeeds): Promise<{ paperId: string }> {
  const holder = `paper:${input.paperId}`
  return c.commit<{ paperId: string }>({ id: input.orderId, kind: 'paper.attach.v1', ...await placed(c, input.paperId), body: input, told: input.told }, async (read) => {
    const [paper, files] = await Promise.all([accessPaper(read, c.actor, 'paper.receive', input.paperId), fileFacts(read, c.actor, input.files, holder)])
    const unfit = paper && files && await needs.custody.unfit(read, paper.id, files, input.filesGrade)
    const decided = unfit ? { refused: unfit } : attachScan(paper, files, input.filesGrade)
    return 'refused' in decided ? decided : { ...decided, aside: (side) => holdFiles(side, input.files, holder, c.at) }
  })
}

export function layout(c: Context, input: { orderId: string; unitId: string; layoutId: string; expectedVersion: number; base: ProfileCode; layout: Layout; told?: Told }): Promise<{ layoutId: string; version: number }> {
  const { unitId, layoutId, base, layout: given } = input
  return c.commit<{ layoutId: string; version: number }>({ id: input.orderId, kind: 'layout.set.v1', streams: [`papers:${unitId}`], subject: `layout:${layoutId}`, body: input, told: input.told }, async (read) => {
    const may = await mayAt(read, c.actor, 'paper.issue', unitId)
    return setLayout(may, may ? await layoutRow(read, layoutId) : undefined, { layoutId, unitId, base, layout: given }, input.expectedVersion)
  })
}

export function letterhead(c: Context, input: { orderId: string; unitId: string; expectedVersion: number; head: Letterhead; told?: Told }): Promise<{ unitId: string; version: number }> {
  const stream = `papers:${input.unitId}`
  return c.commit<{ unitId: string; version: number }>({ id: input.orderId, kind: 'letterhead.set.v1', streams: [stream], subject: `letterhead:${input.unitId}`, body: input, told: input.told }, async (read) => {
    const may = await mayAt(read, c.actor, 'paper.issue', input.unitId)
    return setLetterhead(may, input.unitId, may ? ((await letterheadOf(read, input.unitId))?.version ?? 0) : 0, input.expectedVersion, input.head)
  })
}
