// What a browser fetches before the first screen stands: script, style and fonts of the built app, gzip as the server sends it. Run alone it prints them;
// `npm run bench start` uses the figures.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const DIST = join(import.meta.dirname, '../../dist/web')
type Part = { file: string; css?: string[]; imports?: string[]; isEntry?: boolean; assets?: string[] }

export type Weight = { screen: string; scriptKib: number; styleKib: number; totalKib: number }
export type Weights = { screens: Weight[]; heaviest: Weight; fontsKib: number }

/** The screens that can come first: each with the entry and all that both import. Lazy parts that a screen asks for later are not counted. */
export function weigh(screens: readonly string[] = ['sign-in', 'board', 'mine', 'event', 'tree', 'unit', 'journal', 'inbox']): Weights {
  if (!existsSync(DIST)) throw new Error('The web app is not built: npm start builds it.')
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, Part>
  const gzip = (file: string) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length
  const closure = (key: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(key)) { seen.add(key); for (const next of manifest[key]!.imports ?? []) closure(next, seen) }
    return seen
  }
  const entry = Object.keys(manifest).find((key) => manifest[key]!.isEntry)!
  const found = screens.map((screen): Weight | undefined => {
    const key = Object.keys(manifest).find((one) => one.endsWith(`/ui/${screen}.tsx`))
    if (!key) return undefined
    const parts = [...closure(key, closure(entry))].map((one) => manifest[one]!)
    const [script, style] = [new Set(parts.map((part) => part.file)), new Set(parts.flatMap((part) => part.css ?? []))].map((files) => [...files].reduce((sum, file) => sum + gzip(file), 0) / 1024) as [number, number]
    return { screen, scriptKib: script, styleKib: style, totalKib: script + style }
  }).filter((one) => one !== undefined)
  const fonts = [...new Set(Object.values(manifest).flatMap((part) => [part.file, ...(part.assets ?? [])]).filter((file) => file.endsWith('.woff2')))]
  return { screens: found, heaviest: found.reduce((most, one) => (one.totalKib > most.totalKib ? one : most)), fontsKib: fonts.reduce((sum, file) => sum + readFileSync(join(DIST, file)).length, 0) / 1024 }
}

if (import.meta.main) {
  const { screens, fontsKib } = weigh()
  console.table(screens.map(({ screen, ...one }) => ({ screen, ...Object.fromEntries(Object.entries(one).map(([name, kib]) => [name, Math.round(kib)])) })))
  console.log(`fonts ${Math.round(fontsKib)} KiB (limit 80); script and style at most 300 KiB`)
}
