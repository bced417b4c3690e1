import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, Loaded } from '../../../web/kit/kit.ts'
import { board as messages } from './messages.ts'

/** How complete each unit is, by the month in which its tasks are due. The share is a number and a bar; overdue is a word too. */
export function BoardMonths({ unitId, asked, every }: { unitId: string; asked: { programmeId?: string; level?: string }; every: boolean }) {
  const t = useT(messages)
  const format = useFormat()
  const { programmeId, level } = asked
  const found = useQuery({ ...q.readiness.completeness.queryOptions({ input: { unitId, ...(programmeId ? { programmeId } : {}), ...(level ? { level } : {}), months: 12 } }), meta: { topics: [`board:${unitId}`] } })
  return (
    <Card flush title={t('months')} side={[t('months.side'), ...(every ? [t('every.stream')] : [])].join(' · ')}>
      <Loaded query={found}>{(data) => {
        const used = data.months.map((month, i) => ({ month, i })).filter(({ i }) => data.rows.some((row) => row.months[i]!.total > 0))
        const short = (month: string) => `${month.slice(5, 7)}/${month.slice(2, 4)}`
        return (
          <div className="board-scroll" tabIndex={0} role="region" aria-label={t('months.caption')}>
            <table className="table board-months">
              <caption className="hidden-visually">{t('months.caption')}</caption>
              <thead><tr><th scope="col">{t('col.unit')}</th>{used.map(({ month }) => <th key={month} scope="col" className="number">{short(month)}</th>)}</tr></thead>
              <tbody>{data.rows.map((row) => (
                <tr key={row.unitId}>
                  <th scope="row">{row.name}</th>
                  {used.map(({ month, i }) => {
                    const cell = row.months[i]!
                    const share = cell.total === 0 ? 0 : cell.done / cell.total
                    return (
                      <td key={month} className="number" title={t('months.cell', { month: short(month), done: cell.done, total: cell.total, overdue: cell.overdue })}>
                        {cell.total === 0 ? <span className="faint">–</span> : <><span>{format.percent(Math.floor(share * 100) / 100)}</span><i className="board-share-bar" aria-hidden="true"><i style={{ transform: `scaleX(${share})` }} /></i>{cell.overdue > 0 && <small className="bad">{t('months.overdue', { n: format.number(cell.overdue) })}</small>}</>}
                      </td>
                    )
                  })}
                </tr>
              ))}</tbody>
            </table>
          </div>
        )
      }}</Loaded>
    </Card>
  )
}
