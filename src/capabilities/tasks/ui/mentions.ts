// Where in a text somebody is being named, and where somebody was.

/** The @ before the caret and what was typed behind it; undefined where no name is asked for: in an address, behind a name that was chosen, after a line's end. */
export function asking(text: string, caret: number, chosen: readonly string[]): { at: number; words: string } | undefined {
  const found = /(?:^|[\s(“"‘/,;:])@([^\n@]{0,60})$/u.exec(text.slice(0, caret))
  const words = found?.[1]
  if (words === undefined || /^\s/.test(words) || chosen.some((name) => words.startsWith(`${name} `) || words === name)) return undefined
  return { at: caret - words.length - 1, words }
}

/** The text in pieces, names apart; of two names that begin alike the longer one. */
export function parted(text: string, names: readonly string[]): { text: string; name: boolean }[] {
  const known = names.toSorted((a, b) => b.length - a.length)
  const pieces: { text: string; name: boolean }[] = []
  let rest = 0
  for (let i = text.indexOf('@'); i >= 0; i = text.indexOf('@', i + 1)) {
    const name = known.find((one) => text.startsWith(one, i))
    if (!name) continue
    pieces.push({ text: text.slice(rest, i), name: false }, { text: name, name: true })
    rest = i + name.length
  }
  return [...pieces, { text: text.slice(rest), name: false }].filter((piece) => piece.text)
}
