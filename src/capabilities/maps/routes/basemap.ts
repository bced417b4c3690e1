// The map under the map: taken in after its head was read, served in parts or by tiles.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { eraseFiles, fileFacts, fileOf, holdFiles } from '../../../kernel/blobs.ts'
import type { Blobs } from '../../../kernel/blobs.ts'
import { Refusal } from '../../../kernel/commit.ts'
import { Download } from '../../../kernel/http/download.ts'
import type { Told } from '../../../kernel/contract.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { AddBasemap, Basemap, BasemapAdded, BasemapRemoved } from '../contract/basemap.ts'
import { HEAD_BYTES, readHead } from '../decide/basemap.ts'
import type { Found, Unfit } from '../decide/basemap.ts'
import { mayEditMaps } from '../store.ts'
import { basemapNow } from '../store/basemaps.ts'
import { checkTiles, openTiles } from '../store/mbtiles.ts'
import type { Tiles } from '../store/mbtiles.ts'

const STREAM = 'boundaries'

async function examine(path: string, size: number): Promise<Found | Unfit> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.toString('latin1', 0, 7) === 'PMTiles' ? readHead(buffer.subarray(0, bytesRead), size) : checkTiles(path)
  } finally {
    await file.close()
  }
}

/** `fileId`: of the asker's own, or of the operator's. Also what the command does. */
export async function addBasemap(context: Context, blobs: Blobs, input: AddBasemap): Promise<Basemap> {
  const { read, actor, at, commit } = context
  if (!await mayEditMaps(read, actor)) throw new Refusal('FORBIDDEN')
  const file = await fileOf(read, input.fileId)
  if (!file || (file.uploadedBy !== actor.id && actor.kind === 'person')) throw new Refusal('FILE_UNKNOWN')
  const found = await examine(blobs.pathOf(file.sha256), Number(file.size))
  if ('refused' in found) throw new Refusal(found.refused, found.data)
  const basemap: Basemap = { basemapId: derivedId(at, 'basemap', input.orderId), ...found, credit: input.credit }
  const holder = `basemap:${basemap.basemapId}`
  return commit({ id: input.orderId, kind: 'basemap.add.v1', streams: [STREAM], body: input, told: input.told }, async (read) => {
    if (!await mayEditMaps(read, actor)) return { refused: 'FORBIDDEN' }
    const [facts, before] = [await fileFacts(read, actor, [input.fileId], holder), await basemapNow(read)]
    if (!facts) return { refused: 'FILE_UNKNOWN' }
    const fact: BasemapAdded = { type: 'basemap.added.v1', ...basemap, file: facts[0]! }
    return { facts: [fact], answer: basemap, aside: async (own) => {
      await holdFiles(own, [input.fileId], holder, at)
      if (before) await eraseFiles(own, [before.fileId], at) // hundreds of megabytes that nobody draws any more
    } }
  })
}

export function basemaps(blobs: () => Blobs) {
  /** The one in use, once somebody looked at it. */
  let opened: { id: string; tiles: Tiles } | undefined

  async function inUse({ read }: Context, basemapId: string, format: Basemap['format']) {
    const now = await basemapNow(read)
    if (now?.basemapId !== basemapId || now.format !== format) throw new Refusal('NOT_FOUND')
    return now
  }

  return {
    now: async ({ read }: Context) => {
      const row = await basemapNow(read)
      if (!row) return { basemap: null }
      const { basemapId, format, tiles, minZoom, maxZoom, bounds, credit } = row
      return { basemap: { basemapId, format, tiles, minZoom, maxZoom, bounds, credit } }
    },
    about: async ({ read, actor }: Context) => {
      if (!await mayEditMaps(read, actor)) throw new Refusal('FORBIDDEN')
      const row = await basemapNow(read)
      if (!row) return { basemap: null }
      const { sha256: _, fileId: __, addedAt, size, ...rest } = row
      return { basemap: { ...rest, size: Number(size), addedAt: addedAt.toISOString() } }
    },
    remove: ({ actor, at, commit }: Context, input: { orderId: string; basemapId: string; told?: Told | undefined }) =>
      commit<{ basemapId: string }>({ id: input.orderId, kind: 'basemap.remove.v1', streams: [STREAM], body: input, told: input.told }, async (read) => {
        if (!await mayEditMaps(read, actor)) return { refused: 'FORBIDDEN' }
        const now = await basemapNow(read)
        if (now?.basemapId !== input.basemapId) return { refused: 'NOT_FOUND' }
        const fact: BasemapRemoved = { type: 'basemap.removed.v1', basemapId: input.basemapId }
        return { facts: [fact], answer: { basemapId: input.basemapId }, aside: (own) => eraseFiles(own, [now.fileId], at) }
      }),
    /** A browser reads the list of tiles and then each tile by `Range`. */
    file: async (context: Context, basemapId: string) => {
      const { sha256, size } = await inUse(context, basemapId, 'pmtiles')
      return new Download({ name: 'ban-do-nen.pmtiles', type: 'application/vnd.pmtiles', size: Number(size), body: bytesOf(blobs().pathOf(sha256)), part: (from, to) => bytesOf(blobs().pathOf(sha256), from, to), forever: true })
    },
    tile: async (context: Context, { basemapId, z, x, y }: { basemapId: string; z: number; x: number; y: number }) => {
      const { sha256, tiles } = await inUse(context, basemapId, 'mbtiles')
      if (opened?.id !== basemapId) {
        opened?.tiles.close()
        opened = { id: basemapId, tiles: openTiles(blobs().pathOf(sha256)) }
      }
      // Empty: nothing is drawn there. A 404 would stand in the log for each look at the sea.
      const body = opened.tiles.tile(z, x, y) ?? new Uint8Array()
      return new Download({ name: `${z}-${x}-${y}`, type: tiles === 'vector' ? 'application/vnd.mapbox-vector-tile' : imageType(body), body, forever: true, packed: body[0] === 0x1f && body[1] === 0x8b })
    },
  }
}

/** Opened when it is read; both ends counted. */
async function* bytesOf(path: string, start = 0, end = Infinity): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { start, end }) as AsyncIterable<Buffer>
}
const imageType = (body: Uint8Array): string => (body[0] === 0x89 ? 'image/png' : body[0] === 0xff ? 'image/jpeg' : 'image/webp')
