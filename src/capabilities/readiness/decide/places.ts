// Units in a plane, whatever draws them: what state a unit shows, which is next in a direction, and how large its part of a rectangle is.
import { STATES } from '../contract.ts'
import type { State } from '../contract.ts'

export type Place = {
  unitId: string; name: string; within: string; /** Events by STATES. */ events: readonly number[]; tasks: number; overdue: number
  /** What Enter opens: the board of the unit, or its event. */
  eventId: string | null; below: boolean
}
export type Spot = readonly [x: number, y: number]
export type Direction = 'up' | 'down' | 'left' | 'right'

/** The worst of its events; null: it has none. */
export function stateOf(events: readonly number[]): State | null {
  const at = events.findIndex((n) => n > 0)
  return at < 0 ? null : STATES[at]!
}

/** How strongly the state is drawn: a unit with one bad event of a hundred is not as bad as one with a quarter. From 0.4 to 1. */
export function strengthOf(events: readonly number[]): number {
  const total = events.reduce((sum, n) => sum + n, 0)
  const worst = events.find((n) => n > 0) ?? 0
  return total <= 1 ? 1 : Math.round((0.4 + 0.6 * Math.min(1, worst / total / 0.25)) * 20) / 20
}

/** The nearest in a direction: what lies ahead counts once, what lies aside twice. `y` grows downwards. */
export function neighbour(spots: ReadonlyMap<string, Spot>, from: string | undefined, direction: Direction): string | undefined {
  const here = from === undefined ? undefined : spots.get(from)
  if (!here) return spots.keys().next().value
  let [found, least]: [string | undefined, number] = [undefined, Infinity]
  for (const [id, [x, y]] of spots) {
    const [dx, dy] = [x - here[0], y - here[1]]
    const [ahead, aside] = direction === 'right' ? [dx, dy] : direction === 'left' ? [-dx, dy] : direction === 'down' ? [dy, dx] : [-dy, dx]
    if (id === from || ahead <= 0 || Math.abs(aside) > ahead * 2) continue
    const away = ahead + 2 * Math.abs(aside)
    if (away < least) [found, least] = [id, away]
  }
  return found
}

export type Tile = { id: string; x: number; y: number; w: number; h: number }
/** Squarified treemap (Bruls, Huizing, van Wijk): areas in proportion, tiles as square as they can be. What counts nothing gets a sliver, not nothing. */
export function treemap(items: readonly { id: string; size: number }[], width: number, height: number): Tile[] {
  const total = items.reduce((sum, one) => sum + one.size, 0)
  const least = total > 0 ? total / items.length / 20 : 1
  const sized = items.map((one) => ({ id: one.id, size: Math.max(one.size, least) })).sort((a, b) => b.size - a.size)
  const scale = (width * height) / sized.reduce((sum, one) => sum + one.size, 0)
  const tiles: Tile[] = []
  let [x, y, w, h] = [0, 0, width, height]
  const worst = (sizes: readonly number[], side: number): number => {
    const sum = sizes.reduce((a, b) => a + b, 0)
    return Math.max((side * side * Math.max(...sizes)) / (sum * sum), (sum * sum) / (side * side * Math.min(...sizes)))
  }
  for (let i = 0; i < sized.length;) {
    const side = Math.min(w, h)
    const row = [sized[i]!.size * scale]
    while (i + row.length < sized.length && worst([...row, sized[i + row.length]!.size * scale], side) <= worst(row, side)) row.push(sized[i + row.length]!.size * scale)
    const thick = row.reduce((a, b) => a + b, 0) / side
    let along = 0
    row.forEach((area, n) => {
      const long = area / thick
      tiles.push(w >= h ? { id: sized[i + n]!.id, x, y: y + along, w: thick, h: long } : { id: sized[i + n]!.id, x: x + along, y, w: long, h: thick })
      along += long
    })
    if (w >= h) { x += thick; w -= thick } else { y += thick; h -= thick }
    i += row.length
  }
  return tiles
}

/**
 * How many first words a name can lose where room is short, because many begin with them: "Tỉnh", "Thành phố". A first word that at least three names and a
 * tenth of them share, and what always follows it; the last word stays.
 */
export function alike(names: readonly string[]): (name: string) => string {
  const lead = new Map<string, string[]>()
  for (const [first, all] of Map.groupBy(names.map((name) => name.split(' ')), (words) => words[0]!)) {
    if (all.length < 3 || all.length * 10 < names.length) continue
    let n = 1
    while (all.every((words) => words.length > n + 1 && words[n] === all[0]![n])) n++
    lead.set(first, all[0]!.slice(0, n))
  }
  return (name) => {
    const words = name.split(' ')
    const gone = lead.get(words[0]!)
    return gone && words.length > gone.length && gone.every((word, i) => words[i] === word) ? words.slice(gone.length).join(' ') : name
  }
}
