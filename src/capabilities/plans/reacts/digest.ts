// What plans say in the morning's mail: where an opinion or an appraisal is waited for, and which plans in force need a review.
import type { Reader } from '../../../kernel/db.ts'
import { dayHere } from '../../../kernel/zone.ts'
import type { DigestPart, DigestSource } from '../../inboxes/contract.ts'
import type { Sources } from '../decide/tables.ts'
import { whyWords } from '../decide/why.ts'
import { plansOfHeads, plansToTell } from '../store/home.ts'

const LINES = 5
const SECTION = { answer: 'plans_asked', appraise: 'plans_appraised', review: 'plans_stale' } as const
const RIGHT = { answer: 'plan.edit', appraise: 'plan.appraise', review: 'plan.edit' } as const
const written = (day: string): string => day.split('-').toReversed().join('/')

export const digestSource = (sources: Sources): DigestSource => ({
  sections: {
    plans_asked: { vi: 'Kế hoạch, phương án chờ cho ý kiến: {count}', en: 'Plans that wait for an opinion: {count}' }, plans_appraised: { vi: 'Kế hoạch, phương án chờ thẩm định: {count}', en: 'Plans to appraise: {count}' },
    plans_stale: { vi: 'Kế hoạch, phương án cần rà soát lại: {count}', en: 'Plans that need a review: {count}' },
  },
  tell: async (given, unitIds, at, personIds = []) => {
    const [read, today] = [given as unknown as Reader, dayHere(at)]
    const parts = new Map<string, DigestPart>()
    for (const one of [...await plansToTell(read, unitIds, today, sources, LINES), ...await plansOfHeads(read, personIds, today, sources, LINES)]) {
      const section = SECTION[one.what]
      const key = `${'forPerson' in one ? one.forPerson : one.forUnit} ${section}`
      const part = parts.get(key) ?? { ...('forPerson' in one ? { unitId: null, personId: one.forPerson } : { unitId: one.forUnit, right: RIGHT[one.what] }), section, count: one.count, more: one.what === 'review' ? '/plans?stale=yes' : '/plans', lines: [] }
      const why = (lang: 'vi' | 'en') => (one.why ? `: ${one.why.map((each) => whyWords(each, sources, lang)).join('; ')}` : '')
      part.lines.push({ text: { vi: `“${one.title}” · ${one.unit}${one.due ? ` · trước hết ngày ${written(one.due)}` : ''}${why('vi')}`, en: `“${one.title}” · ${one.unit}${one.due ? ` · by ${written(one.due)}` : ''}${why('en')}` }, due: null, about: { kind: 'plan', id: one.id } })
      parts.set(key, part)
    }
    return [...parts.values()]
  },
})
