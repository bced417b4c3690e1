// The words of a paper as they are typed in one field: a paragraph a line; "Điều 1. …" begins an article, "# …" is a heading.
import type { Block } from '../contract/letter.ts'

const ARTICLE = /^((?:Điều|Article)\s+\d+[a-zđ]?\.)\s*(.*)$/u

/** The line that says where a table stands. */
const PLACE = /^\[(?:Bảng|Table) (\d+)(?::.*)?\]$/u

/** `rest`: what cannot be typed; what no line places comes last. */
export function typedBlocks(text: string, rest: readonly Block[] = []): Block[] {
  const placed = new Set<Block>()
  const blocks = text.split(/\n+/).map((line) => line.trim()).filter(Boolean).flatMap((line): Block | Block[] => {
    const other = rest[Number(PLACE.exec(line)?.[1]) - 1]
    if (other) { if (placed.has(other)) return []; placed.add(other); return other }
    const article = ARTICLE.exec(line)
    if (article) return { type: 'article', lead: article[1]!, title: '', text: article[2]! }
    return line.startsWith('# ') ? { type: 'heading', text: line.slice(2) } : { type: 'text', text: line }
  })
  return [...blocks, ...rest.filter((one) => !placed.has(one))]
}

/** What cannot be typed (tables, parts) stays beside; a line of its own says where a table stands. */
export function typedText(body: Block[], lang: 'vi' | 'en' = 'vi'): { text: string; rest: Block[] } {
  const lines: string[] = []
  const rest: Block[] = []
  for (const block of body) {
    if (block.type === 'text') lines.push(block.text)
    else if (block.type === 'heading') lines.push(`# ${block.text}`)
    else if (block.type === 'article') lines.push([block.lead, block.title, block.text].filter(Boolean).join(' '))
    else {
      rest.push(block)
      if (block.type === 'table') lines.push(`[${lang === 'vi' ? 'Bảng' : 'Table'} ${rest.length}: ${block.caption.replaceAll(']', ')')}]`)
    }
  }
  return { text: lines.join('\n'), rest }
}
export const typedLines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)
