// Lists of units that come with the program, for its demonstration: real data of a country, brought into the form that `units import` takes.
import { plain } from '../../pure/text.ts'

export type ListedUnit = { code: string; name: string; kind: string; parentCode: string; nameEn?: string }

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)

/** Names as they are: the import itself normalises, and keeps the original. */
export const listCsv = (units: ListedUnit[]): string =>
  `code,name,kind,parent_code,name_en\n${units.map((u) => [u.code, u.name, u.kind, u.parentCode, u.nameEn ?? ''].map(quoted).join(',')).join('\n')}\n`

/** The name with the word for its kind before it, where a list left that out. */
export const withType = (name: string, type: string): string => (plain(name).toLowerCase().startsWith(`${type.toLowerCase()} `) ? name : `${type} ${name}`)
