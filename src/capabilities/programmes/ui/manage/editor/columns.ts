// The columns of each part of a template, and how a cell of it reads: used by the table, the list of differences and the clashes.
import { useMemo } from 'react'
import { useFormat } from '../../../../../web/format.ts'
import { useLang, useT } from '../../../../../web/i18n.tsx'
import type { GridColumn } from '../../../../../web/kit/grid.tsx'
import { EVIDENCE, useEvidenceKind } from '../../../../tasks/ui/evidence-kinds.ts'
import { countedName } from '../../../../tasks/ui/target.ts'
import { useKind } from '../../../../units/ui/messages.ts'
import { afterText, readAfter, readRule, readTarget, ruleText, shownAfter, shownRule } from '../../../decide/rule-text.ts'
import { columnsOf } from '../../../decide/sheet.ts'
import type { Part, Sheet } from '../../../decide/sheet.ts'
import { editor } from './messages.ts'

const WIDTH: Record<string, number> = { code: 104, 'name.vi': 280, 'name.en': 200, when: 150, due: 190, after: 170, stream: 150, by: 170, check: 260, holds: 260, to: 110, evidence: 150, target: 130, 'product.vi': 190, 'product.en': 190, priority: 88, warn_days: 78, day: 66, from: 74, until: 74, kinds: 150, numbers: 150 }
const RULES = new Set(['when', 'due'])

export function useColumns(sheet: Sheet): (part: Part) => GridColumn[] {
  const t = useT(editor)
  const { lang } = useLang()
  const { number } = useFormat()
  const kind = useKind()
  const evidence = useEvidenceKind()
  return useMemo(() => {
    const named = (part: Part) => sheet.parts[part].filter((row) => row.cells.code).map((row) => ({ value: row.cells.code!, label: row.cells[`name.${lang}`] || row.cells['name.vi'] || row.cells.code!, also: [row.cells['name.vi'] ?? '', row.cells['name.en'] ?? ''].filter(Boolean) }))
    const label = (part: Part, code: string) => named(part).find((one) => one.value === code)?.label ?? code
    const check = (value: string): string => {
      const [what = '', ...of] = value.split(' ')
      if (what === 'milestone') return t('k.milestone', { of: label('milestones', of[0] ?? '') })
      if (what === 'evidence' || what === 'target') return `${t(`k.${what}`, { of: of[0] ?? '' })}${of[1] ? ` (${what === 'evidence' ? t('holds.days', { n: of[1] }) : of[1]})` : ''}`
      return what === 'no_overdue' ? [t('k.no_overdue'), ...of.map((one) => label('workstreams', one))].join(': ') : what === 'none' ? [t('k.none'), ...of].join(': ') : value
    }
    const of = (part: Part, id: string): GridColumn => {
      if (id.startsWith('l:')) return { id, head: kind(id.slice(2)), width: 58, as: 'tick' }
      if (id.startsWith('c:')) return { id, head: label('classes', id.slice(2)), width: 66, as: 'tick' }
      const base = { id, head: part === 'levels' ? t('p.levels') : t(id as 'code'), width: WIDTH[id] ?? WIDTH[id.replace(/\.\w+$/, '')] ?? 200 }
      switch (id) {
        case 'code': return part === 'levels' ? { ...base, width: 220, hint: t('levels.hint'), shown: (value) => (value ? `${kind(value)} (${value})` : '') } : { ...base, hint: t('code.hint') }
        case 'when': case 'due': return {
          ...base, hint: t(id === 'when' ? 'rule.hint' : 'due.hint'), suggest: id === 'due' ? named('milestones') : [], shown: (value) => shownRule(value, lang, (code) => label('milestones', code)), written: (value) => shownRule(value, lang),
          read: (text) => { const rule = readRule(text, id === 'due'); return rule === undefined ? text : ruleText(rule) },
        }
        case 'after': return { ...base, hint: t('after.hint'), suggest: named('tasks'), shown: (value) => shownAfter(value, lang, (of, code) => (of === 'milestones' ? label(of, code) : code)), written: (value) => shownAfter(value, lang), read: (text) => afterText(readAfter(text)) }
        case 'stream': return { ...base, as: 'select', options: named('workstreams') }
        case 'by': return { ...base, as: 'select', options: named('milestones') }
        case 'priority': return { ...base, as: 'select', options: [{ value: '', label: t('priority.normal') }, { value: 'high', label: t('priority.high') }, { value: 'low', label: t('priority.low') }] }
        case 'evidence': return { ...base, hint: t('evidence.hint'), suggest: EVIDENCE.map((one) => ({ value: one, label: evidence(one) })), shown: (value) => { const [what = '', days] = value.split(' '); const known = EVIDENCE.find((one) => one === what); return known ? `${evidence(known)}${days ? `, ${t('holds.days', { n: number(Number(days)) })}` : ''}` : value } }
        case 'check': return { ...base, hint: t('check.hint'), suggest: [{ value: 'no_overdue', label: t('k.no_overdue') }, ...named('milestones').map((one) => ({ value: `milestone ${one.value}`, label: t('k.milestone', { of: one.label }) })), ...named('tasks').map((one) => ({ value: `evidence ${one.value}`, label: one.label }))], shown: check }
        case 'to': case 'kinds': return { ...base, hint: t(`${id}.hint`), shown: (value) => value.split(/[,\s]+/).filter(Boolean).map(kind).join(', ') }
        case 'target': return { ...base, hint: t('target.hint'), shown: (value) => { const { unit, count, as } = readTarget(value) as { unit: string; count: unknown; as: string }; return value === '' ? '' : typeof count === 'number' ? `${number(count)}${as === 'percent' ? ' %' : ''} ${countedName(unit, lang)}` : count === 'all' ? t('target.all', { of: countedName(unit, lang) }) : value } }
        case 'numbers': return { ...base, hint: t('numbers.hint') }
        case 'day': return { ...base, hint: t('day.hint') }
        case 'from': case 'until': return { ...base, hint: t('time.hint'), read: (text) => (/^\d:\d\d$/.test(text) ? `0${text}` : text) }
        default: return base
      }
    }
    return (part) => columnsOf(sheet, part).map((id) => of(part, id))
  }, [sheet, t, lang, kind, number, evidence])
}

/** A cell of a difference as people read it. */
export function useSaid(sheet: Sheet): (part: Part | 'head', column: string, value: string) => { column: string; value: string } {
  const t = useT(editor)
  const columns = useColumns(sheet)
  const kind = useKind()
  return (part, id, value) => {
    if (part === 'head') return { column: t(id as 'opens'), value: value || t('d.empty') }
    const column = columns(part).find((one) => one.id === id)
    if (/^[lc]:/.test(id)) return { column: t('d.for', { of: column?.head ?? (id.startsWith('l:') ? kind(id.slice(2)) : id.slice(2)) }), value: t(value ? 'd.yes' : 'd.no') }
    return { column: column?.head ?? id, value: (column?.options?.find((one) => one.value === value)?.label ?? (RULES.has(id) || column?.shown ? column?.shown?.(value) : value)) || t('d.empty') }
  }
}
