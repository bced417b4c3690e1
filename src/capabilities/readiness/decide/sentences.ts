// One sentence why, in both languages: the rule's own words, filled; and for what does not count yet, from when it does.
import type { EventFrame, Rule, State } from '../contract.ts'
import { plural } from '../../../pure/plural.ts'
import { judgedAt, ruleName } from './states.ts'
import type { Rules, Verdict } from './states.ts'

type Text = { vi: string; en: string }
/** Names that a finding gives only by code. */
export type Names = { milestones: ReadonlyMap<string, Text>; items: ReadonlyMap<string, { name: Text }> }

const OWN: Record<string, Text> = {
  no_source: { vi: 'Chưa có phần nào của hệ thống cung cấp minh chứng cho điều kiện này, nên chưa đánh giá.', en: 'No part of the system can give evidence for this yet, so it is not assessed.' },
  postponed: { vi: 'Sự kiện đang hoãn, chưa có ngày mới.', en: 'The event is postponed and has no new day yet.' },
  counts_from: { vi: 'Tính từ mốc “{milestone}”, {by}.', en: 'Counts from the milestone “{milestone}”, {by}.' },
  waived: { vi: 'Ngoại lệ được duyệt đến {until}.', en: 'Waived until {until}.' },
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(lang: 'vi' | 'en', zone: string, style: 'day' | 'iso'): Intl.DateTimeFormat {
  const key = `${lang} ${zone} ${style}`
  let found = formats.get(key)
  if (!found) {
    const options: Intl.DateTimeFormatOptions = style === 'iso' ? { year: 'numeric', month: '2-digit', day: '2-digit' } : { day: '2-digit', month: '2-digit', year: 'numeric' }
    formats.set(key, (found = new Intl.DateTimeFormat(style === 'iso' ? 'en-CA' : lang === 'vi' ? 'vi-VN' : 'en-GB', { ...options, timeZone: zone })))
  }
  return found
}
const dayNumber = (at: Date, zone: string): number => Date.parse(`${format('en', zone, 'iso').format(at)}T00:00:00Z`) / 86_400_000

function fill(text: Text, params: Record<string, string | number | Date | Text>, zone: string, at: Date): Text {
  // "quá hạn 3 ngày": civil days since, in the event's zone; the first day counts as one.
  const daysSince = (from: Date) => Math.max(1, dayNumber(at, zone) - dayNumber(from, zone))
  const one = (lang: 'vi' | 'en') => plural(text[lang], { ...params, ...(params.days instanceof Date ? { days: daysSince(params.days) } : {}) }).replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined) return '…'
    if (value instanceof Date) return key === 'days' ? String(daysSince(value)) : format(lang, zone, 'day').format(value)
    return typeof value === 'object' ? value[lang] : String(value)
  })
  const capital = (s: string) => s.charAt(0).toLocaleUpperCase('vi') + s.slice(1)
  return { vi: capital(one('vi')), en: capital(one('en')) }
}

export function explain(verdict: Verdict, event: EventFrame, rules: Rules, names: Names, now: Date): { code: string; params: Record<string, string | number | Text>; sentence: Text } {
  const at = judgedAt(event, now)
  const { finding, requirement, state } = verdict
  const params: Record<string, string | number | Date | Text> = { ...finding.why.params }
  if (typeof params.milestone === 'string') params.milestone = names.milestones.get(params.milestone) ?? params.milestone
  if (typeof params.task === 'string') params.task = names.items.get(params.task)?.name ?? params.task
  if (params.what === '') params.what = params.task ?? requirement.name
  const rule = rules.get(ruleName(requirement.check)) as Rule | undefined
  let code = finding.why.code
  let sentence = fill(rule?.sentences[code] ?? OWN[code] ?? { vi: code, en: code }, params, event.zone, at)
  const from = { milestone: names.milestones.get(requirement.by) ?? requirement.by, by: verdict.byAt ?? '…' }
  if (state === 'not_due' && code !== 'postponed') {
    code = 'counts_from'
    Object.assign(params, from)
    sentence = fill(OWN.counts_from!, params, event.zone, at)
  }
  if (state === 'waived' && verdict.waiver) {
    const waived = fill(OWN.waived!, { until: verdict.waiver.untilAt }, event.zone, at)
    sentence = { vi: `${waived.vi} ${sentence.vi}`, en: `${waived.en} ${sentence.en}` }
  }
  return { code, params: Object.fromEntries(Object.entries(params).map(([k, v]) => [k, v instanceof Date ? v.toISOString() : v])), sentence }
}

export const worstFirst = (order: readonly State[]) => (a: { state: State }, b: { state: State }): number => order.indexOf(a.state) - order.indexOf(b.state)
