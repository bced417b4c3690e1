// A boundary file as it comes: GeoJSON or TopoJSON, bounded and checked, as areas on the grid with the properties that may hold a code.
import { areaOf, GRID } from './lines.ts'
import type { Point } from './lines.ts'

export const MOST_SHAPES = 20_000
export const MOST_POINTS = 2_000_000
const MOST_DEPTH = 16

/** Of a polygon its rings: the outer one first, against the clock, then its holes. All closed. */
export type Area = { properties: Record<string, string>; polygons: Point[][][] }
export type FileRefusal = { refused: 'BOUNDARY_FILE' | 'BOUNDARY_EMPTY' | 'BOUNDARY_LARGE' | 'BOUNDARY_PLACE'; data?: Record<string, unknown> }

class Wrong extends Error {
  refusal: FileRefusal
  constructor(refusal: FileRefusal) { super(refusal.refused); this.refusal = refusal }
}
const unreadable = (vi: string, en: string) => new Wrong({ refused: 'BOUNDARY_FILE', data: { why: { vi, en } } })
const large = (found: number, most: number, vi: string, en: string) => new Wrong({ refused: 'BOUNDARY_LARGE', data: { found, most, what: { vi, en } } })

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): unknown[] => {
  if (!Array.isArray(value)) throw unreadable('thiếu một danh sách tọa độ.', 'a list of coordinates is missing.')
  return value
}

export function readFile(text: string): { areas: Area[]; points: number } | FileRefusal {
  try {
    let file: unknown
    try { file = JSON.parse(text) } catch { throw unreadable('không đọc được JSON.', 'it is not readable as JSON.') }
    if (!isObject(file)) throw unreadable('không có đối tượng nào.', 'it holds no object.')
    const reader = openReader()
    if (file['type'] === 'Topology') reader.topology(file)
    else reader.geojson(file)
    if (reader.areas.length === 0) throw new Wrong({ refused: 'BOUNDARY_EMPTY' })
    return { areas: reader.areas, points: reader.points() }
  } catch (error) {
    if (error instanceof Wrong) return error.refusal
    throw error
  }
}

function openReader() {
  const areas: Area[] = []
  let points = 0
  const place = (x: unknown, y: unknown): Point => {
    if (typeof x !== 'number' || typeof y !== 'number' || !(Math.abs(x) <= 180) || !(Math.abs(y) <= 90)) throw new Wrong({ refused: 'BOUNDARY_PLACE', data: { x: String(x).slice(0, 20), y: String(y).slice(0, 20) } })
    return [Math.round(x * GRID), Math.round(y * GRID)]
  }
  /** Points that fall together on the grid are one. Undefined: nothing is left. */
  const ring = (line: readonly Point[]): Point[] | undefined => {
    if ((points += line.length) > MOST_POINTS) throw large(points, MOST_POINTS, 'điểm', 'points')
    const clean = line.filter(([x, y], i) => i === 0 || x !== line[i - 1]![0] || y !== line[i - 1]![1])
    const [first, last] = [clean[0], clean.at(-1)]
    if (first && last && (first[0] !== last[0] || first[1] !== last[1])) clean.push(first)
    return clean.length >= 4 && areaOf(clean) !== 0 ? clean : undefined
  }
  const polygon = (rings: readonly (readonly Point[])[]): Point[][] => {
    const [outer, ...holes] = rings.map(ring)
    return outer ? [outer, ...holes.filter((hole) => hole !== undefined)].map((one, i) => (areaOf(one) > 0 === (i === 0) ? one : one.toReversed())) : []
  }
  const add = (properties: unknown, id: unknown, polygons: (readonly (readonly Point[])[])[]) => {
    if (areas.length >= MOST_SHAPES) throw large(areas.length + 1, MOST_SHAPES, 'vùng', 'shapes')
    const clean = polygons.map(polygon).filter((rings) => rings.length > 0)
    const texts = Object.entries({ ...(id === undefined ? {} : { id }), ...(isObject(properties) ? properties : {}) })
      .flatMap(([name, value]) => ((typeof value === 'string' && value.length <= 200) || typeof value === 'number' ? [[name, String(value).normalize('NFC').trim()]] : []))
    if (clean.length > 0) areas.push({ properties: Object.fromEntries(texts) as Record<string, string>, polygons: clean })
  }
  const line = (value: unknown): Point[] => list(value).map((point) => { const [x, y] = list(point); return place(x, y) })

  function geometry(it: unknown, properties: unknown, id: unknown, depth: number): void {
    if (!isObject(it) || depth > MOST_DEPTH) return
    if (it['type'] === 'Polygon') add(properties, id, [list(it['coordinates']).map(line)])
    else if (it['type'] === 'MultiPolygon') add(properties, id, list(it['coordinates']).map((rings) => list(rings).map(line)))
    else if (it['type'] === 'GeometryCollection') for (const one of list(it['geometries'])) geometry(one, properties, id, depth + 1)
  }
  function geojson(it: unknown): void {
    if (!isObject(it)) return
    if (it['type'] === 'FeatureCollection') for (const one of list(it['features'])) geojson(one)
    else if (it['type'] === 'Feature') geometry(it['geometry'], it['properties'], it['id'], 0)
    else throw unreadable('không có "FeatureCollection" hoặc "Topology".', 'it has neither a "FeatureCollection" nor a "Topology".')
  }
  function topology(file: Json): void {
    const transform = isObject(file['transform']) ? file['transform'] : undefined
    const [scale, shift] = transform ? [list(transform['scale']) as number[], list(transform['translate']) as number[]] : [[1, 1], [0, 0]]
    const arcs = list(file['arcs']).map((arc) => {
      let [x, y] = [0, 0]
      return list(arc).map((point) => {
        const [a, b] = list(point) as [number, number]
        ;[x, y] = transform ? [x + a, y + b] : [a, b]
        return place(x * scale[0]! + shift[0]!, y * scale[1]! + shift[1]!)
      })
    })
    const ringOf = (value: unknown): Point[] => list(value).flatMap((n, i) => {
      const arc = typeof n === 'number' ? arcs[n < 0 ? ~n : n] : undefined
      if (!arc) throw unreadable('một vùng chỉ tới đường không có trong tệp.', 'a shape names a line that is not in the file.')
      const run = (n as number) < 0 ? arc.toReversed() : arc
      return i === 0 ? run : run.slice(1)
    })
    const shape = (it: unknown, properties: unknown, id: unknown, depth: number): void => {
      if (!isObject(it) || depth > MOST_DEPTH) return
      const [own, name] = [it['properties'] ?? properties, it['id'] ?? id]
      if (it['type'] === 'Polygon') add(own, name, [list(it['arcs']).map(ringOf)])
      else if (it['type'] === 'MultiPolygon') add(own, name, list(it['arcs']).map((rings) => list(rings).map(ringOf)))
      else if (it['type'] === 'GeometryCollection') for (const one of list(it['geometries'])) shape(one, own, name, depth + 1)
    }
    if (!isObject(file['objects'])) throw unreadable('thiếu "objects".', '"objects" is missing.')
    for (const one of Object.values(file['objects'])) shape(one, undefined, undefined, 0)
  }
  return { areas, points: () => points, geojson, topology }
}
