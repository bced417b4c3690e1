// A package as another installation would make it, for tests that need one and no second database.
import { createHash } from 'node:crypto'
import { zipped } from '../src/kernel/blobs/zip-write.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import type { Signer } from '../src/kernel/signing.ts'
import { FORMAT, PARTS } from '../src/capabilities/exchanges/contract/package.ts'
import type { PlanRecord, Shapes, UnitRef } from '../src/capabilities/exchanges/contract/package.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export async function packageOf(signer: Signer, installation: { id: string; name: string }, of: UnitRef, records: Partial<{ [K in keyof Shapes]: Shapes[K][] }>, madeAt = new Date()): Promise<Buffer> {
  const parts = Object.entries(records).map(([kind, all]) => ({ name: PARTS[kind as keyof Shapes], bytes: Buffer.from(all.map((one) => `${JSON.stringify(one)}\n`).join('')) }))
  const counts = { directive: 0, task: 0, request: 0, work: 0, report: 0, plan: 0, files: 0, ...Object.fromEntries(Object.entries(records).map(([kind, all]) => [kind, all.length])) }
  const manifest = Buffer.from(JSON.stringify({
    format: FORMAT, program: '0', installation, madeAt: madeAt.toISOString(), madeBy: of, of, programme: null, from: null, until: null, choices: ['tasks', 'reports', 'plans'], purpose: null, grade: 'none', counts,
    parts: parts.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: sha256(bytes) })),
  }))
  const all: Uint8Array[] = []
  const files = [...parts, { name: 'manifest.json', bytes: manifest }, { name: 'signature', bytes: Buffer.concat([signer.publicKey(), signer.sign(manifest)]) }]
  for await (const part of zipped((async function* () { for (const file of files) yield { ...file, at: madeAt } })())) all.push(part)
  return Buffer.concat(all)
}

export const planRecord = (home: string, unit: UnitRef, title: string): PlanRecord => ({
  home, id: uuidv7(), grade: 'none', at: new Date().toISOString(), unit, kind: 'plan', lang: 'vi', title, n: 1, number: '1/KH', inForceFrom: '2026-01-01', reviewOn: null, basis: null, sections: [{ title: 'Mục đích', text: 'Bảo đảm an toàn', tables: [] }], files: [],
})
