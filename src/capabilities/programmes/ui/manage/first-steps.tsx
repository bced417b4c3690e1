// What a new installation still needs, found out by looking: a step is done when what it makes is there. All done, it is gone.
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Card, EmptyState, Icon, LinkButton, Page, Skeleton } from '../../../../web/kit/kit.ts'
import { useMay, useMe } from '../../../../web/session.ts'
import { manage } from './messages.ts'

type Step = { id: 'units' | 'me' | 'people' | 'template' | 'programme' | 'cascade'; done: boolean; to: string }

/** Whoever only keeps the system needs no unit of their own. */
const missing = (step: Step): boolean => !step.done && step.id !== 'me'

/** undefined while it is not known. */
export function useFirstSteps(): Step[] | undefined {
  const may = useMay('programme.create')
  const me = useMe()
  const asked = { enabled: may, staleTime: 5000 }
  const units = useQuery({ ...q.units.count.queryOptions({ input: {} }), ...asked, meta: { topics: ['tree'] } })
  const people = useQuery({ ...q.people.list.queryOptions({ input: { limit: 2 } }), ...asked })
  const templates = useQuery({ ...q.programmes.templates.list.queryOptions(), ...asked })
  const programmes = useQuery({ ...q.programmes.programmes.list.queryOptions(), ...asked })
  if (!units.data || !people.data || !templates.data || !programmes.data) return undefined
  const events = (one: { events: Record<string, number> }) => Object.values(one.events).reduce((sum, n) => sum + n, 0)
  const waiting = programmes.data.items.find((one) => events(one) === 0) ?? programmes.data.items[0]
  return [
    { id: 'units', done: Object.values(units.data.kinds).some((n) => n > 0), to: '/units/import' },
    { id: 'me', done: Boolean(me?.unit), to: `/people/${me?.id ?? ''}?edit=yes` },
    { id: 'people', done: people.data.items.length > 1, to: '/people' },
    { id: 'template', done: templates.data.items.length > 0, to: '/templates/import' },
    { id: 'programme', done: programmes.data.items.length > 0, to: '/programmes/new' },
    { id: 'cascade', done: programmes.data.items.some((one) => events(one) > 0), to: waiting ? `/programmes/${waiting.code}?tab=cascade` : '/programmes' },
  ]
}

export function FirstSteps() {
  const t = useT(manage)
  const steps = useFirstSteps()
  if (!steps) return null
  if (!steps.some(missing)) return <Accounts />
  const units = steps[0]!.done
  const now = steps.find(missing)
  return (
    <Card title={t('first')} side={t('first.line')} flush>
      <ol className="steps">{steps.map((step, i) => (
        <li key={step.id} className={step.done ? 'done' : ''} aria-current={step === now ? 'step' : undefined}>
          <span className="step-n" aria-hidden="true">{step.done ? <Icon name="check" size={14} /> : i + 1}</span>
          <div><b>{t(`step.${step.id}`)}</b><span className="hidden-visually"> ({t(step.done ? 'first.done' : 'first.todo')})</span><div className="soft small">{t(`step.${step.id}.text`)}{!step.done && i > 0 && !units && ` ${t('first.after')}`}</div></div>
          {!step.done && (i === 0 || units) && <LinkButton small look={step === now ? 'main' : 'plain'} {...({ to: step.to.split('?')[0], search: Object.fromEntries(new URLSearchParams(step.to.split('?')[1])) } as { to: '/' })}>{t(`step.${step.id}.do`)}</LinkButton>}
        </li>
      ))}</ol>
    </Card>
  )
}

/** The units are given work, and nobody is there to take it. */
function Accounts() {
  const t = useT(manage)
  const { number } = useFormat()
  const may = useMay('person.edit')
  const roots = useQuery({ ...q.units.roots.queryOptions({ input: { limit: 2 } }), enabled: may, staleTime: 5000 })
  const units = useQuery({ ...q.units.count.queryOptions({ input: {} }), enabled: may, staleTime: 5000, meta: { topics: ['tree'] } })
  const root = roots.data?.items.length === 1 ? roots.data.items[0] : undefined
  const kinds = Object.keys(units.data?.kinds ?? {})
  const count = useQuery({ ...q.people.countAccounts.queryOptions({ input: { unitId: root?.id ?? '', kinds } }), enabled: root !== undefined && kinds.length > 0 })
  if (!root || !count.data || count.data.missing === 0) return null
  return (
    <Card title={t('next')}>
      <div className="stack">
        <p>{t('next.accounts', { missing: number(count.data.missing), units: number(count.data.units) })}</p>
        <div className="row"><LinkButton icon="person" to="/people" search={{ unit: root.id, bulk: 'accounts' }}>{t('next.do')}</LinkButton></div>
      </div>
    </Card>
  )
}

/** In place of a board while there is nothing to show on one. */
export function Beginning() {
  const t = useT(manage)
  const may = useMay('programme.create')
  const steps = useFirstSteps()
  return (
    <Page title={t('first.board')} width="text">
      {may && !steps ? <Skeleton /> : may && steps?.some(missing) ? <FirstSteps /> : <Card><EmptyState icon="clock" title={t('first.wait')} /></Card>}
    </Page>
  )
}
