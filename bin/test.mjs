#!/usr/bin/env node
// `npm test`: installs what is missing, a Chromium (and a LibreOffice) too, then types, lint, the web build and every test. `npm test -- FILE…` runs these test files alone.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { install, root, stop } from './launch.mjs'

install()
const bin = join(root, 'node_modules', '.bin')
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled') }
const files = process.argv.slice(2)
const shared = join(root, '../shared')

function step(what, command, args) {
  process.stdout.write(`▶ ${what}\n`)
  const from = performance.now()
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env })
  if (error || status !== 0) stop(`✖ ${what}: ${error?.message ?? `ended with ${status}`}`)
  process.stdout.write(`✔ ${what} (${((performance.now() - from) / 1000).toFixed(1)} s)\n`)
}

const onPath = (names) => names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))).find(existsSync)
const findChromium = () => process.env.SANSANG_CHROMIUM || onPath(['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'])

/** One of Debian's packages, where that may be done here without asking: the first after which it is found. */
function fetched(what, packages, find) {
  const root = process.getuid?.() === 0
  const sudo = !root && onPath(['sudo']) && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  if (!onPath(['apt-get']) || !(root || sudo)) return undefined
  const apt = (...args) => spawnSync(root ? 'apt-get' : 'sudo', [...(root ? [] : ['-n', 'apt-get']), '-y', '-q', ...args], { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  process.stdout.write(`▶ no ${what} here: installing Debian's package\n`)
  apt('update')
  for (const name of packages) {
    apt('install', '--no-install-recommends', name)
    if (find()) return find()
  }
  return undefined
}

function chromium() {
  const found = findChromium()
  if (found && existsSync(found)) return found
  if (found) stop(`SANSANG_CHROMIUM=${found}: there is no such file.`)
  // The one without windows does the same work in a quarter less time.
  return fetched('Chromium', ['chromium-headless-shell', 'chromium'], findChromium)
    ?? stop('The tests need a Chromium for the screens, and none was found. Install one ("sudo apt-get install chromium" on Debian and Ubuntu), or set SANSANG_CHROMIUM to the program file, then run npm test again.')
}

env.SANSANG_CHROMIUM = chromium()
// Papers are held against what LibreOffice shows. Elsewhere than here, where nothing may be skipped, that test is left out without it.
const findOffice = () => onPath(['soffice'])
if (existsSync(shared) && !findOffice()) fetched('LibreOffice', ['libreoffice-writer-nogui', 'libreoffice-writer'], findOffice)
if (files.length === 0) {
  step('types (tsc)', 'tsc', ['--noEmit', '-p', '.'])
  step('lint (oxlint)', 'oxlint', ['--type-aware', '--deny-warnings'])
  if (existsSync(join(root, 'knip.json'))) step('nothing unused (knip)', 'knip', ['--no-progress'])
}
step('web build (vite)', 'node', ['tools/build.ts'])

const notes = mkdtempSync(join(tmpdir(), 'sansang-tests-'))
const skips = join(notes, 'skipped.json')
const from = performance.now()
const { status } = spawnSync('node', [
  '--test', '--test-global-setup=tests/setup.ts', '--test-concurrency=2',
  '--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=./tools/skipped.mjs', `--test-reporter-destination=${skips}`,
  ...(files.length > 0 ? files : ['src/**/*.test.ts', 'tests/**/*.test.ts']),
], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env })
const { skipped, ran } = JSON.parse(readFileSync(skips, 'utf8'))
rmSync(notes, { recursive: true, force: true })
if (status !== 0) stop(`✖ tests (${((performance.now() - from) / 1000).toFixed(0)} s)`)
if (ran === 0) stop('✖ no test ran')
// Here everything that a test needs is at hand, so a skipped test is a test that nobody runs.
if (skipped.length > 0 && existsSync(shared)) stop(`✖ skipped:\n${skipped.join('\n')}`)
