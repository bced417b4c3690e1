// A plan as a paper in the office's form: its sections numbered, its actions and tables as tables. Read over, changed and signed by the office.
import type { Block, Letter, Letterhead } from '../contract/letter.ts'
import { upperFirst } from './written.ts'

export type DraftTable = { caption: string; heads: string[]; rows: string[][] }
/** `text`: paragraphs and points, each on its own line. */
export type DraftPlan = { kind: 'plan' | 'scheme'; title: string; lang: 'vi' | 'en'; basis: string[]; sections: { title: string; text: string; tables: DraftTable[] }[]; units: string[] }

export const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV', 'XVI', 'XVII', 'XVIII', 'XIX', 'XX']
const MOST = { rows: 5000, columns: 14, cell: 4000, text: 20_000, body: 300, to: 60 } as const
/** The first column counts; a long column gets more of the page than a short one, none less than a twelfth. */
export function widths(heads: string[], rows: string[][]): number[] {
  const longest = heads.map((head, i) => Math.min(60, Math.max(head.length, ...rows.slice(0, 200).map((row) => (row[i] ?? '').length))))
  const shares = longest.map((n) => Math.max(n, 12))
  const sum = shares.reduce((a, b) => a + b, 0)
  return shares.map((n) => Math.round((0.93 * n * 1000) / sum) / 1000)
}
/** `centred`: places of columns, of which the count is none. */
export const numberedTable = ({ caption, heads, rows }: DraftTable, centred: readonly number[] = [], shares?: readonly number[]): Block => {
  const few = heads.slice(0, MOST.columns - 1)
  const each = shares ?? widths(few, rows)
  return {
    type: 'table', caption: caption.slice(0, 300), columns: [{ head: 'STT', width: 0.07, align: 'center' }, ...few.map((head, i) => ({ head, width: each[i]!, align: centred.includes(i) ? 'center' as const : 'left' as const }))],
    rows: rows.slice(0, MOST.rows).map((row, n) => [String(n + 1), ...few.map((_, i) => (row[i] ?? '').slice(0, MOST.cell))]),
  }
}
/** Lines gathered into blocks that a paper takes. */
export function texts(text: string): Block[] {
  const blocks: Block[] = []
  let open = ''
  for (const line of text.split('\n').map((one) => one.trim()).filter(Boolean)) {
    if (open && open.length + line.length > MOST.text - 1) { blocks.push({ type: 'text', text: open }); open = '' }
    open += `${open && '\n'}${line.slice(0, MOST.text)}`
  }
  return open ? [...blocks, { type: 'text', text: open }] : blocks
}

export function planLetter(plan: DraftPlan, head: Letterhead, lang: 'vi' | 'en' = head.profile === 'international' ? 'en' : 'vi'): Letter {
  const written = plan.sections.filter((s) => s.text.trim() || s.tables.length > 0)
  const name = lang === 'vi' ? plan.title.replace(plan.kind === 'plan' ? /^kế hoạch\s+/iu : /^phương án\s+/iu, '') : plan.title
  return {
    lang, head, drafter: '', day: null, urgency: null, circulation: '', to: [], authority: '', signAs: [], signer: '', second: null, copies: null, annexes: [],
    kind: plan.kind, subject: upperFirst(name), grounds: plan.basis.slice(0, 40).map((one) => one.slice(0, 1000)),
    body: written.flatMap((s, i): Block[] => [{ type: 'heading', text: `${ROMAN[i] ?? i + 1}. ${s.title.toLocaleUpperCase('vi')}`.slice(0, 500) }, ...texts(s.text), ...s.tables.map((one) => numberedTable(one))]).slice(0, MOST.body),
    recipients: plan.units.slice(0, MOST.to),
  }
}
