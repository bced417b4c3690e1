// Grades of secrecy, and the one rule about them: nothing lies where the ceiling is lower. Law on Protection of State Secrets 29/2018/QH14, Article 8.
export const GRADES = ['none', 'confidential', 'secret', 'top_secret'] as const
export type Grade = (typeof GRADES)[number]
export const gradeNames: Record<Grade, { vi: string; en: string }> = {
  none: { vi: 'Không', en: 'None' }, confidential: { vi: 'Mật', en: 'Confidential' }, secret: { vi: 'Tối mật', en: 'Secret' }, top_secret: { vi: 'Tuyệt mật', en: 'Top secret' },
}
export const above = (grade: Grade, ceiling: Grade): boolean => GRADES.indexOf(grade) > GRADES.indexOf(ceiling)
/** In a fact: nothing where there is none. */
export const filesGraded = (grade: Grade): { filesGrade?: Exclude<Grade, 'none'> } => (grade === 'none' ? {} : { filesGrade: grade })
/** What may be chosen on a server with this ceiling. */
export const upTo = (ceiling: Grade): Grade[] => GRADES.filter((grade) => !above(grade, ceiling))
