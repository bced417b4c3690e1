// npm run bench [name…] [-- --json]: each prints its figure, a baseline measured in the same run, and the ratio.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from './stage.ts'

/** What the benches stand on; every other file here is a bench and exports `run`. */
const HELP = new Set(['run', 'stage', 'staged', 'scene', 'client', 'screen', 'sending', 'weight'])
const ORDER = ['write', 'lists', 'board', 'cascade', 'reports', 'screens', 'start', 'ui', 'growth']

const args = process.argv.slice(2)
const json = args.includes('--json')
const names = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).map((file) => file.slice(0, -3)).filter((name) => !HELP.has(name))
  .toSorted((a, b) => (ORDER.indexOf(a) + 99) % 99 - (ORDER.indexOf(b) + 99) % 99)
const wanted = args.filter((arg) => !arg.startsWith('--'))
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exit(2)
}

const say = (line: string): void => { if (!json) console.log(`  ${line}`) }
let missed = 0
for (const name of wanted.length > 0 ? wanted : names) {
  if (!json) console.log(`\n${name}`)
  const bench = (await import(join(import.meta.dirname, `${name}.ts`))) as { run: (say: (line: string) => void) => Promise<Figure[]> }
  const figures = await bench.run(say).catch((error: unknown) => {
    console.error(`  ${name} failed: ${error instanceof Error ? error.stack : String(error)}`)
    missed++
    return []
  })
  for (const figure of figures) {
    if (!figure.ok) missed++
    if (json) console.log(JSON.stringify({ bench: name, ...figure }))
    else console.log(`${figure.ok ? 'ok  ' : 'MISS'} ${figure.name}: ${figure.figure} ${figure.unit}${figure.baseline === undefined ? '' : `; baseline ${figure.baseline}, ratio ${figure.ratio}`} (${figure.aim})`)
  }
}
process.exitCode = missed > 0 ? 1 : 0
