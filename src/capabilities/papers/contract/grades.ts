// Grades of secrecy: Law on Protection of State Secrets 29/2018/QH14, Article 8. None is the default of everything here, and the ceiling of this program: what is graded is
// told apart and kept elsewhere (product.md, Secrecy).
export const GRADES = ['none', 'confidential', 'secret', 'top_secret'] as const
export type Grade = (typeof GRADES)[number]
export const gradeNames: Record<Grade, { vi: string; en: string }> = {
  none: { vi: 'Không', en: 'None' }, confidential: { vi: 'Mật', en: 'Confidential' }, secret: { vi: 'Tối mật', en: 'Secret' }, top_secret: { vi: 'Tuyệt mật', en: 'Top secret' },
}
