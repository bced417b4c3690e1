// What the journal keeps of directives and tasks. Every instant and every sum is worked out by the order and stands in the fact: a replay needs no calendar.
export type TaskState = 'assigned' | 'accepted' | 'under_way' | 'reported' | 'verified' | 'returned' | 'refused' | 'withdrawn'
export type Priority = 'low' | 'normal' | 'high'
/** `number`: so many `unit`; `percent`: so many percent of what there is; `all`: everything there is. */
export type TaskTarget = { kind: 'number' | 'percent' | 'all'; count: number; unit: string }
/** A private text: its id, and a salted hash that proves it as long as it is kept. */
export type TextRef = { id: string; hash: string }
/** When it is due: the instant, the rule that gave it (null: typed), the zone in which its day ends. */
export type TaskDue = { at: string; rule: string | null; zone: string }

/** All that is known of a task when it is given. `lineage`: the tasks it was split from, nearest first. `stream`: where everything that happens to it is recorded. */
export type NewTask = {
  id: string; stream: string; directiveId: string | null; programmeId: string | null; eventId: string | null; importId: string | null
  lineage: string[]; title: string; lang: 'vi' | 'en'; product: string | null; workstream: string; level: string
  issuerUnitId: string; unitId: string; supportingUnitIds: string[]; /** In whose name its standing office, the issuer, gave it. */ bodyId?: string
  due: TaskDue | null; priority: Priority; target: TaskTarget | null; evidenceKind: string | null
}

/** Stream `unit:<issuer>`, about `directive:<id>`. Its tasks follow as facts of their own, each on its own stream. */
export type DirectiveIssued = {
  type: 'directive.issued.v1'
  directiveId: string; issuerUnitId: string; programmeId: string | null; number: string | null; title: string; lang: 'vi' | 'en'; body: string | null
  /** The paper it rests on, in words. */
  basis: string | null
  issuedOn: string; tasks: number; bodyId?: string
}

/** Stream `event:<id>` of a task with an event, else `unit:<lead unit of the whole>`; about `task:<id>`. So for all that follow. */
export type TaskAssigned = { type: 'task.assigned.v1'; task: NewTask }
export type TaskAccepted = { type: 'task.accepted.v1'; taskId: string }
export type TaskStarted = { type: 'task.started.v1'; taskId: string }
/** `reached` and `base` are the new sums of this task; `above` names the tasks whose sums grow by the difference (`plusReached`, `plusBase`). */
export type TaskReported = {
  type: 'task.reported.v1'
  taskId: string; reportId: string; done: boolean; from: TaskState
  reached: number | null; base: number | null; plusReached: number; plusBase: number; above: string[]
  note: TextRef | null; files: { id: string; hash: string }[]
  evidence: { label: string | null; on: string | null; expiresAt: string | null }
}
export type TaskVerified = { type: 'task.verified.v1'; taskId: string; above: string[]; note: TextRef | null }
/** `due`: a new date given with it. `wasDone`: it counted as a done part of the tasks above. */
export type TaskReturned = { type: 'task.returned.v1'; taskId: string; from: TaskState; above: string[]; reason: TextRef; due: TaskDue | null }
export type TaskRefused = { type: 'task.refused.v1'; taskId: string; above: string[]; reason: TextRef }
export type ExtensionAsked = { type: 'task.extension_asked.v1'; taskId: string; extensionId: string; until: string; reason: TextRef }
export type ExtensionGranted = { type: 'task.extension_granted.v1'; taskId: string; extensionId: string | null; due: TaskDue }
export type ExtensionDeclined = { type: 'task.extension_declined.v1'; taskId: string; extensionId: string; reason: TextRef }
export type TaskWithdrawn = { type: 'task.withdrawn.v1'; taskId: string; from: TaskState; above: string[]; reason: TextRef | null }
/** The parts follow as `task.assigned.v1`, each about itself. */
export type TaskSplit = { type: 'task.split.v1'; taskId: string; parts: string[]; above: string[] }
/** Only what changed is in it. `version` is the version after it. */
export type TaskEdited = {
  type: 'task.edited.v1'
  taskId: string; version: number
  title?: string; lang?: 'vi' | 'en'; product?: string | null; due?: TaskDue | null; priority?: Priority; target?: TaskTarget | null; evidenceKind?: string | null; supportingUnitIds?: string[]; lead?: { from: string; to: string }; workstream?: { from: string; to: string }
}
export type TaskCommented = { type: 'task.commented.v1'; taskId: string; commentId: string; text: TextRef; mentions: string[] }
export type TaskReminded = { type: 'task.reminded.v1'; taskId: string; unitId: string; text: TextRef | null }

/** The lead, issuing or supporting unit ended; the one that took over stands in its place. Who was it before is in the lines before. */
export type TaskHandedOver = { type: 'task.handed_over.v1'; taskId: string; fromUnitId: string; toUnitId: string; lead: boolean; issuer: boolean; supporting: boolean }
/** Stream `unit:<the unit that ended>`. */
export type DirectiveHandedOver = { type: 'directive.handed_over.v1'; directiveId: string; fromUnitId: string; toUnitId: string }

export type TasksFact =
  | DirectiveIssued | TaskAssigned | TaskAccepted | TaskStarted | TaskReported | TaskVerified | TaskReturned | TaskRefused
  | ExtensionAsked | ExtensionGranted | ExtensionDeclined | TaskWithdrawn | TaskSplit | TaskEdited | TaskCommented | TaskReminded | TasksRecalled | TaskHandedOver | DirectiveHandedOver

/** What the journal's screens say of each. */
export const tasksStories: Record<TasksFact['type'], { vi: string; en: string }> = {
  'directive.issued.v1': { vi: 'Ban hành văn bản chỉ đạo “{title}”', en: 'Issued the directive “{title}”' },
  'task.assigned.v1': { vi: 'Giao nhiệm vụ “{task.title}”', en: 'Assigned the task “{task.title}”' },
  'task.accepted.v1': { vi: 'Nhận nhiệm vụ', en: 'Accepted the task' },
  'task.started.v1': { vi: 'Bắt đầu thực hiện', en: 'Began work' },
  'task.reported.v1': { vi: 'Báo cáo kết quả thực hiện', en: 'Reported' },
  'task.verified.v1': { vi: 'Xác nhận hoàn thành', en: 'Verified as done' },
  'task.returned.v1': { vi: 'Trả lại, yêu cầu thực hiện tiếp', en: 'Returned for more work' },
  'task.refused.v1': { vi: 'Từ chối nhiệm vụ', en: 'Refused the task' },
  'task.extension_asked.v1': { vi: 'Xin gia hạn đến {until}', en: 'Asked for an extension until {until}' },
  'task.extension_granted.v1': { vi: 'Gia hạn đến {due.at}', en: 'Extended until {due.at}' },
  'task.extension_declined.v1': { vi: 'Không đồng ý gia hạn', en: 'Declined the extension' },
  'task.withdrawn.v1': { vi: 'Thu hồi nhiệm vụ', en: 'Withdrew the task' },
  'task.split.v1': { vi: 'Giao lại cho các đơn vị cấp dưới', en: 'Passed on to units below' },
  'task.edited.v1': { vi: 'Sửa nội dung nhiệm vụ', en: 'Changed the task' },
  'task.commented.v1': { vi: 'Trao đổi ý kiến', en: 'Commented' },
  'task.reminded.v1': { vi: 'Đôn đốc', en: 'Chased' },
  'task.handed_over.v1': { vi: 'Chuyển cho đơn vị kế thừa sau sáp nhập', en: 'Passed to the unit that took over' },
  'directive.handed_over.v1': { vi: 'Văn bản chỉ đạo chuyển cho đơn vị kế thừa', en: 'The directive passed to the unit that took over' },
  'tasks.recalled.v1': { vi: 'Ghi nhận kết quả đã có trước', en: 'Took over earlier results' },
}

/** A past that was recorded elsewhere, as columns; ≤ 2,000 tasks a fact. Stream `programme:<id>`. A reported, verified or returned task gets one report. */
export type TasksRecalled = {
  type: 'tasks.recalled.v1'
  programmeId: string; ids: string[]; states: TaskState[]; at: string[]; by: string[]; reached: (number | null)[]; base: (number | null)[]
  evidence: ({ label: string | null; on: string | null; expiresAt: string | null } | null)[]; reasons: (TextRef | null)[]
}
