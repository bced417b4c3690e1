// One paper to each of many units: an order for each, so that one refused stops no other; begun again after a break, it goes on with what is missing.
import { commonRefusals, sentence } from '../../../kernel/contract.ts'
import type { Refusals } from '../../../kernel/contract.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Job } from '../../../kernel/jobs.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { dayIn } from '../../../pure/calendar.ts'
import { paperRefusals } from '../contract/refusals.ts'
import type { IssueEach } from '../contract.ts'
import type { DraftTask } from '../decide/drafts.ts'
import { merged } from '../decide/merge.ts'
import { childrenOf, dropDraft, keepRun, pathsOf, runOf, unitsOfRun } from '../store/drafts.ts'
import type { RunUnit } from '../store/drafts.ts'
import { issuedOfRun, mayAt } from '../store/read.ts'
import { RUN_MOST } from '../contract.ts'
import type { PapersNeeds } from './needs.ts'
import { issueFor } from './orders.ts'

const sentences: Refusals = { ...commonRefusals, ...paperRefusals }

/** Overdue tasks by the unit among these that they are at or below; read once for all. */
async function owedBy(needs: PapersNeeds, c: Context, unitId: string, units: RunUnit[], lang: 'vi' | 'en'): Promise<Map<string, DraftTask[]>> {
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
  return owed
}

export async function unitsToWrite(needs: PapersNeeds, c: Context, input: { unitId: string; unitIds?: string[] | undefined; which: 'these' | 'below' | 'owing' }) {
  if (!await mayAt(c.read, c.actor, 'paper.issue', input.unitId)) throw new Refusal('NOT_FOUND')
  const below = input.which === 'these' ? [] : await childrenOf(c.read, input.unitId, RUN_MOST)
  const units = input.which === 'these' ? await unitsOfRun(c.read, input.unitIds ?? []) : below
  const owed = await owedBy(needs, c, input.unitId, units, c.lang)
  const items = units.map(({ id, name }) => ({ unit: { id, name }, overdue: owed.get(id)?.length ?? 0 }))
  return { items: input.which === 'owing' ? items.filter((one) => one.overdue > 0).toSorted((a, b) => b.overdue - a.overdue) : items, asOf: c.at.toISOString() }
}

export async function issueEach(needs: PapersNeeds, c: Context, input: IssueEach): Promise<{ runId: string; job: string | null; total: number }> {
  const { unitId, letter, withTasks, filing, draftId } = input
  if (!await mayAt(c.read, c.actor, 'paper.issue', unitId)) throw new Refusal('NOT_FOUND')
  const units = await unitsOfRun(c.read, [...new Set(input.unitIds)])
  if (units.length === 0) throw new Refusal('PAPER_RUN_EMPTY')
  const runId = derivedId(new Date(0), input.orderId, 'run')
  await keepRun(c.side, runId, c.actor.id, { unitId, letter, unitIds: units.map(({ id }) => id), withTasks, filing, draftId: draftId ?? null }, c.at)
  if (needs.enqueue) return { runId, job: await needs.enqueue('papers.run', { actor: c.actor, lang: c.lang, runId }, { askedBy: c.actor.id, total: units.length, key: `papers.run:${runId}` }) ?? null, total: units.length }
  await issueRun(needs, c, runId)
  return { runId, job: null, total: units.length }
}

export async function issueRun(needs: PapersNeeds, c: Context, runId: string, job?: Pick<Job, 'signal' | 'progress' | 'results'>): Promise<void> {
  const run = await runOf(c.read, runId)
  if (!run) return
  const units = await unitsOfRun(c.read, run.unitIds)
  const [done, owed] = [await issuedOfRun(c.read, runId), await owedBy(needs, c, run.unitId, units, run.letter.lang)]
  const day = dayIn(c.at, needs.zone).split('-').reverse().join('/')
  let failed = 0
  for (const [i, unit] of units.entries()) {
    if (job?.signal.aborted) throw new Error('stopped between two papers')
    const tasks = owed.get(unit.id) ?? []
    try {
      const letter = merged(run.letter, { unit: unit.name, overdue: tasks.length, day }, run.withTasks ? tasks : [])
      const written = done.get(unit.id) ?? (await issueFor(c, { orderId: derivedId(new Date(0), runId, unit.id), unitId: run.unitId, letter, filing: run.filing, sentTo: [unit.id], links: [], run: runId }, needs)).written
      job?.results([{ id: unit.id, ok: true, message: written }])
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      failed++
      const known = sentences[error.code]
      job?.results([{ id: unit.id, ok: false, code: error.code, message: `${unit.name}: ${known ? sentence(known.message, c.lang, error.data) : error.code}` }])
    }
    job?.progress(i + 1, units.length)
  }
  if (failed === 0 && run.draftId) await dropDraft(c.side, run.unitId, run.draftId)
}
