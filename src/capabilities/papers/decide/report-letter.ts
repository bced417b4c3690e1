// A report as a paper (kind BC): its figures as tables, what was said below them, and an annex with what each unit gave, so that every figure leads to the report it comes from.
import type { Text } from '../../../kernel/contract.ts'
import type { Block, Letter, Letterhead } from '../contract/letter.ts'
import { blank, wordsFor } from './drafts.ts'
import { numberedTable, ROMAN, texts } from './plan-letter.ts'
import { upperFirst } from './written.ts'

export type DraftFigure = { label: Text; unit: Text | null; value: number | null; before: number | null; /** Of a roll-up: how many units gave it. */ given: number | null }
/** Moments and days are written as the session's zone has them. `rollup`: null for the report of one unit. */
export type DraftReport = {
  title: string; unit: { id: string; name: string }; asker: { id: string; name: string }; day: string; asOf: string; rollup: { reported: number; owes: number } | null
  sections: { title: Text; figures: DraftFigure[]; choices: { label: Text; options: { label: Text; units: string[] }[] }[]; words: { label: Text; said: { unit: string; text: string }[] }[]; tables: { label: Text; heads: Text[]; rows: string[][] }[] }[]
  /** The reports that the figures come from. */
  heads: { label: Text; unit: Text | null }[]; sources: { unit: string; numbers: (number | null)[]; submitted: string; signed: boolean }[]; /** Reports that the annex leaves out. */ more: number
}

const WORDS = {
  vi: {
    figures: 'Số liệu', heads: ['Chỉ tiêu', 'Đơn vị tính', 'Số liệu', 'Kỳ trước'], given: 'Số đơn vị có số liệu', annex: 'Số liệu của từng đơn vị', source: ['Đơn vị', 'Nộp lúc'], signed: 'đã ký duyệt', unit: 'Đơn vị', period: (day: string) => ` (kỳ ${day})`,
    one: (asker: string, issuer: string, day: string) => `Thực hiện yêu cầu của ${asker}, ${issuer} báo cáo kỳ ${day} như sau:`,
    all: (asOf: string, reported: string, owes: string, day: string, issuer: string) => `Đến ${asOf.replace(' ', ' ngày ')}, ${reported}/${owes} đơn vị đã nộp báo cáo kỳ ${day}. ${issuer} tổng hợp như sau:`,
    from: (unit: string, at: string, signed: boolean) => `Số liệu lấy từ báo cáo của ${unit} nộp lúc ${at.replace(' ', ' ngày ')}${signed ? ', đã ký duyệt' : ''}.`, see: (annex: string) => `Mỗi số liệu cộng từ báo cáo của các đơn vị nêu tại Phụ lục “${annex}”.`, more: (n: string) => `Ngoài các đơn vị trên còn ${n} đơn vị đã nộp.`, units: (n: string) => `${n} đơn vị`,
  },
  en: {
    figures: 'Figures', heads: ['Figure', 'Unit', 'Value', 'Period before'], given: 'Units that gave it', annex: 'Figures of each unit', source: ['Unit', 'Submitted at'], signed: 'signed off', unit: 'Unit', period: (day: string) => ` (${day})`,
    one: (asker: string, issuer: string, day: string) => `As asked by ${asker}, ${issuer} reports for ${day}:`,
    all: (asOf: string, reported: string, owes: string, day: string, issuer: string) => `By ${asOf}, ${reported} of ${owes} units have reported for ${day}. ${issuer} sums up:`,
    from: (unit: string, at: string, signed: boolean) => `The figures are those of the report that ${unit} submitted at ${at}${signed ? ', signed off' : ''}.`, see: (annex: string) => `Each figure adds up from the reports of the units in the annex “${annex}”.`, more: (n: string) => `Besides these, ${n} further units have reported.`, units: (n: string) => `${n} units`,
  },
} as const
/** Of the annex: the unit, its figures, when it submitted. */
const shares = (figures: number): number[] => [0.2, ...Array.from({ length: figures }, () => Math.floor((0.6 / figures) * 1000) / 1000), 0.13]
/** Of a page across. */
const FIGURES_WIDE = 8
const NAMED = 12

export function reportLetter(report: DraftReport, head: Letterhead): Letter {
  const { lang } = wordsFor(head)
  const w = WORDS[lang]
  const number = (n: number | null): string => (n === null ? '' : new Intl.NumberFormat(lang === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 3 }).format(n))
  const sentence = (label: Text, text: string): string => `${label[lang]}: ${text.replace(/\s*\n\s*/g, ' ').replace(/[.;\s]+$/, '')}.`
  const { rollup } = report
  const filled = report.sections.filter((s) => s.figures.some((one) => one.value !== null) || s.choices.some((one) => one.options.length > 0) || s.words.some((one) => one.said.length > 0) || s.tables.some((one) => one.rows.length > 0))
  const body = filled.flatMap((s, i): Block[] => [
    { type: 'heading', text: `${ROMAN[i] ?? i + 1}. ${s.title[lang].toLocaleUpperCase('vi')}`.slice(0, 500) },
    ...(s.figures.length > 0 ? [numberedTable({ caption: `${w.figures}: ${s.title[lang]}`, heads: [...w.heads, ...(rollup ? [w.given] : [])], rows: s.figures.map((one) => [one.label[lang], one.unit?.[lang] ?? '', number(one.value), number(one.before), ...(rollup ? [number(one.given)] : [])]) }, [2, 3, 4])] : []),
    ...texts(s.choices.flatMap(({ label, options }) => (options.length === 0 ? [] : [sentence(label, rollup ? options.map((one) => `${one.label[lang]}: ${w.units(number(one.units.length))}${one.units.length <= NAMED ? ` (${one.units.join(', ')})` : ''}`).join('; ') : options[0]!.label[lang])])).join('\n')),
    ...texts(s.words.flatMap(({ label, said }) => (said.length === 0 ? [] : rollup ? [`${label[lang]}:`, ...said.map((one) => `- ${one.unit}: ${one.text.replace(/\s*\n\s*/g, ' ')}`)] : [`${label[lang]}:`, ...said.map((one) => one.text)])).join('\n')),
    ...s.tables.filter((one) => one.rows.length > 0).map((one) => numberedTable({ caption: one.label[lang], heads: [...(rollup ? [w.unit] : []), ...one.heads.map((head_) => head_[lang])], rows: one.rows })),
  ])
  const parts = Array.from({ length: Math.ceil(report.heads.length / FIGURES_WIDE) }, (_, i) => i * FIGURES_WIDE)
  const annex: Block[] = parts.map((from) => numberedTable({
    caption: w.annex, heads: [w.source[0], ...report.heads.slice(from, from + FIGURES_WIDE).map(({ label, unit }) => `${label[lang]}${unit ? ` (${unit[lang]})` : ''}`.slice(0, 120)), w.source[1]],
    rows: report.sources.map((one) => [one.unit, ...Array.from({ length: Math.min(FIGURES_WIDE, report.heads.length - from) }, (_, i) => number(one.numbers[from + i] ?? null)), `${one.submitted}${one.signed ? `, ${w.signed}` : ''}`]),
  }, Array.from({ length: FIGURES_WIDE + 1 }, (_, i) => i + 1), shares(Math.min(FIGURES_WIDE, report.heads.length - from))))
  const first = report.sources[0]
  return {
    ...blank(head), kind: 'report', subject: `${upperFirst(lang === 'vi' ? report.title.replace(/^báo cáo\s+/iu, '') : report.title)}${w.period(report.day)}`.slice(0, 500),
    body: [
      { type: 'text' as const, text: rollup ? w.all(report.asOf, number(rollup.reported), number(rollup.owes), report.day, head.issuer) : w.one(report.asker.name, head.issuer, report.day) }, ...body,
      { type: 'text' as const, text: rollup || !first ? [w.see(w.annex), ...(report.more > 0 ? [w.more(number(report.more))] : [])].join(' ') : w.from(report.unit.name, first.submitted, first.signed) },
    ].slice(0, 300),
    recipients: report.asker.id === report.unit.id ? [] : [report.asker.name], annexes: rollup && annex.length > 0 ? [{ title: w.annex, landscape: true, body: annex }] : [],
  }
}
