// What papers ask of reports: one report as it was submitted, or what a period adds up to, with the reports that its figures come from.
import type { Context } from '../../kernel/rpc.ts'
import type { DraftReport } from '../../capabilities/papers/decide/report-letter.ts'
import type { PapersNeeds } from '../../capabilities/papers/routes/needs.ts'
import type { Cell, Field, Form, Values } from '../../capabilities/reports/contract/form.ts'
import { numbersIn } from '../../capabilities/reports/decide/fields.ts'
import { figure } from '../../capabilities/reports/decide/rollup.ts'
import { wholeOf } from '../../capabilities/reports/decide/values.ts'
import { formOf } from '../../capabilities/reports/store/access.ts'
import { missingNamed } from '../../capabilities/reports/store/missing.ts'
import { accessHead, levelAt, pageOfReports, periodsOf } from '../../capabilities/reports/store/rollup.ts'
import { showReport } from '../../capabilities/reports/store/show.ts'
import { dayIn, timeIn } from '../../pure/calendar.ts'

/** An annex that is longer is a book: the rest is told as a number. */
const MOST = 500
const day = (on: string): string => on.split('-').reverse().join('/')
const moment = (at: Date, zone: string): string => `${timeIn(at, zone)} ${day(dayIn(at, zone))}`
type One = { unit: string; values: Values }
type Table = Extract<Field, { kind: 'table' }>

function cell(field: Table['columns'][number], value: Cell | undefined): string {
  if (value === null || value === undefined) return ''
  if (field.kind === 'choice') return field.options.find((one) => one.code === value)?.label.vi ?? ''
  return typeof value === 'number' ? new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 3 }).format(value) : value
}
/** Late reports of the units below these, and their own: as a letter to each of them names them. */
export const missingReports: PapersNeeds['missing'] = async (c, unitIds, lang) => {
  const found = await missingNamed(c.read, c.actor, 'report.read', unitIds, c.at, lang, 20_000)
  return new Map([...Map.groupBy(found, (one) => one.unitId)].map(([unitId, all]) => [unitId, all.map((one) => ({ title: one.title, unit: one.unit, period: day(one.on), due: moment(one.dueAt, one.zone) }))]))
}
/** What the form asks, with what these reports answer. `named`: rows of tables begin with the unit. */
const sections = (form: Form, all: One[], named: boolean, figures: (code: string, i: number) => Omit<DraftReport['sections'][number]['figures'][number], 'label' | 'unit'> | undefined): DraftReport['sections'] => {
  const place = new Map(numbersIn(form).map((field, i) => [field.code, i]))
  return form.sections.map((section) => ({
    title: section.title,
    figures: section.fields.flatMap((field) => { const found = field.kind === 'number' ? figures(field.code, place.get(field.code)!) : undefined; return found && field.kind === 'number' ? [{ label: field.label, unit: field.unit, ...found }] : [] }),
    choices: section.fields.flatMap((field) => (field.kind === 'choice' ? [{ label: field.label, options: field.options.map((option) => ({ label: option.label, units: all.filter(({ values }) => values[field.code] === option.code).map(({ unit }) => unit) })).filter(({ units }) => units.length > 0) }] : [])),
    words: section.fields.flatMap((field) => (field.kind === 'text' ? [{ label: field.label, said: all.flatMap(({ unit, values }) => (typeof values[field.code] === 'string' ? [{ unit, text: values[field.code] as string }] : [])) }] : [])),
    tables: section.fields.flatMap((field) => (field.kind === 'table' ? [{
      label: field.label, heads: field.columns.map((column) => column.label),
      rows: all.flatMap(({ unit, values }) => (Array.isArray(values[field.code]) ? values[field.code] as Record<string, Cell>[] : []).map((row) => [...(named ? [unit] : []), ...field.columns.map((column) => cell(column, row[column.code]))])).slice(0, MOST),
    }] : [])),
  }))
}

/** What is graded is written down as read before any of it leaves. */
type Custody = PapersNeeds['custody']
export const reportDraft = (custody: Custody): PapersNeeds['report'] => async (c, reportId) => {
  const found = await showReport(c.read, c.actor, reportId)
  if (!found) return undefined
  if (found.grade !== 'none') await custody.reading(c, `report:${reportId}`, 'read')
  const { form, values, before } = found
  const number = (of: Values | undefined, code: string) => { const value = of?.[code]; return typeof value === 'number' ? value : null }
  if (!found.submitted || (found.state !== 'submitted' && found.state !== 'signed')) return { unitId: found.unit.id, grade: found.grade, report: null }
  return {
    unitId: found.unit.id, grade: found.grade,
    report: {
      title: found.title, unit: found.unit, asker: found.asker, day: day(found.on), asOf: moment(c.at, found.zone), rollup: null, heads: [], more: 0,
      sections: sections(form, [{ unit: found.unit.name, values }], false, (code) => ({ value: number(values, code), before: number(before?.values, code), given: null })),
      sources: [{ unit: found.unit.name, numbers: [], submitted: moment(new Date(found.submitted.at), found.zone), signed: found.state === 'signed' }],
    },
  }
}

export const rollupDraft = (custody: Custody): PapersNeeds['rollup'] => async (c: Context, asked) => {
  const head = await accessHead(c.read, c.actor, asked.collectionId, asked.unitId)
  const level = head && (await levelAt(c.read, asked.collectionId, asked.unitId, asked.on) ?? await levelAt(c.read, asked.collectionId, asked.unitId))
  if (!head || !level) return undefined
  if (head.grade !== 'none') await custody.reading(c, `collection:${asked.collectionId}`, 'read')
  const form = await formOf(c.read, head.formVersionId)
  const fields = numbersIn(form)
  const periods = await periodsOf(c.read, asked.collectionId, asked.unitId, level, fields.length, { until: asked.on, limit: 2 })
  const now = periods.find((one) => one.on === asked.on)
  if (!now || now.reported === 0) return { unitId: asked.unitId, grade: head.grade, report: null }
  const before = periods.find((one) => one.on < asked.on)
  const sent: Awaited<ReturnType<typeof pageOfReports>> = []
  for (let after: { key: string; id: string } | undefined; ;) {
    const page = await pageOfReports(c.read, asked, after, MOST)
    sent.push(...page.filter((row) => row.level === level && (row.state === 'submitted' || row.state === 'signed')))
    const last = page.at(-1)
    if (page.length < MOST || !last) break
    after = { key: last.path, id: last.id }
  }
  const all = sent.map((row) => ({ unit: row.name, values: wholeOf(form, row.numbers, row.rest, row.words), row }))
  return {
    unitId: asked.unitId, grade: head.grade,
    report: {
      title: head.title, unit: head.unit, asker: head.asker, day: day(asked.on), asOf: moment(c.at, head.zone), rollup: { reported: now.reported, owes: now.owes }, more: Math.max(0, all.length - MOST),
      sections: sections(form, all, true, (_, i) => (fields[i]!.up === 'none' ? undefined : { value: figure(fields[i]!, now, i), before: before ? figure(fields[i]!, before, i) : null, given: now.counts[i] ?? 0 })),
      heads: fields.map(({ label, unit }) => ({ label, unit })),
      sources: all.slice(0, MOST).map(({ unit, values, row }) => ({ unit, numbers: fields.map((field) => { const value = values[field.code]; return typeof value === 'number' ? value : null }), submitted: row.submittedAt ? moment(row.submittedAt, head.zone) : '', signed: row.state === 'signed' })),
    },
  }
}
