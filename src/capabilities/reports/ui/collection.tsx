// One request: the share that has reported, what it adds up to and where that comes from, who is missing, what was said, how it went over time.
import { Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, q, queries, refusalOf, url } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, EmptyState, Icon, Loaded, Menu, Page, SelectField, Tabs, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useMay } from '../../../web/session.ts'
import { part } from '../../../web/parts.ts'
import { CustodyTab, useCustody } from '../../custodies/ui/custody.tsx'
import { GradeMark, Watermark } from '../../custodies/ui/grade.tsx'
import { custodies } from '../../custodies/ui/messages.ts'
import { PrintByOrder } from '../../custodies/ui/print.tsx'
import { numbersIn } from '../decide/fields.ts'
import { useLevel } from './level.ts'
import { Numbers } from './numbers.tsx'
import { overview as messages } from './overview-messages.ts'
import { Units } from './units.tsx'
import type { At, OverviewData } from './level.ts'
import { Words } from './words.tsx'
import { Year } from './year.tsx'
import './reports.css'

const MadePapers = part(() => import('../../papers/ui/made.tsx').then(({ MadePapers: made }) => ({ default: made })))
const route = getRouteApi('/inside/report-collections/$collectionId')
export function OneCollection() {
  const [t, c] = [useT(messages), useT(custodies)]
  const { collectionId } = route.useParams()
  const search = route.useSearch()
  const go = route.useNavigate()
  const confirm = useConfirm()
  const level = useLevel()
  const navigate = useNavigate()
  const mayPaper = useMay('paper.issue')
  // Without a unit in the address: the highest one from which the request is seen.
  const seen = useQuery({ ...q.reports.collections.seenFrom.queryOptions({ input: { collectionId } }), enabled: !search.unit, staleTime: Infinity })
  const unitId = search.unit ?? seen.data?.unitId ?? ''
  const found = useQuery({ ...q.reports.collections.overview.queryOptions({ input: { collectionId, unitId, ...(search.on ? { on: search.on } : {}), ...(search.with ? { with: search.with } : {}) } }), enabled: unitId !== '', meta: { topics: [`reports:${collectionId}`] } })
  const format = useFormat(found.data?.zone)
  const custody = useCustody(found.data?.grade)
  const refresh = () => void queries.invalidateQueries({ queryKey: q.reports.key() })
  const chase = useOrder(api.reports.collections.chase, ({ chased }) => toast(t('chased', { n: chased })))
  const end = useOrder(api.reports.collections.end, () => { toast(t('ended.done')); refresh() })
  const set = (more: Record<string, string | undefined>) => void go({ search: (was) => Object.fromEntries(Object.entries({ ...was, ...more }).filter(([, value]) => value)), replace: true })
  if (unitId === '') return <Loaded query={seen} lines={10}>{() => null}</Loaded>
  return (
    <Loaded query={found} lines={10}>{(data) => {
      const main = data.totals[0]
      const at: At | undefined = data.on ? { collectionId, unitId, on: data.on } : undefined
      const left = main ? main.owes - main.reported : 0
      const missing = data.totals.reduce((n, one) => n + one.owes - one.reported, 0)
      const past = data.dueAt !== null && new Date(data.dueAt) <= new Date(data.asOf)
      const due = data.dueAt ? t(past ? 'due.past' : 'due.ahead', { at: format.dateTime(data.dueAt) }) : ''
      const aroundDays = ({ before, after = [] }: { before: number[]; after?: number[] | undefined }) => [[before.filter((n) => n > 0), 'days.before'] as const, [after, 'days.after'] as const].flatMap(([list, said], i) => [...(list.length > 0 ? [t(said, { days: list.map((n) => format.number(n)).join(', ') })] : []), ...(i === 0 && before.includes(0) ? [t('days.zero')] : [])]).join('; ')
      const file = (kind: 'xlsx' | 'csv') => { if (at) location.href = url(`api/v1/report-collections/${collectionId}/units/${unitId}/file?on=${at.on}&format=${kind}`) }
      // Asked first, so that what cannot be had is said here and not on a page of its own.
      const zip = async () => {
        if (!at) return
        const found = await queries.fetchQuery({ ...q.reports.collections.files.queryOptions({ input: at }), staleTime: 0 }).catch((error: unknown) => { toast(refusalOf(error).message || t('zip.wait'), { look: 'bad' }) })
        if (!found) return
        if (found.files === 0) return toast(t('zip.none'), { look: 'bad' })
        if (!found.fits) return toast(t('zip.many', { n: format.number(found.files), size: format.bytes(found.bytes) }), { look: 'bad' })
        toast(t('zip.goes', { n: found.files, units: found.units, size: format.bytes(found.bytes) }))
        location.href = url(`api/v1/report-collections/${collectionId}/units/${unitId}/files.zip?on=${at.on}`)
      }
      const chaseAll = async () => { if (at && await confirm({ title: t('chase.title', { n: missing }), text: t('chase.text'), yes: t('chase.yes') })) void chase.give(at) }
      const endIt = async () => { if (await confirm({ title: t('end.title'), text: t('end.text'), yes: t('end.yes'), danger: true })) void end.give({ collectionId }) }
      return (
        <Page title={data.title} line={<>{data.grade !== 'none' && <><GradeMark grade={data.grade} /> </>}{main ? t('line', { n: format.number(main.reported), of: format.number(main.owes), share: format.percent(main.owes > 0 ? main.reported / main.owes : 1), due }) : t('no.period')}</>}
          crumbs={[{ label: t('reports'), to: '/reports' }, ...data.trail.slice(0, -1).map((unit) => ({ label: unit.name, to: '/report-collections/$collectionId' as const, params: { collectionId }, search: { unit: unit.id, ...(data.on ? { on: data.on } : {}), ...(search.with ? { with: search.with } : {}) } })), ...(data.trail.length > 1 ? [{ label: data.unit.name }] : [])]}
          actions={at && <>
            {data.mayChase && missing > 0 && <Button look="main" icon="bell" busy={chase.busy} onClick={() => void chaseAll()}>{t('chase', { n: missing })}</Button>}
            <Menu items={[...(mayPaper && main && main.reported > 0 ? [{ label: t('paper'), icon: 'file' as const, run: () => void navigate({ to: '/papers/new' as '/', search: { reports: `${collectionId}.${unitId}.${at.on}` } as never }) }] : []), { label: t('export.xlsx'), icon: 'download', run: () => file('xlsx') }, { label: t('export.csv'), icon: 'download', run: () => file('csv') }, { label: t('zip'), icon: 'download', run: () => void zip() }, ...(data.mayAsk && !data.ended ? ['line' as const, { label: t('end'), icon: 'close' as const, danger: true, run: () => void endIt() }] : [])]}><Button icon="more">{t('act')}</Button></Menu>
            {data.grade === 'none' ? <Button icon="print" onClick={() => print()}>{t('print')}</Button> : <PrintByOrder recordId={data.id} />}
          </>}>
          <Watermark mark={data.mark} />
          {data.schedule.every === 'milestone' && <p className="soft">{t('around', { mark: data.milestone ? t('mark.of', { name: data.milestone[format.lang] }) : t('mark.day'), days: aroundDays(data.schedule) })}{data.on && ` ${t('around.n', { n: format.number(data.totals.reduce((n, one) => n + one.owes + one.excused, 0)), on: format.day(data.on) })}`}</p>}
          {data.ended && <p className="note">{t('ended')}</p>}
          {!main || !at ? <Card><EmptyState icon="clock" title={t('no.period')} /></Card> : <>
            <Card>
              <div className="report-head">
                <div className="report-share">
                  <span>{t('share.text', { n: format.number(main.reported), of: format.number(main.owes), level: level(main.level) })}</span>
                  <span className="report-bar" aria-hidden="true"><i style={{ width: `${main.owes > 0 ? (main.reported / main.owes) * 100 : 100}%` }} /></span>
                  <span className="soft small">{[left > 0 ? t('missing', { n: format.number(left) }) : t('all.in'), main.late > 0 && t('late', { n: main.late }), main.signed > 0 && t('signed', { n: main.signed }), main.returned > 0 && t('returned', { n: main.returned }), main.excused > 0 && t('excused', { n: main.excused }), ...data.totals.slice(1).map((one) => one.owes > one.reported && t('missing.level', { level: level(one.level), n: format.number(one.owes - one.reported) }))].filter(Boolean).join(' · ')}</span>
                </div>
                <div className="field-row">
                  <SelectField label={t('period')} optional="quiet" value={at.on} onValue={(on) => set({ on, ...(on === search.with ? { with: undefined } : {}) })} options={data.periods.map((one) => ({ value: one.on, label: t('period.of', { on: format.day(one.on), n: one.reported, of: one.owes }) }))} />
                  {data.before && <SelectField label={t('with')} optional="quiet" value={data.before.on} onValue={(on) => set({ with: on })} options={data.periods.filter((one) => one.on !== at.on).map((one) => ({ value: one.on, label: t('period.of', { on: format.day(one.on), n: one.reported, of: one.owes }) }))} />}
                </div>
              </div>
            </Card>
            {data.contradictions.length > 0 && <Contradictions data={data} />}
            <Tabs label={t('tabs')} chosen={search.tab ?? 'numbers'} onChoose={(tab) => set({ tab })} tabs={[
              { id: 'numbers', label: t('tab.numbers'), content: () => <Numbers data={data} at={at} chosen={search.field} against={search.with} onChoose={(field) => set({ field })} /> },
              { id: 'units', label: t('tab.units'), count: data.totals.reduce((n, one) => n + one.owes + one.excused, 0), content: () => <Units at={at} zone={data.zone} state={search.state} onState={(state) => set({ state })} /> },
              { id: 'words', label: t('tab.words'), content: () => <Words data={data} at={at} /> },
              { id: 'year', label: t('tab.year'), content: () => <Year data={data} at={at} /> },
              ...(custody ? [{ id: 'custody', label: c('tab'), content: () => <CustodyTab recordId={data.id} kind="collection" grade={data.grade} /> }] : []),
            ]} />
            <Suspense fallback={null}><MadePapers kind="collection" id={data.id} /></Suspense>
          </>}
        </Page>
      )
    }}</Loaded>
  )
}

const FIRST = 20
function Contradictions({ data }: { data: OverviewData }) {
  const t = useT(messages)
  const format = useFormat()
  const { lang } = format
  const [all, setAll] = useState(false)
  const labels = new Map(numbersIn(data.form).map((field) => [field.code, field.label[lang]]))
  return (
    <div className="note"><Icon name="alert" size={16} /><div>
      <b>{t('contradictions.n', { n: data.contradictions.length })}</b>
      <ul className="report-notes">{(all ? data.contradictions : data.contradictions.slice(0, FIRST)).map((one, i) => (
        <li key={i}><Link to="/reports/$reportId" params={{ reportId: one.reportId }}>{t(one.partial ? 'contradiction.partial' : 'contradiction', { unit: one.unit.name, field: labels.get(one.field) ?? one.field, own: format.number(one.own), below: format.number(one.below) })}</Link></li>
      ))}</ul>
      {data.contradictions.length > FIRST && !all && <Button small className="no-print" onClick={() => setAll(true)}>{t('contradictions.all', { n: format.number(data.contradictions.length) })}</Button>}
    </div></div>
  )
}
