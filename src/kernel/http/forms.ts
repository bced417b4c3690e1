// What a pattern of a contract takes, in words: "Only 1–40 characters: letters, digits or the sign “-”, beginning with letters". Only patterns of one or two classes of signs; of others nothing is said.
type Say = { vi: string; en: string }

const CLASSES: readonly (readonly [string, Say])[] = [
  ['\\p{L}', { vi: 'chữ', en: 'letters' }], ['A-Za-z', { vi: 'chữ không dấu', en: 'letters without accents' }], ['a-zA-Z', { vi: 'chữ không dấu', en: 'letters without accents' }], ['a-z', { vi: 'chữ thường không dấu', en: 'small letters without accents' }], ['A-Z', { vi: 'chữ hoa không dấu', en: 'capitals without accents' }],
  ['\\p{N}', { vi: 'chữ số', en: 'digits' }], ['\\d', { vi: 'chữ số', en: 'digits' }], ['0-9', { vi: 'chữ số', en: 'digits' }],
]
const WHOLE: Record<string, Say> = {
  '[a-z\\d](?:[a-z\\d.-]*[a-z\\d])?': { vi: 'Không phải tên máy chủ. Viết như mail.example.vn hoặc 10.0.0.5, không có cổng và “://”.', en: 'Not the name of a server. Write it like mail.example.vn or 10.0.0.5, without a port and “://”.' },
  '[^<>"\\r\\n]*': { vi: 'Không dùng được các dấu < > và “"” ở đây.', en: 'The signs < > and “"” cannot stand here.' },
  '([01]\\d|2[0-3]):[0-5]\\d': { vi: 'Không phải giờ. Viết như 17:00.', en: 'Not a time. Write it like 17:00.' },
  '\\+?[0-9][0-9 .()-]{3,24}': { vi: 'Không phải số điện thoại. Viết như 0912 345 678.', en: 'Not a telephone number. Write it like 0912 345 678.' },
}

function signsOf(inner: string): Say[] | undefined {
  if (inner.startsWith('^')) return undefined
  let left = inner.replace('\\w', 'A-Za-z0-9_')
  const names: Say[] = []
  for (const [part, name] of CLASSES) if (left.includes(part)) { left = left.replace(part, ''); names.push(name) }
  const signs = [...left.replaceAll('\\', '').replaceAll('A-Z', '')]
  if (signs.includes(' ')) names.push({ vi: 'dấu cách', en: 'spaces' })
  const marks = signs.filter((sign) => sign !== ' ').map((sign) => `“${sign}”`)
  if (marks.length > 0) names.push({ vi: `${marks.length > 1 ? 'các dấu' : 'dấu'} ${marks.join(' ')}`, en: `${marks.length > 1 ? 'the signs' : 'the sign'} ${marks.join(' ')}` })
  return names.length > 0 ? names : undefined
}
const joined = (names: Say[]): Say => {
  const list = (all: string[], or: string) => (all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${or} ${all.at(-1)!}`)
  return { vi: list(names.map((one) => one.vi), 'hoặc'), en: list(names.map((one) => one.en), 'or') }
}

/** `pattern`: as zod names it, `/^…$/u`. */
export function formOf(pattern: string | undefined): Say | undefined {
  const source = /^\/\^(.*)\$\/\w*$/s.exec(pattern ?? '')?.[1]
  if (source === undefined) return undefined
  if (WHOLE[source]) return WHOLE[source]
  const found = /^(?:\[((?:[^\]\\]|\\.)+)\])?\[((?:[^\]\\]|\\.)+)\](?:\{(\d+)(?:,(\d+))?\}|([*+]))?$/s.exec(source)
  if (!found) return undefined
  const [, first, rest = '', least, most, many] = found
  const [begin, all] = [first === undefined ? undefined : signsOf(first), signsOf(rest)]
  if (!all || (first !== undefined && !begin)) return undefined
  const more = first === undefined ? 0 : 1
  const [from, to] = many ? [undefined, undefined] : least === undefined ? [1 + more, 1 + more] : [Number(least) + more, Number(most ?? least) + more]
  const count = from === undefined ? '' : from === to ? `${from} ` : `${from}–${to} `
  const [signs, start] = [joined(all), begin && first !== rest ? joined(begin) : undefined]
  const several = count && all.length > 1
  return {
    vi: `Chỉ gồm ${count}${several ? 'ký tự: ' : ''}${signs.vi}${start ? `; bắt đầu bằng ${start.vi}` : ''}.`,
    en: `Only ${count}${several ? 'characters: ' : ''}${signs.en}${start ? `, beginning with ${start.en}` : ''}.`,
  }
}
