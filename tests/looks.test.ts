// Every screen is looked at by axe: each address of the router has the name of a look (tests/e2e/harness/looks.ts), and each such look is taken in a browser.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { LOOKS, SCREENS } from './e2e/harness/looks.ts'

test('every screen of the router has its look, and every look is taken', () => {
  assert.ok(SCREENS.length > 60)
  assert.deepEqual(Object.keys(LOOKS).toSorted(), SCREENS.toSorted())
  assert.equal(new Set(Object.values(LOOKS)).size, SCREENS.length)
  const folder = join(import.meta.dirname, 'e2e')
  const tests = readdirSync(folder).filter((file) => file.endsWith('.test.ts')).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  // As a call, as a row of a list of looks, or as a name with its address.
  const taken = (name: string) => new RegExp(`(?:fits\\((?:\\w+\\.)?page, |whole\\()['"\`]${name}(?:-\\$\\{lang\\})?['"\`]|\\['${name}', |[{ ]'?${name}'?: ['\`]/`).test(tests)
  assert.deepEqual(Object.values(LOOKS).filter((name) => !taken(name)), [])
})
