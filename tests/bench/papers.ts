// Papers as files: one letter as PDF and DOCX, a thousand letters with memory watched; beside them a sheet of one line.
import { Letter } from '../../src/capabilities/papers/contract/letter.ts'
import { compose } from '../../src/capabilities/papers/decide/compose.ts'
import type { Sheet } from '../../src/capabilities/papers/decide/compose.ts'
import { docxOf } from '../../src/capabilities/papers/routes/docx.ts'
import { openPdf } from '../../src/capabilities/papers/routes/pdf.ts'
import { percentile, round } from './stage.ts'
import type { Figure } from './stage.ts'

const AT = new Date('2026-11-22T02:00:00Z')
const TIMES = 40
const TEXT = 'Thực hiện kế hoạch bảo đảm an ninh, trật tự, an toàn đại hội các cấp, đề nghị thủ trưởng các đơn vị chỉ đạo thực hiện và báo cáo kết quả; quá thời hạn mà chưa báo cáo thì nêu rõ lý do, người chịu trách nhiệm và thời hạn hoàn thành mới.'
const sheetOf = (n: number, rows = 20): Sheet => compose(Letter.parse({
  kind: 'letter', subject: `Đôn đốc thực hiện nhiệm vụ ${n}`, day: '2026-11-22', drafter: 'VP', head: { profile: 'state', parent: 'UBND tỉnh Nghệ An', issuer: 'Ban Chỉ đạo đại hội', short: 'BCĐ', place: 'Nghệ An' }, to: [`Ủy ban nhân dân xã số ${n}`],
  body: Array.from({ length: 6 }, () => ({ type: 'text', text: `${TEXT} (${n})` })), signAs: ['KT. Trưởng ban', 'Phó Trưởng ban'], signer: 'Nguyễn Văn A', recipients: ['Như trên'],
  annexes: rows === 0 ? [] : [{ title: 'Nhiệm vụ quá hạn', body: [{ type: 'table', caption: 'Nhiệm vụ', columns: [{ head: 'STT', width: 0.1 }, { head: 'Nội dung', width: 0.9 }], rows: Array.from({ length: rows }, (_, i) => [String(i + 1), `${TEXT.slice(0, 80)} ${n}`]) }] }],
}), n)
const bare = (n: number): Sheet => ({ ...sheetOf(n, 0), head: [], foot: [], flow: [{ style: 'text', text: `Một dòng ${n}` }] })

async function median(of: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < TIMES + 5; n++) { const from = performance.now(); await of(n); if (n >= 5) times.push(performance.now() - from) }
  return percentile(times, 0.5)
}
const figure = (name: string, ms: number, baseline: number, aim: number): Figure => ({ name, figure: round(ms), unit: 'ms', baseline: round(baseline), ratio: round(ms / baseline), aim: `≤ ${aim} ms`, ok: ms <= aim })

export async function run(say: (line: string) => void = console.log): Promise<Figure[]> {
  const pdf = openPdf()
  const figures: Figure[] = []
  try {
    const first = performance.now()
    await pdf.draw(sheetOf(0), AT)
    say(`the first PDF, with the thread: ${round(performance.now() - first)} ms`)
    figures.push(figure('one letter of three pages, PDF', await median((n) => pdf.draw(sheetOf(n), AT)), await median((n) => pdf.draw(bare(n), AT)), 50))
    figures.push(figure('the same, DOCX', await median((n) => docxOf(sheetOf(n))), await median((n) => docxOf(bare(n))), 100))
    await Promise.all(Array.from({ length: 200 }, (_, n) => pdf.draw(sheetOf(n), AT)))
    const before = process.memoryUsage.rss()
    const from = performance.now()
    for (let n = 0; n < 1000; n += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => pdf.draw(sheetOf(1000 + n + i), AT)))
    const seconds = (performance.now() - from) / 1000
    const grown = (process.memoryUsage.rss() - before) / 1e6
    const bareFrom = performance.now()
    for (let n = 0; n < 1000; n += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => pdf.draw(bare(1000 + n + i), AT)))
    const baseline = (performance.now() - bareFrom) / 1000
    figures.push({ name: '1,000 letters, PDF', figure: round(seconds), unit: 's', baseline: round(baseline), ratio: round(seconds / baseline), aim: '≤ 60 s', ok: seconds <= 60 }, { name: 'memory that grew over them', figure: round(grown), unit: 'MB', aim: '≤ 100 MB', ok: grown <= 100 })
  } finally { await pdf.close() }
  return figures
}
