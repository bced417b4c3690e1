import type { FoundKind } from '../contract.ts'
export type { FoundKind }
export const FOUND_KINDS = ['unit', 'task', 'paper', 'plan', 'document', 'proposal', 'report', 'body', 'meeting', 'programme', 'event'] as const satisfies readonly FoundKind[]
