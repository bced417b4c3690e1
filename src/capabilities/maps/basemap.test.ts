// The map under the map: what a file's head says, what is refused in words, and how it is served.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { PMTiles } from 'pmtiles'
import { OPERATOR } from '../../kernel/access.ts'
import { run } from '../../kernel/http/endpoints.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { mbtiles, pmtiles, tile } from '../../../tests/basemaps.ts'
import { openWorld } from '../../../tests/world.ts'
import type { World } from '../../../tests/world.ts'
import { readHead, readTable } from './decide/basemap.ts'

const AT = { z: 8, x: 202, y: 113 }
const head = (change?: (head: Buffer) => void, cut = 0) => { const file = pmtiles(AT, change); return readHead(file.subarray(0, 127 - cut), file.length - cut) }
const why = (found: object) => ('refused' in found ? found.refused : undefined)

describe('the head of a PMTiles file', () => {
  test('says its kind of tiles, zooms and bounds', () => assert.deepEqual(head(), { format: 'pmtiles', tiles: 'vector', minZoom: 8, maxZoom: 8, bounds: [104, 19, 107, 22] }))
  test('of another version, cut off, packed otherwise, of another kind, empty or out of the world is refused by its reason', () => {
    assert.deepEqual([
      head((h) => { h[7] = 2 }), head(undefined, 1), head((h) => { h[98] = 4 }), head((h) => { h[99] = 5 }), head((h) => { h.writeBigUInt64LE(0n, 64) }), head((h) => { h.writeInt32LE(-2e9, 106) }), head((h) => { h[100] = 9 }),
    ].map(why), ['BASEMAP_VERSION', 'BASEMAP_CUT', 'BASEMAP_PACKED', 'BASEMAP_KIND', 'BASEMAP_EMPTY', 'BASEMAP_PLACE', 'BASEMAP_PLACE'])
  })
})
test('an MBTiles table without tiles, of an unknown format, or with bounds that are none is refused; without bounds it is the world', () => {
  const table = { format: 'png', bounds: '104,19,107,22', minZoom: 0, maxZoom: 9 }
  assert.deepEqual([readTable({ ...table, minZoom: null }), readTable({ ...table, format: 'tiff' }), readTable({ ...table, bounds: '1,2,x,4' })].map(why), ['BASEMAP_EMPTY', 'BASEMAP_KIND', 'BASEMAP_PLACE'])
  assert.deepEqual(readTable({ ...table, bounds: '' }), { format: 'mbtiles', tiles: 'raster', minZoom: 0, maxZoom: 9, bounds: [-180, -90, 180, 90] })
})

describe('a basemap', () => {
  let world: World
  before(async () => {
    world = await openWorld()
    await run(world.endpoints.find((one) => one.name === 'people.give')!, world.db.as(OPERATOR), { orderId: uuidv7(), personId: world.people.administrator.id, unitId: world.nation, role: 'administrator' })
  })
  after(() => world.close())
  const ask = (name: string, input: object, role: keyof World['people'] = 'administrator') => world.ask(world.endpoints.find((one) => one.name === `maps.${name}`)!, { orderId: uuidv7(), ...input }, world.people[role])
  const send = async (bytes: Buffer, name: string, role: keyof World['people'] = 'administrator', as = '?as=basemap') => {
    const answer = await fetch(`${world.url}/api/v1/files${as}`, { method: 'POST', body: new Uint8Array(bytes), headers: { authorization: `Bearer ${role}`, 'content-disposition': `attachment; filename="${name}"`, 'accept-language': 'vi' } })
    return { status: answer.status, ...await answer.json() as { id: string; detail?: string } }
  }
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${world.url}/api/v1/maps/basemap/${path}`, { headers: { authorization: `Bearer reader`, ...headers } })

  test('is taken from an administrator alone, and as nobody’s attachment', async () => {
    assert.equal((await send(pmtiles(AT), 'nen.pmtiles', 'head')).status, 403)
    assert.deepEqual([(await send(pmtiles(AT), 'nen.pmtiles', 'administrator', '')).status, (await send(Buffer.from('%PDF-1.7'), 'nen.pmtiles')).status], [415, 415])
    assert.match((await send(Buffer.from('%PDF-1.7'), 'a.pdf')).detail!, /không phải bản đồ nền/)
    const { id } = await send(mbtiles(AT, { tables: false }), 'khac.mbtiles')
    const refused = await ask('addBasemap', { fileId: id })
    assert.deepEqual([refused.status, refused.body.code], [422, 'BASEMAP_TABLES'])
    assert.equal((await ask('addBasemap', { fileId: id }, 'head')).status, 403)
  })
  test('in PMTiles is read by ranges, by everybody who is signed in; the library of the browser finds its tile', async () => {
    const file = pmtiles(AT)
    const { id } = await send(file, 'nen.pmtiles')
    const { body } = await ask('addBasemap', { fileId: id, credit: '© Sở Xây dựng' })
    assert.deepEqual((await ask('basemap', {}, 'reader')).body.basemap, { ...body })
    const path = `${String(body.basemapId)}/file`
    const part = await get(path, { range: 'bytes=0-6' })
    assert.deepEqual([part.status, part.headers.get('content-range'), await part.text()], [206, `bytes 0-6/${file.length}`, 'PMTiles'])
    assert.deepEqual([(await get(path, { range: `bytes=${file.length}-` })).status, (await (await get(path, { range: 'bytes=-4' })).arrayBuffer()).byteLength, (await (await get(path)).arrayBuffer()).byteLength], [416, 4, file.length])
    assert.equal((await fetch(`${world.url}/api/v1/maps/basemap/${path}`)).status, 401)
    const found = await new PMTiles({ getKey: () => 'a', getBytes: async (from, length) => ({ data: await (await get(path, { range: `bytes=${from}-${from + length - 1}` })).arrayBuffer() }) }).getZxy(AT.z, AT.x, AT.y)
    assert.deepEqual(Buffer.from(found!.data), tile)
  })
  test('in MBTiles is read by tiles, counted from the north; the one of before is gone, and removed it is gone', async () => {
    const before = (await ask('basemap', {})).body.basemap as { basemapId: string }
    const { id } = await send(mbtiles(AT), 'nen.mbtiles')
    const basemapId = (await ask('addBasemap', { fileId: id })).body.basemapId as string
    assert.equal((await get(`${before.basemapId}/file`)).status, 404)
    const answer = await get(`${basemapId}/tiles/8/202/113`)
    assert.deepEqual([answer.status, answer.headers.get('content-encoding'), Buffer.from(await answer.arrayBuffer())], [200, 'gzip', tile])
    assert.equal((await (await get(`${basemapId}/tiles/8/1/1`)).arrayBuffer()).byteLength, 0)
    assert.deepEqual([(await get(`${basemapId}/file`)).status, (await ask('removeBasemap', { basemapId })).status, (await get(`${basemapId}/tiles/8/202/113`)).status, (await ask('basemap', {})).body.basemap], [404, 200, 404, null])
  })
})
