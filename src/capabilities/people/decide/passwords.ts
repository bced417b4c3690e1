// What a password must be: NIST SP 800-63B-4, section 3.1.1. Length and a block-list; no rule about kinds of characters, no yearly change.

export const LEAST_ALONE = 15
export const LEAST_WITH_SECOND_FACTOR = 8
/** At least 64 must be allowed; the bound only stops a flood. */
export const MOST = 256

/** The same letters typed on different keyboards are different code points: NFC makes them one. Nothing else is changed. */
export const normal = (password: string): string => password.normalize('NFC')
export const lengthOf = (password: string): number => [...normal(password)].length

/** Words that say what this system is; a password made of them is guessed first. With them: account, name and unit of the person. */
export const CONTEXT_WORDS = ['sansang', 'matkhau', 'password', 'quantri', 'administrator', 'admin', 'thuongtruc', 'vanphong', 'ubnd', 'congan', 'daihoi', 'vietnam', 'baove', 'anninh', 'anhyeuem', 'iloveyou', 'welcome', 'letmein', 'qwerty']

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p', 'abcdefghijklmnopqrstuvwxyz']
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replace(/\s/gu, '')
const unleet = (text: string): string => text.replace(/[@4301!5$7]/g, (c) => ({ '@': 'a', '4': 'a', '3': 'e', '0': 'o', '1': 'i', '!': 'i', '5': 's', $: 's', '7': 't' })[c]!)

/** How many pieces the password is made of, when a run along the alphabet, the digits or the keyboard, or of one character, counts as one. */
export function pieces(text: string): number {
  const chars = [...fold(text)]
  const follows = (a: string, b: string): boolean => a === b || ROWS.some((row) => Math.abs(row.indexOf(a) - row.indexOf(b)) === 1 && row.includes(a) && row.includes(b))
  let count = chars.length > 0 ? 1 : 0
  for (let i = 1; i < chars.length; i++) if (!follows(chars[i - 1]!, chars[i]!)) count++
  return count
}

/** 'abcabcabc' → 'abc': what is repeated, or the whole. */
function unit(text: string): string {
  for (let size = 1; size <= text.length / 2; size++) if (text.length % size === 0 && text.slice(0, size).repeat(text.length / size) === text) return text.slice(0, size)
  return text
}

export type Wish = {
  password: string
  secondFactor: boolean
  /** Account, name, title, unit of the person. */
  about: (string | null | undefined)[]
  /** Is this text, in small letters, on the list of leaked passwords? */
  listed: (text: string) => boolean
}
type Code = 'PASSWORD_SHORT' | 'PASSWORD_LONG' | 'PASSWORD_COMMON' | 'PASSWORD_NAMES'

/** Nothing when the password may be used; else why not. */
export function judgePassword({ password, secondFactor, about, listed }: Wish): { refused: Code; data: Record<string, unknown> } | undefined {
  const least = secondFactor ? LEAST_WITH_SECOND_FACTOR : LEAST_ALONE
  const length = lengthOf(password)
  if (length < least) return { refused: 'PASSWORD_SHORT', data: { least } }
  if (length > MOST) return { refused: 'PASSWORD_LONG', data: { most: MOST } }

  const small = normal(password).toLowerCase()
  const folded = fold(password)
  const bare = folded.replace(/^[^a-z]+|[^a-z]+$/g, '')
  const again = unit(folded)
  if ([small, folded, unleet(folded), bare, again].some((text) => text.length >= 4 && listed(text)) || again.length < 4 || pieces(password) < 5) return { refused: 'PASSWORD_COMMON', data: {} }

  // What is left when every guessable word is taken out, digits in a row counting as one, must still be something.
  const words = [...about.flatMap((text) => (text ? [text, ...text.split(/[\s._-]+/)] : [])).map(fold).filter((word) => word.length >= 3), ...CONTEXT_WORDS].sort((a, b) => b.length - a.length)
  let rest = folded
  let taken = ''
  for (const word of words) if (rest.includes(word)) { taken ||= word; rest = rest.replaceAll(word, ' ') }
  if (taken && pieces(rest.replace(/\s/g, '').replace(/\d+/g, '0')) < (secondFactor ? 4 : 6)) return { refused: 'PASSWORD_NAMES', data: { word: taken } }
  return undefined
}
