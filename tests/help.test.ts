// Help beside every screen: each address of the router has its lines in docs/help, in both languages, and nothing there is about a screen that is gone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { PROGRAM } from '../src/kernel/config.ts'

const read = (path: string) => readFileSync(join(PROGRAM, path), 'utf8')
const screens = [...read('src/web/router.tsx').matchAll(/\.\.\.at\('([^']+)'\)/g)].map((found) => found[1]!).sort()
const partsOf = (lang: 'vi' | 'en') => new Map(read(`docs/help/${lang}.md`).split(/^## /m).slice(1).map((part) => [part.split('\n', 1)[0]!.trim(), part.split('\n').filter((line) => line.startsWith('- '))]))

test('every screen has help in Vietnamese and in English, line for line', () => {
  assert.ok(screens.length > 20)
  const [vi, en] = [partsOf('vi'), partsOf('en')]
  assert.deepEqual([...vi.keys()].sort(), screens)
  assert.deepEqual([...en.keys()].sort(), screens)
  for (const screen of screens) {
    assert.ok(vi.get(screen)!.length > 0, screen)
    assert.equal(en.get(screen)!.length, vi.get(screen)!.length, screen)
  }
})
