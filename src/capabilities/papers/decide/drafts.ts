// Papers written from data: a directive with its task annex, and a letter that chases what is overdue. Read over, changed and signed by the office.
import type { Annex, Block, Letter, Letterhead } from '../contract/letter.ts'
import { inOrder } from '../../../pure/text.ts'
import { upperFirst } from './written.ts'

/** Of a task what a paper says of it; days are of its own zone, dd/MM/yyyy. */
export type DraftTask = { title: string; unit: { id: string; name: string }; supporting: string[]; due: string | null; product: string | null; daysLate: number }
/** A report that was not submitted by its hour: of which unit, for which period (dd/MM/yyyy), due when. */
export type MissingReport = { title: string; unit: string; period: string; due: string }
/** A session of a body and what it concluded; the day is dd/MM/yyyy. */
export type DraftMeeting = { body: string; number: number; day: string; conclusions: { text: string; unit: { id: string; name: string }; /** As the session gave it. */ taskId?: string | null; due: string | null }[] }
export type DraftDirective = { title: string; body: string | null; basis: string | null; number: string | null; day: string; lang: 'vi' | 'en' }
type Unit = { name: string; kind: string; scheme: string; parent: string | null; parentKind: string | null; parentScheme: string | null; province: string | null }

const AREAS = /^(Tỉnh|Thành phố|Huyện|Quận|Thị xã|Xã|Phường|Thị trấn|Đặc khu)\s+/
/** An area's authority is its people's committee; any other office has its own name, shortened to its first letters. */
const officeOf = (name: string, kind: string, scheme: string): string => (scheme === 'admin' && kind !== 'nation' && AREAS.test(name) ? `UBND ${name.charAt(0).toLocaleLowerCase('vi')}${name.slice(1)}` : name)
/** As a letter is addressed. */
export const addresseeOf = (unit: { name: string; kind: string; scheme: string }): string => officeOf(unit.name, unit.kind, unit.scheme).replace(/^UBND /, 'Ủy ban nhân dân ')
const shortOf = (name: string): string => (name.startsWith('UBND ') ? 'UBND' : name.split(/[\s-]+/).map((word) => word.charAt(0).toLocaleUpperCase('vi')).join('').replace(/[^\p{L}\d]/gu, '').slice(0, 12)) || 'VP'
const placeOf = (name: string): string => (name === 'Thành phố Hồ Chí Minh' ? name : name.replace(AREAS, ''))

/** Where an office has not set its letterhead yet. */
export function suggestedHead(unit: Unit): Letterhead {
  const issuer = officeOf(unit.name, unit.kind, unit.scheme).replace(/^UBND /, 'Ủy ban nhân dân ')
  const parent = unit.parent && unit.parentKind !== 'nation' ? officeOf(unit.parent, unit.parentKind ?? '', unit.parentScheme ?? '') : ''
  return { profile: 'state', layout: null, parent, issuer, short: shortOf(officeOf(unit.name, unit.kind, unit.scheme)), place: unit.kind === 'nation' ? 'Hà Nội' : placeOf(AREAS.test(unit.name) ? unit.name : (unit.province ?? unit.name)), address: '' }
}

const BODY_SHORT = { steering: 'BCĐ', subcommittee: 'TB', helpers: 'TGV', inspection: 'ĐKT', appraisal: 'TTĐ' } as const
/** A body heads its papers as its standing office does, with its own name. */
export const bodyHead = (office: Letterhead, body: { name: string; kind: keyof typeof BODY_SHORT }): Letterhead => ({ ...office, parent: '', issuer: body.name.slice(0, 200), short: BODY_SHORT[body.kind] })

const WORDS = {
  vi: {
    table: 'Nhiệm vụ', heads: ['STT', 'Nội dung', 'Chủ trì', 'Phối hợp', 'Thời hạn', 'Sản phẩm'], late: ['STT', 'Đơn vị', 'Nhiệm vụ', 'Thời hạn', 'Quá hạn (ngày)'],
    annex: 'Danh mục nhiệm vụ giao các đơn vị', lateAnnex: 'Danh mục nhiệm vụ quá hạn', missingAnnex: 'Danh mục báo cáo quá hạn chưa nộp', reports: 'Báo cáo', missing: ['STT', 'Đơn vị', 'Báo cáo', 'Kỳ', 'Hạn nộp'], seeAnnex: 'Nhiệm vụ cụ thể của từng đơn vị tại Phụ lục kèm theo.', same: 'Như trên', listed: 'Các đơn vị có tên trong Phụ lục',
    chase: 'Đôn đốc thực hiện nhiệm vụ quá hạn', from: 'Từ',
    owe: (count: number, units: number, day: string) => `Qua theo dõi, đến hết ngày ${day}, còn ${count} nhiệm vụ của ${units} đơn vị đã quá thời hạn mà chưa báo cáo hoàn thành (danh mục tại Phụ lục kèm theo).`,
    ask: (issuer: string) => `${issuer} đề nghị thủ trưởng các đơn vị tập trung chỉ đạo hoàn thành, báo cáo kết quả; việc nào chưa hoàn thành thì nêu rõ lý do, người chịu trách nhiệm và thời hạn hoàn thành.`,
    thanks: 'Đề nghị các đơn vị quan tâm, phối hợp thực hiện.',
    concluded: (body: string, number: number) => `Kết luận phiên họp thứ ${number} của ${body}`,
    met: (day: string, body: string, number: number) => `Ngày ${day}, ${body} họp phiên thứ ${number}. Sau khi nghe báo cáo và ý kiến các thành viên dự họp, phiên họp kết luận như sau:`,
    task: (n: number, unit: string, text: string, due: string | null) => `${n}. ${unit}: ${text}${due ? `; chậm nhất ngày ${due}` : ''}.`,
    told: (issuer: string) => `${issuer} thông báo để các đơn vị biết, thực hiện và báo cáo kết quả tại phiên họp tiếp theo.`,
    more: (left: number) => `Ngoài danh mục này còn ${left} nhiệm vụ quá hạn khác.`,
  },
  en: {
    table: 'Tasks', heads: ['No.', 'Task', 'Lead unit', 'Supporting', 'Due', 'Product'], late: ['No.', 'Unit', 'Task', 'Due', 'Days overdue'],
    annex: 'Tasks of the units', lateAnnex: 'Overdue tasks', missingAnnex: 'Late reports', reports: 'Reports', missing: ['No.', 'Unit', 'Report', 'Period', 'Due'], seeAnnex: 'The tasks of each unit stand in the annex.', same: 'As above', listed: 'The units listed in the annex',
    chase: 'Overdue tasks', from: 'From',
    owe: (count: number, units: number, day: string) => `On ${day}, ${count} tasks of ${units} units are past their due date and have not been reported done (see the annex).`,
    ask: (issuer: string) => `${issuer} asks the heads of the units to see them done and reported; for what is not done, to say why, who answers for it and by when it will be.`,
    thanks: 'Thank you for seeing to this.',
    concluded: (body: string, number: number) => `Conclusions of session ${number} of ${body}`,
    met: (day: string, body: string, number: number) => `On ${day} ${body} held its session ${number}. Having heard the reports and its members, it concluded:`,
    task: (n: number, unit: string, text: string, due: string | null) => `${n}. ${unit}: ${text}${due ? `; by ${due}` : ''}.`,
    told: (issuer: string) => `${issuer} asks the units to carry this out and to report at the next session.`,
    more: (left: number) => `Besides these, ${left} further tasks are overdue.`,
  },
}
export const wordsFor = (head: Letterhead) => ({ lang: head.profile === 'international' ? 'en' as const : 'vi' as const, w: WORDS[head.profile === 'international' ? 'en' : 'vi'] })
export const table = (caption: string, heads: readonly string[], widths: number[], rows: string[][], centred: number[]): Block =>
  ({ type: 'table', caption, columns: heads.map((head, i) => ({ head, width: widths[i]!, align: centred.includes(i) ? 'center' : 'left' })), rows })
export const blank = (head: Letterhead): Omit<Letter, 'kind' | 'subject' | 'body'> => ({
  lang: wordsFor(head).lang, head, drafter: '', day: null, urgency: null, circulation: '', to: [], grounds: [], authority: '', signAs: [], signer: '', second: null, recipients: [], copies: null, annexes: [],
})
export const unique = (names: string[]): string[] => inOrder([...new Set(names)], (name) => name)
export const ADDRESSEES = 15

/** Units that are alike in their task stand in one line of the annex. */
export function directiveLetter(directive: DraftDirective, tasks: DraftTask[], head: Letterhead, day: string | null): Letter {
  const { w } = wordsFor(head)
  const lines = Map.groupBy(tasks, (task) => JSON.stringify([task.title, task.supporting, task.due, task.product]))
  const rows = [...lines.values()].map((same, i) => [String(i + 1), same[0]!.title, unique(same.map((task) => task.unit.name)).join('; '), same[0]!.supporting.join('; '), same[0]!.due ?? '', same[0]!.product ?? ''])
  const units = unique(tasks.map((task) => task.unit.name))
  return {
    ...blank(head), kind: 'directive', subject: upperFirst(directive.title), day, grounds: directive.basis ? [directive.basis] : [],
    body: [...(directive.body ?? '').split(/\n+/).filter((text) => text.trim()).map((text): Block => ({ type: 'text', text: text.trim() })), { type: 'text', text: w.seeAnnex }],
    recipients: units.length <= ADDRESSEES ? units : [w.listed],
    annexes: rows.length === 0 ? [] : [{ title: w.annex, landscape: true, body: [table(w.table, w.heads, [0.06, 0.36, 0.2, 0.14, 0.1, 0.14], rows, [0, 4])] }],
  }
}

/** What is overdue as an annex, whose units stand together. */
export function lateTable(tasks: DraftTask[], lang: 'vi' | 'en'): Annex {
  const w = WORDS[lang]
  return { title: w.lateAnnex, landscape: false, body: [table(w.table, w.late, [0.07, 0.26, 0.41, 0.14, 0.12], byUnit(tasks).map((task, i) => [String(i + 1), task.unit.name, task.title, task.due ?? '', String(task.daysLate)]), [0, 3, 4])] }
}
/** Reports that are missing as an annex. */
export function missingTable(reports: MissingReport[], lang: 'vi' | 'en'): Annex {
  const w = WORDS[lang]
  return { title: w.missingAnnex, landscape: false, body: [table(w.reports, w.missing, [0.07, 0.27, 0.36, 0.14, 0.16], reports.map((one, i) => [String(i + 1), one.unit, one.title, one.period, one.due]), [0, 3, 4])] }
}
function byUnit(tasks: DraftTask[]): DraftTask[] {
  const units = unique(tasks.map((task) => task.unit.name))
  return tasks.toSorted((a, b) => units.indexOf(a.unit.name) - units.indexOf(b.unit.name) || b.daysLate - a.daysLate)
}

/** `total`: of all that are overdue, where the annex holds the first of them. */
export function chasingLetter(tasks: DraftTask[], total: number, head: Letterhead, today: { day: string; words: string }): Letter {
  const { w, lang } = wordsFor(head)
  const units = unique(tasks.map((task) => task.unit.name))
  const annex = lateTable(tasks, lang)
  const body: Block[] = [{ type: 'text', text: w.owe(total, units.length, today.words) }, { type: 'text', text: w.ask(head.issuer) }, { type: 'text', text: w.thanks }]
  return {
    ...blank(head), kind: 'letter', subject: w.chase, day: today.day, to: units.length <= ADDRESSEES ? units : [w.listed], body, recipients: [w.same],
    annexes: [{ ...annex, body: [...annex.body, ...(total > tasks.length ? [{ type: 'text' as const, text: w.more(total - tasks.length) }] : [])] }],
  }
}

/** The notice of what a session concluded: a paragraph for each conclusion, with its unit and day. */
export function conclusionNotice(meeting: DraftMeeting, head: Letterhead, day: string | null): Letter {
  const { w } = wordsFor(head)
  const units = unique(meeting.conclusions.map((one) => one.unit.name))
  return {
    ...blank(head), kind: 'announcement', subject: w.concluded(meeting.body, meeting.number), day,
    body: [w.met(meeting.day, meeting.body, meeting.number), ...meeting.conclusions.map((one, i) => w.task(i + 1, one.unit.name, one.text.replace(/[.;\s]+$/, ''), one.due)), w.told(head.issuer)].map((text): Block => ({ type: 'text', text })),
    recipients: units.length <= ADDRESSEES ? units : units.slice(0, 60),
  }
}
