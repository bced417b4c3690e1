// A package received and looked at: signature, key, every part; then what taking it in would do, record by record. Nothing changes here.
import { fileFacts, fileOf, holdFiles } from '../../../kernel/blobs.ts'
import { sentence } from '../../../kernel/contract.ts'
import { derivedId } from '../../../kernel/ids.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { apart, yearsLater } from '../../../kernel/texts.ts'
import { dayIn } from '../../../pure/calendar.ts'
import type { PackageReceived } from '../contract/facts.ts'
import type { PreviewLine } from '../contract.ts'
import { MOST_BYTES } from '../contract/package.ts'
import type { UnitRef } from '../contract/package.ts'
import { reasons } from '../contract/refusals.ts'
import { judge, nameOf, reportKey, titleOf, unitKey, unitNamed, isSaid, noteOf } from '../decide/judge.ts'
import type { Here, Item, Verdict } from '../decide/judge.ts'
import { accessPackage, accessUnit, keyOf, knownRecords, unitsHere } from '../store/access.ts'
import type { PackageRow } from '../store/access.ts'
import type { ExchangesNeeds } from './needs.ts'
import { itemsOf, openPackage, wholeOf } from './open.ts'
import type { Opened } from './open.ts'

const KEPT_YEARS = 20

/** The package of a file, with the key that signed it: known, in force when it was made, not revoked since. */
async function trusted(needs: ExchangesNeeds, c: Context, whole: Buffer) {
  const opened = openPackage(whole)
  const { manifest, publicKey, fingerprint } = opened
  if (needs.signer().publicKey().toString('base64url') === publicKey) throw new Refusal('PACKAGE_OWN')
  const key = await keyOf(c.read, publicKey)
  if (!key) throw new Refusal('KEY_UNKNOWN', { name: manifest.installation.name, fingerprint })
  const shown = (day: string) => day.split('-').reverse().join('/')
  if (key.revokedAt) throw new Refusal('KEY_REVOKED', { name: key.name, fingerprint, day: shown(dayIn(key.revokedAt, needs.zone)) })
  if (key.installationId !== manifest.installation.id) throw new Refusal('KEY_OTHER_INSTALLATION', { name: key.name, fingerprint })
  const made = dayIn(new Date(manifest.madeAt), needs.zone)
  if (made < key.since || (key.until !== null && made > key.until)) throw new Refusal('KEY_NOT_THEN', { name: key.name, fingerprint, day: shown(made) })
  return { opened, key }
}
type Trusted = Awaited<ReturnType<typeof trusted>>
async function bytesOf(needs: ExchangesNeeds, { sha256, size }: { sha256: Buffer; size: number }): Promise<Buffer> {
  if (Number(size) > MOST_BYTES) throw new Refusal('PACKAGE_LARGE', { most: MOST_BYTES / 1048576 })
  return wholeOf(await needs.blobs().open(sha256))
}

export async function receive(needs: ExchangesNeeds, c: Context, { orderId, unitId, fileId }: { orderId: string; unitId: string; fileId: string }): Promise<{ packageId: string; again: boolean }> {
  if (!await accessUnit(c.read, c.actor, 'exchange.take', unitId)) throw new Refusal('NOT_FOUND')
  const file = await fileOf(c.read, fileId)
  // One's own upload; sent again, it is the file of a package that one may take in already.
  const [kind, held = ''] = file?.holder?.split(':') ?? []
  const mine = file && (file.holder === null ? file.uploadedBy === c.actor.id || c.actor.kind !== 'person' : kind === 'package' && Boolean(await accessPackage(c.read, c.actor, 'exchange.take', held)))
  if (!mine) throw new Refusal('FILE_UNKNOWN')
  const { opened, key } = await trusted(needs, c, await bytesOf(needs, file))
  itemsOf(opened)
  const { manifest: m, hash } = opened
  // The same file for the same unit is the same package, whoever brings it and however often.
  const packageId = derivedId(new Date(0), 'package', hash, unitId)
  if (await accessPackage(c.read, c.actor, 'exchange.take', packageId)) return { packageId, again: true }
  return c.commit<{ packageId: string; again: boolean }>({ id: orderId, kind: 'exchange.receive.v1', streams: [`exchange:${unitId}`], subject: `package:${packageId}`, body: { unitId, fileId } }, async (read) => {
    if (!await accessUnit(read, c.actor, 'exchange.take', unitId)) return { refused: 'NOT_FOUND' }
    if (await accessPackage(read, c.actor, 'exchange.take', packageId)) return { facts: [], answer: { packageId, again: true } }
    const [held] = await fileFacts(read, c.actor, [fileId], `package:${packageId}`) ?? []
    if (!held) return { refused: 'FILE_UNKNOWN' }
    const text = m.purpose ? apart(m.purpose, { subject: `package:${packageId}`, purpose: 'purpose', retention: 'record', until: yearsLater(c.at, KEPT_YEARS) }, c.at) : undefined
    const fact: PackageReceived = {
      type: 'package.received.v1', packageId, unitId, keyId: key.id, installationId: m.installation.id, hash, madeAt: m.madeAt, of: m.of.name, choices: m.choices, programme: m.programme, from: m.from, until: m.until, purpose: text?.ref ?? null, counts: m.counts, file: held,
    }
    return { facts: [fact], answer: { packageId, again: false }, private: text ? [text.private] : [], aside: (side) => holdFiles(side, [fileId], `package:${packageId}`, c.at) }
  })
}

const refsOf = (item: Item): UnitRef[] => (item.kind === 'directive' ? [item.record.issuer] : item.kind === 'task' || isSaid(item) ? [item.record.issuer, item.record.unit, ...item.record.supporting] : item.kind === 'request' ? [item.record.unit, ...item.record.units] : [item.record.unit])

/** What is here of all that these records name: a question of each kind, not one of each record. */
async function hereOf(needs: ExchangesNeeds, c: Context, row: { path: string }, key: Trusted['key'], items: Item[]): Promise<Here> {
  const origin = await needs.origin()
  const [units, known] = await Promise.all([
    unitsHere(c.read, items.flatMap(refsOf)),
    knownRecords(c.read, items.flatMap((item) => [{ kind: item.kind, ...item.record }, ...(item.kind === 'work' ? [{ kind: 'task', ...item.record.task }] : item.kind === 'report' ? [{ kind: 'request', ...item.record.request }] : isSaid(item) ? [{ kind: 'task', ...item.record }] : item.kind === 'task' && item.record.directive ? [{ kind: 'directive', ...item.record.directive }] : [])])),
  ])
  const local = (kind: string, ref: { home: string; id: string }) => (ref.home === origin ? ref.id : known.get(`${kind} ${ref.home} ${ref.id}`)?.localId)
  const tasks = await needs.here.tasks(c.read, [...new Set(items.flatMap((item) => (item.kind === 'work' ? local('task', item.record.task) : item.kind === 'task' || isSaid(item) ? local('task', item.record) : undefined) ?? []))])
  const asks = items.flatMap((item) => { const unit = item.kind === 'report' ? units.get(unitKey(item.record.unit)) : undefined; return item.kind === 'report' && unit ? [{ record: item.record, unitId: unit.id }] : [] })
  const found = await needs.here.reports(c.read, asks.map(({ record, unitId }) => ({ collectionId: local('request', record.request) ?? null, form: record.form, unitId, on: record.on })))
  return { origin, units, keyPath: key.path, ourPath: row.path, known, tasks, reports: new Map(asks.flatMap(({ record }, i) => (found[i] ? [[reportKey(record), found[i]] as const] : []))) }
}

export type Judged = { item: Item; verdict: Verdict }
export async function judged(needs: ExchangesNeeds, c: Context, row: { path: string }, key: Trusted['key'], items: Item[], fresh: Set<string>): Promise<{ here: Here; all: Judged[] }> {
  const here = await hereOf(needs, c, row, key, items)
  return { here, all: items.map((item) => {
    const verdict = judge(item, here, fresh)
    if (verdict.verdict === 'new') fresh.add(nameOf(item.kind, item.record))
    return { item, verdict }
  }) }
}

/** A received package again from its own file: the key may have been revoked since it was looked at. */
export async function reopened(needs: ExchangesNeeds, c: Context, packageId: string): Promise<{ row: PackageRow; opened: Opened; key: Trusted['key']; items: Item[] }> {
  const row = await accessPackage(c.read, c.actor, 'exchange.take', packageId)
  const file = row?.direction === 'received' && row.fileId ? await fileOf(c.read, row.fileId) : undefined
  if (!row || !file) throw new Refusal('NOT_FOUND')
  const { opened, key } = await trusted(needs, c, await bytesOf(needs, file))
  return { row, opened, key, items: itemsOf(opened) }
}

export const why = (verdict: Verdict, lang: 'vi' | 'en'): string | null => (verdict.verdict === 'refused' ? sentence(reasons[verdict.why], lang, verdict.data) : null)

type Looking = { verdict?: PreviewLine['verdict'] | undefined; cursor?: string | undefined; limit: number }
export async function preview(needs: ExchangesNeeds, c: Context, { packageId, ...asked }: Looking & { packageId: string }) {
  const { row, key, items } = await reopened(needs, c, packageId)
  return looked(needs, c, row, key, items, asked)
}
/** What a file would do, before anything is kept of it. */
export async function tried(needs: ExchangesNeeds, c: Context, unitId: string, whole: Buffer) {
  const unit = await accessUnit(c.read, c.actor, 'exchange.take', unitId)
  if (!unit) throw new Refusal('NOT_FOUND')
  const { opened, key } = await trusted(needs, c, whole)
  return looked(needs, c, unit, key, itemsOf(opened), { limit: Infinity })
}

async function looked(needs: ExchangesNeeds, c: Context, row: { path: string }, key: Trusted['key'], items: Item[], { verdict, cursor, limit }: Looking) {
  const { all } = await judged(needs, c, row, key, items, new Set())
  const counts = { new: 0, changed: 0, here: 0, refused: 0 }
  for (const one of all) counts[one.verdict.verdict]++
  // The file never changes, so a place in it is a cursor.
  const after = /^\d{1,6}$/.test(cursor ?? '') ? Number(cursor) : 0
  const wanted = verdict ? all.filter((one) => one.verdict.verdict === verdict) : all
  const shown = wanted.slice(after, after + limit)
  return {
    items: shown.map(({ item, verdict: v }): PreviewLine => ({ kind: item.kind, id: item.record.id, title: titleOf(item), note: noteOf(item, c.lang, needs.zone), unit: unitNamed(item), verdict: v.verdict, why: why(v, c.lang), localId: v.localId })),
    next: after + limit < wanted.length ? String(after + limit) : null, counts, asOf: c.at.toISOString(),
  }
}
