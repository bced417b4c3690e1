// What papers, plans and reports are handed of custody.
import type { Reader } from '../../../kernel/db.ts'
import type { Staged } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { RecordKind } from './facts.ts'

export type CustodyNeeds = {
  /** What a new record with a grade takes besides: its order carries these facts. `units`: whose offices it is sent to. */
  grading: (c: Context, kind: RecordKind, recordId: string, grade: Grade, units?: string[]) => { streams: string[]; decide: (read: Reader) => Promise<{ facts: Staged[] } | { refused: 'GRADE_ABOVE' }> }
  /** Why files of that grade and these types may not be attached, if they may not. `own`: the record's grade where it is only being made. */
  unfit: (read: Reader, recordId: string, files: readonly { type: string }[], grade: Grade, own?: Grade) => Promise<'FILE_GRADE' | 'FILE_UNMARKED' | undefined>
  /** Written down before what is graded leaves; undefined where it is not graded. Answers what stands across its pages. */
  reading: (c: Pick<Context, 'read' | 'side' | 'actor' | 'at' | 'lang'>, subject: string, how: 'read' | 'file', besides?: string) => Promise<string | undefined>
  /** Of what is only being written: refused above the ceiling. Answers what stands across its pages. */
  drafting: (c: Context, grade: Grade) => Promise<string | undefined>
  /** As reading, for a download; refused without a print order of the asker's own. */
  printing: (c: Context, subject: string, printId: string | undefined) => Promise<string | undefined>
}
