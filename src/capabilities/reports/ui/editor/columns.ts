// The columns of a form's table and of its checks, and how a cell of them reads.
import { useMemo } from 'react'
import { useLang, useT } from '../../../../web/i18n.tsx'
import type { GridColumn } from '../../../../web/kit/grid.tsx'
import { SEVERITIES, UPS } from '../../contract/form.ts'
import { FORM_COLUMNS, ROW_KINDS, formNames, formulaRead, formulaShown } from '../../decide/form-sheet.ts'
import type { FormPart, FormSheet } from '../../decide/form-sheet.ts'
import { editor } from './messages.ts'

const WIDTH: Record<string, number> = { kind: 150, code: 130, 'label.vi': 300, 'label.en': 240, 'unit.vi': 100, 'unit.en': 100, required: 78, up: 134, formula: 240, decimals: 70, least: 70, most: 70, that: 320, severity: 140 }

export function useFormColumns(sheet: FormSheet): Record<FormPart, readonly GridColumn[]> {
  const t = useT(editor)
  const { lang } = useLang()
  return useMemo(() => {
    const formula = (text: string) => formulaShown(sheet, text, lang)
    const named = (past: boolean) => formNames(sheet, past).map(({ label }) => ({ value: `[${label[lang]}]`, label: '' }))
    const of = (part: FormPart, id: string): GridColumn => {
      // Said in either language, with the arrow or without.
      const choice = <K extends keyof typeof editor.vi>(value: string, key: K) => ({ value, label: editor[lang][key]!, also: [editor.vi[key], editor.en[key]!].flatMap((name) => [name, name.replace('↳ ', '')]) })
      const base = { id, head: t(id as 'code'), width: WIDTH[id] ?? 240 }
      switch (id) {
        case 'kind': return { ...base, as: 'select', options: ROW_KINDS.map((value) => choice(value, `k.${value}`)), hint: t('kind.hint') }
        case 'required': return { ...base, as: 'tick', hint: t('required.hint') }
        case 'up': return { ...base, as: 'select', options: UPS.map((value) => choice(value, `up.${value}`)), hint: t('up.hint') }
        case 'severity': return { ...base, as: 'select', options: SEVERITIES.map((value) => choice(value, `sev.${value}`)) }
        case 'formula': case 'that': return { ...base, hint: t(`${id}.hint`), shown: formula, written: formula, suggest: named(id === 'that'), read: (text) => formulaRead(sheet, text) }
        case 'code': case 'most': case 'least': case 'decimals': return { ...base, hint: t(`${id}.hint`) }
        case 'unit.vi': case 'unit.en': return { ...base, hint: t('unit.hint') }
        case 'label.en': case 'hint.en': case 'say.en': return { ...base, hint: t('en.hint') }
        default: return base
      }
    }
    return { fields: FORM_COLUMNS.fields.map((id) => of('fields', id)), checks: FORM_COLUMNS.checks.map((id) => of('checks', id)) }
  }, [sheet, t, lang])
}

/** A cell of a difference, or of a fault, as people read it. */
export function useFormSaid(sheet: FormSheet): (part: FormPart | 'head', column: string, value: string) => { column: string; value: string } {
  const t = useT(editor)
  const columns = useFormColumns(sheet)
  return (part, id, value) => {
    if (part === 'head') return { column: t(id as 'code'), value: (id === 'due.every' && value ? t(`every.${value as 'day'}`) : id === 'due.weekday' && value ? t(`wd.${value as '1'}`) : value) || t('c.empty') }
    const column = columns[part].find((one) => one.id === id)
    if (column?.as === 'tick') return { column: column.head, value: t(value ? 'c.yes' : 'c.no') }
    return { column: column?.head ?? id, value: (column?.options?.find((one) => one.value === value)?.label ?? column?.shown?.(value) ?? value) || t('c.empty') }
  }
}
