// A paper written in a small form, with the paper itself beside it; downloaded to be signed, then given its number.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Allowed, Card, Loaded, Page, RefusedState, SelectField, Skeleton, UnitField } from '../../../web/kit/kit.ts'
import { useMe } from '../../../web/session.ts'
import type { Letter } from '../contract/letter.ts'
import { Editor } from './editor.tsx'
import { EMPTY, formOf } from './form.ts'
import type { Form } from './form.ts'
import { writing } from './write-messages.ts'
import './papers.css'

export function WritePaper() {
  const t = useT(writing)
  const me = useMe()
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/papers/new' })
  const unitId = search.unit ?? me?.unit?.id
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: unitId ?? '' } }), enabled: Boolean(unitId) && !search.directive })
  const directives = useQuery({ ...q.tasks.directives.queryOptions({ input: { unit: unitId ?? '', limit: 50 } }), enabled: Boolean(unitId) && !search.directive })
  const from = search.plan ? 'plan' : search.meeting ? 'meeting' : search.directive ? 'directive' : search.chasing ? 'chasing' : undefined
  return (
    <Allowed right="paper.issue">
      <Page title={t('title')} line={from ? t(`from.${from}`) : t('line')} crumbs={[{ label: t('papers'), to: '/papers' as '/' }]}>
        {!search.directive && !search.meeting && !search.plan && <Card><div className="stack"><UnitField label={t('unit')} hint={t('unit.hint')} value={unit.data} onValue={(one) => { if (one) void navigate({ to: '/papers/new', search: { ...search, unit: one.id }, replace: true }) }} />
          {directives.data && directives.data.items.length > 0 && !search.chasing && <SelectField label={t('directive')} value="" onValue={(directive) => { if (directive) void navigate({ to: '/papers/new', search: { directive } }) }} empty={t('directive.none')} optional
            options={directives.data.items.map((one) => ({ value: one.id, label: [one.number, one.title].filter(Boolean).join(', ').slice(0, 120) }))} />}</div></Card>}
        {search.plan ? <FromPlan planId={search.plan} /> : search.meeting ? <FromMeeting meetingId={search.meeting} /> : search.directive ? <FromDirective directiveId={search.directive} /> : !unitId ? null : search.chasing ? <FromOverdue key={unitId} unitId={unitId} {...(search.owing ? { owing: search.owing } : {})} /> : <Fresh key={unitId} unitId={unitId} />}
      </Page>
    </Allowed>
  )
}

function FromDirective({ directiveId }: { directiveId: string }) {
  const draft = useQuery(q.papers.fromDirective.queryOptions({ input: { directiveId }, staleTime: Infinity }))
  return <Loaded query={draft} lines={8}>{(data) => <Drafted key={directiveId} unitId={data.unitId} data={data} />}</Loaded>
}
function FromMeeting({ meetingId }: { meetingId: string }) {
  const draft = useQuery(q.papers.fromMeeting.queryOptions({ input: { meetingId }, staleTime: Infinity }))
  return <Loaded query={draft} lines={8}>{(data) => <Drafted key={meetingId} unitId={data.unitId} data={data} />}</Loaded>
}
function FromPlan({ planId }: { planId: string }) {
  const draft = useQuery(q.papers.fromPlan.queryOptions({ input: { planId }, staleTime: Infinity }))
  return <Loaded query={draft} lines={8}>{(data) => <Drafted key={planId} unitId={data.unitId} data={data} />}</Loaded>
}
function FromOverdue({ unitId, owing }: { unitId: string; owing?: string }) {
  const draft = useQuery(q.papers.fromOverdue.queryOptions({ input: { unitId, ...(owing ? { owing } : {}) }, staleTime: Infinity }))
  if (draft.isError) return <RefusedState error={draft.error} retry={() => void draft.refetch()} />
  return draft.data ? <Drafted unitId={unitId} data={draft.data} /> : <Skeleton lines={8} />
}
type Draft = { letter: Letter; sentTo: { id: string; name: string }[]; directiveId: string | null }
const Drafted = ({ unitId, data }: { unitId: string; data: Draft }) => {
  const head = useQuery(q.papers.letterhead.queryOptions({ input: { unitId } }))
  return <Loaded query={head} lines={8}>{({ version }) => <Editor unitId={unitId} version={version} start={{ ...formOf(data.letter, data.letter.head), sentTo: data.sentTo, directiveId: data.directiveId }} />}</Loaded>
}

/** What is typed outlives a reload of the page, in this window alone. */
function Fresh({ unitId }: { unitId: string }) {
  const head = useQuery(q.papers.letterhead.queryOptions({ input: { unitId } }))
  const key = `sansang.paper.${unitId}`
  const [kept] = useState<Form | undefined>(() => { try { return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Form ?? undefined } catch { return undefined } })
  return <Loaded query={head} lines={8}>{(data) => <Editor unitId={unitId} version={data.version} keep={key} start={kept ?? { ...formOf(EMPTY, data.head), sentTo: [], directiveId: null }} />}</Loaded>
}
