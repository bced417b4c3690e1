import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api, queries } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useLang, usePick, useT } from '../../../../web/i18n.tsx'
import type { GridRow } from '../../../../web/kit/grid.tsx'
import { Button, Card, CheckField, FileDrop, FileProblems, Icon, LinkButton, Refusal, StatTiles, csvText, saveText, useConfirm } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import { useKind } from '../../../units/ui/messages.ts'
import { DateList, emptyRow, listsOf } from './date-list.tsx'
import { Running, useClassName } from './run.tsx'
import type { Ended } from './run.tsx'
import { plans } from './words.ts'

type Made = Awaited<ReturnType<typeof api.programmes.programmes.cascade>>

/** Preview, run, result. Nothing is given twice: it adds what is missing. */
export function Cascade({ code, unitId, template }: { code: string; unitId: string; template: { code: string; version: number } }) {
  const t = useT(plans)
  const pick = usePick()
  const { lang } = useLang()
  const kind = useKind()
  const className = useClassName(template)
  const { number, day } = useFormat()
  const confirm = useConfirm()
  const [dates, setDates] = useState<File[]>([])
  const [units, setUnits] = useState<File[]>([])
  const [rows, setRows] = useState<GridRow[]>([emptyRow()])
  const [only, setOnly] = useState(false)
  const [run, setRun] = useState<Made>()
  const [end, setEnd] = useState<Ended>()
  const preview = useMutation({ mutationFn: async () => {
    const lists = { ...listsOf(rows, only), ...(dates[0] ? { dates: await dates[0].text() } : {}), ...(units[0] ? { units: await units[0].text() } : {}) }
    return { lists, seen: await api.programmes.programmes.previewCascade({ code, ...lists }) }
  } })
  const finish = (how: Ended) => { setEnd(how); void queries.invalidateQueries() }
  const order = useOrder(api.programmes.programmes.cascade, (made) => { setRun(made); if (!made.job) finish({ failed: null }) })
  const seen = preview.data?.seen
  const list = (counts: Record<string, number>, name: (key: string) => string) => Object.entries(counts).map(([key, n]) => `${number(n)} ${name(key)}`).join(', ')
  const saidPast = ({ past }: NonNullable<typeof seen>) => (past.first ? t('x.past', { tasks: number(past.tasks), milestones: number(past.milestones), first: day(past.first) }) : undefined)
  const go = async () => {
    if (!seen || !preview.data) return
    const past = saidPast(seen)
    const numbers = { events: number(seen.events.new), tasks: number(seen.tasks) }
    if (await confirm({ title: t('x.sure', numbers), text: past ? <><p>{past}</p><p>{t('x.sure.text')}</p></> : t('x.sure.text'), yes: t('x.do', { count: numbers.events }) })) await order.give({ code, ...preview.data.lists })
  }
  const over = () => { preview.reset(); order.clear(); setRun(undefined); setEnd(undefined) }

  if (run && !end) return <Card><div className="stack">{run.job && <Running job={run.job} total={run.events} label={t('x.running')} onEnd={finish} />}<p className="soft">{t('x.leave')}</p></div></Card>
  if (run && end) return (
    <Card>
      <div className="stack">
        <p role="status"><b>{end.failed === null ? t('x.done', { events: number(run.events), tasks: number(run.tasks) }) : t('x.failed', { why: end.failed })}</b></p>
        <div className="row">{end.failed === null && <LinkButton look="main" icon="board" to={'/board' as '/'} search={{ unit: unitId } as never}>{t('o.board')}</LinkButton>}{end.failed === null && (seen?.past.tasks ?? 0) > 0 && <LinkButton to={'/tasks' as '/'} search={{ unit: unitId, state: 'overdue' } as never}>{t('x.past.list')}</LinkButton>}<Button onClick={over}>{t('x.preview')}</Button></div>
      </div>
    </Card>
  )
  return (
    <div className="stack">
      <Card>
        <div className="stack">
          <p className="soft">{t('x.text')}</p>
          <details><summary>{t('x.lists')}</summary><div className="stack">
            <p className="soft small">{t('x.write.text')}</p>
            <div className="card flush"><DateList rows={rows} onRows={(next) => { setRows(next); preview.reset() }} template={template} /></div>
            <CheckField label={t('x.only')} value={only} onValue={(next) => { setOnly(next); preview.reset() }} />
            <FileDrop label={t('x.dates')} files={dates} onFiles={(next) => { setDates(next); preview.reset() }} accept=".csv" several={false} />
            <p><button type="button" className="plain-link press" onClick={() => saveText(lang === 'vi' ? 'ngay-mau.csv' : 'dates-sample.csv', csvText([lang === 'vi' ? ['mã đơn vị', 'ngày', 'giờ', 'quy mô'] : ['code', 'date', 'time', 'class'], ['00070', '12/03/2027', '08:00', ''], ['01', '20/05/2027', '', lang === 'vi' ? 'quy mô lớn' : 'large']]))}>{t('x.sample')}</button></p>
            <FileDrop label={t('x.units')} files={units} onFiles={(next) => { setUnits(next); preview.reset() }} accept=".csv" several={false} />
          </div></details>
          <FileProblems error={preview.error} />
          <div className="row"><Button {...(seen ? {} : { look: 'main' as const })} icon="search" busy={preview.isPending} onClick={() => preview.mutate()}>{t('x.preview')}</Button></div>
        </div>
      </Card>
      {seen && <>
        <StatTiles label={t('x.preview')} tiles={[{ id: 'new', label: t('x.new'), count: seen.events.new }, { id: 'existing', label: t('x.existing'), count: seen.events.existing }, ...(seen.events.waiting > 0 ? [{ id: 'waiting', label: t('x.waiting'), count: seen.events.waiting }] : []), { id: 'tasks', label: t('x.tasks'), count: seen.tasks }, { id: 'requirements', label: t('x.requirements'), count: seen.requirements }]} />
        <Card>
          <div className="stack">
            {seen.events.new === 0 ? <p>{t('x.none')}</p> : <p>{[seen.days.first && seen.days.last && t('x.days', { first: day(seen.days.first), last: day(seen.days.last) }), t('x.kinds', { list: list(seen.kinds, kind) }), t('x.classes', { list: list(seen.classes, className) }), seen.redated > 0 && t('x.redated', { count: number(seen.redated) })].filter(Boolean).join(' ')}</p>}
            {seen.past.first && <p className="note"><Icon name="alert" />{saidPast(seen)}</p>}
            {seen.warnings.length > 0 && <div className="note"><Icon name="alert" /><div><b>{t('x.warnings')}</b><ul className="lines">{seen.warnings.map((one, i) => <li key={i}>{pick(one)}</li>)}</ul></div></div>}
            <Refusal error={order.refused} />
            {seen.events.new > 0 && <div className="row"><Button look="main" icon="split" busy={order.busy} onClick={() => void go()}>{t('x.do', { count: number(seen.events.new) })}</Button></div>}
          </div>
        </Card>
      </>}
    </div>
  )
}
