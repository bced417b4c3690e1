import { Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, Facts, LinkButton, Loaded, Menu, Page, Skeleton, Tabs, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useMay, useToday } from '../../../web/session.ts'
import { History } from '../../journals/ui/history.tsx'
import { BodyForm } from './form.tsx'
import { part } from '../../../web/parts.ts'
import { bodies as messages } from './messages.ts'

const Meetings = part(async () => ({ default: (await import('../../meetings/ui/list.tsx')).MeetingsOfBody }))
const MadePapers = part(() => import('../../papers/ui/made.tsx').then(({ MadePapers: made }) => ({ default: made })))
const route = getRouteApi('/inside/bodies/$bodyId')

/** One body: its sessions first, then who sits in it, and what has changed. */
export function OneBody() {
  const t = useT(messages)
  const { day } = useFormat()
  const { bodyId } = route.useParams()
  const { tab = 'meetings' } = route.useSearch()
  const go = route.useNavigate()
  const mayIssue = useMay('paper.issue')
  const mayGive = useMay('task.assign')
  const confirm = useConfirm()
  const today = useToday()
  const [editing, setEditing] = useState(false)
  const found = useQuery(q.bodies.get.queryOptions({ input: { bodyId } }))
  const end = useOrder(api.bodies.end, () => { toast(t('end.done')); void queries.invalidateQueries({ queryKey: q.bodies.key() }) })
  return (
    <Loaded query={found}>{(body) => (
      <Page title={body.name} line={[t(`kind.${body.kind}`), body.unit.name, t('members.n', { n: body.members.length })].join(' · ')} crumbs={[{ label: t('title'), to: '/bodies' }, ...(body.parent ? [{ label: body.parent.name, to: '/bodies/$bodyId' as const, params: { bodyId: body.parent.id } }] : [])]}
        actions={<>{mayGive && body.mayEdit && !body.endedOn && <LinkButton icon="tasks" to={'/directives/new' as '/'} search={{ body: bodyId } as never}>{t('directive')}</LinkButton>}{mayIssue && body.mayEdit && !body.endedOn && <LinkButton icon="file" to={'/papers/new' as '/'} search={{ body: bodyId } as never}>{t('paper')}</LinkButton>}{body.mayEdit && !body.endedOn && <Menu items={[{ label: t('edit'), icon: 'edit', run: () => setEditing(true) }, 'line', { label: t('end'), icon: 'close', danger: true, run: () => void (async () => {
          if (await confirm({ title: t('end.title', { name: body.name }), text: t('end.text'), yes: t('end') })) await end.give({ bodyId, on: today })
        })() }]}><Button icon="edit">{t('edit')}</Button></Menu>}</>}>
        {body.endedOn && <p className="note">{t('ended', { day: day(body.endedOn) })}</p>}
        <Tabs label={t('info')} chosen={tab} onChoose={(id) => void go({ search: id === 'meetings' ? {} : { tab: id }, replace: true })} tabs={[
          { id: 'meetings', label: t('meetings'), content: () => <Suspense fallback={<Skeleton />}><Meetings bodyId={bodyId} ended={body.endedOn !== null} may={body.mayEdit} /></Suspense> },
          { id: 'members', label: t('members'), count: body.members.length, content: () => (
            <div className="stack">
              <Card title={t('info')}><Facts items={[[t('unit'), <Link key="u" to="/units/$unitId" params={{ unitId: body.unit.id }}>{body.unit.name}</Link>], [t('basis'), body.legalBasis], [t('mandate'), body.mandate], [t('standing'), body.standingItems.length > 0 && <ol key="s" className="agenda read">{body.standingItems.map((one) => <li key={one}>{one}</li>)}</ol>], [t('from'), body.from && day(body.from)], [t('until'), body.until && day(body.until)]]} /></Card>
              <Card flush><DataTable caption={t('members')} rows={body.members} rowKey={(row) => `${row.unit.id} ${row.person?.id ?? row.named?.seatId ?? ''}`} columns={[
                { id: 'unit', head: t('name'), as: 'name', text: (row) => [row.person?.name ?? row.named?.name, row.named?.office, row.unit.name].filter(Boolean).join(' · '), cell: (row) => <>{row.person ? row.person.name ?? '…' : row.named?.name ?? row.unit.name}{row.person ? <small>{row.unit.name}</small> : row.named && <small>{row.named.name ? [row.named.office, row.unit.name].filter(Boolean).join(', ') : t('named.over')}</small>}</> },
                { id: 'role', head: t('role'), text: (row) => t(`role.${row.role}`), cell: (row) => t(`role.${row.role}`) },
              ]} /></Card>
              <Suspense fallback={null}><MadePapers kind="body" id={bodyId} /></Suspense>
            </div>) },
          { id: 'history', label: t('history'), content: () => <Card flush><History subject={`body:${bodyId}`} /></Card> },
        ]} />
        {editing && <BodyForm body={body} onClose={() => setEditing(false)} />}
      </Page>
    )}</Loaded>
  )
}
