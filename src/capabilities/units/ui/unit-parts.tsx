import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, DateField, EmptyState, Loaded } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { ofTree } from './branches.tsx'
import { units, useKind } from './messages.ts'

type History = Awaited<ReturnType<typeof api.units.history>>

export function Spans({ unitId }: { unitId: string }) {
  const t = useT(units)
  const kind = useKind()
  const { day, lastDay } = useFormat()
  const history = useQuery({ ...q.units.history.queryOptions({ input: { unitId } }), ...ofTree() })
  const spans: Column<History['spans'][number]>[] = [
    { id: 'name', head: t('name'), as: 'name', cell: (span) => <>{span.name}{span.nameOriginal && span.nameOriginal !== span.name && <small>{span.nameOriginal}</small>}</> },
    { id: 'when', head: t('span.when'), cell: (span) => t('span.range', { from: day(span.from), until: span.until ? lastDay(span.until) : t('span.now') }) },
    { id: 'kind', head: t('kind'), from: 'narrow', cell: (span) => kind(span.kind) },
    { id: 'code', head: t('code'), as: 'number', from: 'middle', cell: (span) => span.code },
    { id: 'parent', head: t('parent'), from: 'middle', cell: (span) => span.parent?.name ?? '' },
  ]
  const became: Column<History['from'][number]>[] = [
    { id: 'name', head: t('name'), as: 'name', cell: ({ unit, part }) => <><Link to="/units/$unitId" params={{ unitId: unit.id }}>{unit.name}</Link><small>{kind(unit.kind)} · {unit.code}<span className="only-narrow"> · {t(`part.${part}`)}</span></small></> },
    { id: 'part', head: t('part'), from: 'narrow', cell: ({ part }) => t(`part.${part}`) },
    { id: 'on', head: t('span.when'), as: 'number', cell: ({ on }) => day(on) },
  ]
  return (
    <Loaded query={history}>{(data) => (
      <div className="stack">
        <Card title={t('span.caption')} flush><DataTable caption={t('span.caption')} columns={spans} rows={data.spans} rowKey={(span) => span.from} /></Card>
        <div className="two">
          {(['from', 'into'] as const).map((way) => (
            <Card key={way} title={t(`became.${way}`)} flush><DataTable caption={t(`became.${way}`)} columns={became} rows={data[way]} rowKey={(one) => `${one.unit.id}${one.on}`} empty={<EmptyState icon="swap" title={t('became.none')} />} /></Card>
          ))}
        </div>
        <TwoDays unitId={unitId} />
      </div>
    )}</Loaded>
  )
}

/** The unit as it was on two days, field by field: its history has days, so both are simply asked for. */
function TwoDays({ unitId }: { unitId: string }) {
  const t = useT(units)
  const kind = useKind()
  const { day, number } = useFormat()
  const [days, setDays] = useState<{ from?: string | undefined; until?: string | undefined }>({})
  const asked = (at: string | undefined) => ({ ...q.units.get.queryOptions({ input: { unitId, at: at ?? '' } }), enabled: Boolean(days.from && days.until), retry: false })
  const [a, b] = [useQuery(asked(days.from)), useQuery(asked(days.until))]
  const fields = (unit: typeof a.data): readonly (readonly [string, string])[] => [[t('name'), unit?.name ?? ''], [t('code'), unit?.code ?? ''], [t('kind'), unit ? kind(unit.kind) : ''], [t('parent'), unit?.parents[0]?.name ?? ''], [t('en'), unit?.nameEn ?? ''], [t('original'), unit?.nameOriginal ?? ''], [t('below.title'), unit ? number(unit.children) : '']]
  const [was, is] = [fields(a.data), fields(b.data)]
  const rows = was.map(([name, before], i) => ({ name, before, after: is[i]![1] })).filter((one) => one.before !== one.after)
  const error = a.error ?? b.error
  return (
    <Card title={t('two')}>
      <div className="stack">
        <div className="field-row"><DateField label={t('two.from')} value={days.from} onValue={(from) => setDays({ ...days, from })} /><DateField label={t('two.until')} value={days.until} onValue={(until) => setDays({ ...days, until })} /></div>
        {days.from && days.until && (error ? <p className="soft" role="status">{t('two.absent')}</p> : a.data && b.data && (
          <DataTable caption={t('two')} rows={rows} rowKey={(one) => one.name} empty={<EmptyState icon="check" title={t('two.same')} />} columns={[
            { id: 'name', head: t('two.field'), as: 'name', cell: (one) => one.name }, { id: 'before', head: day(days.from), cell: (one) => <span className="soft">{one.before || '–'}</span> }, { id: 'after', head: day(days.until), cell: (one) => <b>{one.after || '–'}</b> },
          ]} />
        ))}
      </div>
    </Card>
  )
}
