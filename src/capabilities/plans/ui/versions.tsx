// The versions of a plan, and what changed from one to another.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, Loaded, SelectField } from '../../../web/kit/kit.ts'
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
        { id: 'n', head: t('version.n'), as: 'name', cell: ({ n, approved }) => <><Link to={'/plans/$planId' as '/'} params={{ planId: plan.id } as never} search={{ n: String(n) } as never}>{t('version', { n })}</Link>{approved && <small>{t('version.approved', { at: dateTime(approved.at), name: approved.toldBy ? t('told', { name: approved.toldBy, by: approved.by?.name ?? '…' }) : approved.by?.name ?? '…' })}</small>}{approved && <FileLinks files={approved.files} />}</> },
        { id: 'phase', head: t('phase'), cell: ({ phase }) => t(`phase.${phase}`) },
        { id: 'from', head: t('approve.from'), as: 'number', from: 'narrow', cell: ({ approved }) => (approved ? day(approved.inForceFrom) : <span className="faint">{t('version.draft')}</span>) },
        { id: 'number', head: t('approve.number'), from: 'middle', cell: ({ approved }) => approved?.number ?? <span className="faint">–</span> },
        { id: 'tasks', head: t('action.task'), as: 'number', from: 'middle', cell: ({ approved }) => (approved && approved.tasks > 0 ? t('version.tasks', { n: approved.tasks }) : <span className="faint">–</span>) },
      ]} /></Card>
      <Card title={t('compare')}>{plan.versions.length < 2 ? <p className="faint">{t('compare.one')}</p> : <div className="stack">
        <div className="field-row"><SelectField label={t('compare.from')} value={String(from)} onValue={(value) => onPick({ from: value })} options={options} /><SelectField label={t('compare.to')} value={String(to)} onValue={(value) => onPick({ to: value })} options={options} /></div>
        <Compared planId={plan.id} from={from} to={to} />
      </div>}</Card>
    </div>
  )
}

function Compared({ planId, from, to }: { planId: string; from: number; to: number }) {
  const t = useT(messages)
  const found = useQuery(q.plans.compare.queryOptions({ input: { planId, from, to } }))
  return (
    <Loaded query={found}>{({ sections }) => {
      const changed = sections.filter((one) => one.what !== 'same' && one.what !== 'erased')
      const erased = sections.filter((one) => one.what === 'erased')
      const still = sections.length - changed.length - erased.length
      return (
        <div className="stack">
          {changed.length === 0 ? <p>{t('compare.same')}</p> : <p className="soft">{t('compare.legend')}</p>}
          {changed.map((one) => <section key={one.id} className="plan-changed"><h3>{one.title} {one.what !== 'changed' && <small>{t(`compare.${one.what as 'new'}`)}</small>}{one.was && <small>{t('compare.was', { was: one.was })}</small>}</h3><Words parts={one.parts} /></section>)}
          {erased.length > 0 && <p className="faint">{erased.map((one) => one.title).join(', ')}: {t('compare.erased')}</p>}
          {changed.length > 0 && still > 0 && <p className="soft">{t('compare.unchanged', { n: still })}</p>}
        </div>
      )
    }}</Loaded>
  )
}
