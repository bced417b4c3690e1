// What may be asked of templates, programmes and events. The shape of a template version is in contract/template.ts, the facts in contract/facts.ts.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Day, Instant, Text, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'
import type { ProgrammesFact } from './contract/facts.ts'
import { After, Change, Code, Issue, TemplateBody, Time } from './contract/template.ts'
import { Timeline, TimelineEvent, TimelineEventsQuery, TimelineQuery } from './contract/timeline.ts'

export * from './contract/template.ts'
export type * from './contract/facts.ts'

export const programmesRights = {
  'template.read': { vi: 'Xem mẫu chương trình', en: 'Read templates' },
  'template.import': { vi: 'Nhập mẫu chương trình', en: 'Import templates' },
  'programme.read': { vi: 'Xem đợt, chuỗi sự kiện', en: 'Read programmes' },
  'programme.create': { vi: 'Lập đợt, chuỗi sự kiện', en: 'Create programmes' },
  'programme.cascade': { vi: 'Triển khai đợt xuống các đơn vị', en: 'Cascade a programme to units' },
  'event.read': { vi: 'Xem sự kiện', en: 'Read events' },
  'event.edit': { vi: 'Sửa sự kiện: ngày, giai đoạn, chương trình', en: 'Edit events: day, phase, run sheet' },
} as const

export const programmesRefusals = {
  TEMPLATE_FAULTY: { status: 422, message: { vi: 'Tệp mẫu có {count} lỗi; lỗi đầu ở dòng {line}: {first}', en: 'The template file has {count} [count:error|errors]; the first is in line {line}: {first}' } },
  TEMPLATE_UNKNOWN: { status: 422, message: { vi: 'Không có mẫu “{template}”. Nhập tệp mẫu trước.', en: 'There is no template “{template}”. Import its file first.' } },
  CODE_TAKEN: { status: 409, message: { vi: 'Mã “{code}” đã được dùng.', en: 'The code “{code}” is taken.' } },
  COUNTRY_UNKNOWN: { status: 422, message: { vi: 'Không có lịch ngày lễ của “{country}”.', en: 'There is no calendar of holidays for “{country}”.' } },
  ZONE_UNKNOWN: { status: 422, message: { vi: 'Không có múi giờ “{zone}”.', en: 'There is no time zone “{zone}”.' } },
  LIST_FAULTY: { status: 422, message: { vi: 'Danh sách có {count} lỗi; lỗi đầu ở dòng {line}: {first}', en: 'The list has {count} [count:error|errors]; the first is in line {line}: {first}' } },
  DAYS_MISSING: { status: 422, message: { vi: '{count} đơn vị chưa có ngày tổ chức, ví dụ {first}. Đưa danh sách ngày, hoặc khoảng ngày theo cấp.', en: '{count} [count:unit has|units have] no day, for example {first}. Give a list of dates, or a span of days for their level.' } },
  PILOT_FIRST: { status: 409, message: { vi: 'Đợt này phải qua thí điểm: còn chờ rút kinh nghiệm rồi mới triển khai các đơn vị khác.', en: 'This programme has a pilot: the other units wait until its lessons are in and it is released.' } },
  NO_PILOT: { status: 409, message: { vi: 'Đợt này không chờ thí điểm.', en: 'This programme does not wait for a pilot.' } },
  LESSONS_MISSING: { status: 409, message: { vi: 'Chưa ghi bài học nào của sự kiện thí điểm.', en: 'No lesson of the pilot has been recorded yet.' } },
  EVENT_OVER: { status: 409, message: { vi: 'Sự kiện đã {phase}, không sửa được nữa.', en: 'The event is {phase} and can no longer be edited.' } },
  SAME_DAY: { status: 409, message: { vi: 'Sự kiện đã vào ngày và giờ này.', en: 'The event already has this day and time.' } },
  PHASE_ORDER: { status: 409, message: { vi: 'Không chuyển từ “{from}” sang “{to}” được.', en: 'An event does not go from “{from}” to “{to}”.' } },
  PREVIEW_OLD: { status: 409, message: { vi: 'Có thay đổi sau khi xem trước. Xem lại rồi xác nhận.', en: 'Something changed since the preview. Look again, then confirm.' } },
  ENDS_BEFORE_START: { status: 422, message: { vi: 'Giờ kết thúc phải sau giờ bắt đầu.', en: 'The end must be after the start.' } },
  NO_DRAFT: { status: 409, message: { vi: 'Không có bản nháp nào để công bố. Có thể người khác vừa công bố hoặc bỏ bản nháp.', en: 'There is no draft to publish. Somebody else may have just published or dropped it.' } },
  SAME_VERSION: { status: 409, message: { vi: 'Sự kiện đã theo phiên bản này.', en: 'The event already follows this version.' } },
} as const satisfies Refusals
export type ProgrammesRefused = keyof typeof programmesRefusals | 'NOT_FOUND' | 'CHANGED' | 'INVALID'

export const Phase = z.enum(['planned', 'preparing', 'ready', 'live', 'closed', 'postponed', 'cancelled'])
export type Phase = z.infer<typeof Phase>

const UnitRef = z.object({ id: z.uuid(), code: z.string(), name: z.string(), kind: z.string() })
const Version = z.object({ id: z.uuid(), version: z.int(), hash: z.string(), importedAt: Instant, tasks: z.int(), requirements: z.int() })
const Template = z.object({ id: z.uuid(), code: z.string(), name: Text, unitId: z.uuid(), versions: z.array(Version) })

/** Text that a database can hold. */
const held = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
const NOT_HELD = { params: { vi: 'có ký tự không lưu được', en: 'has letters that cannot be kept' } }
const words = (most: number) => z.string().trim().min(1).max(most).refine(held, NOT_HELD)
const Name = z.strictObject({ vi: words(200), en: words(200) })
const UnitCode = z.string().min(1).max(40).refine(held, NOT_HELD)
/** Far enough from the ends of the calendar that every D−n is a date. */
const inReach = (text: string): boolean => text >= '2000' && text < '2101'
const OUT_OF_REACH = { params: { vi: 'phải trong các năm 2000 đến 2100', en: 'must be in the years 2000 to 2100' } }
const EventDay = Day.refine(inReach, OUT_OF_REACH)
const EventInstant = Instant.refine(inReach, OUT_OF_REACH)
const VersionNumber = z.coerce.number().int().min(1).max(1_000_000)
const Span = z.strictObject({ from: EventDay, until: EventDay }).refine((span) => span.from <= span.until, { params: { vi: 'ngày đầu phải không sau ngày cuối', en: 'must not begin after its end' } })
/** The rules of a cascade when no list is given; facts.ts says what each means. */
export const RulesInput = z.strictObject({
  kinds: z.array(Code).max(100).default([]), scheme: Code.default('admin'), only: z.array(UnitCode).max(100_000).nullable().default(null),
  under: UnitCode.nullable().default(null),
  spans: z.record(Code, Span).default({}),
  classes: z.strictObject({
    units: z.record(UnitCode, Code).default({}), kinds: z.record(Code, Code).default({}),
    shares: z.record(Code, z.record(Code, z.number().min(0).max(1))).default({}),
  }).default({ units: {}, kinds: {}, shares: {} }),
  pilots: z.array(UnitCode).max(1000).default([]),
})
export const Programme = z.object({
  id: z.uuid(), code: z.string(), name: Text, unit: UnitRef, template: z.object({ code: z.string(), version: z.int(), versionId: z.uuid(), newest: z.int() }),
  zone: z.string(), country: z.string(), gate: z.enum(['open', 'pilot', 'released']), madeAt: Instant, version: z.int(),
  events: z.record(Phase, z.int()), rules: RulesInput,
})
const Lesson = z.object({ id: z.uuid(), eventId: z.uuid().nullable(), text: z.string().nullable(), at: Instant, by: z.uuid() })

/** Lists as CSV, as a person has them: `code[,class]` and `code,date[,time][,class]`, with a heading line. */
const Lists = { units: z.string().max(20_000_000).optional(), dates: z.string().max(20_000_000).optional() }
const CascadePreview = z.object({
  events: z.object({ new: z.int(), existing: z.int(), waiting: z.int() }), tasks: z.int(), requirements: z.int(),
  kinds: z.record(z.string(), z.int()), classes: z.record(z.string(), z.int()), days: z.object({ first: Day.nullable(), last: Day.nullable() }),
  /** Events above whose dates may follow the new ones below. */
  redated: z.int(), warnings: z.array(Text),
  /** New tasks and milestones whose moment has passed at the answer: such tasks are overdue as soon as they are there. */
  past: z.object({ tasks: z.int(), milestones: z.int(), first: Day.nullable() }),
})
/** Big work goes on after the answer: GET /jobs/{job} tells how far it is. `job` null: it is done. */
const Run = z.object({ job: z.uuid().nullable(), events: z.int(), tasks: z.int() })

export const Activity = z.object({ id: z.uuid(), name: Text, site: z.string().nullable(), startsAt: Instant, endsAt: Instant, version: z.int() })
const dated = { code: z.string(), name: Text, date: Day, at: Instant, passed: z.boolean() }
export const Event = z.object({
  id: z.uuid(), programme: z.object({ id: z.uuid(), code: z.string(), name: Text }), templateVersionId: z.uuid(), templateVersion: z.int(), newest: z.int(), unit: UnitRef, parents: z.array(UnitRef),
  class: z.string(), className: Text, phase: Phase, pilot: z.boolean(), day: Day.nullable(), opensAt: Instant.nullable(), zone: z.string(), version: z.int(),
  milestones: z.array(z.object(dated)), reason: z.string().nullable(),
})
export const EventRow = z.object({
  id: z.uuid(), programmeId: z.uuid(), programmeCode: z.string(), unit: UnitRef, class: z.string(), phase: Phase, pilot: z.boolean(), day: Day.nullable(), opensAt: Instant.nullable(), version: z.int(),
})
export const Dates = z.object({
  programme: z.string(), event: z.object({ id: z.uuid(), unit: UnitRef, class: z.string(), phase: Phase, day: Day.nullable(), opensAt: Instant.nullable(), zone: z.string() }),
  milestones: z.array(z.object(dated)),
  tasks: z.array(z.object({ id: z.uuid(), code: z.string().nullable(), name: Text, unit: UnitRef.nullable(), date: Day.nullable(), at: Instant.nullable(), state: z.string(), milestone: z.string().nullable(), after: z.array(After) })),
})
/** What a move would do, before anybody confirms it. `token` goes back with the order: if anything changed in between, the order is refused. */
export const MovePreview = z.object({
  token: z.string(), day: Day, opensAt: Instant, version: z.int(),
  milestones: z.array(z.object({ code: z.string(), name: Text, from: Instant.nullable(), to: Instant, kept: z.boolean() })),
  tasks: z.object({ moved: z.int(), kept: z.int() }),
  /** What breaks: due dates that would already be past, holidays, the order between levels, other events on the way. */
  breaks: z.array(z.object({ kind: z.enum(['past_due', 'day_off', 'before_child', 'after_parent', 'milestone_past', 'agenda', 'order']), text: Text, tasks: z.array(z.object({ id: z.uuid(), name: Text, to: Instant })) })),
  parents: z.array(z.object({ eventId: z.uuid(), unit: UnitRef, tasks: z.int() })),
})
const UpgradePreview = z.object({
  programme: z.string(), from: z.array(z.object({ version: z.int(), events: z.int() })), to: z.int(), changes: z.array(Change), events: z.int(),
  tasks: z.object({ added: z.int(), withdrawn: z.int(), redated: z.int() }), sample: z.boolean(),
})

/** What somebody is changing in a template before it is a version: one a template, saved as often as they like. `version` counts its savings and goes on from one draft to the next. */
const Draft = z.object({
  version: z.int(), newest: z.int(), basedOn: z.int(), savedAt: Instant.nullable(), savedBy: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  /** The template's file as JSON, faulty or not: the draft's, or where there is none the newest version's. Null where the asker knows this version. */
  text: z.string().nullable(), draft: z.boolean(), countries: z.array(z.object({ code: z.string(), name: Text })),
})
const DatesPreview = z.object({
  kind: z.string(), class: z.string(), zone: z.string(), milestones: z.array(z.object({ code: z.string(), name: Text, at: Instant, dayOff: Text.nullable() })),
  tasks: z.array(z.object({ code: z.string(), name: Text, workstream: z.string(), at: Instant, handed: z.int() })), requirements: z.array(z.object({ code: z.string(), name: Text, from: Instant })),
  /** Tasks due before what they wait for. */
  early: z.array(Text),
})

const route = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: `/${string}`, summary: string, meta: Meta) =>
  oc.$meta<Meta>(meta).route({ method, path, tags: [path.split('/')[1]!], summary }).errors(errors(programmesRefusals))
const template = z.object({ code: Code })
const programme = z.object({ code: Code })
const event = z.object({ eventId: z.uuid() })
const plan = { orderId: order.orderId, expectedVersion: z.int() }
const edit = { ...order, expectedVersion: z.int() }
const reason = words(500)
const moveTo = { day: EventDay, time: Time.optional() }
const text = z.string().min(1).max(2_000_000)
const BIG = 48 * 1024 * 1024

export const programmesContract = {
  templates: {
    list: route('GET', '/templates', 'Templates and their versions', { right: 'template.read' }).output(z.object({ items: z.array(Template), asOf: Instant })),
    check: route('POST', '/templates/check', 'Check a template file', { right: 'self', limit: BIG }).input(z.object({ text }))
      .output(z.object({ issues: z.array(Issue), ok: z.boolean(), code: z.string().nullable(), counts: z.record(z.string(), z.int()) })),
    import: route('POST', '/templates', 'Import a template file as a new version', { right: 'template.import', on: 'unit', limit: BIG })
      .input(z.object({ orderId: order.orderId, unitId: z.uuid(), text })).output(z.object({ code: z.string(), versionId: z.uuid(), version: z.int(), unchanged: z.boolean(), issues: z.array(Issue) })),
    get: route('GET', '/templates/{code}/versions/{version}', 'One version of a template', { right: 'template.read', on: 'template' })
      .input(template.extend({ version: VersionNumber })).output(z.object({ id: z.uuid(), version: z.int(), importedAt: Instant, body: TemplateBody })),
    export: route('GET', '/templates/{code}/versions/{version}/file', 'One version as a file that can be imported again', { right: 'template.read', on: 'template' })
      .input(template.extend({ version: VersionNumber, format: z.enum(['yaml', 'json']).default('yaml') })).output(z.object({ name: z.string(), text: z.string() })),
    diff: route('GET', '/templates/{code}/diff', 'What a version changes', { right: 'template.read', on: 'template' })
      .input(template.extend({ from: VersionNumber, to: VersionNumber })).output(z.object({ changes: z.array(Change) })),
  },
  drafts: {
    get: route('GET', '/templates/{code}/draft', 'The draft of a template’s next version', { right: 'template.import', on: 'template' })
      .input(template.extend({ known: VersionNumber.optional().describe('the version of the draft that the asker has') })).output(Draft),
    save: route('PUT', '/templates/{code}/draft', 'Save the draft, faulty or not', { right: 'template.import', on: 'template', limit: BIG })
      .input(template.extend({ orderId: order.orderId, expectedVersion: z.int(), basedOn: VersionNumber, text })).output(z.object({ version: z.int() })),
    drop: route('DELETE', '/templates/{code}/draft', 'Drop the draft', { right: 'template.import', on: 'template' })
      .input(template.extend({ orderId: order.orderId, expectedVersion: z.int() })).output(z.object({ version: z.int() })),
    publish: route('POST', '/templates/{code}/draft/publish', 'Publish the draft as a version that never changes', { right: 'template.import', on: 'template' })
      .input(template.extend({ orderId: order.orderId, expectedVersion: z.int() })).output(z.object({ code: z.string(), versionId: z.uuid(), version: z.int(), unchanged: z.boolean() })),
    dates: route('POST', '/templates/dates', 'The dates that a template gives the event of one unit', { right: 'template.import', on: 'unit', limit: BIG })
      .input(z.object({ text, unitId: z.uuid(), class: Code.optional(), day: EventDay, country: Code.optional() })).output(DatesPreview),
  },
  programmes: {
    create: route('POST', '/programmes', 'Create a programme', { right: 'programme.create', on: 'unit' })
      .input(z.object({
        orderId: order.orderId, code: Code, name: Name, unitId: z.uuid(), template: Code, templateVersion: VersionNumber.optional(), zone: z.string().max(60).optional(), country: Code.optional(),
        rules: RulesInput.prefault({}), gate: z.enum(['open', 'pilot']).default('open'),
      })).output(z.object({ id: z.uuid(), code: z.string() })),
    list: route('GET', '/programmes', 'Programmes', { right: 'programme.read' }).output(z.object({ items: z.array(Programme), asOf: Instant })),
    get: route('GET', '/programmes/{code}', 'One programme', { right: 'programme.read', on: 'programme' }).input(programme).output(Programme),
    previewCascade: route('POST', '/programmes/{code}/cascade/preview', 'What a cascade would add', { right: 'programme.cascade', on: 'programme', limit: BIG })
      .input(programme.extend(Lists)).output(CascadePreview),
    redate: route('POST', '/programmes/{code}/redate', 'Work out the dates of its open events again, by the calendar as it is now', { right: 'programme.cascade', on: 'programme' })
      .input(programme.extend({ orderId: order.orderId })).output(Run),
    cascade: route('POST', '/programmes/{code}/cascade', 'Add the events that are missing', { right: 'programme.cascade', on: 'programme', limit: BIG })
      .input(programme.extend({ orderId: order.orderId, ...Lists })).output(Run),
    addLesson: route('POST', '/programmes/{code}/lessons', 'Record a lesson', { right: 'programme.cascade', on: 'programme' })
      .input(programme.extend({ ...order, eventId: z.uuid().nullable().default(null), text: words(4000) })).output(z.object({ id: z.uuid() })),
    lessons: route('GET', '/programmes/{code}/lessons', 'Lessons of a programme', { right: 'programme.read', on: 'programme' })
      .input(programme).output(z.object({ items: z.array(Lesson), asOf: Instant })),
    release: route('POST', '/programmes/{code}/release', 'End the pilot: release to the other units', { right: 'programme.cascade', on: 'programme' })
      .input(programme.extend({ ...plan, templateVersion: VersionNumber })).output(Programme),
    previewUpgrade: route('GET', '/programmes/{code}/upgrade', 'What the newest template version would change', { right: 'programme.cascade', on: 'programme' })
      .input(programme.extend({ templateVersion: VersionNumber.optional() })).output(UpgradePreview),
    upgrade: route('POST', '/programmes/{code}/upgrade', 'Apply a template version to the programme and its events', { right: 'programme.cascade', on: 'programme' })
      .input(programme.extend({ ...plan, templateVersion: VersionNumber, events: z.enum(['all', 'none']).default('all') })).output(Run),
  },
  timeline: {
    levels: route('GET', '/programmes/{code}/timeline', 'The milestones of a programme over time, by level of the hosts', { right: 'event.read' }).input(TimelineQuery).output(Timeline),
    events: route('GET', '/programmes/{code}/timeline/events', 'The events of a level with their milestones', { right: 'event.read' }).input(TimelineEventsQuery).output(page(TimelineEvent)),
  },
  events: {
    list: route('GET', '/events', 'Events', { right: 'event.read' })
      .input(z.object({ ...cursor, programme: Code.optional(), unit: z.uuid().optional().describe('this unit and those below it'), phase: Phase.optional(), class: Code.optional(), pilot: z.stringbool().optional(), from: EventDay.optional(), until: EventDay.optional() }))
      .output(page(EventRow)),
    get: route('GET', '/events/{eventId}', 'One event', { right: 'event.read', on: 'event' }).input(event).output(Event),
    dates: route('GET', '/events/{eventId}/dates', 'Every milestone and task of an event with its date', { right: 'event.read', on: 'event' }).input(event).output(Dates),
    previewMove: route('POST', '/events/{eventId}/move/preview', 'What moving the event would break', { right: 'event.edit', on: 'event' }).input(event.extend(moveTo)).output(MovePreview),
    move: route('POST', '/events/{eventId}/move', 'Move the event to another day', { right: 'event.edit', on: 'event' })
      .input(event.extend({ ...edit, ...moveTo, token: z.string().max(100) })).output(Event),
    postpone: route('POST', '/events/{eventId}/postpone', 'Postpone the event without a new day', { right: 'event.edit', on: 'event' }).input(event.extend({ ...edit, reason })).output(Event),
    cancel: route('POST', '/events/{eventId}/cancel', 'Cancel the event', { right: 'event.edit', on: 'event' }).input(event.extend({ ...edit, reason })).output(Event),
    setPhase: route('POST', '/events/{eventId}/phase', 'Move the event to its next phase', { right: 'event.edit', on: 'event' })
      .input(event.extend({ ...edit, phase: Phase.extract(['planned', 'preparing', 'ready', 'live', 'closed']) })).output(Event),
    activities: route('GET', '/events/{eventId}/activities', 'The run sheet of an event', { right: 'event.read', on: 'event' }).input(event).output(z.object({ items: z.array(Activity), asOf: Instant })),
    addActivity: route('POST', '/events/{eventId}/activities', 'Add a part to the run sheet', { right: 'event.edit', on: 'event' })
      .input(event.extend({ ...order, name: Name, site: words(200).nullable().default(null), startsAt: EventInstant, endsAt: EventInstant })).output(Activity),
    changeActivity: route('PUT', '/events/{eventId}/activities/{activityId}', 'Change a part of the run sheet', { right: 'event.edit', on: 'event' })
      .input(event.extend({ ...edit, activityId: z.uuid(), name: Name, site: words(200).nullable().default(null), startsAt: EventInstant, endsAt: EventInstant })).output(Activity),
    removeActivity: route('DELETE', '/events/{eventId}/activities/{activityId}', 'Remove a part of the run sheet', { right: 'event.edit', on: 'event' })
      .input(event.extend({ ...edit, activityId: z.uuid() })).output(z.object({ id: z.uuid() })),
  },
}

/**
 * Views for others (store and boards). `level` is the kind of the host unit when the event was made.
 * public_programmes_events(event_id, programme_id, template_version_id, unit_id, level, class, phase, pilot, day_on, opens_at, zone, milestones jsonb {code: instant}, requirements jsonb {code: instant}, version)
 * public_programmes_programmes(programme_id, code, name jsonb, unit_id, template_version_id, zone, country, gate, made_at)
 * public_programmes_templates(template_version_id, template_id, unit_id, code, version, body jsonb, requirements jsonb [Requirement], milestones jsonb [Milestone])
 * public_programmes_items(template_version_id, item, n, workstream, name jsonb, fold, milestone (null: a rule of its own), evidence_kind, evidence_days,
 *   target_unit, target_count (null: all), target_kind number|percent|all, target_as number|percent (once a count is known), product jsonb, priority, due_rule and due (the same text))
 * public_programmes_requirements(template_version_id, requirement, n, by_milestone, name jsonb, holds jsonb, warn_days, "check" jsonb, check_kind)
 * public_programmes_workstreams(template_version_id, workstream, n, name jsonb) · public_programmes_classes(template_version_id, class, n, name jsonb)
 * public_programmes_milestones(template_version_id, milestone, n, name jsonb)
 * public_programmes_calendar(event_id, programme_id, template_version_id, unit_id, level, phase, day_on, opens_at, zone, milestones, version, changed_at): events that have a day
 */

const story = (vi: string, en: string) => ({ vi, en })
export const programmesStories: Record<ProgrammesFact['type'], { vi: string; en: string }> = {
  'template.imported.v1': story('Nhập mẫu {code}, phiên bản {version}', 'Imported template {code}, version {version}'),
  'template.drafted.v1': story('Lưu bản nháp của mẫu {code}', 'Saved the draft of template {code}'),
  'template.draft_ended.v1': story('Kết thúc bản nháp của mẫu {code}: {why}', 'Ended the draft of template {code}: {why}'),
  'programme.created.v1': story('Lập đợt {code}', 'Created programme {code}'),
  'programme.released.v1': story('Kết thúc thí điểm, cho triển khai các đơn vị còn lại', 'Ended the pilot and released to the other units'),
  'programme.retemplated.v1': story('Đợt chuyển sang phiên bản mẫu mới', 'The programme follows a newer template version'),
  'programme.lesson_recorded.v1': story('Ghi bài học kinh nghiệm', 'Recorded a lesson'),
  'programme.cascaded.v1': story('Triển khai đợt {programmeCode} xuống các đơn vị, {done} trên {total} sự kiện', 'Cascaded programme {programmeCode} to units, {done} of {total} events'),
  'programme.calendar_used.v1': story('Ngày tính theo lịch nghỉ {country}, bản bổ sung {version}', 'Dates by the calendar of {country} with own days, version {version}'),
  'event.moved.v1': story('Chuyển sự kiện từ ngày {fromDay} sang ngày {day}', 'Moved the event from {fromDay} to {day}'),
  'event.postponed.v1': story('Hoãn sự kiện', 'Postponed the event'),
  'programme.handed_over.v1': story('Đơn vị chủ quản được sáp nhập: đợt chuyển cho đơn vị kế thừa', 'The owner ended: the programme passed to the unit that took over'),
  'template.handed_over.v1': story('Đơn vị chủ quản được sáp nhập: mẫu chuyển cho đơn vị kế thừa', 'The owner ended: the template passed to the unit that took over'),
  'event.handed_over.v1': story('Đơn vị tổ chức được sáp nhập: sự kiện chuyển cho đơn vị kế thừa', 'The host ended: the event passed to the unit that took over'),
  'event.cancelled.v1': story('Hủy sự kiện', 'Cancelled the event'),
  'event.phase_changed.v1': story('Sự kiện chuyển giai đoạn: {from} → {to}', 'The event changed phase: {from} → {to}'),
  'event.upgraded.v1': story('Áp dụng phiên bản mẫu mới cho sự kiện', 'Applied a newer template version to the event'),
  'events.recalled.v1': story('Ghi nhận giai đoạn của các sự kiện đã có trước', 'Took over the phases of earlier events'),
  'activity.added.v1': story('Thêm hoạt động “{name.vi}”', 'Added “{name.en}” to the run sheet'),
  'activity.changed.v1': story('Sửa hoạt động “{name.vi}”', 'Changed “{name.en}” in the run sheet'),
  'activity.removed.v1': story('Bỏ một hoạt động khỏi chương trình', 'Removed a part from the run sheet'),
}
/** The same, told in the history of one event or task that the line made or changed with others. */
export const programmesPartStories = {
  'programme.cascaded.v1': story('Được giao theo đợt {programmeCode}', 'Assigned by programme {programmeCode}'),
  'events.recalled.v1': story('Ghi nhận giai đoạn đã có trước của sự kiện', 'Took over the earlier phase of the event'),
  'programme.retemplated.v1': story('Đợt chuyển sang phiên bản mẫu mới; sự kiện giữ phiên bản của mình cho đến khi được áp dụng', 'The programme follows a newer template version; the event keeps its own until it is applied'),
}
