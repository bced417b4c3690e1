// What the journal keeps of templates, programmes and events. Every instant is worked out by the order and stands in the fact: a replay needs no calendar.
import type { TemplateBody } from './template.ts'
import type { Text } from '../../../kernel/contract.ts'

/** Stream `template:<id>`. The version's body never changes: others may name `versionId` in their facts and read the rows made from it. */
export type TemplateImported = {
  type: 'template.imported.v1'
  templateId: string; versionId: string; code: string; version: number; unitId: string; body: TemplateBody; hash: string
}

/** Stream `template:<code>`. The draft of the next version as it was saved: a file in JSON that may still be faulty. `version` counts savings and ends of drafts of this template. */
export type TemplateDrafted = { type: 'template.drafted.v1'; templateId: string; code: string; version: number; basedOn: number; text: string }
export type TemplateDraftEnded = { type: 'template.draft_ended.v1'; templateId: string; code: string; version: number; why: 'published' | 'dropped' }

/** Which units hold an event, and on which days, when no list says otherwise. */
export type Rules = {
  /** Units: of these kinds below the owner (empty: the template's levels), or only these codes of the scheme. */
  kinds: string[]; scheme: string; only: string[] | null
  /** Only this unit, by its code, and what is below it. */
  under?: string | null | undefined
  /** Staggered over the working days of a span, by kind; a unit's place in it follows from its number. */
  spans: Record<string, { from: string; until: string }>
  /** The class of a unit's event: by unit code, else by kind, else by a share of the units of that kind (`{ commune: { large: 0.05, medium: 0.25 } }`), else the first class. */
  classes: { units: Record<string, string>; kinds: Record<string, string>; shares: Record<string, Record<string, number>> }
  /** The codes of the units that go first. */
  pilots: string[]
}

/** Stream `programme:<id>`. `madeAt` is the time inside the derived ids of its events and tasks. */
export type ProgrammeCreated = {
  type: 'programme.created.v1'
  programmeId: string; code: string; name: Text; unitId: string; templateVersionId: string; zone: string; country: string; madeAt: string
  rules: Rules; gate: 'open' | 'pilot'
}
/** The pilot's lessons are in: the rest of the units may be cascaded, with the template version that was decided. */
export type ProgrammeReleased = { type: 'programme.released.v1'; programmeId: string; templateVersionId: string }
/** From now on new events follow this version; events that exist follow `event.upgraded.v1`, one by one. */
export type ProgrammeRetemplated = { type: 'programme.retemplated.v1'; programmeId: string; templateVersionId: string }
/** The words of the lesson are a private text. */
export type LessonRecorded = { type: 'programme.lesson_recorded.v1'; programmeId: string; lessonId: string; eventId: string | null; textId: string; textHash: string }

/**
 * All events of one kind, class, day and dates below share one schedule. `due` has exactly the items (task codes) that apply, in the template's order;
 * `requirements` exactly the requirements that apply, each with the instant from which it counts.
 */
export type Schedule = {
  kind: string; class: string; day: string; opensAt: string
  milestones: Record<string, string>
  due: Record<string, string>
  requirements: Record<string, string>
  /** Targets that the class or the number of events below decides: `{ T26: 3 }`. Other targets stand in the template's item. */
  targets: Record<string, number>
}

/**
 * A chunk of a cascade: new events with all their tasks and requirements, as columns. Stream `programme:<id>`. One task for each event and item of its schedule
 * (issuer: `issuers`, lead unit: the event's unit, parent none), and one for each line of `handed` (issuer: the event's unit, lead unit: `units`, parent: the
 * event's own task of that item). Projectors of tasks and readiness join the columns with public_programmes_items and public_programmes_requirements.
 */
export type ProgrammeCascaded = {
  type: 'programme.cascaded.v1'
  programmeId: string; programmeCode: string; madeAt: string; templateVersionId: string; zone: string
  /** The order it is part of; how many events of how many are there after it. */
  run: string; done: number; total: number
  schedules: Schedule[]
  /** `levels` of an event is its schedule's `kind`. */
  events: { ids: string[]; units: string[]; issuers: string[]; schedule: number[]; pilot: boolean[] }
  handed: { events: string[]; items: string[]; units: string[] }
}

type Phase = 'planned' | 'preparing' | 'ready' | 'live' | 'closed' | 'postponed' | 'cancelled'

/**
 * The event's day, or the dates below it, changed: what has not happened yet has new dates. Stream `event:<id>`.
 * `due`: new instants by task id; `milestones`: all of them, past ones as they were; `requirements`: by code, as in a schedule.
 */
export type EventMoved = {
  type: 'event.moved.v1'
  eventId: string; programmeId: string; why: 'moved' | 'child' | 'resumed'; fromDay: string | null; day: string; opensAt: string; zone: string; phase: Phase
  milestones: Record<string, string>; due: Record<string, string>; requirements: Record<string, string>
  activities: { id: string; startsAt: string; endsAt: string }[]
}
/** No day any more: the open tasks in `tasks` have no due date until the event moves to a new day. */
export type EventPostponed = { type: 'event.postponed.v1'; eventId: string; programmeId: string; tasks: string[]; reason: { id: string; hash: string } }
/** The open tasks in `tasks` are withdrawn; requirements no longer count. */
export type EventCancelled = { type: 'event.cancelled.v1'; eventId: string; programmeId: string; tasks: string[]; reason: { id: string; hash: string } }
/** Its host ended; the unit that took over hosts it. What happened before names the old one. */
/** The owner of a programme or a template ended: it is the successor's now. Stream `programme:<id>`; of a template that of its code. */
export type ProgrammeHandedOver = { type: 'programme.handed_over.v1'; programmeId: string; fromUnitId: string; toUnitId: string }
export type TemplateHandedOver = { type: 'template.handed_over.v1'; templateId: string; fromUnitId: string; toUnitId: string }
export type EventHandedOver = { type: 'event.handed_over.v1'; eventId: string; programmeId: string; fromUnitId: string; toUnitId: string }
export type EventPhaseChanged = { type: 'event.phase_changed.v1'; eventId: string; programmeId: string; from: Phase; to: Phase }
/** Where events stood that were run before the program knew of them, as columns. Stream `programme:<id>`. */
export type EventsRecalled = { type: 'events.recalled.v1'; programmeId: string; ids: string[]; phases: Phase[] }
/**
 * A newer template version applied to one event. `add`: items that are new for it, each with its due instant; `handed` as in a cascade;
 * `withdraw`: open task ids whose item is gone; `due`: new instants by task id; `requirements`: the whole new set by code.
 */
export type EventUpgraded = {
  type: 'event.upgraded.v1'
  eventId: string; programmeId: string; programmeCode: string; madeAt: string; unitId: string; issuerUnitId: string; zone: string
  fromVersionId: string; templateVersionId: string; class: string
  milestones: Record<string, string>; add: Record<string, string>; targets: Record<string, number>
  handed: { items: string[]; units: string[] }
  withdraw: string[]; due: Record<string, string>; requirements: Record<string, string>
}

/** What programmes ask of the tasks capability about events: `item` null: no template's task; `open`: neither done nor given up. */
export type EventTask = {
  id: string; eventId: string; item: string | null; unitId: string; dueAt: Date | null; state: string; open: boolean; parentId: string | null; title: string | null
}

export type ActivityFields = { name: Text; site: string | null; startsAt: string; endsAt: string }
export type ActivityAdded = { type: 'activity.added.v1'; eventId: string; activityId: string } & ActivityFields
export type ActivityChanged = { type: 'activity.changed.v1'; eventId: string; activityId: string } & ActivityFields
export type ActivityRemoved = { type: 'activity.removed.v1'; eventId: string; activityId: string }

/** Beside a fact with dates: the version of the administrator's own days that they were worked out by. */
export type ProgrammeCalendarUsed = { type: 'programme.calendar_used.v1'; programmeId: string; country: string; version: number }
export type ProgrammesFact =
  | ProgrammeCalendarUsed
  | TemplateImported | TemplateDrafted | TemplateDraftEnded | ProgrammeCreated | ProgrammeReleased | ProgrammeRetemplated | LessonRecorded | ProgrammeCascaded
  | EventMoved | EventPostponed | EventCancelled | EventHandedOver | ProgrammeHandedOver | TemplateHandedOver | EventPhaseChanged | EventUpgraded | EventsRecalled | ActivityAdded | ActivityChanged | ActivityRemoved
