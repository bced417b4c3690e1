// What the journal keeps of plans. Their titles are an office's texts; what stands in a section, and what people say about it, is private text.
import type { Grade } from '../../../pure/grades.ts'
import type { Header, MATTERS, PLAN_KINDS } from './shapes.ts'

export type TextRef = { id: string; hash: string }
export type FileRef = { id: string; hash: string; type: string; size: number }
type Matter = (typeof MATTERS)[number]
/** What an approved version rests on, as it was when it was approved. `tables`: a hash over the rows that the unit can be asked to do by. */
export type Rests = {
  reviewOn: string | null; event: { id: string; dayOn: string | null; phase: string; class: string } | null
  units: string[]; plans: { id: string; n: number | null }[]; tables: { sectionId: string; source: string; hash: string }[]; papers?: { id: string; state: string }[]
}

/** Stream `plan:<id>`, about itself; so for all that follow. */
export type PlanDrafted = { type: 'plan.drafted.v1'; planId: string; unitId: string; kind: (typeof PLAN_KINDS)[number]; matter: Matter; lang: 'vi' | 'en'; template: string; sections: { id: string; code: string; title: string; tables: string[] }[] } & Header
export type PlanChanged = { type: 'plan.changed.v1'; planId: string; n: number } & Header
/** `units`: those that its actions name; the rest of it stands in the text. */
export type SectionWritten = { type: 'plan.section_written.v1'; planId: string; n: number; sectionId: string; title: string; content: TextRef; tables: string[]; units: string[]; actions: number }
export type PlanArranged = { type: 'plan.arranged.v1'; planId: string; n: number; sections: { id: string; title: string }[] }
export type PlanAttached = { type: 'plan.attached.v1'; planId: string; files: FileRef[]; /** The highest grade of these files; absent: none. */ filesGrade?: Exclude<Grade, 'none'> }
/** The file stays: versions before `n` still show it. */
export type PlanDetached = { type: 'plan.detached.v1'; planId: string; n: number; fileId: string; reason: TextRef }
export type PlanConsulted = { type: 'plan.consulted.v1'; planId: string; n: number; units: string[]; due: string }
export type PlanAnswered = { type: 'plan.answered.v1'; planId: string; n: number; unitId: string; verdict: 'agree' | 'comments'; text: TextRef | null; files: string[] }
export type PlanCommented = { type: 'plan.commented.v1'; planId: string; n: number; commentId: string; sectionId: string; quote: TextRef | null; text: TextRef }
export type CommentSettled = { type: 'plan.comment_settled.v1'; planId: string; commentId: string; resolved: boolean }
/** `units`: of the members and the standing office; whoever appraises for one of them may. */
export type AppraisalBegun = { type: 'plan.appraisal_begun.v1'; planId: string; n: number; bodyId: string | null; unitId: string; units: string[]; due: string | null }
export type PointRaised = { type: 'plan.point_raised.v1'; planId: string; n: number; pointId: string; sectionId: string | null; text: TextRef }
export type PointSettled = { type: 'plan.point_settled.v1'; planId: string; pointId: string; how: 'fixed' | 'answered'; text: TextRef | null }
/** By who appraises: it was raised by mistake. */
export type PointWithdrawn = { type: 'plan.point_withdrawn.v1'; planId: string; n: number; pointId: string }
export type PointReopened = { type: 'plan.point_reopened.v1'; planId: string; n: number; pointId: string }
export type PlanAppraised = { type: 'plan.appraised.v1'; planId: string; n: number; verdict: 'pass' | 'return'; text: TextRef | null }
/** The tasks follow as `task.assigned.v1`, each on its own stream. `tables`: the live tables as they were, in words. */
export type PlanApproved = {
  type: 'plan.approved.v1'; planId: string; n: number; number: string | null; inForceFrom: string; how: string | null; files: FileRef[]; rests: Rests; tables: TextRef | null; made: { actionId: string; taskId: string }[]; /** Where it was recorded later. */ approvedOn?: string
}
/** `from`: the day from which the other one holds; without it at once. */
export type PlanReplaced = { type: 'plan.replaced.v1'; planId: string; by: string; from?: string }
export type PlanWithdrawn = { type: 'plan.withdrawn.v1'; planId: string; reason: TextRef; /** The day here. */ on?: string }
export type VersionBegun = { type: 'plan.version_begun.v1'; planId: string; n: number; from: number }

/** `own`: the plan itself passes. `asked`: what the unit was asked to say about it. */
export type PlanHandedOver = { type: 'plan.handed_over.v1'; planId: string; fromUnitId: string; toUnitId: string; own: boolean; asked: boolean }

export type PlanFact = PlanHandedOver | PlanDetached | PlanDrafted | PlanChanged | SectionWritten | PlanArranged | PlanAttached | PlanConsulted | PlanAnswered | PlanCommented | CommentSettled | AppraisalBegun | PointRaised | PointSettled | PointWithdrawn | PointReopened | PlanAppraised
  | PlanApproved | PlanReplaced | PlanWithdrawn | VersionBegun
export const plansStories: Record<PlanFact['type'], { vi: string; en: string }> = {
  'plan.drafted.v1': { vi: 'Bắt đầu soạn “{title}”', en: 'Began to draft “{title}”' },
  'plan.changed.v1': { vi: 'Sửa thông tin chung của “{title}”', en: 'Changed the particulars of “{title}”' },
  'plan.section_written.v1': { vi: 'Viết phần “{title}” (bản {n})', en: 'Wrote the section “{title}” (version {n})' },
  'plan.arranged.v1': { vi: 'Sắp xếp lại các phần (bản {n})', en: 'Arranged the sections (version {n})' },
  'plan.attached.v1': { vi: 'Đính kèm tệp', en: 'Attached files' },
  'plan.detached.v1': { vi: 'Gỡ một tệp đính kèm khỏi bản {n}', en: 'Took a file off version {n}' },
  'plan.consulted.v1': { vi: 'Gửi lấy ý kiến các đơn vị, hạn {due}', en: 'Asked units for their opinion by {due}' },
  'plan.answered.v1': { vi: '{unitId} trả lời lấy ý kiến (bản {n})', en: '{unitId} answered the consultation (version {n})' },
  'plan.commented.v1': { vi: 'Góp ý vào một đoạn (bản {n})', en: 'Commented on a passage (version {n})' },
  'plan.comment_settled.v1': { vi: 'Đánh dấu góp ý đã xử lý hoặc mở lại', en: 'Marked a comment as dealt with, or opened it again' },
  'plan.appraisal_begun.v1': { vi: 'Trình thẩm định bản {n}', en: 'Sent version {n} for appraisal' },
  'plan.point_raised.v1': { vi: 'Thẩm định: nêu một điểm cần sửa', en: 'Appraisal: raised a point to fix' },
  'plan.point_settled.v1': { vi: 'Thẩm định: xử lý một điểm', en: 'Appraisal: settled a point' },
  'plan.point_withdrawn.v1': { vi: 'Thẩm định: rút một điểm', en: 'Appraisal: withdrew a point' },
  'plan.point_reopened.v1': { vi: 'Thẩm định: mở lại một điểm', en: 'Appraisal: opened a point again' },
  'plan.appraised.v1': { vi: 'Kết luận thẩm định bản {n}', en: 'Concluded the appraisal of version {n}' },
  'plan.approved.v1': { vi: 'Phê duyệt bản {n}, có hiệu lực từ {inForceFrom}', en: 'Approved version {n}, in force from {inForceFrom}' },
  'plan.replaced.v1': { vi: 'Được thay thế bằng kế hoạch, phương án khác', en: 'Replaced by another plan' },
  'plan.withdrawn.v1': { vi: 'Hủy bỏ kế hoạch, phương án', en: 'Withdrew the plan' },
  'plan.handed_over.v1': { vi: 'Chuyển cho đơn vị kế thừa sau sáp nhập', en: 'Passed to the unit that took over' },
  'plan.version_begun.v1': { vi: 'Bắt đầu soạn bản {n} từ bản {from}', en: 'Began version {n} from version {from}' },
}
