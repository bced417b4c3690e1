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

/** A day stands once, and in a year that the calendar reckons with. */
export function refuseDays(days: readonly { day: string }[]): { refused: 'DAY_TWICE' | 'DAY_FAR'; data: { day: string } } | undefined {
  const seen = new Set<string>()
  for (const { day } of days) {
    const written = day.split('-').reverse().join('/')
    if (seen.has(day)) return { refused: 'DAY_TWICE', data: { day: written } }
    if (day < '2000-01-01' || day > '2099-12-31') return { refused: 'DAY_FAR', data: { day: written } }
    seen.add(day)
  }
  return undefined
}

/** What may be kept for another time, in years: the program's own, and the limits. What stands in no list here is a rule of the program. */
export const PERIODS = {
  task: { years: 5, least: 1, most: 20, what: { vi: 'Lời viết trong nhiệm vụ (báo cáo, trao đổi)', en: 'What is written in tasks (reports, comments)' } },
  record: { years: 10, least: 5, most: 20, what: { vi: 'Lý do ngoại lệ, kết luận sẵn sàng; người báo qua điện thoại', en: 'Reasons of waivers and conclusions; who told it by telephone' } },
  programme: { years: 10, least: 5, most: 20, what: { vi: 'Bài học, lý do hoãn, hủy sự kiện', en: 'Lessons, why an event was postponed or cancelled' } },
  paper: { years: 20, least: 10, most: 70, what: { vi: 'Lời của văn bản, người ký, lý do thu hồi (sổ đăng ký thì giữ)', en: 'Words of papers, who signed, why one was withdrawn (the register stays)' } },
  plan: { years: 20, least: 5, most: 70, what: { vi: 'Nội dung kế hoạch, phương án, lý do hủy bỏ', en: 'Words of plans, why one was withdrawn' } },
  plan_remark: { years: 5, least: 1, most: 20, what: { vi: 'Góp ý, ý kiến, thẩm định đối với kế hoạch, phương án', en: 'Comments, opinions and appraisals of plans' } },
  proposal: { years: 5, least: 1, most: 20, what: { vi: 'Nội dung đề xuất, ý kiến chỉ đạo', en: 'Words of proposals and of the decisions on them' } },
  report: { years: 5, least: 1, most: 20, what: { vi: 'Lời trong báo cáo, lý do trả lại, đính chính (số liệu thì giữ)', en: 'Words of reports, why one was returned or corrected (the figures stay)' } },
  meeting: { years: 5, least: 1, most: 20, what: { vi: 'Lời ghi trong cuộc họp, kết luận', en: 'What is noted in meetings, conclusions' } },
  access_log: { years: 2, least: 1, most: 5, what: { vi: 'Ai đã xem liên hệ của ai', en: 'Who read whose contacts' } },
} as const
export type PeriodName = keyof typeof PERIODS

/** Rows carry the day until which the program's own period keeps them; another period moves that day by the difference. What was to be kept until then is over at `at`. */
export function overSince(name: PeriodName, years: number, at: Date): Date {
  const then = new Date(at)
  then.setUTCFullYear(then.getUTCFullYear() - (years - PERIODS[name].years))
  return then
}
