// A package taken in: each record by the ordinary order of its capability, with an id made from the record, so that twice is once. The mark of where it came from is
// a fact of the same order. The order is decided by the authority that the sender's key lends for its unit; who takes it in, and may, is in the journal line.
import { SYSTEM } from '../../../kernel/access.ts'
import { fileFacts, holdFiles } from '../../../kernel/blobs.ts'
import type { StoredFile } from '../../../kernel/blobs.ts'
import { commonRefusals, sentence } from '../../../kernel/contract.ts'
import type { Refusals } from '../../../kernel/contract.ts'
import { derivedId, uuidv7 } from '../../../kernel/ids.ts'
import type { Job } from '../../../kernel/jobs.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Staged } from '../../../kernel/order.ts'
import { ProblemError } from '../../../kernel/problem.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { apart, yearsLater } from '../../../kernel/texts.ts'
import type { DocumentReceived, PackageTaken, RecordTaken } from '../contract/facts.ts'
import { partOf } from '../contract/package.ts'
import type { Carried, KeptPlan } from '../contract/package.ts'
import { reasons } from '../contract/refusals.ts'
import { isSaid, nameOf, titleOf, unitKey } from '../decide/judge.ts'
import type { Here, Item, Verdict } from '../decide/judge.ts'
import { accessPackage, knownRecords, mayTake } from '../store/access.ts'
import type { PackageRow } from '../store/access.ts'
import type { ExchangesNeeds } from './needs.ts'
import type { Opened } from './open.ts'
import { judged, reopened, why } from './receive.ts'

export const TAKE = 'exchanges.take'
const TOGETHER = 64
const KEPT_YEARS = 20
type Row = { id: string; ok: boolean; code?: string; message?: string }

export async function take(needs: ExchangesNeeds, c: Context, { orderId, packageId }: { orderId: string; packageId: string }, sentences: Refusals): Promise<{ packageId: string; jobId: string | null; results: Row[] }> {
  await reopened(needs, c, packageId)
  // The order's id makes the job's key: pressed twice, it is one job.
  if (needs.enqueue) return { packageId, jobId: await needs.enqueue(TAKE, { actor: c.actor, lang: c.lang, packageId }, { askedBy: c.actor.id, key: `${TAKE}:${packageId}:${orderId}`, attempts: 3 }) ?? null, results: [] }
  return { packageId, jobId: null, results: await takeNow(needs, () => c, packageId, sentences) }
}

/** Begun again after a break it goes on with what is missing: what was taken in is here already. */
export async function takeNow(needs: ExchangesNeeds, now: () => Context, packageId: string, sentences: Refusals, job?: Pick<Job, 'signal' | 'progress' | 'results'>): Promise<Row[]> {
  const c = now()
  const { row, opened, key, items } = await reopened(needs, c, packageId)
  const from = opened.manifest.installation.name === key.name ? key.name : `${key.name} (${opened.manifest.installation.name})`
  const results: Row[] = []
  const counts = { taken: 0, here: 0, refused: 0 }
  let done = 0
  const say = (item: Item, outcome: 'taken' | 'here' | Omit<Row, 'id' | 'ok'>) => {
    if (typeof outcome === 'string') counts[outcome]++
    else {
      counts.refused++
      const told = { id: item.record.id, ok: false, ...outcome, message: `${titleOf(item)}: ${outcome.message}` }
      results.push(told)
      job?.results([told])
    }
    job?.progress(++done, items.length)
  }
  const tell = (error: unknown): Omit<Row, 'id' | 'ok'> => {
    if (error instanceof FileRefused) return { code: 'FILE_REFUSED', message: sentence(reasons.FILE_REFUSED, c.lang, { file: error.file }) }
    if (!(error instanceof Refusal)) throw error
    const known = { ...commonRefusals, ...sentences }[error.code]
    return { code: error.code, message: known ? sentence(known.message, c.lang, error.data) : error.code }
  }

  const fresh = new Set<string>()
  for (const wave of wavesOf(items)) {
    if (job?.signal.aborted) throw new Error('stopped between two records')
    // What the wave before brought is known to this one.
    const { here, all } = await judged(needs, now(), row, key, wave, fresh)
    await Promise.all(all.map(async ({ item, verdict }) => {
      if (verdict.verdict === 'refused') return say(item, { code: verdict.why, message: why(verdict, c.lang)! })
      if (verdict.verdict === 'here') return say(item, 'here')
      try {
        await takeOne(needs, now(), { row, opened, from, here, item, verdict })
        say(item, 'taken')
      } catch (error) {
        // Another job was faster with the very same record; or what changed at home is nothing that is told here (a supporting unit that is not in this tree).
        say(item, error instanceof Refusal && ['ORDER_REUSED', 'NOTHING_CHANGED'].includes(error.code) ? 'here' : tell(error))
      }
    }))
  }
  const end = now()
  await end.commit({ id: uuidv7(end.at), kind: 'exchange.take.v1', streams: [`exchange:${row.unitId}`], subject: `package:${packageId}`, body: { packageId, ...counts } }, async (read) => {
    if (!await accessPackage(read, end.actor, 'exchange.take', packageId)) return { refused: 'NOT_FOUND' }
    const fact: PackageTaken = { type: 'package.taken.v1', packageId, ...counts }
    return { facts: [fact], answer: counts }
  })
  return results
}

/** Kinds one after the other; of one task one report of work at a time, the oldest first. */
function* wavesOf(items: Item[]): Generator<Item[]> {
  let wave: Item[] = []
  const tasks = new Set<string>()
  for (const item of items) {
    const task = item.kind === 'work' ? nameOf('task', item.record.task) : undefined
    if (wave.length >= TOGETHER || (wave.length > 0 && (wave[0]!.kind !== item.kind || (task !== undefined && tasks.has(task)) || item.kind === 'plan' || item.kind === 'request'))) { yield wave; wave = []; tasks.clear() }
    wave.push(item)
    if (task) tasks.add(task)
  }
  if (wave.length > 0) yield wave
}

class FileRefused extends Error {
  file: string
  constructor(file: string) { super(file); this.file = file }
}
/** Attached files pass the same checks as any that is uploaded. Answers their ids here, in order. */
async function storeFiles(needs: ExchangesNeeds, c: Context, opened: Opened, files: Carried[]): Promise<string[]> {
  const ids: string[] = []
  for (const file of files) {
    let stored: StoredFile
    try {
      stored = await needs.blobs().store(c.read, c.side, c.actor, c.at, file.name, (async function* () { yield opened.part(partOf(file)) })())
    } catch (error) {
      if (error instanceof ProblemError) throw new FileRefused(file.name)
      throw error
    }
    ids.push(stored.id)
  }
  return ids
}
/** Where the values of a report name a file by its id at home, they name it by its id here. */
const renamed = (value: unknown, names: ReadonlyMap<string, string>): unknown =>
  typeof value === 'string' ? names.get(value) ?? value : Array.isArray(value) ? value.map((one) => renamed(one, names)) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, names)])) : value

type One = { row: PackageRow; opened: Opened; from: string; here: Here; item: Item; verdict: Exclude<Verdict, { verdict: 'refused' }> }
async function takeOne(needs: ExchangesNeeds, c: Context, { row, opened, from, here, item, verdict }: One): Promise<void> {
  const { kind, record, hash } = item
  const orderId = derivedId(new Date(0), 'exchange', kind, record.home, record.id, hash)
  const unit = (ref: { code: string; scheme: string; name: string }) => here.units.get(unitKey(ref))!.id
  const told = { by: from.slice(0, 120), how: 'paper' as const }
  const changedAt = isSaid(item) ? item.record[item.kind]!.at : record.at
  const taken = (localId: string, unitId: string): RecordTaken => ({ type: 'record.taken.v1', packageId: row.id, kind, home: record.home, recordId: record.id, localId, unitId, hash, changedAt, from })
  /** `at`: an order about what was given long ago is decided as of then; it is recorded now. */
  const lent = (mark: (facts: Staged[]) => RecordTaken | undefined, at: Date = c.at): Context => ({
    ...c, at, actor: SYSTEM,
    commit: (order, decide) => c.commit({ ...order, cause: opened.hash }, async (read) => {
      if (!await mayTake(read, c.actor, row.unitId)) return { refused: 'NOT_FOUND' }
      const decided = await decide(read)
      if ('refused' in decided) return decided
      const [first] = decided.facts
      const fact = mark(decided.facts)
      if (!fact) return decided
      const where = first && isPlaced(first) ? { on: first.on, about: first.about } : { on: order.streams[0]!, about: order.subject ?? order.streams[0]! }
      return { ...decided, facts: [...decided.facts, { ...where, fact }] }
    }),
  })

  const same = (localId: string, unitId: string) => c.commit({ id: derivedId(new Date(0), 'exchange same', kind, record.home, record.id, hash), kind: 'exchange.same.v1', streams: [`exchange:${row.unitId}`], subject: `task:${localId}`, body: { hash }, cause: opened.hash }, async (read) =>
    (await mayTake(read, c.actor, row.unitId) ? { facts: [taken(localId, unitId)] } : { refused: 'NOT_FOUND' }))

  switch (item.kind) {
    case 'directive': {
      const issuerUnitId = unit(item.record.issuer)
      await needs.take.directive(lent((facts) => taken(idIn(facts, 'directiveId')!, issuerUnitId)), { orderId, record: item.record, issuerUnitId })
      return
    }
    case 'task': {
      const of = item.record
      const directive = of.directive && (await knownRecords(c.read, [{ kind: 'directive', ...of.directive }])).get(nameOf('directive', of.directive))
      const supporting = of.supporting.flatMap((ref) => here.units.get(unitKey(ref))?.id ?? [])
      const given = { orderId, record: of, issuerUnitId: unit(of.issuer), unitId: unit(of.unit), supportingUnitIds: supporting, directiveId: directive?.localId, programmeId: of.programme ? await needs.here.programme(c.read, of.programme) : undefined }
      // What has no date, or was given after it was due, is taken in all the same.
      const then = new Date(Math.min(Date.parse(of.givenAt), of.due ? Date.parse(of.due.at) - 1 : Infinity))
      if (verdict.localId === null) await needs.take.giveTask(lent((facts) => taken(idIn(facts, 'task')!, given.unitId), then), given)
      else {
        const local = verdict.localId
        await needs.take.editTask(lent(() => taken(local, given.unitId)), { ...given, taskId: local, version: here.tasks.get(local)!.version }).catch(async (error: unknown) => {
          // It is so here already (an extension was granted by the same package): known from now on, so that the next package says so.
          if (error instanceof Refusal && error.code === 'NOTHING_CHANGED') await same(local, given.unitId)
          throw error
        })
      }
      return
    }
    case 'act':
    case 'answer':
    case 'asking':
    case 'extended': {
      const { act, answer, asking, extended, home, id } = item.record
      const local = verdict.localId ?? (await knownRecords(c.read, [{ kind: 'task', home, id }])).get(nameOf('task', { home, id }))?.localId
      if (!local) throw new Refusal('NOT_FOUND')
      const unitId = verdict.unit!.id
      if (item.kind === 'act') await needs.take.act(lent(() => taken(local, unitId)), { orderId, taskId: local, act: act!, said: act!.text ?? from })
      else if (item.kind === 'answer') await needs.take.answer(lent(() => taken(local, unitId)), { orderId, taskId: local, answer: answer!, said: from, told })
      // Decided as of then: the day that was asked for may have gone by on the road.
      else if (item.kind === 'asking') await needs.take.asking(lent(() => taken(local, unitId), new Date(asking!.at)), { orderId, taskId: local, asking: asking!, said: from, told })
      else await needs.take.extended(lent(() => taken(local, unitId), new Date(extended!.at)), { orderId, taskId: local, extended: extended!, said: from })
      return
    }
    case 'work': {
      const { task } = item.record
      const local = verdict.localId ?? (await knownRecords(c.read, [{ kind: 'task', ...task }])).get(nameOf('task', task))?.localId
      if (!local) throw new Refusal('NOT_FOUND')
      await needs.take.work(lent((facts) => taken(idIn(facts, 'reportId')!, verdict.unit!.id)), { orderId, taskId: local, record: item.record, files: await storeFiles(needs, c, opened, item.record.files), told })
      return
    }
    case 'request': {
      const unitId = unit(item.record.unit)
      // The form is published by an order of its own, which bears no mark: what came is the request.
      await needs.take.request(lent((facts) => { const id = idIn(facts, 'collectionId'); return id === undefined ? undefined : taken(id, unitId) }), { orderId, record: item.record, unitId, unitIds: item.record.units.map(unit) })
      return
    }
    case 'report': {
      const { state, version } = [...here.reports.values()].find(({ reportId }) => reportId === verdict.localId)!
      const ids = await storeFiles(needs, c, opened, item.record.files)
      const names = new Map(item.record.files.map((file, i) => [file.id, ids[i]!]))
      await needs.take.report(lent(() => taken(verdict.localId!, verdict.unit!.id)), { orderId, reportId: verdict.localId!, version, values: renamed(item.record.values, names) as Record<string, unknown>, reason: state === 'submitted' || state === 'signed' ? from : undefined, told })
      return
    }
    case 'plan': {
      const of = item.record
      const documentId = verdict.localId ?? derivedId(new Date(0), 'document', record.home, record.id)
      const ids = await storeFiles(needs, c, opened, of.files)
      const text = apart(JSON.stringify({ basis: of.basis, reviewOn: of.reviewOn, sections: of.sections } satisfies KeptPlan), { subject: `document:${documentId}`, purpose: 'document', retention: 'plan', until: yearsLater(c.at, KEPT_YEARS) }, c.at)
      const as = lent(() => taken(documentId, verdict.unit!.id))
      await as.commit({ id: orderId, kind: 'exchange.receive_plan.v1', streams: [`document:${documentId}`], body: { documentId, hash } }, async (read) => {
        const files = await fileFacts(read, SYSTEM, ids, `document:${documentId}`)
        if (!files) return { refused: 'FILE_UNKNOWN' }
        const fact: DocumentReceived = { type: 'document.received.v1', documentId, unitId: row.unitId, ofUnitId: verdict.unit!.id, kind: of.kind, lang: of.lang, title: of.title, n: of.n, number: of.number, inForceFrom: of.inForceFrom, content: text.ref, files }
        return { facts: [fact], answer: { documentId }, private: [text.private], aside: (side) => holdFiles(side, ids, `document:${documentId}`, c.at) }
      })
    }
  }
}

/** A fact may have an `on` of its own: the day of a report. */
const isPlaced = (staged: Staged): staged is Extract<Staged, { on: string }> => 'fact' in staged && 'on' in staged
/** The id that an order gave to what it made, from its own fact. */
function idIn(facts: Staged[], name: string): string | undefined {
  for (const staged of facts) {
    const fact = (isPlaced(staged) ? staged.fact : staged) as Record<string, unknown>
    const found = fact[name]
    if (typeof found === 'string') return found
    if (found && typeof found === 'object' && 'id' in found) return String(found.id)
  }
  return undefined
}
