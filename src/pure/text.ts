// Text as people type it and as lists hold it: one normal form to keep, two keys to search by. The same in browser and server.

/** Whole characters in NFC, no invisible characters, one space, one apostrophe (U+2019), no space at the ends. */
export const plain = (text: string): string =>
  text.toWellFormed().normalize('NFC').replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').replace(/[\u0027\u0060\u00b4\u02b9-\u02bc\u2018\u2019\u2032\uff07]/g, '’').replace(/\s+/g, ' ').trim()

// Letters with a stroke or joined, which Unicode does not take apart. ð is typed for đ where the keyboard has U+00D0.
const WHOLE: Record<string, string> = { đ: 'd', ð: 'd', ł: 'l', ø: 'o', ħ: 'h', ŧ: 't', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' }
const WHOLE_LETTER = new RegExp(`[${Object.keys(WHOLE).join('')}]`, 'g')

/** An apostrophe joins (h’leo is one word, also when a space slipped in behind it); everything else that is no letter or digit parts. */
const parted = (lower: string): string => lower.replace(/’ ?/g, '').replace(/(?<![\p{L}\p{M}])\p{M}+/gu, '').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()

// Grave, acute, tilde, hook above, dot below. A syllable has one, and over which vowel it stands is a matter of school: hoà = hòa, thuỷ = thủy.
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

const folded = (word: string): string => (/^[a-z0-9]*$/.test(word) ? word : word.normalize('NFD').replace(/\p{M}/gu, '').replace(WHOLE_LETTER, (c) => WHOLE[c]!))
const exactly = (word: string): string => {
  const taken = word.replaceAll('ð', 'đ').normalize('NFD')
  return taken.replace(TONES, '') + (taken.match(TONES) ?? []).join('')
}

/** The search key without accents: `fold('Thành phố Phan Rang-Tháp Chàm') === 'thanh pho phan rang thap cham'`. */
export const fold = (text: string): string => wordsOf(text).fold.join(' ')

/** The key of exact spelling: accents count; the place of the tone mark, case, hyphens and composition do not. Not for display. */
export const exactKey = (text: string): string => wordsOf(text).exact.join(' ')

// A tree of 20,000 names has some 4,000 words.
const known = new Map<string, { fold: string; exact: string }>()
const MOST_KNOWN = 20_000

/** The words of both keys, place by place. Letters and digits are parted (p1 → p, 1) and a number loses its leading zeros. */
export function wordsOf(text: string): { fold: string[]; exact: string[] } {
  const lower = parted(plain(text).toLowerCase())
  const parts = (/\d/.test(lower) ? lower.replace(/(\p{L}\p{M}*)(?=\p{N})|(\p{N})(?=\p{L})/gu, '$1$2 ').replace(/(?<!\S)0+(?=\d)/g, '') : lower).split(' ')
  const keys = { fold: [] as string[], exact: [] as string[] }
  for (const word of parts) {
    if (!word) continue
    let key = known.get(word)
    if (!key) {
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(word, (key = { fold: folded(word), exact: exactly(word) }))
    }
    keys.fold.push(key.fold)
    keys.exact.push(key.exact)
  }
  return keys
}

const MARKS = ['\u0306', '\u0302', '\u031b', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
const PLACES = '{|}!"#$%'
/**
 * Names compared by it (`<`) stand in the order of a Vietnamese dictionary: a ă â … d đ e ê …, after the letters of a word its tone (none, huyền, hỏi, ngã, sắc, nặng), Phường 2 before
 * Phường 10. The same as the database's `sort_key`, whose comment tells how; Intl.Collator and ICU differ between machines, and take the tone last of all.
 */
export const sortKey = (text: string): string =>
  `${text.toWellFormed().normalize('NFD').toLowerCase().replace(/[{|}!"#$%]/g, ' ').replace(/[đð]/g, 'd{')
    .replace(/[\u0300-\u036f]/g, (mark) => PLACES[MARKS.indexOf(mark)] ?? '').replace(/[\u00ad\u200b-\u200d\u2060\ufeff]|[\u0027\u0060\u00b4\u02b9-\u02bc\u2018\u2019\u2032\uff07] ?/g, '')
    .replace(/([\p{L}{|}!"#$%])(?=\d)|(\d)(?=\p{L})/gu, '$1$2 ').replace(/[^\p{L}\p{N}{|}!"#$%]+/gu, ' ').trim()} `
    .replace(/(?<=^| )0*(\d+)(?= )/g, (_, digits: string) => digits.padStart(12, '0')).replace(/([!"#$%])([^ ]*) /g, '$2$1')

/** In the order of names; what has none comes last, or first from the other end. `once`: whoever sorts the same again keeps the keys. */
export function inOrder<T>(list: readonly T[], name: (one: T) => string | null, down = false, once: (one: T, make: () => string) => string = (_, make) => make()): T[] {
  const keyed = list.map((one) => ({ one, key: once(one, () => { const text = name(one); return text === null ? '\uffff' : sortKey(text) }) }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * (down ? -1 : 1)).map(({ one }) => one)
}

/** The first letters of the words, as in an abbreviation: `ho chi minh` → `hcm`. */
export const initials = (key: string): string => key.split(' ').map((word) => word[0] ?? '').join('')
