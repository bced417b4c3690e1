// Rules of writing a plan: only the version that is not approved changes, and nobody's words are lost to another's.
import { filesGraded } from '../../../pure/grades.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { PlanArranged, PlanAttached, PlanChanged, PlanDrafted, PlanFact, SectionWritten, TextRef, VersionBegun } from '../contract/facts.ts'
import type { PlanRefused } from '../contract/refusals.ts'
import type { Header, PLAN_PHASES, PlanTemplate } from '../contract/shapes.ts'

export type Phase = (typeof PLAN_PHASES)[number]
export type SectionRow = { id: string; title: string; version: number; written: boolean; tables: string[]; units: string[] }
/** A plan as its orders see it: its newest version. `appraisal`: of that version. */
export type PlanRow = {
  id: string; unitId: string; graded: boolean; lang: 'vi' | 'en'; n: number; phase: Phase; inForce: number | null; begunAt: Date; version: number; headVersion: number; header: Header; sections: SectionRow[]
  appraisal: { verdict: 'pass' | 'return' | null; open: number; unitId: string } | null
}
export type Refused = { refused: PlanRefused; data?: Record<string, unknown> }
export type Done<A = unknown> = { facts: PlanFact[]; answer: { planId: string; version: number } & A }
/** What the tree, the staff and the other plans say of what a header names. */
export type Known = { head: boolean; event: boolean; programme: boolean; plans: ReadonlySet<string>; papers?: ReadonlySet<string> }

export const refused = (code: PlanRefused, data?: Record<string, unknown>): Refused => ({ refused: code, ...(data ? { data } : {}) })
export const done = <A extends object>(plan: PlanRow, fact: PlanFact | PlanFact[], more: A = {} as A): Done<A> => ({ facts: [fact].flat(), answer: { planId: plan.id, version: plan.version + [fact].flat().length, ...more } })

export const ended = (plan: PlanRow | undefined): Refused | undefined => (!plan ? refused('NOT_FOUND') : plan.phase === 'replaced' || plan.phase === 'withdrawn' ? refused('PLAN_CLOSED') : undefined)
/** The newest version may be written. */
export const writable = (plan: PlanRow | undefined): Refused | undefined => ended(plan) ?? (plan!.phase === 'approved' ? refused('PLAN_IN_FORCE') : undefined)

/** Papers that `was` named stay, also for who may not read them. */
function wrongHeader(header: Header, known: Known, own: string | undefined, was?: Header): Refused | undefined {
  if (header.headId && !known.head) return refused('HEAD_UNKNOWN')
  if ((header.eventId && !known.event) || (header.programmeId && !known.programme)) return refused('EVENT_UNKNOWN')
  if (header.restsOn.some((id) => id === own || !known.plans.has(id))) return refused('PLAN_UNKNOWN')
  if (header.papers?.some((id) => !known.papers?.has(id) && !was?.papers?.includes(id))) return refused('PAPER_UNKNOWN')
  return undefined
}

export function draftPlan(mayAt: boolean, planId: string, unitId: string, lang: 'vi' | 'en', template: PlanTemplate | undefined, header: Header, known: Known, sectionId: (code: string) => string): Done | Refused {
  if (!mayAt) return refused('NOT_FOUND')
  if (!template) return refused('OUTLINE_UNKNOWN')
  const wrong = wrongHeader(header, known, undefined)
  if (wrong) return wrong
  const fact: PlanDrafted = {
    type: 'plan.drafted.v1', planId, unitId, kind: template.kind, matter: template.matter, lang, template: template.code, ...header,
    // A table that needs an event waits until the plan has one.
    sections: template.sections.map((s) => ({ id: sectionId(s.code), code: s.code, title: s.title[lang], tables: header.eventId ? s.tables : s.tables.filter((source) => source === 'units') })),
  }
  return { facts: [fact], answer: { planId, version: 1 } }
}

export function changePlan(plan: PlanRow | undefined, expectedVersion: number, header: Header, known: Known): Done | Refused {
  const shut = writable(plan)
  if (shut) return shut
  const { id, n, headVersion, header: was } = plan!
  const changed = ([...new Set([...Object.keys(header), ...Object.keys(was)])] as (keyof Header)[]).filter((key) => JSON.stringify(header[key]) !== JSON.stringify(was[key]))
  if (headVersion !== expectedVersion) return refused('CHANGED', { version: headVersion, changed })
  if (changed.length === 0) return refused('NOTHING_CHANGED')
  return wrongHeader(header, known, id, was) ?? done(plan!, { type: 'plan.changed.v1', planId: id, n, ...header } satisfies PlanChanged)
}

/** `tables` that the plan cannot fill are refused before: what they need is asked of the registry. */
export function writeSection(plan: PlanRow | undefined, expectedVersion: number, written: Omit<SectionWritten, 'type' | 'planId' | 'n'>, tables: { unknown: string | undefined; unfit: boolean }): Done<{ sectionVersion: number }> | Refused {
  const shut = writable(plan)
  if (shut) return shut
  const section = plan!.sections.find((one) => one.id === written.sectionId)
  if (!section) return refused('SECTION_UNKNOWN')
  if (section.version !== expectedVersion) return refused('CHANGED', { version: section.version, changed: ['content'] })
  if (tables.unknown !== undefined) return refused('TABLE_UNKNOWN', { table: tables.unknown })
  if (tables.unfit) return refused('TABLE_NEEDS_EVENT')
  return done(plan!, { type: 'plan.section_written.v1', planId: plan!.id, n: plan!.n, ...written }, { sectionVersion: section.version + 1 })
}

export function arrangeSections(plan: PlanRow | undefined, expectedVersion: number, sections: PlanArranged['sections']): Done | Refused {
  const shut = writable(plan)
  if (shut) return shut
  if (plan!.headVersion !== expectedVersion) return refused('CHANGED', { version: plan!.headVersion, changed: ['sections'] })
  if (new Set(sections.map(({ id }) => id)).size < sections.length) return refused('SECTION_TWICE')
  return done(plan!, { type: 'plan.arranged.v1', planId: plan!.id, n: plan!.n, sections })
}

/** `attached`: the plan's own files that it still has; scans of signed pages and files of answers stay. */
export const detachFile = (plan: PlanRow | undefined, attached: readonly string[], fileId: string, reason: TextRef): Done | Refused =>
  writable(plan) ?? (attached.includes(fileId) ? done(plan!, { type: 'plan.detached.v1', planId: plan!.id, n: plan!.n, fileId, reason }) : refused('FILE_GONE'))
export const attachFiles = (plan: PlanRow | undefined, files: PlanAttached['files'], grade: Grade): Done | Refused => writable(plan) ?? done(plan!, { type: 'plan.attached.v1', planId: plan!.id, files, ...filesGraded(grade) })

export function beginVersion(plan: PlanRow | undefined): Done<{ n: number }> | Refused {
  const shut = ended(plan)
  if (shut) return shut
  if (plan!.phase !== 'approved') return refused('PLAN_NOT_APPROVED')
  const n = plan!.n + 1
  return done(plan!, { type: 'plan.version_begun.v1', planId: plan!.id, n, from: plan!.n } satisfies VersionBegun, { n })
}
