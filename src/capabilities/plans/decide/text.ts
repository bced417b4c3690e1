// The simple structure of a section's text: paragraphs parted by an empty line, and points. One reading of it for the screen, for paper and for comparing.

export type Piece = { kind: 'paragraph'; text: string } | { kind: 'points'; ordered: boolean; items: { mark: string; text: string }[] }
const POINT = /^\s*((?:\d{1,2}|[a-zđ])[.)]|[-–•+])\s+(.*\S)\s*$/u

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let open: string[] = []
  const close = () => { if (open.length > 0) pieces.push({ kind: 'paragraph', text: open.join('\n') }); open = [] }
  for (const line of text.replace(/\r/g, '').split('\n')) {
    const point = POINT.exec(line)
    const before = pieces.at(-1)
    if (point) {
      close()
      const [mark, ordered] = [point[1]!, /[\da-zđ]/u.test(point[1]!)]
      const last = pieces.at(-1)
      if (last?.kind === 'points' && last.ordered === ordered) last.items.push({ mark, text: point[2]! })
      else pieces.push({ kind: 'points', ordered, items: [{ mark, text: point[2]! }] })
    } else if (!line.trim()) close()
    else if (/^\s{2,}\S/.test(line) && open.length === 0 && before?.kind === 'points') {
      // What is set in below a point belongs to it.
      before.items.at(-1)!.text += ` ${line.trim()}`
    } else open.push(line.trim())
  }
  close()
  return pieces
}
