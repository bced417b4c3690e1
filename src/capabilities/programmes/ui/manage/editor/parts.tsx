// What stands beside the tables of a draft: its general facts, what is wrong, what it changes, and the dates it would give one unit.
import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, refusalOf } from '../../../../../web/client.ts'
import { useFormat } from '../../../../../web/format.ts'
import { usePick, useT } from '../../../../../web/i18n.tsx'
import { Button, Card, DataTable, DateField, EmptyState, Loaded, Refusal, SelectField, TextField, UnitField } from '../../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../../web/kit/kit.ts'
import { useKind } from '../../../../units/ui/messages.ts'
import { differences } from '../../../decide/merge.ts'
import type { Part, Problem, Sheet } from '../../../decide/sheet.ts'
import { useSaid } from './columns.ts'
import { sheetFrom } from './draft.ts'
import { editor } from './messages.ts'
import './editor.css'

export function Head({ sheet, onHead, countries, problems }: { sheet: Sheet; onHead: (key: string, value: string) => void; countries: readonly { code: string; name: { vi: string; en: string } }[]; problems: readonly Problem[] }) {
  const t = useT(editor)
  const pick = usePick()
  const wrong = (column: string) => { const found = problems.find((one) => one.part === 'head' && one.column === column); return found && pick(found.message) }
  const field = (key: 'name.vi' | 'name.en' | 'opens' | 'zone') => ({ label: t(key), value: sheet.head[key] ?? '', onValue: (value: string) => onHead(key, value), error: wrong(key) })
  return (
    <Card>
      <div className="form">
        <TextField {...field('name.vi')} /><TextField {...field('name.en')} />
        <div className="field-row">
          <SelectField label={t('country')} optional="quiet" empty={t('country.none')} value={sheet.head.country ?? ''} onValue={(value) => onHead('country', value)} options={countries.map((one) => ({ value: one.code, label: pick(one.name) }))} error={wrong('country')} />
          <TextField {...field('opens')} hint={t('time.hint')} /><TextField {...field('zone')} optional hint={t('zone.hint')} />
        </div>
        <p className="soft small">{t('code')}: <b>{sheet.head.code}</b>. {t('code.fixed')}</p>
      </div>
    </Card>
  )
}

export function Problems({ sheet, problems, status, onGo }: { sheet: Sheet; problems: readonly Problem[]; status: ReactNode; onGo: (problem: Problem) => void }) {
  const t = useT(editor)
  const pick = usePick()
  const said = useSaid(sheet)
  const place = (one: Problem) => {
    const n = one.part === 'head' ? -1 : sheet.parts[one.part].findIndex((row) => row.id === one.row)
    const code = one.part === 'head' || n < 0 ? '' : sheet.parts[one.part][n]!.cells.code || t('row', { n: n + 1 })
    return [t(`p.${one.part}`), code, said(one.part, one.column, '').column].filter(Boolean).join(' · ')
  }
  if (problems.length === 0) return <p>{status}</p>
  const list = [...problems].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
  return (
    <details className="editor-problems"><summary>{status}</summary>
      <ul className="lines">{list.slice(0, 100).map((one, i) => <li key={i} className={one.severity === 'error' ? 'bad' : 'soft'}><button type="button" className="plain-link press" title={t('go')} onClick={() => onGo(one)}>{place(one)}</button>: {pick(one.message)}</li>)}</ul>
    </details>
  )
}

/** What a draft or a version changes, row by row, in the words of the table. */
export function Differences({ from, to }: { from: Sheet; to: Sheet }) {
  const t = useT(editor)
  const pick = usePick()
  const found = useMemo(() => differences(from, to), [from, to])
  const [was, is] = [useSaid(from), useSaid(to)]
  const kind = useKind()
  const name = (one: (typeof found)[number]) => pick(one.name) || (one.part === 'levels' ? kind(one.code) : one.code)
  return (
    <DataTable caption={t('differences')} rows={found} rowKey={(one) => `${one.part} ${one.kind} ${one.code}`} empty={<EmptyState icon="check" title={t('problems.none')} />} group={(one) => ({ id: one.part, label: t(`p.${one.part}`) })} columns={[
      { id: 'name', head: t('v.name'), as: 'name', cell: (one) => <>{name(one)}{one.part !== 'head' && one.code !== name(one) && <small>{one.code}</small>}{one.cells.map((cell) => { const after = is(one.part, cell.column, cell.to); return <small key={cell.column}>{after.column}: <del>{was(one.part, cell.column, cell.from).value}</del> → <ins>{after.value}</ins></small> })}</> },
      { id: 'kind', head: t('differences'), width: '7rem', cell: (one) => t(`d.${one.kind}`) },
    ]} />
  )
}

/** What a version changes against another. */
export function Versions({ code, from, to, none }: { code: string; from: number; to: number; none: string }) {
  const file = (version: number) => ({ ...q.programmes.templates.export.queryOptions({ input: { code, version, format: 'json' as const } }), staleTime: Infinity })
  const [a, b] = [useQuery(file(from)), useQuery(file(to))]
  const t = useT(editor)
  return <Loaded query={a}>{(was) => <Loaded query={b}>{(is) => <AgainstText text={was.text} sheet={sheetFrom(is.text)} none={none} title={t('d.against', { version: from })} />}</Loaded>}</Loaded>
}

export function Against({ code, version, sheet }: { code: string; version: number; sheet: Sheet }) {
  const t = useT(editor)
  const file = useQuery({ ...q.programmes.templates.export.queryOptions({ input: { code, version, format: 'json' } }), staleTime: Infinity })
  return <Loaded query={file}>{({ text }) => <AgainstText text={text} sheet={sheet} none={t('d.none', { version })} title={t('d.against', { version })} />}</Loaded>
}
function AgainstText({ text, sheet, none, title }: { text: string; sheet: Sheet; none: string; title: string }) {
  const from = useMemo(() => sheetFrom(text), [text])
  const n = useMemo(() => differences(from, sheet).length, [from, sheet])
  return <Card flush title={title}>{n === 0 ? <EmptyState icon="check" title={none} /> : <Differences from={from} to={sheet} />}</Card>
}

export function TryDates({ text, sheet, wrong }: { text: string; sheet: Sheet; wrong: boolean }) {
  const t = useT(editor)
  const pick = usePick()
  const kind = useKind()
  const said = useSaid(sheet)
  const [unit, setUnit] = useState<UnitChoice>()
  const [day, setDay] = useState<string>()
  const [size, setSize] = useState('')
  const asked = unit && day && !wrong ? { text, unitId: unit.id, day, ...(size ? { class: size } : {}) } : undefined
  const seen = useQuery({ queryKey: ['templates', 'dates', asked], queryFn: ({ signal }) => api.programmes.drafts.dates(asked!, { signal }), enabled: Boolean(asked), retry: false, staleTime: Infinity, gcTime: 60_000 })
  const format = useFormat(seen.data?.zone)
  const name = (part: Part, code: string) => { const row = sheet.parts[part].find((one) => one.cells.code === code); return row ? pick({ vi: row.cells['name.vi'] ?? '', en: row.cells['name.en'] ?? '' }) : code }
  /** A rule without a time ends with its day. */
  const written = (at: string) => (format.time(at) === '23:59' ? format.date(at) : format.dateTime(at))
  const child = sheet.parts.milestones.some((row) => row.cells.when?.startsWith('dưới:')) || sheet.parts.tasks.some((row) => row.cells.due?.startsWith('dưới:'))
  return (
    <div className="stack">
      <Card>
        <div className="stack">
          <p className="soft">{t('v.text')}</p>
          <UnitField label={t('v.unit')} value={unit} onValue={setUnit} />
          <div className="field-row"><DateField label={t('v.day')} value={day} onValue={setDay} />
            <SelectField label={t('v.class')} optional="quiet" empty={t('v.class.auto')} value={size} onValue={setSize} options={sheet.parts.classes.map((row) => ({ value: row.cells.code ?? '', label: said('classes', 'name.vi', pick({ vi: row.cells['name.vi'] ?? '', en: row.cells['name.en'] ?? '' })).value }))} /></div>
          {!asked && <p className="soft" role="status">{wrong ? t('v.wrong') : t('v.need')}</p>}
        </div>
      </Card>
      {asked && (seen.error ? <Refusal error={refusalOf(seen.error)} /> : <Loaded query={seen}>{(found) => <>
        <p className="soft small">{t('v.of', { kind: kind(found.kind), class: name('classes', found.class) })}{child && ` · ${t('v.own')}`}</p>
        {found.early.length > 0 && <div className="note" role="alert"><div><b>{t('v.early')}</b><ul className="lines">{found.early.map((one, i) => <li key={i}>{pick(one)}</li>)}</ul></div></div>}
        <div className="two">
          <Card flush title={t('v.milestones')}><DataTable caption={t('v.milestones')} rows={found.milestones} rowKey={(one) => one.code} columns={[
            { id: 'name', head: t('v.name'), as: 'name', cell: (one) => <>{pick(one.name)}{one.dayOff && <small>{t('v.off', { name: pick(one.dayOff) })}</small>}</> }, { id: 'at', head: t('v.when'), width: '34%', cell: (one) => written(one.at) },
          ]} /></Card>
          <Card flush title={t('v.requirements', { n: found.requirements.length })}><DataTable caption={t('v.requirements', { n: found.requirements.length })} rows={found.requirements} rowKey={(one) => one.code} columns={[
            { id: 'name', head: t('v.name'), as: 'name', cell: (one) => pick(one.name) }, { id: 'at', head: t('by'), width: '34%', cell: (one) => format.date(one.from) },
          ]} /></Card>
        </div>
        <Card flush title={t('v.tasks', { n: found.tasks.length })}><DataTable caption={t('v.tasks', { n: found.tasks.length })} rows={[...found.tasks].sort((a, b) => (a.at < b.at ? -1 : 1))} rowKey={(one) => one.code} columns={[
          { id: 'name', head: t('v.name'), as: 'name', cell: (one) => <>{pick(one.name)}<small>{[one.code, one.handed > 0 && t('v.handed', { n: format.number(one.handed) })].filter(Boolean).join(' · ')}</small></> },
          { id: 'stream', head: t('stream'), from: 'middle', cell: (one) => name('workstreams', one.workstream) }, { id: 'at', head: t('v.when'), width: '34%', cell: (one) => written(one.at) },
        ]} /></Card>
      </>}</Loaded>)}
    </div>
  )
}

export function ClashList({ sheet, clashes, onTake, onDone }: { sheet: Sheet; clashes: readonly { part: Part | 'head'; code: string; column: string; mine: string; theirs: string }[]; onTake: (at: number) => void; onDone: () => void }) {
  const t = useT(editor)
  const said = useSaid(sheet)
  if (clashes.length === 0) return null
  return (
    <div className="note" role="alert"><div className="stack tight">
      <p><b>{t('clashes', { n: clashes.length })}</b></p>
      <ul className="lines">{clashes.map((one, i) => {
        const value = (text: string) => (one.column === 'code' && text === '' ? t('clash.gone') : said(one.part, one.column, text).value)
        return <li key={i}>{t('clash', { place: [t(`p.${one.part}`), one.part === 'head' ? '' : one.code, said(one.part, one.column, '').column].filter(Boolean).join(' · '), mine: value(one.mine), theirs: value(one.theirs) })}{one.column !== 'code' && <> <button type="button" className="plain-link press" onClick={() => onTake(i)}>{t('clash.take')}</button></>}</li>
      })}</ul>
      <div><Button small onClick={onDone}>{t('clashes.done')}</Button></div>
    </div></div>
  )
}
