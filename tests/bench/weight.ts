// What a browser fetches before the first screen stands: script, style and fonts of the built app, gzip as the server sends it. Run alone it prints them;
// `npm run bench start` uses the figures.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const DIST = join(import.meta.dirname, '../../dist/web')
type Part = { file: string; css?: string[]; imports?: string[]; isEntry?: boolean; isDynamicEntry?: boolean; assets?: string[] }

/** What is fetched later: `kib` of script and style that the first screen did not bring; a worker's own file is not in it. */
export type Further = { part: string; kib: number }
export type Weight = { screen: string; scriptKib: number; styleKib: number; totalKib: number }
/** `first`: what every screen brings. */
export type Weights = { screens: Weight[]; heaviest: Weight; first: number; fontsKib: number }

type Parts = { entry: string; manifest: Record<string, Part>; gzip: (file: string) => number; closure: (key: string, seen?: Set<string>) => Set<string> }
function parts(): Parts {
  if (!existsSync(DIST)) throw new Error('The web app is not built: npm start builds it.')
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, Part>
  const closure = (key: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(key)) { seen.add(key); for (const next of manifest[key]!.imports ?? []) closure(next, seen) }
    return seen
  }
  const known = new Map<string, number>()
  const gzip = (file: string) => known.get(file) ?? known.set(file, gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length).get(file)!
  return { manifest, closure, gzip, entry: Object.keys(manifest).find((key) => manifest[key]!.isEntry)! }
}

/** Every part that is asked for later, the heaviest first: a screen, or what one of its buttons opens. */
export function weighFurther(): Further[] {
  const { manifest, closure, gzip, entry } = parts()
  const filesOf = (keys: Iterable<string>) => new Set([...keys].flatMap((key) => [manifest[key]!.file, ...(manifest[key]!.css ?? [])]))
  const there = filesOf(closure(entry))
  return Object.keys(manifest).filter((key) => manifest[key]!.isDynamicEntry).map((part) => ({ part, kib: [...filesOf(closure(part))].filter((file) => !there.has(file)).reduce((sum, file) => sum + gzip(file), 0) / 1024 })).toSorted((a, b) => b.kib - a.kib)
}

/** The screens that can come first: each with the entry and all that both import. Lazy parts that a screen asks for later are not counted. */
export function weigh(screens: readonly string[] = ['home', 'sign-in', 'board', 'event', 'tree', 'unit', 'journal', 'inbox']): Weights {
  const { manifest, closure, gzip, entry } = parts()
  const found = screens.map((screen): Weight | undefined => {
    const key = Object.keys(manifest).find((one) => one.endsWith(`/${screen}.tsx`))
    if (!key) return undefined
    const parts = [...closure(key, closure(entry))].map((one) => manifest[one]!)
    const [script, style] = [new Set(parts.map((part) => part.file)), new Set(parts.flatMap((part) => part.css ?? []))].map((files) => [...files].reduce((sum, file) => sum + gzip(file), 0) / 1024) as [number, number]
    return { screen, scriptKib: script, styleKib: style, totalKib: script + style }
  }).filter((one) => one !== undefined)
  const fonts = [...new Set(Object.values(manifest).flatMap((part) => [part.file, ...(part.assets ?? [])]).filter((file) => file.endsWith('.woff2')))]
  const first = [...new Set([...closure(entry)].flatMap((key) => [manifest[key]!.file, ...(manifest[key]!.css ?? [])]))].reduce((sum, file) => sum + gzip(file), 0) / 1024
  return { first, screens: found, heaviest: found.reduce((most, one) => (one.totalKib > most.totalKib ? one : most)), fontsKib: fonts.reduce((sum, file) => sum + readFileSync(join(DIST, file)).length, 0) / 1024 }
}

if (import.meta.main) {
  const { screens, fontsKib } = weigh()
  console.table(screens.map(({ screen, ...one }) => ({ screen, ...Object.fromEntries(Object.entries(one).map(([name, kib]) => [name, Math.round(kib)])) })))
  console.table(weighFurther().slice(0, 8).map(({ part, kib }) => ({ part, kib: Math.round(kib) })))
  console.log(`fonts ${Math.round(fontsKib)} KiB (limit 80); script and style at most 300 KiB, each further part 150`)
}
