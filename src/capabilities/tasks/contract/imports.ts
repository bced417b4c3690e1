// Tasks out of a table that an office already has: a file, or rows pasted from Excel or Word.
import * as z from 'zod'
import { UnitBrief } from './shapes.ts'

/** `n`: the running number, which says where rows begin, and is not kept. */
export const IMPORT_COLUMNS = ['n', 'title', 'unit', 'supporting', 'due', 'product', 'workstream', 'priority', 'target', 'target_unit', 'evidence'] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]
/** Bytes of an imported table: twenty thousand lines are two. */
export const MAX_TABLE = 8 * 1024 * 1024
export const MOST_PASTED = 2000

export const PreviewTasks = z.object({
  /** The file's bytes, or else the cells that were pasted. Neither is an empty table. */
  base64: z.base64().max(MAX_TABLE * 1.4).optional(), table: z.array(z.array(z.string().max(8000)).max(60)).max(MOST_PASTED + 20).optional(),
  issuerUnitId: z.uuid(), bodyId: z.uuid().optional().describe('in whose name its standing office, the issuing unit, gives them'), programmeId: z.uuid().optional(), directiveId: z.uuid().optional(),
  /** What each column holds, where the headings do not say it. */
  columns: z.array(z.enum(IMPORT_COLUMNS).nullable()).max(200).optional(),
  /** Which unit is meant by words that several fit; null: left out. */
  units: z.array(z.object({ text: z.string().max(500), unitId: z.uuid().nullable() })).max(2000).optional(),
  /** Cells corrected by the sender; the file stays as it is. */
  cells: z.array(z.object({ line: z.int(), column: z.enum(IMPORT_COLUMNS), text: z.string().max(8000) })).max(5000).optional(),
  /** Lines that the sender leaves out. */
  without: z.array(z.int()).max(20_000).optional(),
})
export type PreviewTasks = z.infer<typeof PreviewTasks>

export const ImportProblem = z.object({ line: z.int(), column: z.string().nullable(), message: z.string() })
const Choice = UnitBrief.extend({ parents: z.array(z.object({ name: z.string() })) })
export const ImportRow = z.object({
  line: z.int(), title: z.string(), unit: z.string(), /** As written: what a correction begins from. */ written: z.object({ unit: z.string(), supporting: z.string(), target: z.string(), target_unit: z.string(), priority: z.string() }), supporting: z.array(z.string()), /** As understood, and as written. */ due: z.string().nullable(), dueWritten: z.string(), product: z.string().nullable(), target: z.string().nullable(),
})
export const TaskImportPreview = z.object({
  previewId: z.uuid().nullable(), rows: z.int(), problems: z.array(ImportProblem), /** The first of them. */ sample: z.array(ImportRow),
  /** Columns of the file that were not understood, and are left out. */ ignored: z.array(z.string()),
  columns: z.array(z.enum(IMPORT_COLUMNS).nullable()), /** Headings of sections, which are no tasks. */ sections: z.array(z.object({ line: z.int(), title: z.string() })),
  /** Words that name no unit for sure: choose, or leave out where it only supports. */
  asked: z.array(z.object({ text: z.string(), lead: z.boolean(), lines: z.int(), choices: z.array(Choice) })),
  zone: z.string(),
})
export type TaskImportPreview = z.infer<typeof TaskImportPreview>
