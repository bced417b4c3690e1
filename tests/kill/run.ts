// `npm run kill [-- ROUNDS [SEED]]`
import { rmSync } from 'node:fs'
import { newFolder } from '../folder.ts'
import { killRounds } from './rounds.ts'

const [rounds = '20', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2)
const data = newFolder()
console.log(`${rounds} rounds, seed ${seed}, data ${data}`)
const figures = await killRounds(data, Number(rounds), Number(seed), (line) => console.log(line))
const starts = figures.startMs.toSorted((a, b) => a - b)
console.log(JSON.stringify({ ...figures, startMs: { median: starts[Math.floor(starts.length / 2)], most: starts.at(-1) } }))
rmSync(data, { recursive: true, force: true })
