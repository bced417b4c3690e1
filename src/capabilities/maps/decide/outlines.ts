// From a file in use to the outlines of the units asked for: own shape where there is one, else the shapes of those below it joined.
import { GRID, read, ringOf, written } from './lines.ts'
import type { Point } from './lines.ts'
import { joined, thinned, topologyOf } from './topology.ts'
import type { Polygons } from './topology.ts'
import type { Area } from './file.ts'
import type { Shapes } from '../contract.ts'

/** What is kept of a file: who needs more has the file. */
const MOST_KEPT = 400_000
/** Of the width of what is asked for: below a third of a pixel on a large screen. */
const PARTS = 3000

/** By the code of its unit. */
export type Stored = { grid: number; arcs: string[]; shapes: [code: string, polygons: Polygons][] }
export type Loaded = { arcs: Point[][]; shapes: Map<string, Polygons> }

/** Shapes without a unit go, several of one unit become one, and points that nobody sees go until few enough are left. */
export function storedOf(areas: readonly Area[], codes: readonly (string | undefined)[]): { stored: Stored; kept: number } {
  const byCode = new Map<string, Point[][][]>()
  areas.forEach(({ polygons }, i) => { const code = codes[i]; if (code) byCode.set(code, [...(byCode.get(code) ?? []), ...polygons]) })
  const { arcs, shapes } = topologyOf([...byCode.values()])
  const count = (all: readonly Point[][]) => all.reduce((sum, arc) => sum + arc.length, 0)
  let thin = arcs
  for (let near = 5; count(thin) > MOST_KEPT && near < GRID; near *= 2) thin = arcs.map((arc) => thinned(arc, near))
  return { stored: { grid: GRID, arcs: thin.map(written), shapes: [...byCode.keys()].map((code, i) => [code, shapes[i]!]) }, kept: count(thin) }
}

export const loaded = (stored: Stored): Loaded => ({ arcs: stored.arcs.map(read), shapes: new Map(stored.shapes) })

export type Wanted = { unitId: string; code: string; scheme: string; /** Those below it, for a unit without a shape of its own. */ below: { code: string; scheme: string }[] }

/** `files`: the newest first; the first that has the unit draws it. */
export function outlines(files: readonly { scheme: string; loaded: Loaded }[], wanted: readonly Wanted[]): Shapes {
  const drawn = wanted.flatMap(({ unitId, code, scheme, below }) => {
    for (const file of files) {
      const own = file.scheme === scheme ? file.loaded.shapes.get(code) : undefined
      if (own) return [{ unitId, arcs: file.loaded.arcs, polygons: own }]
    }
    for (const file of files) {
      const parts = below.flatMap((one) => (file.scheme === one.scheme ? file.loaded.shapes.get(one.code) ?? [] : []).map((polygon) => [polygon]))
      if (parts.length > 0) return [{ unitId, arcs: file.loaded.arcs, polygons: joined(file.loaded.arcs, parts) }]
    }
    return []
  })
  const near = nearOf(drawn)
  const arcs: string[] = []
  const known = new Map<Point[], number>()
  const numberOf = (arc: Point[]): number => {
    let n = known.get(arc)
    if (n === undefined) { known.set(arc, n = arcs.length); arcs.push(written(thinned(arc, near))) }
    return n
  }
  return {
    grid: GRID,
    shapes: drawn.map(({ unitId, arcs: from, polygons }) => ({ unitId, polygons: polygons.map((rings) => rings.map((ring) => ring.map((n) => (n < 0 ? ~numberOf(from[~n]!) : numberOf(from[n]!))))) })),
    arcs,
  }
}

function nearOf(drawn: readonly { arcs: Point[][]; polygons: Polygons }[]): number {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { arcs, polygons } of drawn) for (const n of polygons.flat(2)) for (const [x, y] of arcs[n < 0 ? ~n : n]!) {
    left = Math.min(left, x); right = Math.max(right, x); bottom = Math.min(bottom, y); top = Math.max(top, y)
  }
  return drawn.length === 0 ? 0 : Math.max(right - left, top - bottom) / PARTS
}

/** For a screen: the polygons of each unit as longitudes and latitudes. */
export function drawnShapes({ grid, arcs, shapes }: Shapes): { unitId: string; polygons: Point[][][] }[] {
  const lines = arcs.map((arc) => read(arc).map(([x, y]): Point => [x / grid, y / grid]))
  return shapes.map(({ unitId, polygons }) => ({ unitId, polygons: polygons.map((rings) => rings.map((ring) => ringOf(lines, ring))) }))
}
