// Who signs in to the demonstration, and a head for every unit. All names are made up.
import type { NewAccount } from '../../capabilities/people/routes.ts'
import { derivedId } from '../../kernel/ids.ts'
import { chance } from './chance.ts'
import type { Place } from './past.ts'

/** Always the same, so that a second start finds them. */
export const personOf = (account: string): string => derivedId(new Date(0), 'demonstration', account)
export const headOf = (place: Pick<Place, 'scheme' | 'code'>): string => `dv.${place.scheme === 'admin' ? '' : `${place.scheme}.`}${place.code}`.toLowerCase()

export const ROLES = [
  { account: 'thuongtruc', unit: 'VN', role: 'secretariat', name: 'Trần Minh Khôi', who: { vi: 'Thường trực cấp Trung ương', en: 'National secretariat' } },
  { account: 'hanoi', unit: '01', role: 'head', name: 'Lê Thị Thanh Hà', who: { vi: 'Người đứng đầu cấp tỉnh (Hà Nội)', en: 'Province head (Hà Nội)' } },
  { account: 'canbo', unit: 'commune', role: 'officer', name: 'Nguyễn Văn Bình', who: { vi: 'Cán bộ cấp xã', en: 'Commune officer' } },
  { account: 'pc07', unit: 'CA-01-PC07', role: 'officer', name: 'Phạm Quốc Dũng', who: { vi: 'Cán bộ lực lượng (phòng cháy, chữa cháy Hà Nội)', en: 'Officer of a force (Hà Nội fire and rescue)' } },
  { account: 'lanhdao', unit: 'VN', role: 'reader', name: 'Hoàng Đức An', who: { vi: 'Lãnh đạo (chỉ xem)', en: 'Leader (reads only)' } },
] as const

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý']
const MIDDLE = ['Văn', 'Thị', 'Minh', 'Đức', 'Thanh', 'Quốc', 'Thu', 'Hữu', 'Ngọc', 'Xuân']
const GIVEN = ['An', 'Bình', 'Châu', 'Dũng', 'Giang', 'Hà', 'Hải', 'Hiếu', 'Hòa', 'Hương', 'Khánh', 'Lan', 'Linh', 'Long', 'Mai', 'Nam', 'Nga', 'Phúc', 'Quân', 'Sơn', 'Tâm', 'Thảo', 'Tùng', 'Vân', 'Yến']
const one = (list: readonly string[], seed: string): string => list[Math.floor(chance(seed) * list.length)]!
const nameOf = (code: string): string => `${one(FAMILY, `${code} f`)} ${one(MIDDLE, `${code} m`)} ${one(GIVEN, `${code} g`)}`

/** Accounts of the roles but one: the commune is chosen when the events have their days. */
export function accountsOf(places: readonly Place[], at: Date): NewAccount[] {
  return [
    ...ROLES.filter((r) => r.unit !== 'commune').map((r) => accountOf(r, places.find((p) => p.code === r.unit)!.id, at)),
    ...places.map((p) => ({ id: personOf(headOf(p)), account: headOf(p), name: nameOf(`${p.scheme}${p.code}`), title: 'Người đứng đầu', unitId: p.id, role: 'head' as const, startsAt: at })),
  ]
}
export const accountOf = (role: (typeof ROLES)[number], unitId: string, at: Date): NewAccount => ({ id: personOf(role.account), account: role.account, name: role.name, unitId, role: role.role, startsAt: at })
