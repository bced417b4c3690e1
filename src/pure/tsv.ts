// A table on the clipboard as text with tabs, as spreadsheets write it, and back. Quoted cells may hold tabs and lines.

export function gridOfText(text: string): string[][] {
  const rows: string[][] = []
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false]
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!
    if (quoted) {
      if (c !== '"') cell += c
      else if (source[i + 1] === '"') { cell += '"'; i++ } else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === '\t') { row.push(cell); cell = '' } else if (c === '\n') { rows.push([...row, cell]); row = []; cell = '' } else cell += c
  }
  rows.push([...row, cell])
  return rows.map((cells) => cells.map((one) => one.trim()))
}
export const textOfGrid = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n')
