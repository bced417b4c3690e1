// The tree of units as others see it: search, the tree as of a date, what became of a unit, lists imported whole, single edits, links.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { cursor, Day, errors, order, page } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'

/**
 * Reading needs an account and no right: names of authorities are public, and work is addressed to any of them. `unit.edit` counts on the unit and
 * what is below it; `unit.import` changes a whole list, so it must be held on every root; `unit.hand_over` must be held on the closed unit and on the one that takes over.
 */
export const unitRights = ['unit.edit', 'unit.import', 'unit.hand_over'] as const
export type UnitRight = (typeof unitRights)[number]

/** A list keeps its own codes under a scheme; the same code may stand in two schemes. */
export const Scheme = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/)
export const DEFAULT_SCHEME = 'admin'
/** What a unit is, in the words of its list: `province`, `commune`, `force`. The product knows none of them. */
export const Kind = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/)
export const Code = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,39}$/u)
export const Name = z.string().trim().min(1).max(200)
const Latitude = z.number().min(-90).max(90)
const Longitude = z.number().min(-180).max(180)

export const UnitRef = z.object({ id: z.uuid(), code: z.string(), name: z.string(), kind: z.string() })
export type UnitRef = z.infer<typeof UnitRef>

/** A unit as of a date. `parents` from near to far; `until` is the first day on which it was no more. */
export const Unit = UnitRef.extend({
  scheme: z.string(), nameEn: z.string().nullable(), nameOriginal: z.string().nullable(), parents: z.array(UnitRef), children: z.int(),
  from: z.iso.date(), until: z.iso.date().nullable(), lat: z.number().nullable(), lon: z.number().nullable(), version: z.int(), at: z.iso.date(),
})
export type Unit = z.infer<typeof Unit>

/** The last three stand where a list is paged without words to search for: what a file of the list needs. */
export const UnitHit = UnitRef.extend({ scheme: z.string(), parents: z.array(UnitRef), nameEn: z.string().nullable().optional(), lat: z.number().nullable().optional(), lon: z.number().nullable().optional() })
export type UnitHit = z.infer<typeof UnitHit>

/** One line of the tree, opened level by level. */
export const TreeNode = UnitRef.extend({ scheme: z.string(), parentId: z.uuid().nullable(), children: z.int() })
export type TreeNode = z.infer<typeof TreeNode>

/** A time during which nothing about the unit itself changed. */
export const Span = UnitRef.omit({ id: true }).extend({ from: z.iso.date(), until: z.iso.date().nullable(), nameOriginal: z.string().nullable(), nameEn: z.string().nullable(), parent: UnitRef.nullable() })
export type Span = z.infer<typeof Span>

export const Part = z.enum(['full', 'partial'])
/** `part` is how much of the older unit went over. A unit may go on into itself: its code stayed, its extent grew. */
export const Succession = z.object({ unit: UnitRef, part: Part, on: z.iso.date() })
export type Succession = z.infer<typeof Succession>

/** Ties beside the parent; rights and roll-ups never follow them. */
export const LinkKind = z.enum(['professional', 'works_in', 'neighbour'])
export type LinkKind = z.infer<typeof LinkKind>
export const Link = z.object({ id: z.uuid(), kind: LinkKind, direction: z.enum(['to', 'from', 'both']), unit: UnitRef, from: z.iso.date(), until: z.iso.date().nullable() })
export type Link = z.infer<typeof Link>

/** What is wrong with one line of a file, in the asker's language. `line` counts from 1, with the header. */
export const Problem = z.object({ line: z.int().nullable(), code: z.string(), message: z.string() })
export type Problem = z.infer<typeof Problem>

const Change = z.object({ code: z.string(), name: z.string(), was: z.string().optional() })
export const ImportCounts = z.object({
  listed: z.int(), opened: z.int(), closed: z.int(), renamed: z.int(), moved: z.int(), rekinded: z.int(), other: z.int(), same: z.int(),
  /** Units of other lists whose parent closes: they go up to the next unit that stays. */
  lifted: z.int(),
})
export type ImportCounts = z.infer<typeof ImportCounts>
export const ImportPreview = z.object({
  scheme: z.string(), asOf: z.iso.date(), lastOn: z.iso.date().nullable(), counts: ImportCounts, byKind: z.record(z.string(), z.object({ before: z.int(), after: z.int() })),
  /** The first fifty of each, to look at before it is done. */
  samples: z.object({ opened: z.array(Change), closed: z.array(Change), renamed: z.array(Change), moved: z.array(Change), lifted: z.array(Change) }),
  /** Units with none above, of every list, once it is done. */
  tops: z.int(),
  /** Codes that seem to have lost leading zeros; with `zeros` in the order, those that got them back. */
  zeros: z.object({ count: z.int(), sample: z.array(z.object({ from: z.string(), to: z.string() })) }),
  /** Hand it in with the order: what was seen is what is done, or the order is refused. */
  seen: z.string(),
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const SuccessorPreview = z.object({
  on: z.iso.date(), listed: z.int(), full: z.int(), partial: z.int(),
  skipped: z.array(z.object({ line: z.int(), from: z.string(), to: z.string(), unknown: z.array(z.enum(['from', 'to'])) })),
})
export type SuccessorPreview = z.infer<typeof SuccessorPreview>

/** Ten times the largest list known. The command line takes files of up to 32 MiB. */
const MAX_FILE = 8 * 1024 * 1024
const MAX_BODY = 16 * 1024 * 1024
/** The file's own bytes in base64, so that its encoding is judged and its spelling kept; or its text. One of the two. */
const csv = { base64: z.base64().max(Math.ceil(MAX_FILE / 3) * 4).optional(), csv: z.string().max(MAX_FILE).optional() }
/** `zeros`: leading zeros that a spreadsheet dropped from codes are put back. */
export const ImportFile = z.object({ ...csv, scheme: Scheme.default(DEFAULT_SCHEME), asOf: Day, zeros: z.boolean().default(false) })
export const SuccessorFile = z.object({ ...csv, scheme: Scheme.default(DEFAULT_SCHEME), on: Day, skipUnknown: z.boolean().default(false) })

export const CreateUnit = z.object({
  ...order, scheme: Scheme.default(DEFAULT_SCHEME), code: Code, name: Name, nameEn: Name.optional(), kind: Kind, parentId: z.uuid().nullable(), on: Day.optional(),
  lat: Latitude.optional(), lon: Longitude.optional(),
})
export const ChangeUnit = z.object({
  ...order, unitId: z.uuid(), expectedVersion: z.int().min(1), on: Day.optional(), code: Code.optional(), name: Name.optional(), nameEn: Name.nullable().optional(), kind: Kind.optional(),
  parentId: z.uuid().optional(), lat: Latitude.nullable().optional(), lon: Longitude.nullable().optional(),
})
export const CloseUnit = z.object({
  ...order, unitId: z.uuid(), expectedVersion: z.int().min(1), on: Day.optional(), successors: z.array(z.object({ unitId: z.uuid(), part: Part })).max(50).default([]),
})
export const LinkUnits = z.object({ ...order, unitId: z.uuid(), kind: LinkKind, toId: z.uuid(), on: Day.optional() })
export const UnlinkUnits = z.object({ ...order, unitId: z.uuid(), linkId: z.uuid(), on: Day.optional() })

/** `toId`: which of several units that took over. `seen`: what the preview gave; what was seen is what passes, or nothing does. */
export const HandOver = z.object({ ...order, unitId: z.uuid(), toId: z.uuid().optional(), seen: z.string().max(100) })
/** Open events and unfinished tasks (led, issued, supported), the directives that carry them, programmes, templates, the register of papers, reports with what was asked and published, plans and bodies. `grants` stay: a role is given by a person, for a unit they know. */
export const HandoverCounts = z.object({ events: z.int(), tasks: z.int(), issued: z.int(), supported: z.int(), directives: z.int(), programmes: z.int(), templates: z.int(), papers: z.int(), reports: z.int(), requests: z.int(), forms: z.int(), plans: z.int(), bodies: z.int(), grants: z.int() })
export const HandoverPreview = z.object({ unit: UnitRef, to: UnitRef, counts: HandoverCounts, seen: z.string() })
export type HandoverPreview = z.infer<typeof HandoverPreview>
/** What a capability hands to wiring: what a unit has that passes to another, counted, and the facts that pass it, each on the stream of its record. */
export type Carried = { counts: Partial<z.infer<typeof HandoverCounts>>; facts: { on: string; about: string; fact: { type: `${string}.v${number}` } }[] }
export type Carrier = (read: never, fromUnitId: string, toUnitId: string) => Promise<Carried>

export type HandOver = z.infer<typeof HandOver>
export type CreateUnit = z.infer<typeof CreateUnit>
export type ChangeUnit = z.infer<typeof ChangeUnit>
export type CloseUnit = z.infer<typeof CloseUnit>
export type LinkUnits = z.infer<typeof LinkUnits>

export const unitRefusals = {
  FILE_REFUSED: { status: 422, message: { vi: 'Tệp có {count} lỗi nên không nhập dòng nào. {first}', en: 'Nothing was imported; errors in the file: {count}. {first}' } },
  FILE_MISSING: { status: 422, message: { vi: 'Chưa có tệp. Gửi tệp CSV dạng base64 ở trường "base64", hoặc nội dung ở trường "csv".', en: 'There is no file. Send the CSV as base64 in the field "base64", or its text in the field "csv".' } },
  LIST_TOO_OLD: {
    status: 409,
    message: { vi: 'Danh mục "{scheme}" đã có thay đổi ngày {lastOn}; không nhận thay đổi đề ngày {asOf}, sớm hơn.', en: 'The list "{scheme}" has changes as of {lastOn}; one dated {asOf}, which is before, is not taken.' },
  },
  LIST_IN_FUTURE: {
    status: 409,
    message: { vi: 'Ngày {asOf} chưa đến. Xem trước được, nhưng chỉ thực hiện từ ngày đó.', en: '{asOf} has not come yet. It can be previewed, but done only from that day on.' },
  },
  ROOT_ABOVE: {
    status: 409,
    message: { vi: 'Danh sách này lập đơn vị không có cấp trên ({name}), nằm ngoài quyền của bạn: lập xong, bạn không sửa được nữa. Ghi mã cấp trên cho đơn vị đó, hoặc nhờ quản trị của toàn hệ thống.', en: 'This would open a unit without a parent ({name}), outside what you administer: you could not correct it afterwards. Name its parent, or ask an administrator of the whole system.' },
  },
  PREVIEW_STALE: {
    status: 409,
    message: { vi: 'Cây đơn vị đã thay đổi sau khi xem trước. Hãy xem trước lại rồi thực hiện.', en: 'The tree of units has changed since the preview. Preview again, then go on.' },
  },
  CODE_TAKEN: { status: 409, message: { vi: 'Mã {code} đang được dùng trong danh mục "{scheme}".', en: 'The code {code} is in use in the list "{scheme}".' } },
  UNIT_CLOSED: { status: 409, message: { vi: 'Đơn vị này đã thôi hoạt động từ {until}.', en: 'This unit ended on {until}.' } },
  PARENT_CLOSED: { status: 409, message: { vi: 'Đơn vị cấp trên không hoạt động vào ngày {on}.', en: 'The parent unit does not stand on {on}.' } },
  PARENT_BELOW: { status: 409, message: { vi: 'Không thể đặt một đơn vị dưới chính nó.', en: 'A unit cannot be placed below itself.' } },
  TREE_TOO_DEEP: { status: 409, message: { vi: 'Cây đơn vị sâu quá {most} cấp.', en: 'The tree of units would be more than {most} levels deep.' } },
  HAS_CHILDREN: { status: 409, message: { vi: 'Còn {count} đơn vị trực thuộc. Chuyển hoặc đóng các đơn vị đó trước.', en: '{count} [count:unit is|units are] still below it. Move or close [count:it|them] first.' } },
  NOTHING_CHANGED: { status: 422, message: { vi: 'Không có gì thay đổi.', en: 'Nothing would change.' } },
  UNIT_STANDS: { status: 409, message: { vi: '{name} còn hoạt động; chỉ hồ sơ của đơn vị đã thôi hoạt động mới bàn giao được.', en: '{name} still stands; only the records of a unit that has ended pass on.' } },
  NO_SUCCESSOR: { status: 409, message: { vi: 'Chưa có đơn vị nào đang hoạt động kế thừa {name}. Nhập danh sách kế thừa trước.', en: 'No unit that stands has taken over {name}. Import the successors first.' } },
  SUCCESSOR_UNCLEAR: { status: 409, message: { vi: '{name} không có đúng một đơn vị kế thừa toàn bộ. Chọn đơn vị nhận bàn giao: {choices}.', en: 'There is not exactly one full successor of {name}. Say which takes over: {choices}.' } },
  NOT_SUCCESSOR: { status: 409, message: { vi: 'Đơn vị được chọn không kế thừa {name}.', en: 'The unit named has not taken over {name}.' } },
  HANDOVER_STALE: { status: 409, message: { vi: 'Hồ sơ của đơn vị đã thay đổi sau khi xem trước. Hãy xem trước lại rồi bàn giao.', en: 'Records of the unit have changed since the preview. Preview again, then hand over.' } },
  LINK_EXISTS: { status: 409, message: { vi: 'Hai đơn vị đã có quan hệ này.', en: 'The two units already have this link.' } },
  LINK_TO_SELF: { status: 422, message: { vi: 'Một đơn vị không thể có quan hệ với chính nó.', en: 'A unit cannot be linked to itself.' } },
} as const satisfies Refusals
export type UnitRefused = keyof typeof unitRefusals | 'NOT_FOUND' | 'FORBIDDEN' | 'CHANGED'

/** Facts. All but a handover are of the stream `tree`, so the tree has one order. Days are the days from which they hold; `tree` is the version of the tree after it. */
export type NewUnit = {
  id: string; number: number; scheme: string; code: string; name: string; original?: string; nameEn?: string; kind: string; parentId: string | null; lat?: number; lon?: number
}
/** Only what changed is in it; null empties a field. `again`: it was closed on the same day by an earlier version of the list. */
export type ChangedUnit = {
  id: string; code?: string; name?: string; original?: string | null; nameEn?: string | null; kind?: string; parentId?: string | null; lat?: number | null; lon?: number | null; again?: true
}
export type UnitsImported = { type: 'units.imported.v1'; scheme: string; on: string; tree: number; file: string; opened: NewUnit[]; changed: ChangedUnit[]; closed: string[] }
export type SuccessorsImported = { type: 'units.succeeded.v1'; on: string; file: string; successors: [from: string, to: string, part: 'full' | 'partial'][] }
export type UnitOpened = { type: 'unit.opened.v1'; on: string; tree: number; unit: NewUnit }
export type UnitChanged = { type: 'unit.changed.v1'; on: string; tree: number; scheme: string; unit: ChangedUnit }
export type UnitClosed = { type: 'unit.closed.v1'; on: string; tree: number; scheme: string; id: string; successors: [to: string, part: 'full' | 'partial'][] }
export type UnitsLinked = { type: 'unit.linked.v1'; on: string; id: string; kind: LinkKind; fromId: string; toId: string }
export type UnitsUnlinked = { type: 'unit.unlinked.v1'; on: string; id: string }
/** Stream `unit:<id>`. What passed follows as facts of the records themselves, in the same order. */
export type UnitHandedOver = { type: 'unit.handed_over.v1'; id: string; toId: string; counts: Omit<z.infer<typeof HandoverCounts>, 'grants' | 'programmes' | 'templates' | 'papers' | 'reports' | 'requests' | 'forms' | 'plans' | 'bodies'> }
export type UnitFact = UnitsImported | SuccessorsImported | UnitOpened | UnitChanged | UnitClosed | UnitsLinked | UnitsUnlinked | UnitHandedOver

export const unitStories = {
  'units.imported.v1': { vi: 'Nhập danh mục "{scheme}" theo ngày {on}', en: 'Took over the list "{scheme}" as of {on}' },
  'units.succeeded.v1': { vi: 'Nhập danh sách đơn vị kế thừa theo ngày {on}', en: 'Took over the list of successors as of {on}' },
  'unit.opened.v1': { vi: 'Lập đơn vị {unit.name} từ {on}', en: 'Opened the unit {unit.name} on {on}' },
  'unit.changed.v1': { vi: 'Thay đổi thông tin đơn vị từ {on}', en: 'Changed the unit as of {on}' },
  'unit.closed.v1': { vi: 'Đơn vị thôi hoạt động từ {on}', en: 'Ended the unit on {on}' },
  'unit.linked.v1': { vi: 'Lập quan hệ với đơn vị khác từ {on}', en: 'Tied to another unit on {on}' },
  'unit.handed_over.v1': { vi: 'Bàn giao hồ sơ cho đơn vị kế thừa: {counts.events} sự kiện, {counts.tasks} nhiệm vụ chủ trì, {counts.issued} nhiệm vụ đã giao', en: 'Handed over to the unit that took over: {counts.events} events, {counts.tasks} tasks led, {counts.issued} tasks issued' },
  'unit.unlinked.v1': { vi: 'Bỏ quan hệ với đơn vị khác từ {on}', en: 'Ended a tie to another unit on {on}' },
} as const satisfies Record<UnitFact['type'], { vi: string; en: string }>

const base = oc.$meta<Meta>({ right: 'self' }).errors(errors(unitRefusals))
const at = { at: Day.optional() }
const read = (path: `/${string}`, summary: string) => base.route({ method: 'GET', path, tags: ['units'], summary })
const write = (path: `/${string}`, summary: string, right: UnitRight, on?: string, method: 'POST' | 'PATCH' = 'POST') =>
  base.meta({ right, ...(on ? { on } : {}) }).route({ method, path, tags: ['units'], summary })
const bring = (path: `/${string}`, summary: string) => base.meta({ right: 'unit.import', limit: MAX_BODY }).route({ method: 'POST', path, tags: ['units'], summary })
const one = z.object({ unitId: z.uuid(), ...at })
const Done = z.object({ unitId: z.uuid(), version: z.int() })

export const unitsContract = {
  search: read('/units', 'Search units by name, abbreviation, code or parent; without q, all of them in the order of the tree')
    .input(z.object({ q: z.string().max(200).optional(), ...at, scheme: Scheme.optional(), kind: Kind.optional(), under: z.uuid().optional(), /** Only where the asker holds this right. */ right: z.string().max(60).regex(/^[a-z_]+\.[a-z_]+$/).optional(), ...cursor })).output(page(UnitHit)),
  count: read('/units/count', 'How many units of each kind there are on a day; `under`: a unit and all below it')
    .input(z.object({ ...at, scheme: Scheme.optional(), under: z.uuid().optional() })).output(z.object({ at: z.iso.date(), kinds: z.record(z.string(), z.int()) })),
  roots: read('/units/roots', 'The units that have no parent').input(z.object({ ...at, ...cursor })).output(page(TreeNode)),
  get: read('/units/{unitId}', 'One unit as of a day').input(one).output(Unit),
  children: read('/units/{unitId}/children', 'The units directly below one').input(one.extend(cursor)).output(page(TreeNode)),
  history: read('/units/{unitId}/history', 'Names, codes, kinds and parents that a unit has had')
    .input(z.object({ unitId: z.uuid() })).output(z.object({ spans: z.array(Span), from: z.array(Succession), into: z.array(Succession) })),
  links: read('/units/{unitId}/links', 'Ties of a unit beside its parent').input(one).output(z.object({ items: z.array(Link) })),

  previewImport: bring('/units/imports/preview', 'What a list would open, close, rename and move').input(ImportFile).output(ImportPreview),
  import: bring('/units/imports', 'Take a whole list over, in one order')
    .input(ImportFile.extend({ orderId: order.orderId, seen: z.string().max(200).optional() })).output(z.object({ counts: ImportCounts, tree: z.int() })),
  previewSuccessors: bring('/units/successors/preview', 'Check a list of successors').input(SuccessorFile).output(SuccessorPreview),
  importSuccessors: bring('/units/successors', 'Say which units went over into which')
    .input(SuccessorFile.extend({ orderId: order.orderId })).output(SuccessorPreview),

  create: write('/units', 'Open one unit below another', 'unit.edit', 'unit').input(CreateUnit).output(Done),
  change: write('/units/{unitId}', 'Rename, move or correct one unit', 'unit.edit', 'unit', 'PATCH').input(ChangeUnit).output(Done),
  close: write('/units/{unitId}/close', 'End one unit', 'unit.edit', 'unit').input(CloseUnit).output(Done),
  previewHandover: base.meta({ right: 'unit.hand_over', on: 'unit' }).route({ method: 'GET', path: '/units/{unitId}/handover', tags: ['units'], summary: 'What of a closed unit would pass to the one that took over' })
    .input(z.object({ unitId: z.uuid(), toId: z.uuid().optional() })).output(HandoverPreview),
  handOver: write('/units/{unitId}/handover', 'Pass the open records of a closed unit to the one that took over', 'unit.hand_over', 'unit').input(HandOver).output(HandoverPreview.omit({ seen: true })),
  link: write('/units/{unitId}/links', 'Tie a unit to another', 'unit.edit', 'unit').input(LinkUnits).output(z.object({ linkId: z.uuid() })),
  unlink: write('/units/{unitId}/links/{linkId}/end', 'End a tie', 'unit.edit', 'unit').input(UnlinkUnits).output(z.object({ linkId: z.uuid() })),
}
