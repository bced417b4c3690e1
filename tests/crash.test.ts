// Begun early (files go by name): as the last one it ran alone while the other processor had nothing to do.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { newFolder } from './folder.ts'
import { killRounds } from './kill/rounds.ts'

test('20 times killed with -9 while eight write: nothing acknowledged is lost, nothing happens twice, every chain is whole, the tables are what the journal says', async (t) => {
  const seed = Date.now() % 1_000_000
  const data = newFolder()
  t.diagnostic(`seed ${seed}: npm run kill -- 20 ${seed}`)
  const figures = await killRounds(data, 20, seed, () => {})
  assert.equal(figures.rounds, 20)
  assert.ok(figures.acknowledged > 100, `only ${figures.acknowledged} orders were acknowledged: the test tested little`)
  rmSync(data, { recursive: true, force: true })
})
