// A staff list against what is there: what it would add and change, or what is wrong with it, line by line. One bad line refuses the whole.
import { readDue } from '../../../pure/due.ts'
import { fold } from '../../../pure/text.ts'
import { Account, PersonName, ROLES, roleNames } from '../contract.ts'
import type { Text } from '../../../kernel/contract.ts'
import type { GrantEnded, PeopleRefused, PersonErased, PersonLeft, Role, StaffPreview } from '../contract.ts'
import { ContactFields } from '../contract/shapes.ts'
import { above } from './accounts.ts'
import type { Details, Over } from './accounts.ts'
import { keeps, lacks } from './grants.ts'
import type { Held, Standing } from './grants.ts'

export const STAFF_COLUMNS = {
  required: ['account', 'name', 'unit_code'], optional: ['title', 'phone', 'email', 'role', 'until'],
  names: { account: ['tài khoản', 'tên tài khoản'], name: ['họ tên', 'họ và tên', 'full name'], unit_code: ['mã đơn vị', 'unit'], title: ['chức vụ', 'chức danh'], phone: ['điện thoại', 'số điện thoại', 'telephone'], email: ['thư điện tử', 'e-mail', 'mail'], role: ['vai trò'], until: ['đến hết ngày', 'đến ngày', 'thời hạn'] },
} as const
export type StaffRow = { line: number; values: Record<string, string> }
export type UnitKnown = { id: string; name: string; /** Holds person.edit there. */ may: boolean; standing: Standing }
export type AccountKnown = { id: string; may: boolean; left: boolean; unitId: string | null; details: Details; over: Over; roles: { role: Role; unitId: string | null }[] }
export type Known = { units: ReadonlyMap<string, UnitKnown>; accounts: ReadonlyMap<string, AccountKnown> }

export type StaffStep = {
  line: number; does: 'add' | 'change' | 'same'; personId: string | undefined; account: string; unitId: string; unit: string
  details: Partial<Details>; changed: string[]; role: Role | undefined; endsAt: Date | null
}
export type StaffProblem = { line: number; code: keyof typeof staffProblems; data: Data }
type Data = Record<string, string | number | Text>
const FIELDS = {
  title: [{ vi: 'chức vụ', en: 'title' }, { vi: 'không quá 120 ký tự', en: 'at most 120 characters' }],
  phone: [{ vi: 'số điện thoại', en: 'telephone' }, { vi: 'chỉ gồm chữ số, dấu cách, có thể bắt đầu bằng +', en: 'digits and spaces, with or without a + in front' }],
  email: [{ vi: 'địa chỉ thư điện tử', en: 'mail address' }, { vi: 'như ten@coquan.gov.vn', en: 'such as name@office.gov.vn' }],
} as const

export const staffProblems = {
  ACCOUNT_BAD: { vi: 'Dòng {line}: tên tài khoản "{value}" không hợp lệ (2–40 chữ thường, số, dấu chấm, gạch).', en: 'Line {line}: the account "{value}" is not valid (2 to 40 small letters, digits, dots, hyphens).' },
  ACCOUNT_TWICE: { vi: 'Dòng {line}: tài khoản "{value}" đã có ở dòng {before}.', en: 'Line {line}: the account "{value}" stands on line {before} already.' },
  ACCOUNT_TAKEN: { vi: 'Dòng {line}: tên tài khoản "{value}" đã có người khác dùng.', en: 'Line {line}: the account name "{value}" is taken.' },
  ACCOUNT_HIGHER: { vi: 'Dòng {line}: "{value}" có quyền mà bạn không có, nên bạn không sửa được.', en: 'Line {line}: "{value}" holds a right that you do not, so you cannot change it.' },
  NAME_BAD: { vi: 'Dòng {line}: thiếu họ tên, hoặc dài quá 120 ký tự.', en: 'Line {line}: the name is missing or longer than 120 characters.' },
  UNIT_UNKNOWN: { vi: 'Dòng {line}: không có đơn vị mã "{value}", hoặc bạn không có quyền ở đó.', en: 'Line {line}: there is no unit with the code "{value}", or you may not do this there.' },
  UNIT_ZEROS: { vi: 'Dòng {line}: không có đơn vị mã "{value}", chỉ có "{code}" ({unit}): bảng tính có vẻ đã bỏ số 0 ở đầu. Thêm lại số 0, hoặc để chương trình thêm.', en: 'Line {line}: there is no unit with the code "{value}", but there is "{code}" ({unit}): a spreadsheet seems to have dropped leading zeros. Put them back, or let the program do it.' },
  FIELD_BAD: { vi: 'Dòng {line}: {column} "{value}" không hợp lệ ({form}).', en: 'Line {line}: the {column} "{value}" is not valid ({form}).' },
  ROLE_BAD: { vi: 'Dòng {line}: không có vai trò "{value}" (có: {roles}).', en: 'Line {line}: there is no role "{value}" (there are: {roles}).' },
  ROLE_HIGHER: { vi: 'Dòng {line}: vai trò "{value}" có quyền mà bạn không có ở đơn vị này.', en: 'Line {line}: the role "{value}" holds a right that you do not hold at this unit.' },
  UNTIL_BAD: { vi: 'Dòng {line}: ngày "{value}" không hợp lệ hoặc đã qua (viết như 31/12/2026).', en: 'Line {line}: the day "{value}" is not valid or has passed (write it like 31/12/2026).' },
} as const

const roleOf = (text: string): Role | undefined => roleNames.find((role) => [role, ROLES[role].name.vi, ROLES[role].name.en].some((name) => fold(name) === fold(text)))
const ROLE_LIST: Text = { vi: roleNames.map((role) => ROLES[role].name.vi).join('; '), en: roleNames.map((role) => ROLES[role].name.en).join('; ') }
export const bare = (code: string): string => (/^\d+$/.test(code) ? code.replace(/^0+(?=\d)/, '') : '')

export function planStaff(list: StaffRow[], known: Known, at: Date, zeros = false): { steps: StaffStep[]; problems: StaffProblem[]; zeros: number } {
  const steps: StaffStep[] = []
  const problems: StaffProblem[] = []
  const seen = new Map<string, number>()
  const near = Map.groupBy([...known.units].filter(([code, unit]) => unit.may && bare(code)), ([code]) => bare(code))
  let lost = 0
  for (const { line, values } of list) {
    const before = problems.length
    const bad = (code: StaffProblem['code'], data: Data = {}): void => { problems.push({ line, code, data: { line, ...data } }) }

    const account = Account.safeParse(values['account'])
    if (!account.success) bad('ACCOUNT_BAD', { value: values['account'] ?? '' })
    else if (seen.has(account.data)) bad('ACCOUNT_TWICE', { value: account.data, before: seen.get(account.data)! })
    else seen.set(account.data, line)
    const name = PersonName.safeParse(values['name'])
    if (!name.success) bad('NAME_BAD')
    const unitCode = values['unit_code'] ?? ''
    const like = known.units.has(unitCode) ? [] : near.get(bare(unitCode)) ?? []
    const meant = like.length === 1 ? like[0] : undefined
    if (meant) lost++
    const unit = known.units.get(unitCode) ?? (zeros ? meant?.[1] : undefined)
    if (!unit?.may) { if (meant) bad('UNIT_ZEROS', { value: unitCode, code: meant[0], unit: meant[1].name }); else bad('UNIT_UNKNOWN', { value: unitCode }) }

    // A column that the file lacks leaves what is there; an empty cell empties it.
    const details: Partial<Details> = name.success ? { name: name.data } : {}
    for (const column of ['title', 'phone', 'email'] as const) {
      if (values[column] === undefined) continue
      const value = ContactFields.shape[column].safeParse(values[column] === '' ? null : values[column])
      if (value.success) details[column] = value.data
      else bad('FIELD_BAD', { column: FIELDS[column][0], form: FIELDS[column][1], value: values[column] })
    }
    const role = values['role'] ? roleOf(values['role']) : undefined
    if (values['role'] && !role) bad('ROLE_BAD', { value: values['role'], roles: ROLE_LIST })
    const right = role && unit?.may ? lacks(unit.standing, role) : undefined
    if (right) bad('ROLE_HIGHER', { value: ROLES[role!].name })
    const endsAt = untilOf(values['until'], at)
    if (endsAt === 'bad') bad('UNTIL_BAD', { value: values['until']! })

    const person = account.success ? known.accounts.get(account.data) : undefined
    if (person && (!person.may || person.left)) bad('ACCOUNT_TAKEN', { value: account.data! })
    else if (person) {
      const higher = above(person.over)
      if (higher) bad('ACCOUNT_HIGHER', { value: account.data! })
    }
    if (problems.length > before || !account.success || !unit || endsAt === 'bad') continue

    const changed = person ? (Object.keys(details) as (keyof Details)[]).filter((key) => details[key] !== person.details[key]) as string[] : []
    if (person && person.unitId !== unit.id) changed.push('unit')
    const gives = role && !person?.roles.some((held) => held.role === role && held.unitId === unit.id) ? role : undefined
    steps.push({
      line, does: !person ? 'add' : changed.length > 0 || gives ? 'change' : 'same', personId: person?.id, account: account.data, unitId: unit.id, unit: unit.name, details, changed: changed.sort(), role: gives, endsAt,
    })
  }
  return { steps, problems, zeros: lost }
}

/** The end of that day. */
function untilOf(text: string | undefined, at: Date): Date | null | 'bad' {
  if (!text) return null
  const day = /^(\d{4}-\d{2}-\d{2}|\d{1,2}([/.-])\d{1,2}\2\d{4})$/.test(text) ? readDue(text, at.toISOString().slice(0, 10))?.day : undefined
  if (!day) return 'bad'
  const end = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
  return end > at ? end : 'bad'
}

const SHOWN = 50
export const previewOf = (steps: StaffStep[], listed: number): Omit<StaffPreview, 'problems' | 'seen' | 'zeros'> => ({
  listed, added: steps.filter((s) => s.does === 'add').length, changed: steps.filter((s) => s.does === 'change').length, same: steps.filter((s) => s.does === 'same').length,
  granted: steps.filter((s) => s.role).length,
  sample: steps.filter((s) => s.does !== 'same').slice(0, SHOWN).map((s) => ({ line: s.line, account: s.account, name: s.details.name ?? '', unit: s.unit, role: s.role ?? null, does: s.does })),
})

/** What a list brought. `used`: somebody signed in with the account, changed it, or gave it another role. `others`: administrators that remain without this grant. */
export type Brought = { people: { id: string; used: boolean; over: Over; grants: Held[] }[]; grants: (Held & { standing: Standing })[]; others: (grant: Held) => number }

/** Accounts that nobody used go, and their names with them, so that the right list can be imported; roles given to those who were there end. The rest is kept, and counted. */
export function takeBack({ people, grants, others }: Brought, at: Date): { refused: PeopleRefused; data?: { count: number } } | { facts: (PersonLeft | PersonErased | GrantEnded)[]; answer: { erased: number; ended: number; kept: number } } {
  if (people.length + grants.length === 0) return { refused: 'NOT_FOUND' }
  const last = (grant: Held) => keeps(grant) && others(grant) === 0
  const gone = people.filter((one) => !one.used && !above(one.over) && !one.grants.some(last))
  const over = grants.filter((grant) => !lacks(grant.standing, grant.role) && !last(grant))
  const kept = people.length + grants.length - gone.length - over.length
  if (gone.length + over.length === 0) return { refused: 'STAFF_IN_USE', data: { count: kept } }
  return {
    facts: [
      ...gone.flatMap(({ id }): (PersonLeft | PersonErased)[] => [{ type: 'person.left.v1', personId: id }, { type: 'person.erased.v1', personId: id, why: 'asked' }]),
      ...over.map((grant): GrantEnded => ({ type: 'grant.ended.v1', personId: grant.personId, grantId: grant.id, endsAt: at.toISOString(), reason: null })),
    ],
    answer: { erased: gone.length, ended: over.length, kept },
  }
}
