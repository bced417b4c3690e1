// The one place where a record is left out of a package, or not taken from one, for its grade. Today there is no grade but `none`.
import type { GRADES } from '../contract/package.ts'

type Grade = (typeof GRADES)[number]
/** Of what may be written out or taken in here. A ceiling of the server and a graded record asked for by name belong here and nowhere else. */
export const withinCeiling = <R extends { grade: Grade }>(records: R[]): R[] => records.filter(({ grade }) => grade === 'none')
/** A package has the highest grade of what is in it. */
export const gradeOf = (_records: Iterable<{ grade: Grade }>): Grade => 'none'
