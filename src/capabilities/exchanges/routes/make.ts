// A package made: what the asker may read of a subtree, in parts, hashed as they are written; the manifest last, signed.
import { fileFacts, filesOf, holdFiles } from '../../../kernel/blobs.ts'
import { zipped } from '../../../kernel/blobs/zip-write.ts'
import type { ZipFile } from '../../../kernel/blobs/zip-write.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Job } from '../../../kernel/jobs.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { apart, yearsLater } from '../../../kernel/texts.ts'
import { addDays, endOfDay } from '../../../pure/calendar.ts'
import { xlsxStream } from '../../../pure/rows.ts'
import type { Choosing, MakePackage } from '../contract.ts'
import type { PackageBegun, PackageMade } from '../contract/facts.ts'
import { FORMAT, MOST_FILES, MOST_RECORDS, PARTS, partOf } from '../contract/package.ts'
import type { AnyRecord, Carried, Counts, Manifest, Shapes } from '../contract/package.ts'
import { gradeOf, withinCeiling } from '../decide/grades.ts'
import { SHEET, pageOf, sheetRow } from '../decide/page.ts'
import { accessPackage, accessUnit, homesOf, nameHere, unitRefs } from '../store/access.ts'
import { documentsBelow } from '../store/read.ts'
import type { Asked, ExchangesNeeds } from './needs.ts'
import { MANIFEST, SIGNATURE, fingerprintOf, sha256, wholeOf } from './open.ts'

export const MAKE = 'exchanges.make'
const AT_ONCE = 500
const KEPT_YEARS = 20

function askedOf({ unitId, programme, from, until }: Choosing, path: string, zone: string): Asked {
  if (from !== null && until !== null && until < from) throw new Refusal('PERIOD')
  return { unitId, path, programme, from: from === null ? null : endOfDay(addDays(from, -1), zone), until: until === null ? null : endOfDay(until, zone) }
}

async function idsOf(needs: ExchangesNeeds, c: Context, choices: readonly string[], asked: Asked) {
  const [tasks, reports, plans] = await Promise.all([
    choices.includes('tasks') ? needs.send.taskIds(c, asked, MOST_RECORDS + 1) : [], choices.includes('reports') ? needs.send.reportIds(c, asked, MOST_RECORDS + 1) : [], choices.includes('plans') ? needs.send.planIds(c, asked, MOST_RECORDS + 1) : [],
  ])
  return { tasks, reports, plans }
}

export async function count(needs: ExchangesNeeds, c: Context, choosing: Choosing) {
  const unit = await accessUnit(c.read, c.actor, 'exchange.make', choosing.unitId)
  if (!unit) throw new Refusal('NOT_FOUND')
  const ids = await idsOf(needs, c, choosing.choices, askedOf(choosing, unit.path, needs.zone))
  const plans = ids.plans.length + (choosing.choices.includes('plans') ? (await documentsBelow(c.read, unit.path)).length : 0)
  return { tasks: ids.tasks.length, reports: ids.reports.length, plans, most: MOST_RECORDS, over: ids.tasks.length + ids.reports.length + plans > MOST_RECORDS }
}

type Made = { packageId: string; jobId: string | null; results: { id: string; ok: boolean; code?: string; message?: string }[] }
/** Who asked for what is in the journal before anything is read. */
export async function make(needs: ExchangesNeeds, c: Context, input: MakePackage): Promise<Made> {
  const unit = await accessUnit(c.read, c.actor, 'exchange.make', input.unitId)
  if (!unit) throw new Refusal('NOT_FOUND')
  askedOf(input, unit.path, needs.zone)
  const packageId = derivedId(new Date(0), input.orderId, 'package')
  const { orderId, told: _, purpose, ...body } = input
  await c.commit({ id: orderId, kind: 'exchange.make.v1', streams: [`exchange:${input.unitId}`], subject: `package:${packageId}`, body: { ...body, purpose } }, async (read) => {
    if (!await accessUnit(read, c.actor, 'exchange.make', input.unitId)) return { refused: 'NOT_FOUND' }
    const text = purpose ? apart(purpose, { subject: `package:${packageId}`, purpose: 'purpose', retention: 'record', until: yearsLater(c.at, KEPT_YEARS) }, c.at) : undefined
    const fact: PackageBegun = { type: 'package.begun.v1', packageId, unitId: input.unitId, files: input.files, purpose: text?.ref ?? null, choices: input.choices, programme: input.programme, from: input.from, until: input.until }
    return { facts: [fact], answer: { packageId }, private: text ? [text.private] : [] }
  })
  if (needs.enqueue) return { packageId, jobId: await needs.enqueue(MAKE, { actor: c.actor, lang: c.lang, packageId }, { askedBy: c.actor.id, key: `${MAKE}:${packageId}`, attempts: 3 }) ?? null, results: [] }
  await makeNow(needs, c, packageId)
  return { packageId, jobId: null, results: [] }
}

/** Begun again after a break it makes the file anew; one that is made stays. */
export async function makeNow(needs: ExchangesNeeds, c: Context, packageId: string, job?: Pick<Job, 'signal' | 'progress'>): Promise<void> {
  const row = await accessPackage(c.read, c.actor, 'exchange.make', packageId)
  const unit = row && await accessUnit(c.read, c.actor, 'exchange.make', row.unitId)
  if (!row || !unit) throw new Refusal('NOT_FOUND')
  if (row.fileId) return
  const asked = askedOf({ unitId: row.unitId, programme: row.programme, from: row.from, until: row.until, choices: row.choices }, unit.path, needs.zone)
  const ids = await idsOf(needs, c, row.choices, asked)
  const total = ids.tasks.length + ids.reports.length + ids.plans.length
  if (total > MOST_RECORDS) throw new Refusal('PACKAGE_MANY', { most: MOST_RECORDS })
  const origin = await needs.origin()
  const signer = needs.signer()
  let done = 0
  const some = async <T>(of: string[], each: (some: string[]) => Promise<T[]>): Promise<T[]> => {
    const all: T[] = []
    for (let from = 0; from < of.length; from += AT_ONCE) {
      if (job?.signal.aborted) throw new Error('stopped between two parts')
      all.push(...await each(of.slice(from, from + AT_ONCE)))
      done += Math.min(AT_ONCE, of.length - from)
      job?.progress(done, total)
    }
    return all
  }

  const files = new Map<string, Carried & { bytes: Buffer }>()
  const carried = (fileIds: string[]): Carried[] => {
    const found: Carried[] = []
    for (const id of fileIds) {
      const file = attached.get(id)
      if (!file) continue
      const one = { id, name: file.name || 'tep', type: file.type, size: Number(file.size), sha256: file.sha256.toString('hex') }
      found.push(one)
      files.set(partOf(one), { ...one, bytes: file.sha256 })
    }
    if (files.size > MOST_FILES) throw new Refusal('PACKAGE_MANY', { most: MOST_FILES })
    return found
  }
  const ref = (homes: Map<string, { home: string; id: string }>, id: string) => homes.get(id) ?? { home: origin, id }
  const own = (homes: Map<string, { home: string; id: string }>, id: string) => ({ ...ref(homes, id), grade: 'none' as const })

  const sentTasks = await some(ids.tasks, (part) => needs.send.tasks(c, part))
  const sentWork = await some(ids.tasks, (part) => needs.send.work(c, part)).then((all) => { done -= ids.tasks.length; return all })
  const directiveIds = [...new Set(sentTasks.flatMap((task) => task.directiveId ?? []))]
  const sentDirectives = directiveIds.length > 0 ? await needs.send.directives(c, directiveIds) : []
  const sentReports = await some(ids.reports, (part) => needs.send.reports(c, part))
  const sentRequests = row.choices.includes('reports') ? await needs.send.requests(c, asked) : []
  const sentPlans = await some(ids.plans, (part) => needs.send.plans(c, part))
  const sentDocuments = row.choices.includes('plans') ? await documentsBelow(c.read, unit.path) : []
  const attached = row.files ? await filesOf(c.read, [...[...sentWork, ...sentReports, ...sentPlans].flatMap(({ fileIds }) => fileIds), ...sentDocuments.flatMap((one) => one.files)]) : new Map<string, never>()
  const units = await unitRefs(c.read, [row.unitId, ...sentTasks.flatMap((t) => [t.issuerId, t.unitId, ...t.supportingIds]), ...sentDirectives.map((d) => d.issuerId), ...sentReports.map((r) => r.unitId), ...sentRequests.flatMap((r) => [r.unitId, ...r.unitIds]), ...sentPlans.map((p) => p.unitId)])
  const [taskHomes, directiveHomes, workHomes, reportHomes, requestHomes] = await Promise.all([
    homesOf(c.read, 'task', ids.tasks), homesOf(c.read, 'directive', directiveIds), homesOf(c.read, 'work', sentWork.map((w) => w.id)), homesOf(c.read, 'report', ids.reports),
    homesOf(c.read, 'request', [...sentRequests.map((r) => r.id), ...sentReports.map((r) => r.collectionId)]),
  ])
  const named = (id: string) => units.get(id) ?? { code: '?', scheme: '?', name: '?' }

  const tasks = withinCeiling(sentTasks.map(({ issuerId, unitId, supportingIds, directiveId, ...t }): Shapes['task'] => ({ ...t, ...(taskHomes.has(t.id) ? {} : OWN), ...own(taskHomes, t.id), issuer: named(issuerId), unit: named(unitId), supporting: supportingIds.map(named), directive: directiveId ? ref(directiveHomes, directiveId) : null })))
  const byId = new Map(sentTasks.map((t) => [t.id, t]))
  const work: Shapes['work'][] = []
  for (const { taskId, fileIds, ...w } of sentWork) work.push({ ...w, ...own(workHomes, w.id), task: ref(taskHomes, taskId), title: byId.get(taskId)!.title, unit: named(byId.get(taskId)!.unitId), files: carried(fileIds) })
  const directives = withinCeiling(sentDirectives.map(({ issuerId, ...d }): Shapes['directive'] => ({ ...d, ...own(directiveHomes, d.id), issuer: named(issuerId) })))
  const requests = withinCeiling(sentRequests.map(({ unitId, unitIds, ...r }): Shapes['request'] => ({ ...r, ...own(requestHomes, r.id), unit: named(unitId), units: unitIds.map(named) })))
  const reports: Shapes['report'][] = []
  for (const { unitId, collectionId, fileIds, ...r } of sentReports) reports.push({ ...r, ...own(reportHomes, r.id), unit: named(unitId), request: ref(requestHomes, collectionId), files: carried(fileIds) })
  const plans: Shapes['plan'][] = []
  for (const { unitId, fileIds, ...p } of sentPlans) plans.push({ ...p, ...own(new Map(), p.id), unit: named(unitId), files: carried(fileIds) })
  for (const { record, files: kept } of sentDocuments) plans.push({ ...record, files: carried(kept) })
  const all = { directive: directives, task: tasks, request: requests, work: withinCeiling(work), report: withinCeiling(reports), plan: withinCeiling(plans) }
  if (Object.values(all).every((records) => records.length === 0)) throw new Refusal('PACKAGE_EMPTY')
  const counts: Counts = { directive: directives.length, task: tasks.length, request: requests.length, work: work.length, report: reports.length, plan: plans.length, files: files.size }
  const head: Omit<Manifest, 'parts'> = {
    format: FORMAT, program: needs.program, installation: { id: origin, name: await nameHere(c.read) }, madeAt: c.at.toISOString(), madeBy: unit.ref, of: unit.ref, programme: row.programme, from: row.from, until: row.until, choices: row.choices,
    purpose: row.purpose, grade: gradeOf(Object.values(all).flat()), counts,
  }

  let hash = ''
  async function* contents(): AsyncGenerator<ZipFile> {
    const parts: Manifest['parts'] = []
    const one = (name: string, bytes: Uint8Array, pack: boolean): ZipFile => { parts.push({ name, size: bytes.length, sha256: sha256(bytes) }); return { name, bytes, at: c.at, pack } }
    yield one('xem-read.html', Buffer.from(pageOf(head, fingerprintOf(signer.publicKey()), { directives, tasks, work, reports, plans }, needs.zone)), true)
    const { name, heads } = SHEET[c.lang]
    if (tasks.length > 0) yield one(c.lang === 'vi' ? 'nhiem-vu.xlsx' : 'tasks.xlsx', await wholeOf(xlsxStream(name, [...heads], (async function* () { for (const [i, task] of tasks.entries()) yield sheetRow(task, i, c.lang) })()) as unknown as AsyncIterable<Uint8Array>), false)
    for (const [kind, records] of Object.entries(all)) if (records.length > 0) yield one(PARTS[kind as keyof Shapes], lines(records), true)
    for (const file of files.values()) yield one(partOf(file), await wholeOf(await needs.blobs().open(file.bytes)), false)
    const manifest = Buffer.from(JSON.stringify({ ...head, parts } satisfies Manifest))
    hash = sha256(manifest)
    yield { name: MANIFEST, bytes: manifest, at: c.at }
    yield { name: SIGNATURE, bytes: Buffer.concat([signer.publicKey(), signer.sign(manifest)]), at: c.at }
  }
  const stored = await needs.blobs().store(c.read, c.side, c.actor, c.at, fileName(unit.ref.code, c.at), asBuffers(zipped(contents())))
  const stream = `exchange:${row.unitId}`
  await c.commit({ id: derivedId(new Date(0), 'package made', packageId), kind: 'exchange.made.v1', streams: [stream], subject: `package:${packageId}`, body: { packageId } }, async (read) => {
    const [file] = await fileFacts(read, c.actor, [stored.id], `package:${packageId}`) ?? []
    if (!file) return { refused: 'FILE_UNKNOWN' }
    const fact: PackageMade = { type: 'package.made.v1', packageId, unitId: row.unitId, hash, madeAt: c.at.toISOString(), counts, file }
    return { facts: [fact], answer: { packageId }, aside: (side) => holdFiles(side, [stored.id], `package:${packageId}`, c.at) }
  })
}

/** Of one's own task its lead unit answers here, not by a package. */
const OWN = { answer: null, asking: null }
const lines = (records: readonly AnyRecord[]): Buffer => Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
const fileName = (code: string, at: Date): string => `goi-${code.replace(/[^\w-]+/g, '_')}-${at.toISOString().slice(0, 16).replace(/[-:T]/g, '')}.sansang.zip`
async function* asBuffers(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const part of bytes) yield Buffer.from(part.buffer, part.byteOffset, part.byteLength)
}
