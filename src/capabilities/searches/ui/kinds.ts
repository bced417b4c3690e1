import type { FoundKind } from '../contract.ts'
export type { FoundKind }
export const FOUND_KINDS = ['unit', 'task', 'directive', 'paper', 'plan', 'document', 'proposal', 'report', 'body', 'meeting', 'programme', 'event'] as const satisfies readonly FoundKind[]
/** The page of what was found. */
const WAYS: Record<FoundKind, string> = { unit: 'units', task: 'tasks', directive: 'directives', paper: 'papers', plan: 'plans', document: 'received-plans', proposal: 'proposals', report: 'reports', body: 'bodies', meeting: 'meetings', programme: 'programmes', event: 'events' }
export const wayToFound = ({ kind, id }: { kind: FoundKind; id: string }): string => `/${WAYS[kind]}/${id}`
