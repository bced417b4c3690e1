// The orders on the tree, for requests and for commands: read, decide, commit.
import { createHash } from 'node:crypto'
import { Refusal } from '../../../kernel/commit.ts'
import type { Decision } from '../../../kernel/commit.ts'
import { sentence } from '../../../kernel/contract.ts'
import type { Lang } from '../../../kernel/contract.ts'
import type { Actor } from '../../../kernel/access.ts'
import type { Reader } from '../../../kernel/db.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { dayHere } from '../../../kernel/zone.ts'
import { dayIn } from '../../../pure/calendar.ts'
import type { ChangeUnit, CloseUnit, CreateUnit, ImportPreview, LinkUnits, Problem, SuccessorPreview, UnitFact, UnitsImported } from '../contract.ts'
import { changeUnit, closeUnit, createUnit, linkUnits, unlinkUnits } from '../decide/edit.ts'
import { importList, planImport } from '../decide/import.ts'
import { readList } from '../decide/list.ts'
import { sentences } from '../decide/problems.ts'
import type { FileProblem } from '../decide/problems.ts'
import { dayRefused } from '../decide/rules.ts'
import { importSuccessors, planSuccessors, readSuccessors } from '../decide/successors.ts'
import { accessUnit, codesOn, isLinked, listNow, mayImport, mayOpenRoot, standingLink, treeNow, unitsById } from '../store/read.ts'

export type ImportOf = { scheme: string; asOf: string; bytes: Uint8Array; zeros?: boolean | undefined }
export type SuccessorsOf = { scheme: string; on: string; bytes: Uint8Array; skipUnknown: boolean }

const TREE = 'tree'
/** Equal ones are told together on the screen. */
const SHOWN = 1000

/** Where it is latest on Earth: a day that has begun anywhere is not refused as one to come. */
const latestDay = (at: Date): string => dayIn(at, 'Pacific/Kiritimati')

async function rootAbove(read: Reader, actor: Actor, { opened, changed }: Pick<UnitsImported, 'opened' | 'changed'>): Promise<{ refused: 'ROOT_ABOVE'; data: { name: string } } | undefined> {
  const root = opened.find((one) => one.parentId === null) ?? changed.find((one) => one.parentId === null)
  if (!root || await mayOpenRoot(read, actor)) return undefined
  return { refused: 'ROOT_ABOVE', data: { name: root.name ?? (await unitsById(read, [root.id]))[0]?.name ?? '' } }
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What was previewed: this file against this tree. */
const seenOf = (tree: number, file: string, { scheme, asOf, zeros }: Omit<ImportOf, 'bytes'>): string => `${tree}.${hashOf(Buffer.from(`${file} ${scheme} ${asOf}${zeros ? ' zeros' : ''}`)).slice(0, 20)}`

export async function previewImport({ read, actor, lang }: Context, order: ImportOf): Promise<ImportPreview> {
  if (!await mayImport(read, actor)) throw new Refusal('FORBIDDEN')
  const now = await treeNow(read, order.scheme, order.asOf)
  const tooOld = dayRefused(order.scheme, now.lastOn, order.asOf, order.asOf)
  if (tooOld) throw new Refusal(tooOld.refused, tooOld.data)
  const file = hashOf(order.bytes)
  const plan = planImport(now, { ...order, today: order.asOf, file, list: readList(order.bytes), newId: (code) => code })
  if ('problems' in plan) throw new Refusal('FILE_REFUSED', inWords(plan.problems, lang, plan.zeros))
  const above = await rootAbove(read, actor, plan.fact)
  if (above) throw new Refusal(above.refused, above.data)
  return { ...plan.preview, seen: seenOf(now.tree, file, order) }
}

/** The whole list, in one order. `seen`: what the preview gave; then it is refused if the tree moved meanwhile. */
export async function applyImport({ actor, at, lang, commit }: Context, orderId: string, order: ImportOf, seen?: string): Promise<Omit<ImportPreview, 'seen'> & { tree: number }> {
  const file = hashOf(order.bytes)
  const list = readList(order.bytes)
  const newId = (code: string) => derivedId(at, 'unit', orderId, code)
  return commit({ id: orderId, kind: 'units.import.v1', streams: [TREE], body: { scheme: order.scheme, asOf: order.asOf, file, seen, ...(order.zeros ? { zeros: true } : {}) }, tree: 'exclusive', alone: true }, async (read) => {
    if (!await mayImport(read, actor)) return { refused: 'FORBIDDEN' }
    const now = await treeNow(read, order.scheme, order.asOf)
    if (seen !== undefined && seen !== seenOf(now.tree, file, order)) return { refused: 'PREVIEW_STALE' }
    const decision = importList(now, { ...order, today: latestDay(at), file, list, newId })
    if ('refused' in decision) return worded(decision, lang)
    const above = await rootAbove(read, actor, decision.facts.length > 0 ? decision.facts[0] as UnitsImported : { opened: [], changed: [] })
    return above ?? { ...decision, answer: { ...decision.answer!, tree: now.tree + 1 } }
  })
}

export async function previewSuccessors({ read, actor, at, lang }: Context, order: SuccessorsOf): Promise<SuccessorPreview> {
  if (!await mayImport(read, actor)) throw new Refusal('FORBIDDEN')
  const list = readSuccessors(order.bytes)
  const plan = planSuccessors(
    await codesOn(read, order.scheme, list.rows.map(({ from }) => from), order.on, 'before'), await codesOn(read, order.scheme, list.rows.map(({ to }) => to), order.on, 'on'),
    { ...order, today: latestDay(at), file: hashOf(order.bytes), list })
  if ('problems' in plan) throw new Refusal('FILE_REFUSED', inWords(plan.problems, lang))
  return plan.preview
}

export async function applySuccessors({ actor, at, lang, commit }: Context, orderId: string, order: SuccessorsOf): Promise<SuccessorPreview> {
  const file = hashOf(order.bytes)
  const list = readSuccessors(order.bytes)
  const { scheme, on, skipUnknown } = order
  return commit({ id: orderId, kind: 'units.succeed.v1', streams: [TREE], body: { scheme, on, skipUnknown, file }, tree: 'exclusive', alone: true }, async (read) => {
    if (!await mayImport(read, actor)) return { refused: 'FORBIDDEN' }
    const [before, after] = [await codesOn(read, scheme, list.rows.map(({ from }) => from), on, 'before'), await codesOn(read, scheme, list.rows.map(({ to }) => to), on, 'on')]
    return worded(importSuccessors(before, after, { on, today: latestDay(at), file, list, skipUnknown }), lang)
  })
}

type Done = { unitId: string; version: number }

export function create({ actor, at, commit }: Context, { orderId, told, ...input }: CreateUnit): Promise<Done> {
  return commit({ id: orderId, kind: 'unit.create.v1', streams: [TREE], body: input, told, tree: 'exclusive' }, async (read) => {
    if (input.parentId === null && !await mayImport(read, actor)) return { refused: 'FORBIDDEN' } // a new root is above every right
    if (input.parentId === null && !await mayOpenRoot(read, actor)) return { refused: 'ROOT_ABOVE', data: { name: input.name } }
    const parent = input.parentId === null ? undefined : await accessUnit(read, actor, 'unit.edit', input.parentId)
    return createUnit(parent, await listNow(read, input.scheme, input.code), { orderId, ...input }, day(input.on, at), derivedId(at, 'unit', orderId, input.code))
  })
}

export function change({ actor, at, commit }: Context, { orderId, told, ...input }: ChangeUnit): Promise<Done> {
  return commit({ id: orderId, kind: 'unit.change.v1', streams: [TREE], body: input, told, tree: 'exclusive' }, async (read) => {
    const unit = await accessUnit(read, actor, 'unit.edit', input.unitId)
    const parent = input.parentId === undefined ? undefined : await accessUnit(read, actor, 'unit.edit', input.parentId)
    return about(input.unitId, changeUnit(unit, parent, await listNow(read, unit?.scheme ?? '', input.code), { orderId, ...input }, day(input.on, at)))
  })
}

export function close({ actor, at, commit }: Context, { orderId, told, ...input }: CloseUnit): Promise<Done> {
  return commit({ id: orderId, kind: 'unit.close.v1', streams: [TREE], body: input, told, tree: 'exclusive' }, async (read) => {
    const unit = await accessUnit(read, actor, 'unit.edit', input.unitId)
    const successors = await unitsById(read, input.successors.map(({ unitId }) => unitId))
    return about(input.unitId, closeUnit(unit, successors, await listNow(read, unit?.scheme ?? '', undefined), { orderId, ...input }, day(input.on, at)))
  })
}

export function link({ actor, at, commit }: Context, { orderId, told, ...input }: LinkUnits): Promise<{ linkId: string }> {
  return commit({ id: orderId, kind: 'unit.link.v1', streams: [TREE], body: input, told, tree: 'shared' }, async (read) => {
    const unit = await accessUnit(read, actor, 'unit.edit', input.unitId)
    const [other] = await unitsById(read, [input.toId])
    const linked = await isLinked(read, input.unitId, input.toId, input.kind)
    return about(input.unitId, linkUnits(unit, other, linked, { orderId, ...input }, input.on ?? dayHere(at), derivedId(at, 'link', orderId)))
  })
}

export function unlink({ actor, at, commit }: Context, { orderId, unitId, linkId, on }: { orderId: string; unitId: string; linkId: string; on?: string | undefined }): Promise<{ linkId: string }> {
  return commit({ id: orderId, kind: 'unit.unlink.v1', streams: [TREE], body: { unitId, linkId, on }, tree: 'shared' }, async (read) => {
    const unit = await accessUnit(read, actor, 'unit.edit', unitId)
    return about(unitId, unlinkUnits(unit && await standingLink(read, unitId, linkId), on ?? dayHere(at)))
  })
}

const day = (on: string | undefined, at: Date) => ({ on: on ?? dayHere(at), today: latestDay(at) })

/** The fact is on the stream of the tree, and in the history of the unit. */
const about = <F extends UnitFact, A>(unitId: string, decision: Decision<F, string, A>): Decision<F, string, A> =>
  'refused' in decision ? decision : { ...decision, facts: decision.facts.map((fact) => ({ on: TREE, about: `unit:${unitId}`, fact: fact as F })) }

function worded<F extends UnitFact, A>(decision: Decision<F, string, A>, lang: Lang): Decision<F, string, A> {
  if (!('refused' in decision) || decision.refused !== 'FILE_REFUSED') return decision
  return { ...decision, data: inWords(decision.data!['problems'] as FileProblem[], lang, Number(decision.data!['zeros'] ?? 0)) }
}

function inWords(problems: FileProblem[], lang: Lang, zeros = 0): { count: number; first: string; problems: Problem[]; zeros?: number } {
  const shown = problems.slice(0, SHOWN).map(({ line, code, data }) => ({ line, code, message: sentence(sentences[code], lang, { line, ...data }) }))
  return { count: problems.length, first: shown[0]?.message ?? '', problems: shown, ...(zeros > 0 ? { zeros } : {}) }
}
