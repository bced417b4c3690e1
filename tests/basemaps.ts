// Basemaps of a few hundred bytes, made by hand: one vector tile with water, a road and a name, as PMTiles and as MBTiles.
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'

const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))])
const field = (id: number, body: number[]): number[] => [...varint(id * 8 + 2), ...varint(body.length), ...body]
const text = (id: number, value: string): number[] => field(id, [...Buffer.from(value)])
const zigzag = (n: number): number[] => varint(n < 0 ? -2 * n - 1 : 2 * n)

type Feature = { kind: 1 | 2 | 3; line: [number, number][]; tags: Record<string, string> }
/** Mapbox vector tile 2.1, one feature a layer. */
const layer = (name: string, { kind, line, tags }: Feature): number[] => {
  let at: [number, number] = [0, 0]
  const steps = line.map(([x, y]) => { const step = [...zigzag(x - at[0]), ...zigzag(y - at[1])]; at = [x, y]; return step })
  const shape = [...varint(9), ...steps[0]!, ...(kind === 1 ? [] : [...varint((steps.length - 1) * 8 + 2), ...steps.slice(1).flat()]), ...(kind === 3 ? [15] : [])]
  const feature = [...field(2, Object.keys(tags).flatMap((_, i) => [i, i])), 24, kind, ...field(4, shape)]
  return field(3, [...text(1, name), ...field(2, feature), ...Object.keys(tags).flatMap((key) => text(3, key)), ...Object.values(tags).flatMap((value) => field(4, text(1, value))), ...[40, ...varint(4096)], ...[120, 2]])
}
/** By the names of Protomaps' layers. */
export const tile = Buffer.from([
  ...layer('water', { kind: 3, line: [[0, 0], [4096, 0], [4096, 2048], [0, 2048]], tags: { kind: 'ocean' } }),
  ...layer('roads', { kind: 2, line: [[0, 0], [4096, 4096]], tags: { kind: 'highway', name: 'Đường Hùng Vương' } }),
  ...layer('places', { kind: 1, line: [[3200, 3000]], tags: { kind: 'locality', name: 'Phường Thượng Đỉnh' } }),
])
type Tile = { z: number; x: number; y: number }
const BOUNDS = [104, 19, 107, 22]

/** Version 3, one directory, one tile. `change` writes into the head. */
export function pmtiles(at: Tile, change: (head: Buffer) => void = () => {}): Buffer {
  const packed = gzipSync(tile)
  const directory = gzipSync(Buffer.from([1, ...varint(zxyToTileId(at.z, at.x, at.y)), 1, ...varint(packed.length), 1]))
  const about = gzipSync('{}')
  const head = Buffer.alloc(127)
  head.write('PMTiles', 'latin1')
  head[7] = 3
  for (const [i, [from, length]] of [[127, directory.length], [127 + directory.length, about.length], [0, 0], [127 + directory.length + about.length, packed.length]].entries()) {
    head.writeBigUInt64LE(BigInt(from!), 8 + 16 * i)
    head.writeBigUInt64LE(BigInt(length!), 16 + 16 * i)
  }
  head.set([1, 2, 2, 1, at.z, at.z], 96)
  for (const [i, degrees] of BOUNDS.entries()) head.writeInt32LE(degrees * 1e7, 102 + 4 * i)
  change(head)
  return Buffer.concat([head, directory, about, packed])
}

export function mbtiles(at: Tile, { format = 'pbf', bounds = BOUNDS.join(','), tables = true } = {}): Buffer {
  const path = join(tmpdir(), `sansang-${process.pid}-${performance.now()}.mbtiles`)
  const made = new DatabaseSync(path)
  made.exec(tables ? 'create table metadata (name text, value text); create table tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)' : 'create table other (n integer)')
  if (tables) {
    made.prepare("insert into metadata values ('format', ?), ('bounds', ?)").run(format, bounds)
    made.prepare('insert into tiles values (?, ?, ?, ?)').run(at.z, at.x, 2 ** at.z - 1 - at.y, gzipSync(tile))
  }
  made.close()
  const bytes = readFileSync(path)
  rmSync(path)
  return bytes
}
