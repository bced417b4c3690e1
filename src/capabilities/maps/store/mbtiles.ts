// MBTiles is a SQLite database: read by Node itself, never written, no code in it runs.
import { pathToFileURL } from 'node:url'
import { DatabaseSync } from 'node:sqlite'
import { readTable } from '../decide/basemap.ts'
import type { Found, Unfit } from '../decide/basemap.ts'

/** `tile`: counted from the north, as everywhere but in MBTiles. */
export type Tiles = { tile: (z: number, x: number, y: number) => Uint8Array | undefined; close: () => void }

/** Immutable: no lock, and no second file beside it is looked for. */
function database(path: string): DatabaseSync {
  const url = pathToFileURL(path)
  url.search = '?mode=ro&immutable=1'
  const opened = new DatabaseSync(url, { readOnly: true, allowExtension: false })
  opened.exec('pragma trusted_schema = off')
  return opened
}

export function openTiles(path: string): Tiles {
  const opened = database(path)
  const one = opened.prepare('select tile_data as data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?')
  return {
    tile: (z, x, y) => (one.get(z, x, 2 ** z - 1 - y) as { data: Uint8Array } | undefined)?.data,
    close: () => opened.close(),
  }
}

export function checkTiles(path: string): Found | Unfit {
  let opened: DatabaseSync | undefined
  try {
    opened = database(path)
    const told = new Map((opened.prepare("select name, value from metadata where name in ('format', 'bounds')").all() as { name: string; value: unknown }[]).map((row) => [row.name, String(row.value)]))
    const { low, high } = opened.prepare('select min(zoom_level) as low, max(zoom_level) as high from tiles').get() as { low: number | null; high: number | null }
    return readTable({ format: told.get('format') ?? '', bounds: told.get('bounds') ?? '', minZoom: low, maxZoom: high })
  } catch (error) {
    return { refused: /malformed|corrupt|not a database|disk/i.test(String((error as Error).message)) ? 'BASEMAP_CUT' : 'BASEMAP_TABLES' }
  } finally {
    opened?.close()
  }
}
