// Lines that neighbours share are kept once: thinned out once, they still fit, and units can be joined by leaving out what two of them share.
import { areaOf, isInside, ringOf } from './lines.ts'
import type { Point } from './lines.ts'

/** Of a shape its polygons, of a polygon its rings, of a ring its arcs; ~n: backwards. */
export type Polygons = number[][][]
export type Topology = { arcs: Point[][]; shapes: Polygons[] }

const key = ([x, y]: Point): number => (x + 18_000_000) * 18_000_001 + y + 9_000_000
const isSame = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1]

/** Rings are cut where more than two ways lead on; what lies between two cuts is an arc. */
export function topologyOf(shapes: readonly Point[][][][]): Topology {
  const rings = shapes.flat(2)
  const seen = new Map<number, [number, number]>()
  const cuts = new Set<number>()
  for (const ring of rings) for (let i = 0; i < ring.length - 1; i++) {
    const [here, one, other] = [key(ring[i]!), key(ring[i === 0 ? ring.length - 2 : i - 1]!), key(ring[i + 1]!)]
    const before = seen.get(here)
    if (!before) seen.set(here, [one, other])
    else if (!(before[0] === one && before[1] === other) && !(before[0] === other && before[1] === one)) cuts.add(here)
  }
  const arcs: Point[][] = []
  const known = new Map<string, number>()
  const arcOf = (line: Point[]): number => {
    const [first, second, beforeLast, last] = [key(line[0]!), key(line[1]!), key(line.at(-2)!), key(line.at(-1)!)]
    const backwards = first > last || (first === last && second > beforeLast)
    const name = backwards ? `${last} ${beforeLast} ${first} ${line.length}` : `${first} ${second} ${last} ${line.length}`
    let n = known.get(name)
    if (n === undefined) {
      known.set(name, n = arcs.length)
      arcs.push(backwards ? line.toReversed() : line)
    }
    return backwards ? ~n : n
  }
  const cut = (ring: Point[]): number[] => {
    // A ring that nobody else touches in part begins at its lowest point, so that an island and the hole around it are one arc.
    const at = ring.findIndex((point) => cuts.has(key(point)))
    const from = at >= 0 ? at : ring.reduce((least, point, i) => (key(point) < key(ring[least]!) ? i : least), 0)
    const turned = [...ring.slice(from, -1), ...ring.slice(0, from), ring[from]!]
    const parts: number[] = []
    for (let begin = 0, i = 1; i < turned.length; i++) if (i === turned.length - 1 || cuts.has(key(turned[i]!))) { parts.push(arcOf(turned.slice(begin, i + 1))); begin = i }
    return parts
  }
  return { arcs, shapes: shapes.map((polygons) => polygons.map((all) => all.map(cut))) }
}

/**
 * Points that lie nearer than `near` grid lines to the line without them go (Douglas and Peucker). Of a line one between its ends always stays, of a
 * closed one three: nothing falls flat, however small.
 */
export function thinned(arc: readonly Point[], near: number): Point[] {
  const end = arc.length - 1
  if (end < 2) return [...arc]
  const closed = isSame(arc[0]!, arc[end]!)
  // Parallels are shorter away from the equator.
  const narrow = Math.cos((arc[0]![1] / 100_000) * (Math.PI / 180))
  const kept = new Uint8Array(end + 1)
  kept[0] = kept[end] = 1
  const stack: [number, number, number][] = [[0, end, closed ? 2 : 1]]
  while (stack.length > 0) {
    const [from, to, must] = stack.pop()!
    const [a, b] = [arc[from]!, arc[to]!]
    const [dx, dy] = [(b[0] - a[0]) * narrow, b[1] - a[1]]
    const length = Math.hypot(dx, dy)
    let [far, most] = [-1, -1]
    for (let i = from + 1; i < to; i++) {
      const [px, py] = [(arc[i]![0] - a[0]) * narrow, arc[i]![1] - a[1]]
      const t = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / (length * length)))
      const away = Math.hypot(px - t * dx, py - t * dy)
      if (away > most) [far, most] = [i, away]
    }
    if (far < 0 || (most <= near && must === 0)) continue
    kept[far] = 1
    stack.push([from, far, Math.max(0, must - 1)], [far, to, Math.max(0, must - 1)])
  }
  return arc.filter((_, i) => kept[i])
}

/** Several shapes as one: of its arcs those that only one of them has, chained to rings. */
export function joined(arcs: readonly Point[][], shapes: readonly Polygons[]): Polygons {
  const uses = new Map<number, number>()
  const all = shapes.flat(3) as unknown as number[]
  for (const n of all) uses.set(n < 0 ? ~n : n, (uses.get(n < 0 ? ~n : n) ?? 0) + 1)
  const edge = all.filter((n) => uses.get(n < 0 ? ~n : n) === 1)
  const ends = (n: number): [Point, Point] => { const arc = arcs[n < 0 ? ~n : n]!; return n < 0 ? [arc.at(-1)!, arc[0]!] : [arc[0]!, arc.at(-1)!] }
  const from = Map.groupBy(edge, (n) => key(ends(n)[0]))
  const rings: number[][] = []
  const used = new Set<number>()
  for (const first of edge) {
    if (used.has(first)) continue
    const ring: number[] = []
    const begin = key(ends(first)[0])
    for (let n: number | undefined = first; n !== undefined;) {
      used.add(n)
      ring.push(n)
      const to: number = key(ends(n)[1])
      if (to === begin) { rings.push(ring); break }
      n = from.get(to)?.find((one) => !used.has(one))
    }
  }
  const lines = rings.map((ring) => ({ ring, line: ringOf(arcs, ring) })).map((one) => ({ ...one, area: areaOf(one.line) }))
  const outer = lines.filter(({ area }) => area > 0).sort((a, b) => a.area - b.area).map((one) => ({ ...one, holes: [] as number[][] }))
  for (const hole of lines.filter(({ area }) => area < 0)) outer.find(({ line }) => isInside(hole.line[0]!, line))?.holes.push(hole.ring)
  return outer.map(({ ring, holes }) => [ring, ...holes])
}
