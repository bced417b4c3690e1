// A folder as a tar that the system's own tar reads back, byte for byte.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { packed } from '../src/app/pack.ts'

const folder = mkdtempSync(join(tmpdir(), 'sansang-pack-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('empty files, sizes on and beside the edge of a block, and a name longer than the old field', async () => {
  const long = `blobs/${'a'.repeat(60)}/${'b'.repeat(64)}`
  const files: Record<string, Buffer> = { 'manifest.json': Buffer.from('{}'), 'tables/rỗng.gz': Buffer.alloc(0), 'tables/512.gz': Buffer.alloc(512, 7), 'tables/513.gz': Buffer.alloc(513, 9), [long]: Buffer.alloc(70_000, 3) }
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, 'in', name, '..'), { recursive: true })
    writeFileSync(join(folder, 'in', name), bytes)
  }
  const parts: Uint8Array[] = []
  for await (const part of packed(join(folder, 'in'), 'bản')) parts.push(part)
  writeFileSync(join(folder, 'a.tar'), Buffer.concat(parts))
  mkdirSync(join(folder, 'out'))
  execFileSync('tar', ['-xf', join(folder, 'a.tar'), '-C', join(folder, 'out')])
  for (const [name, bytes] of Object.entries(files)) assert.deepEqual(readFileSync(join(folder, 'out/bản', name)), bytes, name)
})
