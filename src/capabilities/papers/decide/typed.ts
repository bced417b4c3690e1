// The words of a paper as they are typed in one field: a paragraph a line; "Điều 1. …" begins an article, "# …" is a heading.
import type { Block } from '../contract/letter.ts'

const ARTICLE = /^((?:Điều|Article)\s+\d+[a-zđ]?\.)\s*(.*)$/u

export function typedBlocks(text: string): Block[] {
  return text.split(/\n+/).map((line) => line.trim()).filter(Boolean).map((line): Block => {
    const article = ARTICLE.exec(line)
    if (article) return { type: 'article', lead: article[1]!, title: '', text: article[2]! }
    return line.startsWith('# ') ? { type: 'heading', text: line.slice(2) } : { type: 'text', text: line }
  })
}

/** What cannot be typed (tables, parts) stays beside, in its order after the words. */
export function typedText(body: Block[]): { text: string; rest: Block[] } {
  const lines: string[] = []
  const rest: Block[] = []
  for (const block of body) {
    if (block.type === 'text') lines.push(block.text)
    else if (block.type === 'heading') lines.push(`# ${block.text}`)
    else if (block.type === 'article') lines.push([block.lead, block.title, block.text].filter(Boolean).join(' '))
    else rest.push(block)
  }
  return { text: lines.join('\n'), rest }
}
export const typedLines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)
