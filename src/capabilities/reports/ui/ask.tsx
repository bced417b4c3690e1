// Ask units below for reports: which form, which days and hour, who owes.
import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { parseTime, useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { addDays, instantOf } from '../../../pure/calendar.ts'
import { Allowed, Button, Card, ChoiceField, DateField, EmptyState, Form, Icon, IconButton, LinkButton, Page, SelectField, TextField, UnitField, listRows, toast, useDebounced } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useMe, useToday, useZone } from '../../../web/session.ts'
import type { Grade } from '../../../pure/grades.ts'
import { GradeField } from '../../custodies/ui/grade.tsx'
import { asking as messages } from './ask-messages.ts'
import { useLevel } from './level.ts'
import './reports.css'

const route = getRouteApi('/inside/reports/ask')
const EVERY = ['once', 'day', 'week', 'month', 'milestone'] as const
const KINDS = ['province', 'district', 'commune', 'force', 'agency'] as const
const BEFORE = /^\d{1,3}(\s*,\s*\d{1,3}){0,9}$/

export function AskForReports() {
  const t = useT(messages)
  return <Allowed right="report.ask"><Page title={t('title')} line={t('line')} width="text" crumbs={[{ label: t('reports'), to: '/reports' }]}><Inside /></Page></Allowed>
}

function Inside() {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const navigate = useNavigate()
  const me = useMe()
  const forms = useInfiniteQuery(q.reports.forms.list.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 200, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }))
  const programmes = useQuery(q.programmes.programmes.list.queryOptions())
  const [unit, setUnit] = useState<UnitChoice | undefined>(me?.unit ?? undefined)
  const [fields, put] = useState({ formId: '', title: '', every: 'once', hour: '17:00', weekday: '5', monthday: '25', programme: '', before: '7, 1', who: 'kind' })
  const { form: wanted } = route.useSearch()
  const [today, zone] = [useToday(), useZone()]
  // Untouched: the first day whose hour has not passed.
  const [picked, setDay] = useState<string | undefined | null>(null)
  const [until, setUntil] = useState<string>()
  const [kinds, setKinds] = useState<ReadonlySet<string>>(new Set(['commune']))
  const [list, setList] = useState<UnitChoice[]>([])
  const [grade, setGrade] = useState<Grade>('none')
  const [tried, setTried] = useState(false)
  const set = (key: keyof typeof fields) => (value: string) => put((was) => ({ ...was, [key]: value }))
  const before = useDebounced(fields.before, 300)
  const milestones = useQuery({ ...q.reports.collections.days.queryOptions({ input: { programme: fields.programme, before: before.replaceAll(' ', '') } }), enabled: fields.every === 'milestone' && fields.programme !== '' && BEFORE.test(before) })
  const ahead = milestones.data
  const programmeId = programmes.data?.items.find((one) => one.code === fields.programme)?.id
  const order = useOrder(api.reports.collections.ask)
  const level = useLevel()
  const available = listRows(forms)
  const read = parseTime(fields.hour)
  const hour = read ?? ''
  const past = (on: string) => read !== undefined && instantOf(on, read, zone).getTime() <= Date.now()
  const day = picked === null ? (past(today) ? addDays(today, 1) : today) : picked
  const over = fields.every === 'once' && day !== undefined && past(day)
  const owing = useQuery({ ...q.reports.collections.owing.queryOptions({ input: { unitId: unit?.id ?? '', kinds: [...kinds].join(',') } }), enabled: unit !== undefined && kinds.size > 0 })
  // Before events those alone owe who have one: said beside the days.
  const below = fields.who === 'kind' && kinds.size > 0 && fields.every !== 'milestone' ? owing.data?.kinds : undefined
  const n = fields.every === 'milestone' ? undefined : fields.who === 'list' ? list.length : below?.reduce((sum, one) => sum + one.units, 0)
  const schedule = fields.every === 'day' ? { every: 'day' as const, hour } : fields.every === 'week' ? { every: 'week' as const, weekday: Number(fields.weekday), hour } : fields.every === 'month' ? { every: 'month' as const, day: Number(fields.monthday), hour } : fields.every === 'milestone' ? { every: 'milestone' as const, before: fields.before.split(',').map(Number), hour, programmeId: programmeId ?? '' } : { every: 'days' as const, days: day ? [day] : [], hour }
  const send = async () => {
    setTried(true)
    const owing = fields.who === 'kind' ? { kinds: [...kinds] } : { unitIds: list.map((one) => one.id) }
    if (!unit || !fields.formId || !fields.title.trim() || !read || over || (schedule.every === 'days' && schedule.days.length === 0) || (schedule.every === 'milestone' && (!programmeId || !BEFORE.test(fields.before))) || ('kinds' in owing ? owing.kinds.length === 0 : owing.unitIds.length === 0)) return
    const done = await order.give({ unitId: unit.id, formId: fields.formId, title: fields.title.trim(), grade, schedule, owing, until: until && schedule.every !== 'days' ? until : null })
    if (!done) return
    toast(t('sent', { on: format.day(done.on) }))
    void queries.invalidateQueries({ queryKey: q.reports.key() })
    void navigate({ to: '/report-collections/$collectionId', params: { collectionId: done.collectionId }, search: { unit: unit.id } })
  }
  const take = (formId: string) => {
    const one = available?.find((form) => form.id === formId)
    put((was) => ({ ...was, formId, title: was.title || pick(one?.name), ...(one?.due ? { every: one.due.every, hour: one.due.hour, ...('weekday' in one.due ? { weekday: String(one.due.weekday) } : {}), ...('day' in one.due ? { monthday: String(one.due.day) } : {}) } : {}) }))
  }
  // Come from a form's own page.
  if (wanted && fields.formId === '' && available?.some((one) => one.id === wanted)) take(wanted)
  if (available?.length === 0) return <Card><EmptyState icon="file" title={t('form.none')} action={<LinkButton look="main" to="/report-forms">{t('form.go')}</LinkButton>}>{t('form.none.text')}</EmptyState></Card>
  const wrong = (bad: boolean) => (tried && bad ? t('needed') : undefined)
  return (
    <Form onSend={() => void send()} refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{n ? t('send.n', { n: format.number(n) }) : t('send')}</Button>}>
      <Card title={t('step.what')}><div className="stack">
        <SelectField label={t('form')} value={fields.formId} empty={t('choose')} error={wrong(!fields.formId)} options={(available ?? []).map((one) => ({ value: one.id, label: pick(one.name) }))} onValue={take} />
        <TextField label={t('name')} hint={t('name.hint')} value={fields.title} onValue={set('title')} maxLength={300} error={wrong(!fields.title.trim())} />
        <UnitField label={t('unit')} value={unit} onValue={setUnit} error={wrong(!unit)} />
        <GradeField value={grade} onValue={setGrade} />
      </div></Card>
      <Card title={t('step.when')}><div className="stack">
        <ChoiceField label={t('every')} inline value={fields.every} onValue={set('every')} options={EVERY.map((value) => ({ value, label: t(`every.${value}`) }))} />
        {fields.every === 'milestone' && <>
          <div className="field-row">
            <SelectField label={t('programme')} value={fields.programme} onValue={set('programme')} empty={t('choose')} options={(programmes.data?.items ?? []).map((one) => ({ value: one.code, label: pick(one.name) }))} error={wrong(!fields.programme)} />
            <TextField label={t('before')} hint={t('before.hint')} inputMode="numeric" value={fields.before} onValue={set('before')} error={tried && !BEFORE.test(fields.before) ? t('needed') : undefined} />
          </div>
          <p className="field-hint">{t('around')}</p>
          {ahead && <p className={ahead.days.length > 0 ? 'soft' : 'bad'} role="status">{ahead.days.length === 0 ? t('days.none') : t(ahead.days.length === 1 ? 'days.one' : 'days.long', { units: format.number(ahead.units), n: format.number(ahead.days.length), first: format.day(ahead.days[0]!), last: format.day(ahead.days.at(-1)!) })}</p>}
        </>}
        <div className="field-row">
          {fields.every === 'once' && <DateField label={t('day')} value={day} onValue={setDay} min={today} error={wrong(!day)} />}
          {fields.every === 'week' && <SelectField label={t('weekday')} value={fields.weekday} onValue={set('weekday')} options={([1, 2, 3, 4, 5, 6, 7] as const).map((n) => ({ value: String(n), label: t(`wd.${n}`) }))} />}
          {fields.every === 'month' && <SelectField label={t('monthday')} value={fields.monthday} onValue={set('monthday')} options={Array.from({ length: 31 }, (_, i) => ({ value: String(i + 1), label: String(i + 1) }))} />}
          <TextField label={t('hour')} value={fields.hour} onValue={set('hour')} onBlur={() => { if (read) set('hour')(read) }} error={tried && !read ? (fields.hour.trim() ? t('hour.bad', { text: fields.hour.trim() }) : t('needed')) : over ? t('hour.past', { at: `${hour} ${format.day(day)}` }) : undefined} />
          {fields.every !== 'once' && <DateField label={t('until')} optional value={until} onValue={setUntil} />}
        </div>
      </div></Card>
      <Card title={t('step.who')}><div className="stack">
        <ChoiceField label={t('who')} inline value={fields.who} onValue={set('who')} options={[{ value: 'kind', label: t('who.kind') }, { value: 'list', label: t('who.list') }]} />
        {fields.who === 'kind' ? (
          <fieldset className="field choice inline"><legend>{t('kinds')}</legend><div>{KINDS.map((kind) => (
            <label key={kind} className="check"><input type="checkbox" checked={kinds.has(kind)} onChange={(event) => setKinds((was) => { const next = new Set(was); if (event.target.checked) next.add(kind); else next.delete(kind); return next })} /><span>{t(`kind.${kind}`)}</span></label>
          ))}</div>{below && <p className={below.length > 0 ? 'field-hint' : 'field-error'} role="status">{below.length > 0 ? t('owing', { n: format.number(n ?? 0), each: below.map((one) => t('owing.one', { n: format.number(one.units), kind: level(one.kind) })).join(', ') }) : t('owing.none')}</p>}{kinds.size > 1 && <p className="field-hint">{t('several')}</p>}{wrong(kinds.size === 0) && <p className="field-error"><Icon name="alert" size={14} />{t('needed')}</p>}</fieldset>
        ) : <>
          <UnitField label={t('add')} value={undefined} error={wrong(list.length === 0)} onValue={(one) => { if (one) setList((was) => (was.some((other) => other.id === one.id) ? was : [...was, one])) }} {...(unit ? { under: unit.id } : {})} />
          {list.length > 0 && <ul className="report-files">{list.map((one) => <li key={one.id}><span>{one.name}</span>{one.parents?.[0] && <span className="soft small">{one.parents[0].name}</span>}<IconButton icon="close" label={t('drop', { name: one.name })} onClick={() => setList((was) => was.filter((other) => other.id !== one.id))} /></li>)}</ul>}
        </>}
      </div></Card>
    </Form>
  )
}
