// Lines on a grid, as text: differences from point to point, in six-bit letters (Google's "encoded polyline", on our own grid). A fifth of the same as JSON.
export type Point = readonly [x: number, y: number]
/** Grid lines a degree: one metre. */
export const GRID = 100_000

const letters = (value: number): string => {
  let n = value < 0 ? -value * 2 - 1 : value * 2
  let text = ''
  while (n >= 32) { text += String.fromCharCode((32 + (n % 32)) + 63); n = Math.floor(n / 32) }
  return text + String.fromCharCode(n + 63)
}
export function written(line: readonly Point[]): string {
  let [text, x, y] = ['', 0, 0]
  for (const [a, b] of line) {
    text += letters(a - x) + letters(b - y)
    ;[x, y] = [a, b]
  }
  return text
}

export function read(text: string): Point[] {
  const line: Point[] = []
  const sums = [0, 0]
  let [n, scale, which] = [0, 1, 0]
  for (let i = 0; i < text.length; i++) {
    const six = text.charCodeAt(i) - 63
    n += (six % 32) * scale
    if (six >= 32) { scale *= 32; continue }
    sums[which]! += n % 2 ? -(n + 1) / 2 : n / 2
    if (which === 1) line.push([sums[0]!, sums[1]!])
    ;[n, scale, which] = [0, 1, 1 - which]
  }
  return line
}

/** A ring put together from its arcs, closed. */
export function ringOf(arcs: readonly (readonly Point[])[], ring: readonly number[]): Point[] {
  const line: Point[] = []
  for (const n of ring) {
    const arc = n < 0 ? arcs[~n]!.toReversed() : arcs[n]!
    line.push(...(line.length > 0 ? arc.slice(1) : arc))
  }
  return line
}

/** Twice the area; positive: against the clock. */
export function areaOf(ring: readonly Point[]): number {
  let sum = 0
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1]
  return sum
}
export function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false
  for (let i = 1; i < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i - 1]!, ring[i]!]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}
