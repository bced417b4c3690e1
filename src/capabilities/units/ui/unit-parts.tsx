import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, Loaded } from '../../../web/kit/kit.ts'
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
    { id: 'name', head: t('name'), as: 'name', cell: ({ unit }) => <><Link to="/units/$unitId" params={{ unitId: unit.id }}>{unit.name}</Link><small>{kind(unit.kind)} · {unit.code}</small></> },
    { id: 'part', head: t('part'), cell: ({ part }) => t(`part.${part}`) },
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
      </div>
    )}</Loaded>
  )
}
