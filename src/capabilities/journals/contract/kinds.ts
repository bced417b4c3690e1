// Kinds of lines by which one looks, and of things of which two moments are compared. tests/history.test.ts holds both against the facts there are.

/** By kind, the beginnings of its fact types. Every fact belongs to exactly one. */
export const KINDS = {
  task: ['task.', 'tasks.'], directive: ['directive.'], event: ['event.', 'events.', 'activity.'], programme: ['programme.'], template: ['template.'], readiness: ['readiness.', 'waiver.'],
  plan: ['plan.'], proposal: ['proposal.'], paper: ['paper.', 'register.', 'letterhead.', 'layout.'], report: ['report.', 'reports.', 'report_form.', 'collection.'], body: ['body.'], meeting: ['meeting.'],
  custody: ['record.graded', 'reader.', 'copy.', 'print.', 'ceiling.'], package: ['package.', 'key.', 'document.', 'record.taken'],
  unit: ['unit.', 'units.', 'boundaries.'], person: ['person.', 'grant.', 'provider.'], own: ['calendar.', 'watch.'], system: ['backup.', 'basemap.', 'days.', 'journal.', 'language.', 'mail.', 'retention.', 'webhook.'],
} as const
export type Kind = keyof typeof KINDS
export const kinds = Object.keys(KINDS) as Kind[]
export const beginnings = (kind: Kind): string => KINDS[kind].join(',')
export const kindOfType = (type: string): Kind | undefined => kinds.find((kind) => KINDS[kind].some((beginning) => type.startsWith(beginning)))
/** Of an address: `task.` alone is the kind that it begins. */
export const kindAsked = (type: string | undefined): Kind | undefined => kinds.find((kind) => (KINDS[kind] as readonly string[]).includes(type?.split(',')[0] ?? ''))

export const COMPARABLE = ['event', 'task', 'unit', 'programme', 'template', 'plan', 'proposal', 'paper', 'report', 'body', 'meeting'] as const
