// The operator's own boundary files: uploaded, matched with units by code, drawn by boards. The program brings none of its own.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Instant, commonRefusals, errors, order } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'
import { AddBasemap, Basemap, BasemapFile, RemoveBasemap, Tile, basemapRefusals, basemapStories } from './contract/basemap.ts'
import type { BasemapAdded, BasemapRemoved } from './contract/basemap.ts'

/** Counted on every root of the tree: a boundary file is the installation's, not a unit's. */
export const mapRights = ['map.edit'] as const

const Property = z.string().min(1).max(120)
const Scheme = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/)
const Named = z.object({ code: z.string(), name: z.string() })

export const CheckBoundaries = z.object({
  fileId: z.uuid().describe('of a GeoJSON or TopoJSON file that was uploaded before'),
  property: Property.optional().describe('of each shape, that holds the code of its unit; default: the one with the most matches'),
  scheme: Scheme.optional().describe('the list of units that the codes are of; default: the one with the most matches'),
})
export type CheckBoundaries = z.infer<typeof CheckBoundaries>

/** What of the file fits the units of today, and what does not. */
export const BoundaryReport = z.object({
  property: z.string(), scheme: z.string(),
  properties: z.array(z.object({ name: z.string(), sample: z.string(), matched: z.int() })),
  shapes: z.int(), points: z.int(), kept: z.int().describe('points that are left after what nobody sees was taken out'), matched: z.int(),
  kinds: z.array(z.object({ kind: z.string(), units: z.int(), matched: z.int() })),
  /** The first fifty of each. */
  unknown: z.array(Named), unknownCount: z.int(),
  missing: z.array(Named), missingCount: z.int(),
})
export type BoundaryReport = z.infer<typeof BoundaryReport>

export const Boundary = z.object({ boundaryId: z.uuid(), name: z.string(), property: z.string(), scheme: z.string(), shapes: z.int(), matched: z.int(), addedAt: Instant, addedBy: z.string().nullable() })
export type Boundary = z.infer<typeof Boundary>

/**
 * Outlines of units. `arcs`: lines that neighbours share, each a text of differences on a grid of `grid` parts a degree (decide/lines.ts reads them);
 * of a shape its polygons, of a polygon its rings, of a ring its arcs in order, ~n for one that runs backwards.
 */
export const Shapes = z.object({
  grid: z.int(), arcs: z.array(z.string()),
  shapes: z.array(z.object({ unitId: z.uuid(), polygons: z.array(z.array(z.array(z.int()))) })),
})
export type Shapes = z.infer<typeof Shapes>

export const AddBoundaries = z.object({ ...order, ...CheckBoundaries.shape })
export type AddBoundaries = z.infer<typeof AddBoundaries>
export const RemoveBoundaries = z.object({ ...order, boundaryId: z.uuid() })

type FileRef = { id: string; hash: string; type: string; size: number }
/** Stream `boundaries`. `file`: what is drawn, made from `source`, what was uploaded. */
export type BoundariesAdded = { type: 'boundaries.added.v1'; boundaryId: string; property: string; scheme: string; shapes: number; matched: number; file: FileRef; source: FileRef }
export type BoundariesRemoved = { type: 'boundaries.removed.v1'; boundaryId: string }

export const mapStories: Record<(BoundariesAdded | BoundariesRemoved | BasemapAdded | BasemapRemoved)['type'], { vi: string; en: string }> = {
  'boundaries.added.v1': { vi: 'Thêm tệp ranh giới: {shapes} vùng, {matched} khớp với đơn vị', en: 'Added a boundary file: {shapes} shapes, {matched} of them of units' },
  'boundaries.removed.v1': { vi: 'Bỏ tệp ranh giới', en: 'Removed a boundary file' },
  ...basemapStories,
}

export const mapRefusals = {
  BOUNDARY_FILE: { status: 422, message: { vi: 'Tệp không phải GeoJSON hoặc TopoJSON: {why}', en: 'The file is neither GeoJSON nor TopoJSON: {why}' } },
  BOUNDARY_EMPTY: { status: 422, message: { vi: 'Tệp không có vùng nào (Polygon, MultiPolygon).', en: 'The file holds no areas (Polygon, MultiPolygon).' } },
  BOUNDARY_LARGE: { status: 413, message: { vi: 'Tệp có {found} {what}; nhận nhiều nhất {most}.', en: 'The file has {found} {what}; at most {most} are taken.' } },
  BOUNDARY_PLACE: { status: 422, message: { vi: 'Tọa độ {x}; {y} không phải kinh độ và vĩ độ. Xuất lại tệp theo hệ tọa độ WGS 84 (EPSG:4326).', en: 'The coordinates {x}; {y} are no longitude and latitude. Export the file in WGS 84 (EPSG:4326).' } },
  FILE_UNKNOWN: { status: 422, message: { vi: 'Tệp đính kèm không tồn tại hoặc không phải do bạn tải lên.', en: 'The attached file does not exist, or was not uploaded by you.' } },
  BOUNDARY_UNMATCHED: { status: 422, message: { vi: 'Không vùng nào có mã của một đơn vị ở thuộc tính "{property}".', en: 'No shape has the code of a unit in its property "{property}".' } },
  ...basemapRefusals,
} as const satisfies Refusals

const meta = (right: Meta['right'], limit?: number): Meta => (limit ? { right, limit } : { right })
const tags = ['maps']
const base = oc.errors(errors(mapRefusals))

export const mapsContract = {
  shapes: oc.errors(errors(commonRefusals)).meta(meta('self')).route({ method: 'GET', path: '/maps/shapes', tags, summary: 'Outlines of the units below one, or of all of a kind below it' })
    .input(z.object({ unitId: z.uuid(), kind: z.string().max(32).optional() })).output(Shapes),
  boundaries: base.meta(meta('map.edit')).route({ method: 'GET', path: '/maps/boundaries', tags, summary: 'The boundary files in use' })
    .output(z.object({ items: z.array(Boundary) })),
  check: base.meta(meta('map.edit')).route({ method: 'POST', path: '/maps/boundaries/check', tags, summary: 'What of an uploaded boundary file fits the units, and what does not' })
    .input(CheckBoundaries).output(BoundaryReport),
  add: base.meta(meta('map.edit')).route({ method: 'POST', path: '/maps/boundaries', tags, summary: 'Use an uploaded boundary file' })
    .input(AddBoundaries).output(z.object({ boundaryId: z.uuid(), matched: z.int() })),
  remove: base.meta(meta('map.edit')).route({ method: 'POST', path: '/maps/boundaries/{boundaryId}/remove', tags, summary: 'Use a boundary file no more' })
    .input(RemoveBoundaries).output(z.object({ boundaryId: z.uuid() })),
  basemap: oc.errors(errors(commonRefusals)).meta(meta('self')).route({ method: 'GET', path: '/maps/basemap', tags, summary: 'The map that lies under the outlines, if there is one' })
    .output(z.object({ basemap: Basemap.nullable() })),
  aboutBasemap: base.meta(meta('map.edit')).route({ method: 'GET', path: '/maps/basemap/about', tags, summary: 'The file of the basemap in use' })
    .output(z.object({ basemap: BasemapFile.nullable() })),
  addBasemap: base.meta(meta('map.edit')).route({ method: 'POST', path: '/maps/basemap', tags, summary: 'Use an uploaded PMTiles or MBTiles file as the basemap, in place of the one of before' })
    .input(AddBasemap).output(Basemap),
  removeBasemap: base.meta(meta('map.edit')).route({ method: 'POST', path: '/maps/basemap/{basemapId}/remove', tags, summary: 'Use the basemap no more, and delete its file' })
    .input(RemoveBasemap).output(z.object({ basemapId: z.uuid() })),
  basemapFile: oc.errors(errors(commonRefusals)).meta(meta('self')).route({ method: 'GET', path: '/maps/basemap/{basemapId}/file', tags, summary: 'A PMTiles basemap, whole or in parts (Range)' })
    .input(z.object({ basemapId: z.uuid() })),
  tile: oc.errors(errors(commonRefusals)).meta(meta('self')).route({ method: 'GET', path: '/maps/basemap/{basemapId}/tiles/{z}/{x}/{y}', tags, summary: 'One tile of an MBTiles basemap; empty where it has none' })
    .input(Tile),
}
