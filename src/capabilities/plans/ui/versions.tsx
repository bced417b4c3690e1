// The versions of a plan, and what changed from one to another.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card, DataTable, Facts, Loaded, SelectField } from '../../../web/kit/kit.ts'
import { Words } from './diff.tsx'
import { FileLinks } from './files.tsx'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'

export default function Versions({ plan, from, to, onPick }: { plan: PlanData; from: number; to: number; onPick: (pair: { from?: string; to?: string }) => void }) {
  const t = useT(messages)
  const { day, dateTime } = useFormat()
  const options = plan.versions.map(({ n }) => ({ value: String(n), label: t('version', { n }) }))
  return (
    <div className="stack">
      <Card flush><DataTable caption={t('tab.versions')} rows={plan.versions} rowKey={(one) => String(one.n)} columns={[
        { id: 'n', head: t('version.n'), as: 'name', cell: ({ n, approved }) => <><Link to={'/plans/$planId' as '/'} params={{ planId: plan.id } as never} search={{ n: String(n) } as never}>{t('version', { n })}</Link>{approved && <small>{approved.on && `${t('version.on', { on: day(approved.on) })} · `}{t(approved.on ? 'version.recorded' : 'version.approved', { at: dateTime(approved.at), name: approved.toldBy ? t('told', { name: approved.toldBy, by: approved.by?.name ?? '…' }) : approved.by?.name ?? '…' })}</small>}{approved && <FileLinks files={approved.files} />}</> },
        { id: 'phase', head: t('phase'), cell: ({ phase }) => t(`phase.${phase}`) },
        { id: 'from', head: t('approve.from'), as: 'number', from: 'narrow', cell: ({ approved }) => (approved ? day(approved.inForceFrom) : <span className="faint">{t('version.draft')}</span>) },
        { id: 'number', head: t('approve.number'), from: 'middle', cell: ({ approved }) => approved?.number ?? <span className="faint">–</span> },
        { id: 'tasks', head: t('action.task'), as: 'number', from: 'middle', cell: ({ approved }) => (approved && approved.tasks > 0 ? t('version.tasks', { n: approved.tasks }) : <span className="faint">–</span>) },
      ]} /></Card>
      <Card title={t('compare')}>{plan.versions.length < 2 ? <p className="faint">{t('compare.one')}</p> : <div className="stack">
        <div className="field-row"><SelectField label={t('compare.from')} value={String(from)} onValue={(value) => onPick({ from: value })} options={options} /><SelectField label={t('compare.to')} value={String(to)} onValue={(value) => onPick({ to: value })} options={options} /></div>
        {plan.sections.some((one) => one.tables.length > 0) && <p className="field-hint">{[from, to].some((n) => !plan.versions.find((one) => one.n === n)?.approved) && `${t('compare.live', { at: dateTime(plan.asOf) })} `}{t('compare.most')}</p>}
        <Compared planId={plan.id} from={from} to={to} />
      </div>}</Card>
    </div>
  )
}

const LABELS = { title: 'name', head: 'head', event: 'event', programme: 'programme', basis: 'basis', review: 'review', rests: 'rests', files: 'files' } as const
function Compared({ planId, from, to }: { planId: string; from: number; to: number }) {
  const t = useT(messages)
  const pick = usePick()
  const found = useQuery(q.plans.compare.queryOptions({ input: { planId, from, to } }))
  return (
    <Loaded query={found}>{({ particulars, sections, tables }) => {
      const changed = sections.filter((one) => one.what !== 'same' && one.what !== 'erased')
      const erased = sections.filter((one) => one.what === 'erased')
      const still = sections.length - changed.length - erased.length
      return (
        <div className="stack">
          {changed.length + particulars.length + tables.length === 0 ? <p>{t('compare.same')}</p> : <p className="soft">{t('compare.legend')}</p>}
          {particulars.length > 0 && <section className="plan-changed"><h3>{t('particulars')}</h3><Facts items={particulars.map(({ what, parts }) => [t(LABELS[what]), what === 'title' || what === 'basis' ? <Words key={what} parts={parts} /> : <div key={what}>{parts.map((part, i) => <Words key={i} parts={[part]} />)}</div>])} /></section>}
          {changed.map((one) => <section key={one.id} className="plan-changed"><h3>{one.title} {one.what !== 'changed' && <small>{t(`compare.${one.what as 'new'}`)}</small>}{one.was && <small>{t('compare.was', { was: one.was })}</small>}</h3><Words parts={one.parts} /></section>)}
          {tables.map((one) => <section key={one.source} className="plan-changed"><h3>{pick(one.name)} {one.what !== 'changed' && <small>{t(`compare.table.${one.what}`)}</small>}</h3>
            <div className="plan-table plan-diff" role="region" aria-label={pick(one.name)} tabIndex={0}><table><caption className="hidden-visually">{pick(one.name)}</caption><thead><tr><th scope="col">±</th>{one.heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead><tbody>{one.rows.map((row, i) => <tr key={i}><td>{row.is === 'in' ? '+' : '−'}</td>{row.cells.map((cell, j) => <td key={j}>{row.is === 'in' ? <ins>{cell}</ins> : <del>{cell}</del>}</td>)}</tr>)}</tbody></table></div>
            {one.same > 0 && <p className="soft">{t('compare.rows', { n: one.same })}</p>}</section>)}
          {erased.length > 0 && <p className="faint">{erased.map((one) => one.title).join(', ')}: {t('compare.erased')}</p>}
          {changed.length > 0 && still > 0 && <p className="soft">{t('compare.unchanged', { n: still })}</p>}
        </div>
      )
    }}</Loaded>
  )
}
