// Packages: plans, reports and tasks of a subtree in one signed file, carried between installations that no network joins. The browser imports this file.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { BulkResult, Day, Instant, Lang, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta } from '../../kernel/contract.ts'
import { CHOICES, Counts, KINDS } from './contract/package.ts'
import { exchangeRefusals } from './contract/refusals.ts'

export { exchangesStories } from './contract/facts.ts'
export { exchangeRefusals } from './contract/refusals.ts'

/** read: see packages of the unit · make: make and download one of the unit's subtree · take: take one in for the unit · key: register and revoke keys of others. */
export const exchangeRights = ['exchange.read', 'exchange.make', 'exchange.take', 'exchange.key'] as const
type Right = (typeof exchangeRights)[number]

const Named = z.object({ id: z.uuid(), name: z.string() })
export const Choosing = z.object({
  unitId: z.uuid(), choices: z.array(z.enum(CHOICES)).min(1).max(3), programme: z.string().max(60).nullable().default(null), from: Day.nullable().default(null), until: Day.nullable().default(null),
})
export type Choosing = z.infer<typeof Choosing>
export const MakePackage = Choosing.extend({ ...order, files: z.boolean().default(true), purpose: z.string().trim().max(500).nullable().default(null) })
export type MakePackage = z.infer<typeof MakePackage>

export const PackageLine = z.object({
  id: z.uuid(), direction: z.enum(['made', 'received']), unit: Named, /** Received: who sent it and whose it is. */ from: z.string().nullable(), of: z.string(), madeAt: Instant, at: Instant, by: z.string().nullable(), choices: z.array(z.enum(CHOICES)),
  counts: Counts, size: z.int(), fileId: z.uuid().nullable(), hash: z.string(), taken: z.object({ taken: z.int(), here: z.int(), refused: z.int(), at: Instant }).nullable(),
})
export type PackageLine = z.infer<typeof PackageLine>
export const Package = PackageLine.extend({ programme: z.string().nullable(), from_: Day.nullable(), until: Day.nullable(), purpose: z.string().nullable(), key: z.object({ id: z.uuid(), name: z.string(), fingerprint: z.string() }).nullable(), mayTake: z.boolean() })
export type Package = z.infer<typeof Package>

export const VERDICTS = ['new', 'changed', 'here', 'refused'] as const
export const PreviewLine = z.object({ kind: z.enum(KINDS), id: z.uuid(), title: z.string(), /** What was said of a task. */ note: z.string().nullable(), unit: z.string(), verdict: z.enum(VERDICTS), why: z.string().nullable(), /** Where it stands here. */ localId: z.uuid().nullable() })
export type PreviewLine = z.infer<typeof PreviewLine>
export const VerdictCounts = z.object({ new: z.int(), changed: z.int(), here: z.int(), refused: z.int() })

export const KeyLine = z.object({
  id: z.uuid(), name: z.string(), fingerprint: z.string(), installationId: z.uuid(), unit: Named, since: Day, until: Day.nullable(), registeredAt: Instant, registeredBy: z.string().nullable(), revoked: z.object({ at: Instant, by: z.string().nullable(), reason: z.string().nullable() }).nullable(),
})
export type KeyLine = z.infer<typeof KeyLine>
/** `line`: what is given to others, with this installation's id in it. */
export const OwnKey = z.object({ name: z.string(), installationId: z.uuid(), fingerprint: z.string(), line: z.string() })
export type OwnKey = z.infer<typeof OwnKey>

export const Document = z.object({
  id: z.uuid(), title: z.string(), kind: z.enum(['plan', 'scheme']), lang: Lang, n: z.int(), number: z.string().nullable(), inForceFrom: Day, of: Named, reviewOn: Day.nullable(), basis: z.string().nullable(),
  sections: z.array(z.object({ title: z.string(), text: z.string(), tables: z.array(z.object({ name: z.string(), heads: z.array(z.string()), rows: z.array(z.array(z.string())) })) })).nullable(), files: z.array(z.object({ id: z.uuid(), name: z.string(), size: z.int(), type: z.string() })),
})
export type Document = z.infer<typeof Document>
export const DocumentLine = z.object({ id: z.uuid(), title: z.string(), kind: z.enum(['plan', 'scheme']), number: z.string().nullable(), inForceFrom: Day, of: Named, unit: Named, from: z.string(), packageId: z.uuid(), receivedAt: Instant })
export const Origin = z.object({ packageId: z.uuid(), from: z.string(), takenAt: Instant }).nullable()

const base = oc.errors(errors(exchangeRefusals))
const read = (path: `/${string}`, summary: string, right: Right | 'self' | 'plan.read' = 'exchange.read', on?: string) => base.meta({ right, ...(on ? { on } : {}) } satisfies Meta).route({ method: 'GET', path, tags: ['exchange'], summary })
const write = (path: `/${string}`, summary: string, right: Right, on?: string) => base.meta({ right, ...(on ? { on } : {}) } satisfies Meta).route({ method: 'POST', path, tags: ['exchange'], summary })
const job = z.object({ packageId: z.uuid().nullable(), jobId: z.uuid().nullable(), /** Where nothing goes on after the answer. */ results: BulkResult.shape.results })

export const exchangesContract = {
  list: read('/packages', 'Packages made and received, newest first').input(z.object({ ...cursor, direction: z.enum(['made', 'received']).optional() })).output(page(PackageLine)),
  get: read('/packages/{packageId}', 'One package', 'exchange.read', 'package').input(z.object({ packageId: z.uuid() })).output(Package),
  count: read('/packages/count', 'How much a package would hold', 'exchange.make', 'unit').input(Choosing).output(z.object({ tasks: z.int(), reports: z.int(), plans: z.int(), most: z.int(), over: z.boolean() })),
  make: write('/packages', 'Make a package of a unit and what is below it', 'exchange.make', 'unit').input(MakePackage).output(job),
  receive: write('/packages/received', 'Check an uploaded package: signature, key, every part. Nothing of it is taken in yet', 'exchange.take', 'unit').input(z.object({ ...order, unitId: z.uuid(), fileId: z.uuid() })).output(z.object({ packageId: z.uuid(), again: z.boolean() })),
  preview: read('/packages/{packageId}/preview', 'What taking it in would do, record by record', 'exchange.take', 'package').input(z.object({ packageId: z.uuid(), verdict: z.enum(VERDICTS).optional(), ...cursor }))
    .output(page(PreviewLine).extend({ counts: VerdictCounts })),
  take: write('/packages/{packageId}/take', 'Take a package in: every record by the order of its kind', 'exchange.take', 'package').input(z.object({ ...order, packageId: z.uuid() })).output(job),

  ownKey: read('/exchange-keys/own', 'The public key of this installation', 'exchange.read').output(OwnKey),
  keys: read('/exchange-keys', 'Keys of other installations', 'exchange.read').output(z.object({ items: z.array(KeyLine), mayEdit: z.boolean(), asOf: z.iso.datetime() })),
  register: write('/exchange-keys', 'Register the public key of another installation', 'exchange.key', 'unit').input(z.object({ ...order, unitId: z.uuid(), line: z.string().trim().max(400), name: z.string().trim().min(1).max(200), since: Day.optional(), until: Day.nullable().default(null) })).output(z.object({ keyId: z.uuid() })),
  revoke: write('/exchange-keys/{keyId}/revoke', 'Revoke a key: no package signed by it is taken in any more', 'exchange.key', 'key').input(z.object({ ...order, keyId: z.uuid(), reason: z.string().trim().min(1).max(1000) })).output(z.object({ keyId: z.uuid() })),

  documents: read('/received-plans', 'Plans of others that came with packages', 'plan.read').input(z.object({ ...cursor, q: z.string().trim().max(200).optional() })).output(page(DocumentLine)),
  document: read('/received-plans/{documentId}', 'One of them, to be read', 'plan.read', 'document').input(z.object({ documentId: z.uuid() })).output(Document.extend({ origin: Origin.unwrap() })),
  origin: read('/packages/origin', 'With which package a task, a report or a received plan came; null: it came to be here', 'self').input(z.object({ localId: z.uuid() })).output(z.object({ origin: Origin })),
}
