// Why a plan is stale, in words: for inboxes, the morning's mail and the first screen.
import type { Lang, Text } from '../../../kernel/contract.ts'
import type { Stale } from '../contract/shapes.ts'
import type { Sources } from './tables.ts'

export const WHY: Record<Stale['reason'], Text> = {
  review: { vi: 'đã quá ngày rà soát {was}', en: 'it was due on {was}' },
  event_moved: { vi: 'sự kiện chuyển từ ngày {was} sang ngày {now}', en: 'its event moved from {was} to {now}' },
  event_postponed: { vi: 'sự kiện đã hoãn, chưa có ngày mới', en: 'its event is postponed without a new day' },
  event_cancelled: { vi: 'sự kiện đã hủy', en: 'its event is cancelled' },
  event_class: { vi: 'cấp độ sự kiện đã thay đổi', en: 'the class of its event changed' },
  unit_ended: { vi: '{name} đã thôi hoạt động', en: '{name} has ended' },
  plan_replaced: { vi: '“{name}” đã có bản khác hoặc không còn hiệu lực', en: '“{name}” has another version or is no longer in force' },
  paper_withdrawn: { vi: 'văn bản {name} đã bị thu hồi', en: 'the paper {name} was withdrawn' },
  paper_replaced: { vi: 'văn bản {name} đã được thay bằng {now}', en: 'the paper {name} was replaced by {now}' },
  table: { vi: 'bảng “{name}” đã thay đổi sau khi phê duyệt', en: 'the table “{name}” changed after the approval' },
}
const dated = (day: string | null): string => (day && /^\d{4}-/.test(day) ? day.split('-').toReversed().join('/') : day ?? '…')

/** What stands in the sentence: a table has a name in each language. */
export const whyParams = ({ reason, name, was, now }: Stale, sources: Sources): { name: string | Text; was: string; now: string } =>
  ({ name: (reason === 'table' ? sources.get(name ?? '')?.name : undefined) ?? name ?? '…', was: dated(was), now: dated(now) })
export function whyWords(one: Stale, sources: Sources, lang: Lang): string {
  const { name, was, now } = whyParams(one, sources)
  return WHY[one.reason][lang].replace(/\{(\w+)\}/g, (_, key: string) => (key === 'name' ? (typeof name === 'string' ? name : name[lang]) : key === 'was' ? was : now))
}
