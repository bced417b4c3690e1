// A table on the clipboard as rows of cells, where it comes as HTML (Word, Excel, web pages) with merged cells and broken lines. Text with tabs: src/pure/tsv.ts.

const BLOCK = /^(P|DIV|LI|BR|TR|H[1-6]|UL|OL)$/
function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/[\s\u00a0]+/gu, ' ')
  const name = node.nodeName
  if (name === 'STYLE' || name === 'SCRIPT') return ''
  const inner = [...node.childNodes].map(textOf).join('')
  return name === 'BR' ? '\n' : BLOCK.test(name) ? `\n${inner}\n` : inner
}
const cellText = (cell: Element): string => textOf(cell).split('\n').map((line) => line.replace(/ +/g, ' ').trim()).filter(Boolean).join('\n')

/** Undefined: there is no table in it. What is merged downwards stands in each of its rows; what is merged sideways in the first cell. */
export function gridOfHtml(html: string): string[][] | undefined {
  const tables = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('table')].filter((table) => !table.parentElement?.closest('table'))
  if (tables.length === 0) return undefined
  return tables.flatMap((table) => {
    const rows: string[][] = []
    const held = new Map<number, { text: string; left: number }>()
    for (const tr of table.rows) {
      const row: string[] = []
      const take = () => { for (let down = held.get(row.length); down; down = held.get(row.length)) { if (--down.left === 0) held.delete(row.length); row.push(down.text) } }
      for (const cell of tr.cells) {
        take()
        const text = cellText(cell)
        for (let i = 0; i < Math.min(60, cell.colSpan); i++) {
          if (cell.rowSpan > 1) held.set(row.length, { text: i === 0 ? text : '', left: cell.rowSpan - 1 })
          row.push(i === 0 ? text : '')
        }
      }
      take()
      rows.push(row)
    }
    return rows
  })
}
