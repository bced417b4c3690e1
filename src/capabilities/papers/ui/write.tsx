// A paper written in a small form, with the paper itself beside it; kept at the server while it is written, downloaded to be signed, then given its number.
import { useEffect } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Allowed, Card, Loaded, Page, SelectField, UnitField } from '../../../web/kit/kit.ts'
import { uuidv7 } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import type { Draft } from '../contract.ts'
import { Editor } from './editor.tsx'
import { owesOf } from './each.tsx'
import { EMPTY, chasing, formOf } from './form.ts'
import type { Form } from './form.ts'
import { writing } from './write-messages.ts'
import './papers.css'

/** From what a paper can be written: the word in the address, and who is asked for its words. A new source is one line. */
const SOURCES = {
  directive: (id: string) => api.papers.fromDirective({ directiveId: id }), meeting: (id: string) => api.papers.fromMeeting({ meetingId: id }), minutes: (id: string) => api.papers.fromMinutes({ meetingId: id }),
  invitation: (id: string) => api.papers.fromInvitation({ meetingId: id }), body: (id: string) => api.papers.fromBody({ bodyId: id }), plan: (id: string) => { const [planId = '', n] = id.split('.'); return api.papers.fromPlan({ planId, ...(n ? { n: Number(n) } : {}) }) },
  report: (id: string) => api.papers.fromReport({ reportId: id }), reports: (id: string) => { const [collectionId = '', unitId = '', on = ''] = id.split('.'); return api.papers.fromReports({ collectionId, unitId, on }) },
} as const
const sources = Object.keys(SOURCES) as (keyof typeof SOURCES)[]

export function WritePaper() {
  const t = useT(writing)
  const me = useMe()
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/papers/new' })
  const unitId = search.unit ?? me?.unit?.id
  const source = sources.find((one) => search[one])
  const from = source ?? (search.chasing ? 'chasing' : search.each ? 'each' : undefined)
  const free = !source && !search.draft
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: unitId ?? '' } }), enabled: Boolean(unitId) && !source })
  const directives = useQuery({ ...q.tasks.directives.queryOptions({ input: { unit: unitId ?? '', limit: 50 } }), enabled: Boolean(unitId) && free && !from })
  // Every paper that is begun has its draft from the first moment, so a reload or another desk goes on with it.
  const draftId = search.draft
  useEffect(() => { if (!draftId) void navigate({ to: '/papers/new', search: { ...search, draft: uuidv7() }, replace: true }) }, [draftId]) // eslint-disable-line react-hooks/exhaustive-deps -- once for each paper
  const anew = (more: Record<string, string>) => void navigate({ to: '/papers/new', search: { ...(search.each ? { each: search.each } : {}), ...(search.units ? { units: search.units } : {}), ...(search.chasing ? { chasing: search.chasing } : {}), ...more }, replace: true })
  return (
    <Allowed right="paper.issue">
      <Page title={t(search.each ? 'title.each' : 'title')} line={from ? t(`from.${from}`) : t('line')} crumbs={[{ label: t('papers'), to: '/papers' as '/' }]}>
        {!source && <Card><div className="stack"><UnitField label={t('unit')} hint={t('unit.hint')} value={unit.data} onValue={(one) => { if (one) anew({ unit: one.id }) }} />
          {directives.data && directives.data.items.length > 0 && <SelectField label={t('directive')} value="" onValue={(directive) => { if (directive) anew({ directive }) }} empty={t('directive.none')} optional
            options={directives.data.items.map((one) => ({ value: one.id, label: [one.number, one.title].filter(Boolean).join(', ').slice(0, 120) }))} />}</div></Card>}
        {draftId && (source ? <FromSource key={draftId} source={source} id={search[source]!} draftId={draftId} />
          : !unitId ? null : search.chasing ? <FromOverdue key={draftId} unitId={unitId} draftId={draftId} {...(search.owing ? { owing: search.owing } : {})} /> : <Kept key={draftId} unitId={unitId} draftId={draftId} each={search.each === 'yes'} {...(search.units ? { units: search.units } : {})} />)}
      </Page>
    </Allowed>
  )
}

function FromSource({ source, id, draftId }: { source: keyof typeof SOURCES; id: string; draftId: string }) {
  const draft = useQuery({ queryKey: [...q.papers.key(), 'from', source, id], queryFn: () => SOURCES[source](id), staleTime: Infinity })
  return <Loaded query={draft} lines={8}>{(data) => <Kept unitId={data.unitId} draftId={draftId} made={data} />}</Loaded>
}
function FromOverdue({ unitId, draftId, owing }: { unitId: string; draftId: string; owing?: string }) {
  const draft = useQuery(q.papers.fromOverdue.queryOptions({ input: { unitId, ...(owing ? { owing } : {}) }, staleTime: Infinity }))
  return <Loaded query={draft} lines={8}>{(data) => <Kept unitId={unitId} draftId={draftId} made={data} />}</Loaded>
}

const inOrder = <Row extends { unit: { id: string } }>(rows: readonly Row[], ids: readonly string[]): Row[] => rows.toSorted((a, b) => ids.indexOf(a.unit.id) - ids.indexOf(b.unit.id))
/** What was saved under this id; else what it was made from; else empty. */
function Kept({ unitId, draftId, made, each, units }: { unitId: string; draftId: string; made?: Pick<Draft, 'letter' | 'sentTo' | 'links' | 'bodyId' | 'grade'>; each?: boolean; /** Written to these at first, with commas between. */ units?: string }) {
  const start = useQuery({
    queryKey: [...q.papers.key(), 'start', unitId, draftId], staleTime: Infinity, gcTime: 0,
    queryFn: async () => { const [head, kept, to] = await Promise.all([api.papers.letterhead({ unitId }), api.papers.draft({ unitId, draftId }), units ? api.papers.runUnits({ unitId, which: 'these', unitIds: units.split(',') }) : undefined]); return { head, kept: kept.draft, to: to && inOrder(to.items, units!.split(',')) } },
  })
  return (
    <Loaded query={start} lines={8}>{({ head, kept, to }) => {
      const first: Form = kept ? JSON.parse(kept.form) as Form : made ? { ...formOf(made.letter, made.letter.head), sentTo: made.sentTo, links: made.links, bodyId: made.bodyId, grade: made.grade } : to ? { ...formOf(chasing(head.head.profile === 'international' ? 'en' : 'vi'), head.head), sentTo: to.map(({ unit }) => unit), links: [], withTasks: true } : { ...formOf(EMPTY, head.head), sentTo: [], links: [] }
      return <Editor key={kept?.version ?? 0} unitId={unitId} headVersion={head.version} draft={{ unitId, draftId, version: kept?.version ?? 0 }} start={first} again={() => void start.refetch()} {...(each ? { each } : {})} {...(to ? { owes: owesOf(to) } : {})} />
    }}</Loaded>
  )
}
