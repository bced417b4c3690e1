// The two mails that a person gets: what came for them in the meantime, and in the morning what is due. Plain text, in their language, with links and no more about people than needed.
import type { Lang } from '../../../kernel/contract.ts'
import { plural } from '../../../pure/plural.ts'
import type { InboxKind } from '../contract.ts'

type Words = { vi: string; en: string }
/** `more`: where the rest stands, when there are more than the lines say. */
export type MailGroup = { heading: Words; count: number; lines: { text: string; due: Date | null; about: { kind: string; id: string } }[]; more: string }
export type MailFrame = { lang: Lang; at: Date; zone: string; /** The public address without a slash at the end. */ address: string }

/** What is worth a mail at once, in the order in which it stands there. The rest waits in the inbox for the morning. */
export const mailed = {
  alert: { vi: 'Cảnh báo: {count}', en: 'Alerts: {count}' },
  reminder: { vi: 'Đôn đốc: {count}', en: 'Reminders: {count}' },
  returned: { vi: 'Trả lại: {count}', en: 'Returned: {count}' },
  answer: { vi: 'Trả lời xin gia hạn: {count}', en: 'Answers on more time: {count}' },
  mention: { vi: 'Nhắc đến bạn: {count}', en: 'Mentions of you: {count}' },
} as const satisfies Partial<Record<InboxKind, Words>>
export type MailedKind = keyof typeof mailed

const words = {
  news: { vi: 'Tin mới đến bạn và đơn vị của bạn, tính đến {at}:', en: 'New for you and your unit, as of {at}:' },
  digest: { vi: 'Việc của bạn và đơn vị của bạn, sáng {at}:', en: 'Your work and that of your unit, on the morning of {at}:' },
  due: { vi: 'hạn {at}', en: 'due {at}' },
  more: { vi: '… và {count} mục nữa: {link}', en: '… and {count} more: {link}' },
  inbox: { vi: 'Tin đến: {link}', en: 'Inbox: {link}' },
  foot: {
    vi: 'Thư tự động của Sẵn Sàng, xin đừng trả lời. Chọn thư muốn nhận hoặc tắt thư: {link}', en: 'Sent automatically by Sẵn Sàng; please do not answer. Choose which mails you get, or none: {link}',
  },
} as const
const fill = (text: Words, lang: Lang, given: Record<string, string | number>): string => plural(text[lang], given).replace(/\{(\w+)\}/g, (_, key: string) => String(given[key]))

/** Undefined: there is nothing to say. */
export function composeMail(kind: 'news' | 'digest', groups: MailGroup[], { lang, at, zone, address }: MailFrame): { subject: string; text: string } | undefined {
  if (groups.length === 0) return undefined
  const moment = (one: Date) => new Intl.DateTimeFormat(lang === 'vi' ? 'vi-VN' : 'en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(one)
  const number = (n: number) => n.toLocaleString(lang === 'vi' ? 'vi-VN' : 'en-GB')
  const heading = (group: MailGroup) => fill(group.heading, lang, { count: number(group.count) })
  const part = (group: MailGroup) => [
    heading(group),
    ...group.lines.map((line) => `- ${line.text}${line.due ? ` (${fill(words.due, lang, { at: moment(line.due) })})` : ''}\n  ${address}${pathOf(line.about)}`),
    ...(group.count > group.lines.length ? [fill(words.more, lang, { count: number(group.count - group.lines.length), link: `${address}${group.more}` })] : []),
  ].join('\n')
  return {
    subject: `[Sẵn Sàng] ${groups.map(heading).join(' · ')}`,
    text: [fill(words[kind], lang, { at: moment(at) }), ...groups.map(part), fill(words.inbox, lang, { link: `${address}/inbox` }), fill(words.foot, lang, { link: `${address}/account?tab=wishes` })].join('\n\n') + '\n',
  }
}

const PLACES: Record<string, string> = { task: 'tasks', event: 'events', unit: 'units', report: 'reports', paper: 'papers', plan: 'plans', collection: 'report-collections' }
const pathOf = ({ kind, id }: { kind: string; id: string }): string => (PLACES[kind] ? `/${PLACES[kind]}/${id}` : '/inbox')
