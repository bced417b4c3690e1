// What a basemap says of itself: the head of a PMTiles file (version 3), or the table of an MBTiles file; or why it cannot be used.
import type { Basemap, BasemapRefused } from '../contract/basemap.ts'

export type Found = Pick<Basemap, 'format' | 'tiles' | 'minZoom' | 'maxZoom' | 'bounds'>
export type Unfit = { refused: BasemapRefused; data?: Record<string, unknown> }

export const HEAD_BYTES = 127
/** docs.protomaps.com/pmtiles, "Spec v3, header": none, gzip. */
const OPENS = new Set([1, 2])
const DRAWN: Record<number, Basemap['tiles']> = { 1: 'vector', 2: 'raster', 3: 'raster', 4: 'raster' }
const WORLD = [-180, -90, 180, 90]

/** `size`: of the whole file. */
export function readHead(head: Uint8Array, size: number): Found | Unfit {
  if (head[7] !== 3) return { refused: 'BASEMAP_VERSION', data: { found: head[7] ?? 0 } }
  if (head.length < HEAD_BYTES) return { refused: 'BASEMAP_CUT' }
  const view = new DataView(head.buffer, head.byteOffset, HEAD_BYTES)
  const long = (at: number) => Number(view.getBigUint64(at, true))
  for (const at of [8, 24, 40, 56]) if (long(at) + long(at + 8) > size) return { refused: 'BASEMAP_CUT' }
  if (long(64) === 0) return { refused: 'BASEMAP_EMPTY' }
  if (!OPENS.has(head[97]!) || !OPENS.has(head[98]!)) return { refused: 'BASEMAP_PACKED' }
  const tiles = DRAWN[head[99]!]
  if (!tiles) return { refused: 'BASEMAP_KIND' }
  return placed({ format: 'pmtiles', tiles, minZoom: head[100]!, maxZoom: head[101]!, bounds: [102, 106, 110, 114].map((at) => view.getInt32(at, true) / 1e7) })
}

/** `format` and `bounds` as the file's own table says them; zooms as its tiles are. */
export function readTable({ format, bounds, minZoom, maxZoom }: { format: string; bounds: string; minZoom: number | null; maxZoom: number | null }): Found | Unfit {
  if (minZoom === null || maxZoom === null) return { refused: 'BASEMAP_EMPTY' }
  const tiles = /^(pbf|mvt)$/i.test(format) ? 'vector' : /^(png|jpe?g|webp)$/i.test(format) ? 'raster' : undefined
  if (!tiles) return { refused: 'BASEMAP_KIND' }
  return placed({ format: 'mbtiles', tiles, minZoom, maxZoom, bounds: bounds.trim() === '' ? WORLD : bounds.split(',').map(Number) })
}

function placed(found: Found): Found | Unfit {
  const [west, south, east, north] = found.bounds as [number, number, number, number]
  const fits = found.bounds.length === 4 && west >= -180 && east <= 180 && south >= -90 && north <= 90 && west < east && south < north
  // A file that was put together in haste says all noughts.
  if (found.bounds.every((one) => one === 0)) return { ...found, bounds: WORLD }
  return fits && found.minZoom <= found.maxZoom && found.maxZoom <= 24 ? found : { refused: 'BASEMAP_PLACE', data: { bounds: found.bounds.join(', ') } }
}
