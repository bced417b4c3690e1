import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, Form, Loaded, Page, SelectField, TextField, UnitField } from '../../../web/kit/kit.ts'
import { useLeave } from '../../../web/leave.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import type { Grade } from '../../../pure/grades.ts'
import { GradeField } from '../../custodies/ui/grade.tsx'
import { EventSelect, HeadSelect, fieldsOf, headerOf } from './header.tsx'
import { plans as messages } from './messages.ts'
import { useOutlines } from './stale.tsx'
import './plans.css'

const route = getRouteApi('/inside/plans/new')

/** Which outline, whose, what it is called; everything else is written on the plan itself. */
export function NewPlan() {
  const t = useT(messages)
  return <Allowed right="plan.edit"><Page title={t('new')} crumbs={[{ label: t('title'), to: '/plans' as '/' }]} width="text"><Where /></Page></Allowed>
}

/** From the page of an event: for that event and its unit. */
function Where() {
  const me = useMe()
  const { unit, event } = route.useSearch()
  const found = useQuery({ ...q.units.get.queryOptions({ input: { unitId: unit ?? '' } }), enabled: Boolean(unit) })
  if (!unit) return <Begin of={me?.unit ? { id: me.unit.id, name: me.unit.name, code: '', kind: '' } : undefined} eventId="" />
  return <Loaded query={found} lines={6}>{(of) => <Begin of={of} eventId={event ?? ''} />}</Loaded>
}

function Begin({ of, eventId }: { of: UnitChoice | undefined; eventId: string }) {
  const t = useT(messages)
  const pick = usePick()
  const { lang } = useLang()
  const navigate = useNavigate()
  const outlines = useOutlines()
  const [template, setTemplate] = useState('plan')
  const [unit, setUnit] = useState(of)
  const [fields, set] = useState({ ...fieldsOf(), eventId })
  const [grade, setGrade] = useState<Grade>('none')
  const [tried, setTried] = useState(false)
  const left = useLeave(fields.title.trim() !== '' || fields.headId !== '' || fields.eventId !== eventId)
  const order = useOrder(api.plans.draft, ({ planId }) => { left(); void queries.invalidateQueries({ queryKey: q.plans.key() }); void navigate({ to: '/plans/$planId' as '/', params: { planId } as never }) })
  return (
    <Card><Loaded query={outlines} lines={6}>{({ templates }) => {
      const chosen = templates.find((one) => one.code === template)
      return (
        <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('start')}</Button>}
          onSend={() => { setTried(true); if (unit && fields.title.trim()) void order.give({ unitId: unit.id, template, lang, grade, ...headerOf(fields) }) }}>
          <SelectField label={t('outline')} value={template} onValue={setTemplate} options={templates.map((one) => ({ value: one.code, label: pick(one.name) }))} />
          {chosen && <ol className="plan-outline">{chosen.sections.map((one) => <li key={one.code}><b>{pick(one.title)}</b><small>{pick(one.guide)}</small></li>)}</ol>}
          <TextField label={t('name')} value={fields.title} onValue={(title) => set({ ...fields, title })} maxLength={500} error={tried && !fields.title.trim() ? t('missing') : undefined} />
          <UnitField label={t('unit')} value={unit} onValue={(one) => { setUnit(one); set({ ...fields, headId: '', eventId: '' }) }} error={tried && !unit ? t('missing') : undefined} />
          <GradeField value={grade} onValue={setGrade} />
          {unit && <><HeadSelect key={`h ${unit.id}`} unitId={unit.id} value={fields.headId} onValue={(headId) => set({ ...fields, headId })} /><EventSelect key={`e ${unit.id}`} unitId={unit.id} value={fields.eventId} onValue={(eventId) => set({ ...fields, eventId })} /></>}
        </Form>
      )
    }}</Loaded></Card>
  )
}
