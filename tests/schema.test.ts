// schema.sql is what the migrations make: generated, reviewed as text, and the same on a fresh database.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { projectors, schemaFolders } from '../src/app/wiring.ts'
import { foreignKeysWithoutIndex, schemaText } from '../src/app/schema.ts'
import { asReader, SCHEMA } from '../src/kernel/db.ts'
import { freshDb } from '../src/kernel/testing.ts'
import type { TestDb } from '../src/kernel/testing.ts'

describe('schema', () => {
  let t: TestDb
  before(async () => { t = await freshDb(schemaFolders, projectors) })
  test('schema.sql is what the migrations make (else: npx sansang schema)', async () => {
    assert.equal(await schemaText(asReader(t.db), SCHEMA), readFileSync('schema.sql', 'utf8'))
  })
  test('every foreign key has an index', async () => {
    assert.deepEqual(await foreignKeysWithoutIndex(asReader(t.db), SCHEMA), [])
  })
})
