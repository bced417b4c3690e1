// The particulars of a plan: its name, who answers for it, what it is about and rests on.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, DateField, Dialog, Form, IconButton, SelectField, TextArea, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useEdit } from '../../../web/orders.ts'
import { part } from '../../../web/parts.ts'
import { useMay } from '../../../web/session.ts'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'

const Links = part(() => import('../../papers/ui/links.tsx').then(({ Links: links }) => ({ default: links })))

export type Fields = { title: string; headId: string; eventId: string; programmeId: string; basis: string; restsOn: { id: string; name: string }[]; papers: { id: string; name: string }[]; reviewOn: string | undefined }
export const fieldsOf = (plan?: PlanData): Fields => ({
  title: plan?.title ?? '', headId: plan?.head?.id ?? '', eventId: plan?.event?.id ?? '', programmeId: plan?.programme?.id ?? '', basis: plan?.basis ?? '', restsOn: plan?.restsOn ?? [], papers: plan?.papers ?? [], reviewOn: plan?.reviewOn ?? undefined,
})
export const headerOf = (fields: Fields) => ({
  title: fields.title.trim(), headId: fields.headId || null, eventId: fields.eventId || null, programmeId: fields.programmeId || null, basis: fields.basis.trim() || null, restsOn: fields.restsOn.map(({ id }) => id), papers: fields.papers.map(({ id }) => id), reviewOn: fields.reviewOn ?? null,
})

export function HeadSelect({ unitId, value, known, onValue }: { unitId: string; value: string; known?: { id: string; name: string | null } | null | undefined; onValue: (id: string) => void }) {
  const t = useT(messages)
  const found = useQuery(q.people.list.queryOptions({ input: { unitId, limit: 100 } }))
  const people = (found.data?.items ?? []).filter((one) => one.unit?.id === unitId)
  const all = known && !people.some((one) => one.id === known.id) ? [known, ...people] : people
  return <SelectField label={t('head')} hint={t('head.hint')} optional value={value} onValue={onValue} empty={t('head.none')} options={all.map((one) => ({ value: one.id, label: one.name ?? '…' }))} />
}

export function EventSelect({ unitId, value, known, onValue }: { unitId: string; value: string; known?: PlanData['event'] | undefined; onValue: (id: string) => void }) {
  const t = useT(messages)
  const { day } = useFormat()
  const pick = usePick()
  const [host, setHost] = useState<UnitChoice>()
  const found = useQuery(q.programmes.events.list.queryOptions({ input: { unit: host?.id ?? unitId, limit: 100 } }))
  // More than a list can hold: found by who holds it.
  const many = host !== undefined || (found.data?.next ?? null) !== null
  const options = (found.data?.items ?? []).map((one) => ({ value: one.id, label: [one.unit.name, one.day && day(one.day)].filter(Boolean).join(', ') }))
  const own = known && !options.some((one) => one.value === known.id) ? [{ value: known.id, label: [known.unit, pick(known.programme), known.dayOn && day(known.dayOn)].filter(Boolean).join(', ') }, ...options] : options
  return <>{many && <UnitField label={t('event.host')} hint={t('event.host.hint')} optional under={unitId} value={host} onValue={setHost} />}<SelectField label={t('event')} hint={t('event.hint')} optional value={value} onValue={onValue} empty={found.data && own.length === 0 ? t('event.none.here') : t('event.none')} options={own} /></>
}

export function HeaderDialog({ plan, onClose }: { plan: PlanData; onClose: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const [fields, set] = useState(fieldsOf(plan))
  const [tried, setTried] = useState(false)
  const mayPapers = useMay('paper.read')
  const programmes = useQuery(q.programmes.programmes.list.queryOptions())
  const others = useQuery(q.plans.list.queryOptions({ input: { limit: 100, phase: 'approved' } }))
  const order = useEdit(api.plans.change, plan.headerVersion, () => { toast(t('saved')); void queries.invalidateQueries({ queryKey: q.plans.key() }); onClose() })
  const put = <K extends keyof Fields>(key: K) => (value: Fields[K]) => set((before) => ({ ...before, [key]: value }))
  return (
    <Dialog open asks onClose={onClose} title={t('particulars')} size="lg">
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('save')}</Button>} onSend={() => { setTried(true); if (fields.title.trim()) void order.give({ planId: plan.id, ...headerOf(fields) }) }}>
        <TextField label={t('name')} value={fields.title} onValue={put('title')} maxLength={500} error={tried && !fields.title.trim() ? t('missing') : undefined} />
        <div className="field-row"><HeadSelect unitId={plan.unit.id} value={fields.headId} known={plan.head} onValue={put('headId')} /><DateField label={t('review')} hint={t('review.hint')} optional value={fields.reviewOn} onValue={put('reviewOn')} /></div>
        <div className="field-row"><EventSelect unitId={plan.unit.id} value={fields.eventId} known={plan.event} onValue={put('eventId')} />
          <SelectField label={t('programme')} optional value={fields.programmeId} onValue={put('programmeId')} empty={t('programme.none')} options={(programmes.data?.items ?? []).map((one) => ({ value: one.id, label: pick(one.name) }))} /></div>
        <TextArea label={t('basis')} hint={t('basis.hint')} optional rows={3} value={fields.basis} onValue={put('basis')} maxLength={4000} />
        <SelectField label={t('rests')} optional value="" empty={t('rests.add')} onValue={(id) => { const found = others.data?.items.find((one) => one.id === id); if (found) put('restsOn')([...fields.restsOn, { id, name: found.title }]) }}
          options={(others.data?.items ?? []).filter((one) => one.id !== plan.id && !fields.restsOn.some(({ id }) => id === one.id)).map((one) => ({ value: one.id, label: `${one.title} (${one.unit.name})` }))} />
        {fields.restsOn.length > 0 && <ul className="plan-chips">{fields.restsOn.map((one) => <li key={one.id}>{one.name}<IconButton icon="close" label={t('rests.drop', { name: one.name })} onClick={() => put('restsOn')(fields.restsOn.filter(({ id }) => id !== one.id))} /></li>)}</ul>}
        {mayPapers && <Links only={{ relation: 'basis', label: t('papers'), hint: t('papers.hint') }} links={fields.papers.map((one) => ({ relation: 'basis', paperId: one.id, directiveId: null, taskId: null, text: null, label: one.name }))} onLinks={(links) => put('papers')(links.flatMap(({ paperId, label }) => (paperId ? [{ id: paperId, name: label ?? '…' }] : [])))} />}
      </Form>
    </Dialog>
  )
}
