// Names of the kinds of units in the lists that come with the product, and the words by which an office's own file calls them. A kind of another list is written and shown as it is.
import { fold, plain } from './text.ts'

export const KINDS: Record<string, { vi: string; en: string }> = {
  nation: { vi: 'trung ương', en: 'nation' }, national: { vi: 'trung ương', en: 'nation' }, country: { vi: 'trung ương', en: 'nation' }, province: { vi: 'cấp tỉnh', en: 'province' }, district: { vi: 'cấp huyện', en: 'district' }, commune: { vi: 'cấp xã', en: 'commune' }, village: { vi: 'thôn, bản', en: 'village' },
  force: { vi: 'lực lượng', en: 'force' }, agency: { vi: 'cơ quan', en: 'agency' }, body: { vi: 'ban chỉ đạo', en: 'steering body' }, team: { vi: 'tổ công tác', en: 'team' }, department: { vi: 'phòng, ban', en: 'department' },
}
const ALSO: Record<string, readonly string[]> = {
  nation: ['quốc gia', 'cả nước', 'toàn quốc'], province: ['tỉnh', 'thành phố', 'thành phố trực thuộc trung ương'], district: ['huyện', 'quận', 'thị xã', 'thành phố thuộc tỉnh'],
  commune: ['xã', 'phường', 'thị trấn', 'đặc khu', 'ward', 'township'], village: ['thôn', 'bản', 'làng', 'ấp', 'buôn', 'khu phố', 'tổ dân phố', 'hamlet', 'neighbourhood'], team: ['tổ', 'đội'], department: ['phòng', 'ban'], agency: ['sở', 'ngành'],
}
const WORDS = new Map([...Object.entries(KINDS).toReversed().flatMap(([kind, { vi, en }]) => [[vi, kind], [en, kind]]), ...Object.entries(ALSO).flatMap(([kind, names]) => names.map((name) => [name, kind]))].map(([name, kind]) => [plain(name!).toLowerCase(), kind!]))
const FOLDED = new Map([...WORDS].map(([name, kind]) => [fold(name), kind]))

/** The kind that a file means: its machine word, else its name in either language, with or without accents. `known`: kinds that the installation uses; those words are its own. */
export function kindOf(written: string, known: ReadonlySet<string>): string {
  const word = plain(written).toLowerCase()
  const own = word.replaceAll(' ', '_')
  if (known.has(own) || own in KINDS) return own
  const found = WORDS.get(word) ?? FOLDED.get(fold(word))
  // One thing, three words in use: the one that is here already.
  return found === 'nation' ? ['nation', 'national', 'country'].find((one) => known.has(one)) ?? found : found ?? own
}
/** "Thành phố" is said of a province's capital as of a city that is a province: below a province it is none. */
export const isCity = (written: string): boolean => fold(written) === 'thanh pho'
