// The report forms that come with the program: templates/reports/*.yaml, read once.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readForm } from '../capabilities/reports/decide/form.ts'
import { PROGRAM } from '../kernel/config.ts'
import type { Text } from '../kernel/contract.ts'

const FOLDER = join(PROGRAM, 'templates/reports')
let read: { code: string; name: Text; text: string }[] | undefined

export const shippedForms = (): { code: string; name: Text; text: string }[] => (read ??= readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')).toSorted().map((file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8')
  const { form, issues } = readForm(text)
  if (!form) throw new Error(`${file} line ${issues[0]?.line}: ${issues[0]?.message.en}`)
  return { code: form.code, name: form.name, text }
}))
