// The operator's own map under the outlines of units: one PMTiles or MBTiles file, served from this host alone.
import * as z from 'zod'
import { Instant, order } from '../../../kernel/contract.ts'
import type { Refusals } from '../../../kernel/contract.ts'

export const Basemap = z.object({
  basemapId: z.uuid(), format: z.enum(['pmtiles', 'mbtiles']), tiles: z.enum(['vector', 'raster']), minZoom: z.int(), maxZoom: z.int(),
  bounds: z.array(z.number()).length(4).describe('west, south, east, north, in degrees'), credit: z.string().describe('whose data it is; shown on the map'),
})
export type Basemap = z.infer<typeof Basemap>
export const BasemapFile = z.object({ ...Basemap.shape, name: z.string(), size: z.int(), addedAt: Instant, addedBy: z.string().nullable() })
export type BasemapFile = z.infer<typeof BasemapFile>

export const AddBasemap = z.object({ ...order, fileId: z.uuid().describe('of a PMTiles or MBTiles file uploaded with ?as=basemap'), credit: z.string().trim().max(200).default('') })
export type AddBasemap = z.infer<typeof AddBasemap>
export const RemoveBasemap = z.object({ ...order, basemapId: z.uuid() })
const Step = z.coerce.number().int().min(0)
export const Tile = z.object({ basemapId: z.uuid(), z: Step.max(24), x: Step.max(2 ** 24), y: Step.max(2 ** 24) })

type FileRef = { id: string; hash: string; type: string; size: number }
/** Stream `boundaries`. The one of before is used no more. */
export type BasemapAdded = { type: 'basemap.added.v1'; file: FileRef } & Basemap
export type BasemapRemoved = { type: 'basemap.removed.v1'; basemapId: string }

export const basemapStories: Record<(BasemapAdded | BasemapRemoved)['type'], { vi: string; en: string }> = {
  'basemap.added.v1': { vi: 'Dùng bản đồ nền ({format}), mức phóng {minZoom}–{maxZoom}', en: 'Put a basemap to use ({format}), zoom {minZoom}–{maxZoom}' },
  'basemap.removed.v1': { vi: 'Bỏ bản đồ nền', en: 'Took the basemap away' },
}

const bad = (vi: string, en: string) => ({ status: 422, message: { vi: `Bản đồ nền không dùng được: ${vi}.`, en: `This basemap cannot be used: ${en}.` } })
export const basemapRefusals = {
  BASEMAP_VERSION: bad('tệp PMTiles phiên bản {found}; cần phiên bản 3', 'it is PMTiles version {found}, and version 3 is needed'),
  BASEMAP_CUT: bad('tệp bị cắt, thiếu phần cuối; hãy tải lại tệp gốc', 'its end is missing; fetch the original file again'),
  BASEMAP_PACKED: bad('ô bản đồ nén theo cách trình duyệt không mở được; cần gzip hoặc không nén', 'its tiles are packed in a way that browsers do not open; gzip or none is needed'),
  BASEMAP_KIND: bad('loại ô không vẽ được; cần ô véc-tơ (MVT), PNG, JPEG hoặc WebP', 'its kind of tiles cannot be drawn; vector tiles (MVT), PNG, JPEG or WebP are needed'),
  BASEMAP_TABLES: bad('tệp SQLite không có bảng metadata và tiles của MBTiles', 'the SQLite file lacks the tables of MBTiles, metadata and tiles'),
  BASEMAP_EMPTY: bad('tệp không có ô bản đồ nào', 'it holds no tile'),
  BASEMAP_PLACE: bad('phạm vi {bounds} không phải kinh độ, vĩ độ', 'its bounds {bounds} are no longitudes and latitudes'),
} as const satisfies Refusals
export type BasemapRefused = keyof typeof basemapRefusals
