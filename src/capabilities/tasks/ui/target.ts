import type { Formats } from '../../../web/format.ts'
import type { T } from '../../../web/i18n.tsx'
import type { tasks } from './messages.ts'

/** What templates count, in words; a word that is not among these is shown as it is. */
const counted: Record<string, { vi: string; en: string }> = {
  plan: { vi: 'phương án', en: 'plans' }, patrol: { vi: 'lượt tuần tra', en: 'patrols' }, premises: { vi: 'cơ sở', en: 'premises' }, activity: { vi: 'hoạt động', en: 'activities' },
  pass: { vi: 'thẻ', en: 'passes' }, budget: { vi: 'kinh phí', en: 'budget' }, scenario: { vi: 'tình huống', en: 'scenarios' }, enquiry: { vi: 'phản ánh', en: 'enquiries' },
}
export const countedName = (unit: string, lang: 'vi' | 'en'): string => counted[unit]?.[lang] ?? unit

type Aim = { target: { kind: 'number' | 'percent' | 'all'; count: number; unit: string } | null; reached: number | null; base: number | null }

/** "12 / 20 tuần tra", "80% / 100%"; undefined without a target. */
export function targetText({ target, reached, base }: Aim, t: T<typeof tasks['vi']>, format: Formats): string | undefined {
  if (!target) return undefined
  const unit = countedName(target.unit, format.lang)
  const got = format.number(reached ?? 0)
  if (target.kind === 'all') return base === null ? t('target.all', { reached: got, unit }) : t('target.of', { reached: got, count: format.number(base), unit })
  if (target.kind === 'percent') return t('target.percent', { reached: base ? format.number(Math.floor(((reached ?? 0) / base) * 100)) : got, count: format.number(target.count) })
  return t('target.of', { reached: got, count: format.number(target.count), unit })
}
