import { implement } from '@orpc/server'
import { fileFacts, fileOf, holdFiles } from '../../kernel/blobs.ts'
import type { Blobs } from '../../kernel/blobs.ts'
import { Refusal } from '../../kernel/commit.ts'
import { derivedId } from '../../kernel/ids.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { mapsContract } from './contract.ts'
import type { AddBoundaries, BoundariesAdded, BoundariesRemoved, BoundaryReport, CheckBoundaries, Shapes } from './contract.ts'
import { readFile } from './decide/file.ts'
import { matchShapes } from './decide/match.ts'
import { loaded, outlines, storedOf } from './decide/outlines.ts'
import type { Loaded, Stored, Wanted } from './decide/outlines.ts'
import { addBasemap, basemaps } from './routes/basemap.ts'
import { boundariesNow, mayEditMaps, pathOf, subtree, treeNow, unitsNow } from './store.ts'

const STREAM = 'boundaries'
const KEPT_ANSWERS = 64
/** What is larger is no outline of units for a screen; the limit for attachments may be lower. */
const MOST_BYTES = 25 * 1024 * 1024

export function mapsRoutes(blobs: () => Blobs) {
  const api = implement(mapsContract).$context<Context>().use(refusals)
  const opened = new Map<string, Promise<Loaded>>()
  const answers = new Map<string, Shapes>()
  const under = basemaps(blobs)

  async function textOf(sha256: Buffer): Promise<string> {
    const parts: Buffer[] = []
    for await (const part of await blobs().open(sha256)) parts.push(part)
    return Buffer.concat(parts).toString('utf8')
  }

  /** Read once a process: files in use are a few, and never change. */
  function open({ read }: Context, fileId: string): Promise<Loaded> {
    let found = opened.get(fileId)
    if (!found) {
      found = (async () => {
        const file = await fileOf(read, fileId)
        return loaded(file ? JSON.parse(await textOf(file.sha256)) as Stored : { grid: 1, arcs: [], shapes: [] })
      })()
      opened.set(fileId, found)
      found.catch(() => opened.delete(fileId))
    }
    return found
  }

  async function examine({ read, actor }: Context, asked: CheckBoundaries): Promise<{ report: BoundaryReport; stored: Stored }> {
    if (!await mayEditMaps(read, actor)) throw new Refusal('FORBIDDEN')
    const file = await fileOf(read, asked.fileId)
    if (!file || (file.uploadedBy !== actor.id && actor.kind === 'person')) throw new Refusal('FILE_UNKNOWN')
    if (Number(file.size) > MOST_BYTES) throw new Refusal('BOUNDARY_LARGE', { found: Math.ceil(Number(file.size) / 1048576), most: MOST_BYTES / 1048576, what: { vi: 'MB', en: 'MB' } })
    const areas = readFile(await textOf(file.sha256))
    if ('refused' in areas) throw new Refusal(areas.refused, areas.data)
    const { report, codes } = matchShapes(areas.areas, await unitsNow(read), asked)
    const { stored, kept } = storedOf(areas.areas, codes)
    return { report: { ...report, points: areas.points, kept }, stored }
  }

  async function add(context: Context, input: AddBoundaries): Promise<{ boundaryId: string; matched: number }> {
    const { read, side, actor, at, commit } = context
    const { report, stored } = await examine(context, input)
    if (report.matched === 0) throw new Refusal('BOUNDARY_UNMATCHED', { property: report.property })
    const boundaryId = derivedId(at, 'boundaries', input.orderId)
    const holder = `boundaries:${boundaryId}`
    // Not held by anything until the order is in the journal; refused, it is collected after a day.
    const made = await blobs().store(read, side, actor, at, 'boundaries.json', oneChunk(JSON.stringify(stored)))
    return commit({ id: input.orderId, kind: 'boundaries.add.v1', streams: [STREAM], body: input, told: input.told }, async (read) => {
      if (!await mayEditMaps(read, actor)) return { refused: 'FORBIDDEN' }
      const files = await fileFacts(read, actor, [made.id, input.fileId], holder)
      if (!files) return { refused: 'FILE_UNKNOWN' }
      const { property, scheme, shapes, matched } = report
      const fact: BoundariesAdded = { type: 'boundaries.added.v1', boundaryId, property, scheme, shapes, matched, file: files[0]!, source: files[1]! }
      return { facts: [fact], answer: { boundaryId, matched }, aside: (own) => holdFiles(own, [made.id, input.fileId], holder, at) }
    })
  }

  return api.router({
    shapes: api.shapes.handler(async ({ input, context }) => {
      const { read } = context
      const [path, files, tree] = await Promise.all([pathOf(read, input.unitId), boundariesNow(read), treeNow(read)])
      if (!path) throw new Refusal('NOT_FOUND')
      if (files.length === 0) return { grid: 1, arcs: [], shapes: [] }
      const key = [input.unitId, input.kind ?? '', tree, ...files.map((file) => file.fileId)].join(' ')
      let answer = answers.get(key)
      if (!answer) {
        const open_ = await Promise.all(files.map(async (file) => ({ scheme: file.scheme, loaded: await open(context, file.fileId) })))
        answer = outlines(open_, wantedOf(await subtree(read, path), input.unitId, input.kind))
        if (answers.size >= KEPT_ANSWERS) answers.delete(answers.keys().next().value!)
        answers.set(key, answer)
      }
      return answer
    }),
    boundaries: api.boundaries.handler(async ({ context: { read, actor } }) => {
      if (!await mayEditMaps(read, actor)) throw new Refusal('FORBIDDEN')
      return { items: (await boundariesNow(read)).map(({ id, fileId: _, sourceId: __, addedAt, ...row }) => ({ ...row, boundaryId: id, addedAt: addedAt.toISOString() })) }
    }),
    check: api.check.handler(async ({ input, context }) => (await examine(context, input)).report),
    add: api.add.handler(({ input, context }) => add(context, input)),
    remove: api.remove.handler(({ input, context: { actor, commit } }) =>
      commit<{ boundaryId: string }>({ id: input.orderId, kind: 'boundaries.remove.v1', streams: [STREAM], body: input, told: input.told }, async (read) => {
        if (!await mayEditMaps(read, actor)) return { refused: 'FORBIDDEN' }
        if (!(await boundariesNow(read)).some((one) => one.id === input.boundaryId)) return { refused: 'NOT_FOUND' }
        const fact: BoundariesRemoved = { type: 'boundaries.removed.v1', boundaryId: input.boundaryId }
        return { facts: [fact], answer: { boundaryId: input.boundaryId } }
      })),
    basemap: api.basemap.handler(({ context }) => under.now(context)),
    aboutBasemap: api.aboutBasemap.handler(({ context }) => under.about(context)),
    addBasemap: api.addBasemap.handler(({ input, context }) => addBasemap(context, blobs(), input)),
    removeBasemap: api.removeBasemap.handler(({ input, context }) => under.remove(context, input)),
    basemapFile: api.basemapFile.handler(({ input, context }) => under.file(context, input.basemapId)),
    tile: api.tile.handler(({ input, context }) => under.tile(context, input)),
  })
}

/** Children of the unit, or all of a kind below it; each with those below it, whose shapes may have to stand in. */
function wantedOf(places: Awaited<ReturnType<typeof subtree>>, unitId: string, kind: string | undefined): Wanted[] {
  const shown = places.filter((place) => place.unitId !== unitId && (kind ? place.kind === kind : place.parentId === unitId))
  return shown.map(({ unitId: id, code, scheme, path }) => ({ unitId: id, code, scheme, below: places.filter((one) => one.path !== path && one.path.startsWith(path)) }))
}

async function* oneChunk(text: string): AsyncIterable<Buffer> { yield Buffer.from(text) }
