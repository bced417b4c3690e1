// What a language calls the kinds of places and bodies, and how people shorten it. Data: a language more is an entry more.
import { exactKey, fold } from './text.ts'

type Language = {
  /** Words that stand before the proper name and say what it is. */
  types: string[]
  /** What people type for them. */
  short: Record<string, string>
}

const languages: Record<string, Language> = {
  vi: {
    types: ['tỉnh', 'thành phố', 'quận', 'huyện', 'thị xã', 'thị trấn', 'phường', 'xã', 'đặc khu', 'khu phố', 'thôn', 'ấp', 'công an', 'sở', 'ban', 'bộ', 'cục', 'phòng', 'trung tâm'],
    short: {
      t: 'tỉnh', tp: 'thành phố', q: 'quận', h: 'huyện', tx: 'thị xã', tt: 'thị trấn', p: 'phường', x: 'xã', đk: 'đặc khu', dk: 'đặc khu', ca: 'công an',
      ubnd: 'ủy ban nhân dân', hđnd: 'hội đồng nhân dân', hdnd: 'hội đồng nhân dân', bch: 'ban chỉ huy', bcđ: 'ban chỉ đạo', bcd: 'ban chỉ đạo', pccc: 'phòng cháy, chữa cháy', cnch: 'cứu nạn, cứu hộ',
    },
  },
  en: { types: ['province', 'city of', 'district', 'ward', 'commune', 'county', 'borough of'], short: { dist: 'district', co: 'county', prov: 'province' } },
}

const all = Object.values(languages)
const typeKeys = all.flatMap((language) => language.types.map((type) => fold(type))).sort((a, b) => b.length - a.length)

/** The proper name without the word that says what it is: `thanh pho da nang` → `da nang`. Takes and gives a key without accents. */
export function bareKey(key: string): string {
  const type = typeKeys.find((word) => key.startsWith(`${word} `))
  return type ? key.slice(type.length + 1) : key
}

/** What an abbreviation stands for, as words without and with accents; undefined for any other word. */
export const longForms: ReadonlyMap<string, { fold: string[]; exact: string[] }> = new Map(
  all.flatMap(({ short }) => Object.entries(short).map(([key, long]) => [fold(key), { fold: fold(long).split(' '), exact: exactKey(long).split(' ') }] as const)),
)
