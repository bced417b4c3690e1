// One paper to each of many units, some to an order; begun again after a break, it goes on with what is missing.
import { commonRefusals, sentence } from '../../../kernel/contract.ts'
import type { Refusals } from '../../../kernel/contract.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Job } from '../../../kernel/jobs.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { dayIn } from '../../../pure/calendar.ts'
import { paperRefusals } from '../contract/refusals.ts'
import type { IssueEach } from '../contract.ts'
import { addresseeOf } from '../decide/drafts.ts'
import type { DraftTask } from '../decide/drafts.ts'
import { merged, unfilled } from '../decide/merge.ts'
import type { Owed } from '../decide/merge.ts'
import { childrenOf, dropDraft, keepRun, pathsOf, runOf, unitsOfRun } from '../store/drafts.ts'
import type { RunUnit } from '../store/drafts.ts'
import { issuedOfRun, mayAt } from '../store/read.ts'
import { RUN_MOST } from '../contract.ts'
import type { PapersNeeds } from './needs.ts'
import { issueTogether } from './orders.ts'

/** Papers of one order: a commit each took most of the time. All are of one kind and day, so what refuses one refuses all. */
const TOGETHER = 20
const sentences: Refusals = { ...commonRefusals, ...paperRefusals }

/** Overdue tasks and late reports by the unit among these that they are at or below; read once for all. */
async function owedBy(needs: PapersNeeds, c: Context, unitId: string, units: RunUnit[], lang: 'vi' | 'en'): Promise<Map<string, Owed>> {
  const { tasks } = await needs.overdue(c, unitId, lang, 20_000)
  const paths = await pathsOf(c.read, tasks.map((task) => task.unit.id))
  const byPath = new Map(units.map((unit) => [unit.path, unit.id]))
  const owed = new Map<string, DraftTask[]>()
  for (const task of tasks) {
    const path = paths.get(task.unit.id) ?? ''
    // The paths of all units above it, itself among them: 1. · 1.2. · 1.2.3.
    for (let at = path.indexOf('.'); at >= 0; at = path.indexOf('.', at + 1)) {
      const id = byPath.get(path.slice(0, at + 1))
      if (id) owed.set(id, [...(owed.get(id) ?? []), task])
    }
  }
  const missing = await needs.missing(c, units.map(({ id }) => id), lang)
  return new Map(units.map(({ id }) => [id, { tasks: owed.get(id) ?? [], reports: missing.get(id) ?? [] }]))
}

export async function unitsToWrite(needs: PapersNeeds, c: Context, input: { unitId: string; unitIds?: string[] | undefined; which: 'these' | 'below' | 'owing' }) {
  if (!await mayAt(c.read, c.actor, 'paper.issue', input.unitId)) throw new Refusal('NOT_FOUND')
  const below = input.which === 'these' ? [] : await childrenOf(c.read, input.unitId, RUN_MOST)
  const units = input.which === 'these' ? await unitsOfRun(c.read, input.unitIds ?? []) : below
  const owed = await owedBy(needs, c, input.unitId, units, c.lang)
  const items = units.map((unit) => ({ unit: { id: unit.id, name: unit.name }, office: addresseeOf(unit), overdue: owed.get(unit.id)!.tasks.length, missing: owed.get(unit.id)!.reports.length }))
  return { items: input.which === 'owing' ? items.filter((one) => one.overdue + one.missing > 0).toSorted((a, b) => b.overdue - a.overdue || b.missing - a.missing) : items, asOf: c.at.toISOString() }
}

export async function issueEach(needs: PapersNeeds, c: Context, input: IssueEach): Promise<{ runId: string; job: string | null; total: number }> {
  const { unitId, letter, withTasks, filing, bodyId, draftId } = input
  if (!await mayAt(c.read, c.actor, 'paper.issue', unitId)) throw new Refusal('NOT_FOUND')
  const units = await unitsOfRun(c.read, [...new Set(input.unitIds)])
  if (units.length === 0) throw new Refusal('PAPER_RUN_EMPTY')
  const open = unfilled(merged(letter, { unit: '–', overdue: 0, missing: 0, day: '–' }))
  if (open) throw new Refusal('PAPER_UNFILLED', { field: open })
  const runId = derivedId(new Date(0), input.orderId, 'run')
  await keepRun(c.side, runId, c.actor.id, { unitId, letter, unitIds: units.map(({ id }) => id), withTasks, filing, bodyId: bodyId ?? null, draftId: draftId ?? null }, c.at)
  if (needs.enqueue) return { runId, job: await needs.enqueue('papers.run', { actor: c.actor, lang: c.lang, runId }, { askedBy: c.actor.id, total: units.length, key: `papers.run:${runId}` }) ?? null, total: units.length }
  await issueRun(needs, () => c, runId)
  return { runId, job: null, total: units.length }
}

/** `now`: each paper bears its own moment, so the register shows them in the order of their numbers. */
export async function issueRun(needs: PapersNeeds, now: () => Context, runId: string, job?: Pick<Job, 'signal' | 'progress' | 'results'>): Promise<void> {
  const c = now()
  const run = await runOf(c.read, runId)
  if (!run) return
  const units = await unitsOfRun(c.read, run.unitIds)
  const [done, owed] = [await issuedOfRun(c.read, runId), await owedBy(needs, c, run.unitId, units, run.letter.lang)]
  const day = dayIn(c.at, needs.zone).split('-').reverse().join('/')
  const left = units.filter((unit) => !done.has(unit.id))
  job?.results(units.flatMap((unit) => (done.has(unit.id) ? [{ id: unit.id, ok: true, message: done.get(unit.id)! }] : [])))
  let failed = 0
  for (let from = 0; from < left.length; from += TOGETHER) {
    if (job?.signal.aborted) throw new Error('stopped between two papers')
    const some = left.slice(from, from + TOGETHER)
    try {
      const letters = some.map((unit) => {
        const own = owed.get(unit.id)!
        return { letter: merged(run.letter, { unit: addresseeOf(unit), overdue: own.tasks.length, missing: own.reports.length, day }, run.withTasks ? own : undefined), sentTo: unit.id }
      })
      const issued = await issueTogether(now(), { orderId: derivedId(new Date(0), runId, ...some.map(({ id }) => id)), unitId: run.unitId, runId, bodyId: run.bodyId ?? undefined, filing: run.filing, letters }, needs)
      job?.results(issued.map(({ written }, i) => ({ id: some[i]!.id, ok: true, message: written })))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      failed += some.length
      const known = sentences[error.code]
      job?.results(some.map((unit) => ({ id: unit.id, ok: false, code: error.code, message: `${unit.name}: ${known ? sentence(known.message, c.lang, error.data) : error.code}` })))
    }
    job?.progress(units.length - left.length + from + some.length, units.length)
  }
  if (failed === 0 && run.draftId) await dropDraft(c.side, c.actor.id, run.unitId, run.draftId)
}
