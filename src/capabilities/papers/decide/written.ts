// Dates, numbers and names of places as Decree 30/2020/NĐ-CP writes them (Appendix I, II.3–4; Appendix II, III). `Intl` gets them wrong.
import { KINDS } from '../contract/kinds.ts'
import type { PaperKind } from '../contract/kinds.ts'

const two = (n: number): string => String(n).padStart(2, '0')

/** Days below 10 and the months 1 and 2 get a nought in front, other months do not. */
export function dateWords(day: string): string {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number]
  return `ngày ${two(d)} tháng ${m < 3 ? two(m) : m} năm ${y}`
}
/** With the place in front: "Hà Nội, ngày 05 tháng 01 năm 2020". An open day leaves room to write. */
export const dateLine = (place: string, day: string | null): string => `${upperFirst(place)}, ${day ? dateWords(day) : 'ngày      tháng      năm       '}`

/** QĐ-BNV; a letter has the issuer and the section that wrote it: BNV-VP. The Party writes the kind before a stroke: QĐ/TU. */
export function symbolOf(kind: PaperKind, issuer: string, drafter: string, style: 'state' | 'party' | 'plain'): string {
  const short = KINDS[kind].short
  if (style === 'party') return `${short || (kind === 'letter' ? 'CV' : '')}/${issuer}`.replace(/^\//, '')
  return [short, issuer, ...(short ? [] : [drafter])].filter(Boolean).join('-')
}

/** "15/QĐ-BNV", below ten "05/QĐ-BNV"; the Party: "15-QĐ/TU". Without a number there is room for it. */
export function numbered(number: number | null, symbol: string, style: 'state' | 'party' | 'plain'): string {
  return `${number === null ? '      ' : two(number)}${style === 'party' ? '-' : '/'}${symbol}`
}
export const numberLine = (number: number | null, symbol: string, style: 'state' | 'party' | 'plain'): string =>
  `${style === 'state' ? 'Số: ' : style === 'party' ? 'Số ' : 'No. '}${numbered(number, symbol, style)}`

export const upperFirst = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
const capitals = (words: string[]): string => words.map((word) => upperFirst(word.toLocaleLowerCase('vi'))).join(' ')

const SPECIAL = ['Thủ đô Hà Nội', 'Thành phố Hồ Chí Minh']
const UNITS = ['thành phố', 'thị trấn', 'thị xã', 'tỉnh', 'huyện', 'quận', 'xã', 'phường', 'đặc khu']
const LANDFORMS = ['sông', 'núi', 'hồ', 'biển', 'cửa', 'bến', 'cầu', 'vũng', 'lạch', 'vàm', 'chợ', 'vịnh', 'đảo', 'đèo', 'suối', 'thác', 'mũi']

/**
 * A name of a place with its capitals: the common noun stays small (tỉnh Nam Định), but not before a number (Quận 1) nor in the two names the decree
 * excepts; a landform before one syllable is part of the name (Cửa Lò), before a whole name it is not (biển Cửa Lò). A unit called after a person
 * or an event (Phường Điện Biên Phủ) cannot be told by rule and is written by its office.
 */
export function placeName(text: string): string {
  const words = text.normalize('NFC').trim().split(/\s+/)
  const small = words.join(' ').toLocaleLowerCase('vi')
  const special = SPECIAL.find((name) => name.toLocaleLowerCase('vi') === small)
  if (special) return special
  const unit = UNITS.find((name) => small.startsWith(`${name} `))
  if (unit) {
    const rest = words.slice(unit.split(' ').length)
    return /^\d+$/.test(rest.join('')) ? `${upperFirst(unit)} ${rest.join(' ')}` : `${unit} ${capitals(rest)}`
  }
  const [first, ...rest] = words
  return rest.length > 1 && LANDFORMS.includes(first!.toLocaleLowerCase('vi')) ? `${first!.toLocaleLowerCase('vi')} ${capitals(rest)}` : capitals(words)
}

const ROMAN: [number, string][] = [[10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']]
export function roman(n: number): string {
  let [left, text] = [n, '']
  for (const [value, sign] of ROMAN) while (left >= value) { text += sign; left -= value }
  return text
}
