// Which units on which days, written or pasted from Excel where no file is at hand.
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../../web/client.ts'
import { parseDay } from '../../../../web/format.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Grid } from '../../../../web/kit/grid.tsx'
import type { GridRow } from '../../../../web/kit/grid.tsx'
import { csvText } from '../../../../web/kit/kit.ts'
import { plans } from './words.ts'

let made = 0
export const emptyRow = (): GridRow => ({ id: `u${++made}`, cells: {} })
const written = (rows: readonly GridRow[]) => rows.filter((row) => Object.values(row.cells).some((value) => value.trim() !== ''))

/** `only`: no other unit than those written. */
export function listsOf(rows: readonly GridRow[], only: boolean): { dates?: string; units?: string } {
  const lines = written(rows)
  const dated = lines.filter((row) => row.cells.date)
  const csv = (heads: string[], of: readonly GridRow[]) => csvText([heads, ...of.map((row) => heads.map((head) => row.cells[head] ?? ''))])
  return { ...(dated.length > 0 ? { dates: csv(['code', 'date', 'time', 'class'], dated) } : {}), ...(only && lines.length > 0 ? { units: csv(['code', 'class'], lines) } : {}) }
}

export function DateList({ rows, onRows, template }: { rows: readonly GridRow[]; onRows: (rows: GridRow[]) => void; template: { code: string; version: number } }) {
  const t = useT(plans)
  const pick = usePick()
  const body = useQuery({ ...q.programmes.templates.get.queryOptions({ input: template }), staleTime: Infinity })
  const problems = new Map(rows.flatMap((row) => (row.cells.date && !/^\d{4}-\d\d-\d\d$/.test(row.cells.date) ? [[`${row.id} date`, { severity: 'error' as const, message: t('x.date.bad') }] as const] : [])))
  return (
    <Grid label={t('x.write')} rows={rows} onRows={onRows} fresh={emptyRow} problems={problems} columns={[
      { id: 'code', head: t('x.code'), width: 130, hint: t('x.code.hint') },
      { id: 'date', head: t('x.date'), width: 140, hint: t('x.date.hint'), read: (text) => parseDay(text) ?? text, shown: (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? value.split('-').reverse().join('/') : value), written: (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? value.split('-').reverse().join('/') : value) },
      { id: 'time', head: t('x.time'), width: 100, read: (text) => (/^\d:\d\d$/.test(text) ? `0${text}` : text) },
      { id: 'class', head: t('class'), width: 180, as: 'select', options: [{ value: '', label: t('c.class.auto') }, ...(body.data?.body.classes ?? []).map((one) => ({ value: one.code, label: pick(one.name) }))] },
    ]} />
  )
}
