// A schema's complaint about one field, as a sentence. Own, not zod's locale: one process answers in two languages, and zod's locale is global.
import type { Lang } from '../contract.ts'
import { formOf } from './forms.ts'

/** What zod says. `params` is what a `.refine(…, { params: { vi, en } })` of a contract says itself. */
export type Issue = {
  code?: string; path?: readonly PropertyKey[]; message?: string; expected?: string; received?: string; format?: string; pattern?: string; origin?: string
  minimum?: number | bigint; maximum?: number | bigint; inclusive?: boolean; exact?: boolean; divisor?: number; values?: unknown[]; keys?: string[]
  input?: unknown; errors?: Issue[][]; params?: Record<string, unknown>
}

type Say = { vi: string; en: string }

const KINDS: Record<string, Say> = {
  string: { vi: 'chữ', en: 'text' }, number: { vi: 'số', en: 'a number' }, int: { vi: 'số nguyên', en: 'a whole number' }, boolean: { vi: 'có hoặc không', en: 'true or false' },
  array: { vi: 'một danh sách', en: 'a list' }, object: { vi: 'một nhóm trường', en: 'a group of fields' }, date: { vi: 'ngày giờ', en: 'a date' }, null: { vi: 'để trống', en: 'empty' },
}
const FORMATS: Record<string, Say> = {
  uuid: { vi: 'Không phải mã định danh (UUID).', en: 'Not an identifier (UUID).' },
  datetime: { vi: 'Không phải thời điểm dạng 2026-07-04T12:00:00Z.', en: 'Not a moment such as 2026-07-04T12:00:00Z.' },
  date: { vi: 'Không phải ngày dạng 2026-07-04.', en: 'Not a date such as 2026-07-04.' },
  time: { vi: 'Không phải giờ dạng 17:00.', en: 'Not a time such as 17:00.' },
  email: { vi: 'Không phải địa chỉ thư điện tử.', en: 'Not a mail address.' },
  url: { vi: 'Không phải địa chỉ mạng.', en: 'Not a web address.' },
}

const bound = (issue: Issue, least: boolean): Say => {
  const n = String(least ? issue.minimum : issue.maximum)
  const strict = issue.inclusive === false
  if (issue.origin === 'string') {
    if (least && n === '1') return { vi: 'Không được để trống.', en: 'Must not be empty.' }
    if (issue.exact) return { vi: `Phải có đúng ${n} ký tự.`, en: `Must have exactly ${n} characters.` }
    return least ? { vi: `Phải có ít nhất ${n} ký tự.`, en: `Must have at least ${n} characters.` } : { vi: `Dài quá ${n} ký tự.`, en: `Longer than ${n} characters.` }
  }
  if (issue.origin === 'array' || issue.origin === 'set' || issue.origin === 'map') {
    return least ? { vi: `Phải có ít nhất ${n} mục.`, en: `Must have at least ${n} entries.` } : { vi: `Nhiều hơn ${n} mục.`, en: `More than ${n} entries.` }
  }
  if (least) return strict ? { vi: `Phải lớn hơn ${n}.`, en: `Must be more than ${n}.` } : { vi: `Phải từ ${n} trở lên.`, en: `Must be ${n} or more.` }
  return strict ? { vi: `Phải nhỏ hơn ${n}.`, en: `Must be less than ${n}.` } : { vi: `Phải từ ${n} trở xuống.`, en: `Must be ${n} or less.` }
}

function say(issue: Issue): Say {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined && !/received (?!undefined)/.test(issue.message ?? '')) return { vi: 'Thiếu trường này.', en: 'This field is missing.' }
      const kind = KINDS[issue.expected ?? '']
      return kind ? { vi: `Phải là ${kind.vi}.`, en: `Must be ${kind.en}.` } : { vi: 'Sai kiểu giá trị.', en: 'The wrong kind of value.' }
    }
    case 'too_small': return bound(issue, true)
    case 'too_big': return bound(issue, false)
    case 'invalid_format': return FORMATS[issue.format ?? ''] ?? formOf(issue.pattern) ?? { vi: 'Sai dạng.', en: 'Not in the right form.' }
    case 'invalid_value': {
      const all = (issue.values ?? []).map(String).join(', ')
      return { vi: `Phải là một trong: ${all}.`, en: `Must be one of: ${all}.` }
    }
    case 'not_multiple_of': return { vi: `Phải là bội số của ${issue.divisor}.`, en: `Must be a multiple of ${issue.divisor}.` }
    case 'unrecognized_keys': return { vi: `Không có trường: ${(issue.keys ?? []).join(', ')}.`, en: `There is no field: ${(issue.keys ?? []).join(', ')}.` }
    case 'invalid_union': return { vi: 'Không khớp dạng nào được nhận.', en: 'Fits none of the forms taken.' }
    case 'no_nul': return { vi: 'Có ký tự NUL, không lưu được.', en: 'Holds a NUL character, which cannot be kept.' }
    default: return { vi: 'Giá trị chưa hợp lệ.', en: 'The value is not valid.' }
  }
}

export function issueSentence(issue: Issue, lang: Lang): string {
  const own = issue.params?.[lang]
  return typeof own === 'string' ? own : say(issue)[lang]
}
