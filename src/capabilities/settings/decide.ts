// Rules about settings, without a database.
import type { Decision } from '../../kernel/order.ts'
import type { Grade } from '../../pure/grades.ts'
import type { CeilingSet, SettingsRefused } from './contract.ts'

/** The folder of a copy: sorted by time, and no word in it that a shell would take for something else. */
export const backupName = (at: Date): string => `sansang-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** `above`: records that lie here with a higher grade than the one wanted. */
export function setCeiling(may: boolean, fresh: boolean, now: { ceiling: Grade; version: number }, expectedVersion: number, ceiling: Grade, above: number): Decision<CeilingSet, SettingsRefused, { version: number }> {
  if (!may) return { refused: 'FORBIDDEN' }
  if (!fresh) return { refused: 'SIGN_IN_AGAIN' }
  if (now.version !== expectedVersion) return { refused: 'CHANGED', data: { version: now.version, changed: ['ceiling'] } }
  if (now.ceiling === ceiling) return { refused: 'CEILING_SAME' }
  if (above > 0) return { refused: 'CEILING_HOLDS', data: { count: above } }
  return { facts: [{ type: 'ceiling.set.v1', ceiling, was: now.ceiling }], answer: { version: now.version + 1 } }
}
