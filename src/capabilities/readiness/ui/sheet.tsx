// The board on one A4: seen on paper only. What does not fit is counted, never cut off silently.
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { StateBar, StateMark, kitMessages, stateOrder } from '../../../web/kit/kit.ts'
import type { State } from '../../../web/kit/kit.ts'
import type { Board } from '../contract.ts'
import { look as messages } from './look-messages.ts'
import { board } from './messages.ts'
import { useTrend } from './time.tsx'

/** Rows that fit, with everything else on the sheet at its longest; beyond the first so many they stand closer: a nation has 34 provinces and a few agencies. */
const [ROWS, WIDE, REQUIREMENTS] = [38, 24, 6]

export function BoardSheet({ data, asked, every, programmeId, state }: { data: Board; asked: { programmeId?: string; level?: string; at?: string }; every: boolean; programmeId: string | undefined; state: State | undefined }) {
  const t = useT(messages)
  const b = useT(board)
  const k = useT(kitMessages)
  const pick = usePick()
  const { lang } = useLang()
  const format = useFormat()
  const trend = useTrend(data.unit.unitId, asked, false)
  const requirements = useQuery({ ...q.readiness.requirements.queryOptions({ input: { unitId: data.unit.unitId, programmeId: programmeId ?? '' } }), enabled: programmeId !== undefined && !asked.at })
  const all = state ? data.rows.filter((row) => row.events[state] > 0) : data.rows
  const [shown, rest] = [all.slice(0, ROWS), all.slice(ROWS)]
  const [first, last] = [trend.data?.days[0], trend.data?.days.at(-1)]
  const worst = (requirements.data?.items ?? []).filter((one) => one.counts.unmet + one.counts.at_risk > 0).toSorted((x, y) => y.counts.unmet - x.counts.unmet || y.counts.at_risk - x.counts.at_risk).slice(0, REQUIREMENTS)
  return (
    <section className="board-sheet" aria-hidden="true">
      <p className="sheet-states">{stateOrder.map((one) => <StateMark key={one} state={one}>{k(`state.${one}`)} <b>{format.number(data.unit.events[one])}</b></StateMark>)}</p>
      {first && last && <p>{asked.at ? t('trend.to', { day: format.day(asked.at) }) : t('trend')}: {t('trend.line', { from: format.number(first.events[0]!), to: format.number(last.events[0]!) })} · {t('trend.overdues', { from: format.number(first.overdue), to: format.number(last.overdue) })}{every && ` (${t('every')})`}</p>}
      <table className={shown.length > WIDE ? 'close' : ''}><thead><tr><th>{b('col.unit')}</th><th className="number">{b('col.unmet')}</th><th>{t('sheet.state')}</th><th className="number">{b('col.overdue')}</th><th className="number">{t('sheet.change')}</th><th>{t('sheet.next')}</th></tr></thead>
        <tbody>{shown.map((row) => (
          <tr key={row.unitId}><td>{(lang === 'en' && row.nameEn) || row.name}</td><td className="number"><b>{format.number(row.events.unmet)}</b>/{format.number(Object.values(row.events).reduce((sum, n) => sum + n, 0))}</td><td><StateBar counts={row.events} /></td>
            <td className="number">{format.number(row.tasks.overdue)}</td><td className="number">{format.signed(row.change.unmet)}</td><td className="clip">{row.nextMilestone ? `${format.date(row.nextMilestone.at).slice(0, 5)} ${row.nextMilestone.name ? pick(row.nextMilestone.name) : row.nextMilestone.code}` : '–'}</td></tr>
        ))}</tbody></table>
      {rest.length > 0 && <p>{t('sheet.more', { n: format.number(rest.length), unmet: format.number(rest.filter((row) => row.events.unmet > 0).length) })}</p>}
      {worst.length > 0 && <><h2>{t('sheet.requirements')}{every && ` (${t('every')})`}</h2><ul>{worst.map((one) => <li key={one.requirement}><span className="clip">{pick(one.name)}</span><b>{format.number(one.counts.unmet)}</b><StateBar counts={one.counts} /></li>)}</ul></>}
    </section>
  )
}
