// Ask units below for reports: which form, which days and hour, who owes.
import { useState } from 'react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
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
import { useKind } from '../../units/ui/messages.ts'
import { asking as messages } from './ask-messages.ts'
import { useLevel } from './level.ts'
import './reports.css'

const route = getRouteApi('/inside/reports/ask')
const EVERY = ['once', 'day', 'week', 'month', 'milestone'] as const
const AROUND = /^(\d{1,3}(\s*,\s*\d{1,3}){0,9})?$/
/** Asked for most often, each in one press. */
const HOURS = ['11:00', '17:00', '21:00']
const MOST_DAYS = 200
const numbers = (list: string): number[] => list.split(',').filter((part) => part.trim()).map(Number)

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
  const [fields, put] = useState({ formId: '', title: '', every: 'once', hour: '17:00', weekday: '5', monthday: '25', programme: '', before: '7, 1', after: '', milestone: '', who: 'kind' })
  const { form: wanted } = route.useSearch()
  const [today, zone] = [useToday(), useZone()]
  // Untouched: the first day whose hour has not passed.
  const [picked, setDay] = useState<string | undefined | null>(null)
  const [more, setMore] = useState<readonly string[]>([])
  const [until, setUntil] = useState<string>()
  const [ticked, setTicked] = useState<ReadonlySet<string>>()
  const [list, setList] = useState<UnitChoice[]>([])
  const [grade, setGrade] = useState<Grade>('none')
  const [tried, setTried] = useState(false)
  const set = (key: keyof typeof fields) => (value: string) => put((was) => ({ ...was, [key]: value }))
  const [before, after] = [useDebounced(fields.before, 300), useDebounced(fields.after, 300)]
  const listed = (list: string) => list.replaceAll(' ', '')
  const milestones = useQuery({ ...q.reports.collections.days.queryOptions({ input: { programme: fields.programme, ...(before.trim() ? { before: listed(before) } : {}), ...(after.trim() ? { after: listed(after) } : {}), ...(fields.milestone ? { milestone: fields.milestone } : {}) } }), enabled: fields.every === 'milestone' && fields.programme !== '' && AROUND.test(before.trim()) && AROUND.test(after.trim()), placeholderData: keepPreviousData })
  const ahead = milestones.data
  const no = (list: string) => !AROUND.test(list.trim())
  const [noBefore, noAfter, noDays] = [no(fields.before), no(fields.after), !fields.before.trim() && !fields.after.trim()]
  const programmeId = programmes.data?.items.find((one) => one.code === fields.programme)?.id
  const order = useOrder(api.reports.collections.ask)
  const level = useLevel()
  const kindName = useKind()
  const capital = (name: string) => name.slice(0, 1).toLocaleUpperCase() + name.slice(1)
  const available = listRows(forms)
  const read = parseTime(fields.hour)
  const hour = read ?? ''
  const past = (on: string) => read !== undefined && instantOf(on, read, zone).getTime() <= Date.now()
  const day = picked === null ? (past(today) ? addDays(today, 1) : today) : picked
  const days = [...new Set(day ? [...more, day] : more)].toSorted()
  const over = fields.every === 'once' && days.find(past)
  // The kinds that there are below, the highest first; communes unless somebody says otherwise, or else the lowest.
  const owing = useQuery({ ...q.reports.collections.owing.queryOptions({ input: { unitId: unit?.id ?? '' } }), enabled: unit !== undefined })
  const there = owing.data?.kinds ?? []
  const kinds = new Set(there.flatMap(({ kind }, i) => ((ticked ? ticked.has(kind) : kind === 'commune' || (i === there.length - 1 && !there.some((one) => one.kind === 'commune'))) ? [kind] : [])))
  // Before events those alone owe who have one: said beside the days.
  const below = fields.who === 'kind' && kinds.size > 0 && fields.every !== 'milestone' ? there.filter((one) => kinds.has(one.kind)) : undefined
  const n = fields.every === 'milestone' ? undefined : fields.who === 'list' ? list.length : below?.reduce((sum, one) => sum + one.units, 0)
  const schedule = fields.every === 'day' ? { every: 'day' as const, hour } : fields.every === 'week' ? { every: 'week' as const, weekday: Number(fields.weekday), hour } : fields.every === 'month' ? { every: 'month' as const, day: Number(fields.monthday), hour } : fields.every === 'milestone' ? { every: 'milestone' as const, before: numbers(fields.before), ...(fields.after.trim() ? { after: numbers(fields.after) } : {}), ...(fields.milestone ? { milestone: fields.milestone } : {}), hour, programmeId: programmeId ?? '' } : { every: 'days' as const, days, hour }
  const send = async () => {
    setTried(true)
    const owing = fields.who === 'kind' ? { kinds: [...kinds] } : { unitIds: list.map((one) => one.id) }
    if (!unit || !fields.formId || !fields.title.trim() || !read || over || (schedule.every === 'days' && schedule.days.length === 0) || (schedule.every === 'milestone' && (!programmeId || noBefore || noAfter || noDays)) || ('kinds' in owing ? owing.kinds.length === 0 : owing.unitIds.length === 0)) return
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
            <SelectField label={t('programme')} value={fields.programme} onValue={(programme) => put((was) => ({ ...was, programme, milestone: '' }))} empty={t('choose')} options={(programmes.data?.items ?? []).map((one) => ({ value: one.code, label: pick(one.name) }))} error={wrong(!fields.programme)} />
            <SelectField label={t('mark')} optional="quiet" value={fields.milestone} onValue={set('milestone')} empty={t('mark.day')} options={(ahead?.milestones ?? []).map((one) => ({ value: one.code, label: pick(one.name) }))} />
          </div>
          <div className="field-row">
            <TextField label={t('before')} hint={t('before.hint')} inputMode="numeric" optional="quiet" value={fields.before} onValue={set('before')} error={tried && (noBefore ? t('days.bad', { text: fields.before.trim() }) : noDays ? t('days.needed') : undefined) || undefined} />
            <TextField label={t('after')} hint={t('after.hint')} inputMode="numeric" optional="quiet" value={fields.after} onValue={set('after')} error={tried && noAfter ? t('days.bad', { text: fields.after.trim() }) : undefined} />
          </div>
          <p className="field-hint">{t('around')}</p>
          {ahead && !noDays && <p className={ahead.days.length > 0 ? 'soft' : 'bad'} role="status">{ahead.days.length === 0 ? t('days.none') : t(ahead.days.length === 1 ? 'days.one' : 'days.long', { units: format.number(ahead.units), n: format.number(ahead.days.length), first: format.day(ahead.days[0]!), last: format.day(ahead.days.at(-1)!) })}</p>}
        </>}
        {fields.every === 'once' && <div className="row" role="group" aria-label={t('quick')}>
          {[...HOURS.map((at) => ({ on: today, at, label: t('quick.today', { at }) })).filter(({ at }) => instantOf(today, at, zone).getTime() > Date.now()), { on: addDays(today, 1), at: '08:00', label: t('quick.tomorrow', { at: '08:00' }) }].map(({ on, at, label }) =>
            <Button key={label} small aria-pressed={hour === at && days.length === 1 && day === on} onClick={() => { setDay(on); setMore([]); set('hour')(at) }}>{label}</Button>)}
        </div>}
        <div className="field-row">
          {fields.every === 'once' && <DateField label={t('day')} value={day} onValue={setDay} min={today} error={wrong(days.length === 0)} />}
          {fields.every === 'week' && <SelectField label={t('weekday')} value={fields.weekday} onValue={set('weekday')} options={([1, 2, 3, 4, 5, 6, 7] as const).map((n) => ({ value: String(n), label: t(`wd.${n}`) }))} />}
          {fields.every === 'month' && <SelectField label={t('monthday')} value={fields.monthday} onValue={set('monthday')} options={Array.from({ length: 31 }, (_, i) => ({ value: String(i + 1), label: String(i + 1) }))} />}
          <TextField label={t('hour')} value={fields.hour} onValue={set('hour')} onBlur={() => { if (read) set('hour')(read) }} error={tried && !read ? (fields.hour.trim() ? t('hour.bad', { text: fields.hour.trim() }) : t('needed')) : over ? t('hour.past', { at: `${hour} ${format.day(over)}` }) : undefined} />
          {fields.every !== 'once' && <DateField label={t('until')} optional value={until} onValue={setUntil} />}
        </div>
        {fields.every === 'once' && <div className="stack tight">
          <div className="row"><Button small icon="plus" onClick={() => { if (day && days.length < MOST_DAYS) { setMore(days); setDay(addDays(days.at(-1)!, 1)) } }}>{t('day.more')}</Button>{days.length > 1 && <span className="soft">{t('day.n', { n: format.number(days.length), hour: fields.hour })}</span>}</div>
          {days.length > 1 && <ul className="report-files">{days.map((on) => <li key={on}><span>{format.day(on)}</span><IconButton icon="close" label={t('drop', { name: format.day(on) })} onClick={() => { const rest = days.filter((one) => one !== on); setDay(rest.at(-1)); setMore(rest.slice(0, -1)) }} /></li>)}</ul>}
        </div>}
      </div></Card>
      <Card title={t('step.who')}><div className="stack">
        <ChoiceField label={t('who')} inline value={fields.who} onValue={set('who')} options={[{ value: 'kind', label: t('who.kind') }, { value: 'list', label: t('who.list') }]} />
        {fields.who === 'kind' ? (
          <fieldset className="field choice inline"><legend>{t('kinds')}</legend><div>{there.map(({ kind }) => (
            <label key={kind} className="check"><input type="checkbox" checked={kinds.has(kind)} onChange={(event) => { const next = new Set(kinds); if (event.target.checked) next.add(kind); else next.delete(kind); setTicked(next) }} /><span>{capital(kindName(kind, 2))}</span></label>
          ))}</div>{below && below.length + there.length > 0 && <p className={below.length > 0 ? 'field-hint' : 'field-error'} role="status">{below.length > 0 ? t('owing', { n: format.number(n ?? 0), each: below.map((one) => t('owing.one', { n: format.number(one.units), kind: level(one.kind) })).join(', ') }) : t('owing.none')}</p>}{owing.data && there.length === 0 && <p className="field-error" role="status">{t('owing.empty')}</p>}{kinds.size > 1 && <p className="field-hint">{t('several')}</p>}{wrong(kinds.size === 0 && there.length > 0) && <p className="field-error"><Icon name="alert" size={14} />{t('needed')}</p>}</fieldset>
        ) : <>
          <UnitField label={t('add')} value={undefined} error={wrong(list.length === 0)} onValue={(one) => { if (one) setList((was) => (was.some((other) => other.id === one.id) ? was : [...was, one])) }} {...(unit ? { under: unit.id } : {})} />
          {list.length > 0 && <ul className="report-files">{list.map((one) => <li key={one.id}><span>{one.name}</span>{one.parents?.[0] && <span className="soft small">{one.parents[0].name}</span>}<IconButton icon="close" label={t('drop', { name: one.name })} onClick={() => setList((was) => was.filter((other) => other.id !== one.id))} /></li>)}</ul>}
        </>}
      </div></Card>
    </Form>
  )
}
