// What is wrong with a file, the same fault of many lines told once.
export type LineProblem = { line: number | null; message: string; note?: boolean }
export type Group = { lines: number[]; text: string; note: boolean }

/** In the order of the first line of each. `text`: the sentence, without "Line 3: " where it is that of several. */
export function groupLines(list: readonly LineProblem[]): Group[] {
  const groups = new Map<string, Group & { whole: string }>()
  for (const [i, { line, message, note = false }] of list.entries()) {
    const text = line === null ? message : message.replace(new RegExp(`^\\p{L}+ ${line}: `, 'u'), '')
    // A sentence that names its line otherwise stands for itself.
    const key = line === null || text === message ? String(i) : `${note} ${text}`
    const found = groups.get(key)
    if (found) found.lines.push(line!)
    else groups.set(key, { lines: line === null ? [] : [line], text, note, whole: message })
  }
  return [...groups.values()].map(({ whole, ...group }) => (group.lines.length > 1 ? group : { ...group, text: whole }))
}
