// What bears a grade goes into no package: its file is signed, not encrypted, and copies of a file cannot be counted. `plain` (kernel/access.ts) leaves such records out
// where they are found; here a record that comes with a grade is not taken.
import { GRADES } from '../contract/package.ts'

type Grade = (typeof GRADES)[number]
/** Of what may be written out or taken in here. */
export const withinCeiling = <R extends { grade: Grade }>(records: R[]): R[] => records.filter(({ grade }) => grade === 'none')
/** A package has the highest grade of what is in it. */
export const gradeOf = (records: readonly { grade: Grade }[]): Grade => GRADES[Math.max(0, ...records.map(({ grade }) => GRADES.indexOf(grade)))]!
