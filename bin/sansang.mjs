#!/usr/bin/env node
// `npx sansang COMMAND`, and for the scripts of package.json `--run FILE.ts`.
import { launch } from './launch.mjs'

const [first, second, ...rest] = process.argv.slice(2)
if (first === '--run' && second) await launch(second, rest)
else await launch('src/app/cli.ts', process.argv.slice(2))
