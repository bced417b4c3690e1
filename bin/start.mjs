#!/usr/bin/env node
// `npm start`: serves with the demonstration.
import { launch } from './launch.mjs'

await launch('src/app/cli.ts', ['serve', '--demo', '2025', ...process.argv.slice(2)])
