import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/format.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, StateBar, useCounts } from '../../../web/kit/kit.ts'
import type { Column, State } from '../../../web/kit/kit.ts'
import type { Board, BoardRow } from '../contract.ts'
import { board as messages } from './messages.ts'

const total = (row: BoardRow) => Object.values(row.events).reduce((sum, n) => sum + n, 0)

/** Units below, red first. Its order stays while figures move, also where they are read again; it is made anew when asked for (`asked`: undefined while another board is on its way). */
export function BoardRows({ data, asked, state, search, onClear }: { data: Board; asked: string | undefined; state: State | undefined; search: Record<string, string | undefined>; onClear: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const { lang } = useLang()
  const format = useFormat()
  const counts = useCounts()
  const rows = state ? data.rows.filter((row) => row.events[state] > 0) : data.rows
  const name = (row: BoardRow) => (lang === 'en' && row.nameEn) || row.name
  const said = (n: number) => (n > 0 ? t('change.up', { n }) : n < 0 ? t('change.down', { n: -n }) : t('change.same'))
  const columns: Column<BoardRow>[] = [
    {
      id: 'unit', head: t('col.unit'), as: 'name', text: name, cell: (row) => (
        <>
          {row.below || !row.eventId ? <Link to="/board" search={{ ...search, unit: row.unitId, state: undefined } as never}>{name(row)}</Link> : <Link to="/events/$eventId" params={{ eventId: row.eventId }}>{name(row)}</Link>}
          {row.closed && <small>{t('closed')}</small>}
          <small className="only-narrow"><StateBar counts={row.events} label={name(row)} />{row.tasks.overdue > 0 && <span>{t('col.overdue')}: {format.number(row.tasks.overdue)}</span>}</small>
        </>
      ),
    },
    { id: 'unmet', head: t('col.unmet'), as: 'number', text: (row) => String(row.events.unmet), cell: (row) => <span className="board-share"><b className={row.events.unmet > 0 ? 'bad' : ''}>{format.number(row.events.unmet)}</b><span className="faint">/{format.number(total(row))}</span></span> },
    { id: 'state', head: t('col.state'), width: '22%', from: 'narrow', text: (row) => counts(row.events), cell: (row) => <StateBar counts={row.events} label={name(row)} /> },
    { id: 'overdue', head: t('col.overdue'), as: 'number', from: 'narrow', text: (row) => String(row.tasks.overdue), cell: (row) => (row.tasks.overdue === 0 ? <span className="faint">0</span> : search['level'] ? format.number(row.tasks.overdue) : <Link className="board-overdue" to={'/tasks' as never} search={{ unit: row.unitId, overdue: 'true', ...(search['stream'] ? { stream: search['stream'] } : {}) } as never}>{format.number(row.tasks.overdue)}</Link>) },
    { id: 'change', head: t('col.change'), as: 'number', from: 'middle', text: (row) => format.signed(row.change.unmet), cell: (row) => <span className={row.change.unmet > 0 ? 'bad' : row.change.unmet < 0 ? 'board-better' : 'faint'}><span aria-hidden="true">{format.signed(row.change.unmet)}</span><span className="hidden-visually">{said(row.change.unmet)}</span></span> },
    { id: 'done', head: t('col.done'), as: 'number', from: 'wide', text: (row) => (row.tasks.total === 0 ? '' : format.percent(row.tasks.done / row.tasks.total)), cell: (row) => <span className="soft">{row.tasks.total === 0 ? '–' : format.percent(row.tasks.done / row.tasks.total)}</span> },
    { id: 'next', head: t('col.next'), from: 'wide', text: (row) => (row.nextMilestone ? `${format.date(row.nextMilestone.at)} ${row.nextMilestone.name ? pick(row.nextMilestone.name) : row.nextMilestone.code}` : ''), cell: (row) => (row.nextMilestone ? <span className="board-next"><span className="nowrap">{format.date(row.nextMilestone.at).slice(0, 5)}</span> <span className="soft">{row.nextMilestone.name ? pick(row.nextMilestone.name) : row.nextMilestone.code}</span></span> : <span className="faint">–</span>) },
  ]
  return (
    <Card flush title={state || data.rows.some((row) => row.events.unmet > 0) ? t('rows.title') : t('rows.all')} side={t('rows.side')}>
      <DataTable caption={t('rows.caption', { unit: name(data.unit) })} columns={columns} rows={rows} rowKey={(row) => row.unitId} hold={asked && `${asked} ${state}`}
        empty={state ? <EmptyState icon="filter" title={t('empty.filter')} action={<Button onClick={onClear}>{t('empty.clear')}</Button>} /> : <EmptyState icon="board" title={t('empty')}>{t('empty.text')}</EmptyState>} />
    </Card>
  )
}
