// Of a session: its minutes, and the invitation to it while it is planned.
import type { Block, Letter, Letterhead } from '../contract/letter.ts'
import { ADDRESSEES, blank, unique, wordsFor } from './drafts.ts'

type Unit = { id: string; name: string }
/** Days are dd/MM/yyyy, the hour is that of the session's own zone. */
export type DraftSession = {
  body: string; number: number; title: string; phase: 'planned' | 'held' | 'signed' | 'cancelled'; day: string; hour: [hour: string, minute: string]; place: string | null; link: string | null
  members: { unit: Unit; name: string | null; presence: 'present' | 'represented' | 'absent' | null; guest?: boolean }[]; chair: string | null; secretary: string | null
  agenda: { title: string; said: string[] }[]; /** What belongs to no item. */ said: string[]; conclusions: { text: string; unit: Unit; taskId?: string | null; due: string | null }[]
}
const WORDS = {
  vi: {
    session: (body: string, n: number) => `Phiên họp thứ ${n} của ${body}`, at: ([h, m]: [string, string], day: string) => `${h} giờ ${m}, ngày ${day}`, began: 'Thời gian bắt đầu', place: 'Địa điểm', there: 'Thành phần tham dự', away: 'Vắng mặt', instead: 'cử người dự thay', guest: 'khách mời', chair: 'Chủ trì (chủ tọa)', secretary: 'Thư ký (người ghi biên bản)',
    content: 'Nội dung', more: 'Ý kiến khác', concluded: 'Kết luận', none: 'Phiên họp không có kết luận.', ended: (day: string) => `Phiên họp kết thúc vào … giờ … phút, ngày ${day}.`, due: (due: string) => `; chậm nhất ngày ${due}`, signs: ['Thư ký', 'Chủ tọa'],
    invite: (body: string, n: number) => `Dự phiên họp thứ ${n} của ${body}`, all: (body: string) => `Các thành viên ${body}`, attend: (title: string, n: number, body: string) => `Tới dự: ${title} (phiên họp thứ ${n} của ${body}).`, led: 'Chủ trì', when: 'Thời gian', online: 'Họp trực tuyến tại', prepare: 'Đề nghị các thành viên chuẩn bị ý kiến và dự họp đúng thành phần, thời gian.',
  },
  en: {
    session: (body: string, n: number) => `Session ${n} of ${body}`, at: ([h, m]: [string, string], day: string) => `${h}:${m}, ${day}`, began: 'Began at', place: 'Place', there: 'Present', away: 'Absent', instead: 'represented', guest: 'guest', chair: 'Chair', secretary: 'Secretary',
    content: 'What was said', more: 'Further points', concluded: 'Conclusions', none: 'The session concluded nothing.', ended: (day: string) => `The session ended at … on ${day}.`, due: (due: string) => `; by ${due}`, signs: ['Secretary', 'Chair'],
    invite: (body: string, n: number) => `Invitation to session ${n} of ${body}`, all: (body: string) => `The members of ${body}`, attend: (title: string, n: number, body: string) => `To attend: ${title} (session ${n} of ${body}).`, led: 'Chair', when: 'Time', online: 'Online at', prepare: 'Members are asked to prepare and to be on time.',
  },
}
const sentence = (text: string): string => text.trim().replace(/[.;\s]+$/, '')
const texts = (all: string[]): Block[] => all.map((text) => ({ type: 'text', text }))

export function sessionMinutes(s: DraftSession, head: Letterhead): Letter {
  const { lang } = wordsFor(head)
  const w = WORDS[lang]
  const who = ({ unit, name, presence, guest }: DraftSession['members'][number]): string => `- ${[name, unit.name].filter(Boolean).join(', ')}${guest ? ` (${w.guest})` : presence === 'represented' ? ` (${w.instead})` : ''};`
  const [there, away] = [s.members.filter((one) => one.presence === 'present' || one.presence === 'represented'), s.members.filter((one) => one.presence === 'absent')]
  const heading = (text: string): Block => ({ type: 'heading', text })
  return {
    ...blank(head), kind: 'minutes', subject: w.session(s.body, s.number), day: s.day.split('/').reverse().join('-'),
    body: [
      ...texts([`${w.began}: ${w.at(s.hour, s.day)}.`, `${w.place}: ${s.place ?? '…'}.`, `${w.there}:`, ...(there.length > 0 ? there.map(who) : ['- …']), ...(away.length > 0 ? [`${w.away}:`, ...away.map(who)] : []), `${w.chair}: ${s.chair ?? '…'}.`, `${w.secretary}: ${s.secretary ?? '…'}.`]),
      heading(`${w.content}:`), ...s.agenda.flatMap((item, i) => texts([`${i + 1}. ${sentence(item.title)}.`, ...item.said.map((text) => `- ${sentence(text)}.`)])),
      ...(s.said.length > 0 ? texts([`${s.agenda.length + 1}. ${w.more}:`, ...s.said.map((text) => `- ${sentence(text)}.`)]) : []),
      heading(`${w.concluded}:`), ...texts(s.conclusions.length > 0 ? s.conclusions.map((one, i) => `${i + 1}. ${one.unit.name}: ${sentence(one.text)}${one.due ? w.due(one.due) : ''}.`) : [w.none]),
      ...texts([w.ended(s.day)]),
    ],
    second: { signAs: [w.signs[0]!], signer: s.secretary ?? '' }, signAs: [w.signs[1]!], signer: s.chair ?? '', recipients: unique(s.members.map((one) => one.unit.name)).slice(0, 60),
  }
}

export function sessionInvitation(s: DraftSession, head: Letterhead, day: string | null): Letter {
  const { lang } = wordsFor(head)
  const w = WORDS[lang]
  const units = unique(s.members.map((one) => one.unit.name))
  return {
    ...blank(head), kind: 'invitation', subject: w.invite(s.body, s.number), day, to: units.length > 0 && units.length <= ADDRESSEES ? units : [w.all(s.body)],
    body: texts([
      w.attend(sentence(s.title), s.number, s.body), ...(s.agenda.length > 0 ? [`${w.content.split(' (')[0]!}:`, ...s.agenda.map((item, i) => `${i + 1}. ${sentence(item.title)}.`)] : []),
      `${w.led}: ${s.chair ?? '…'}.`, `${w.when}: ${w.at(s.hour, s.day)}.`, `${w.place}: ${s.place ?? '…'}.`, ...(s.link ? [`${w.online}: ${s.link}`] : []), w.prepare,
    ]),
    recipients: [WORDS.vi === w ? 'Như trên' : 'As above'],
  }
}
