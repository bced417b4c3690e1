// Days off and days worked in exchange: what the program knows of a year, what this organisation adds, and what that changes before it is kept.
import { useEffect, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, ChoiceField, DataTable, DateField, EmptyState, Form, IconButton, NameFields, Refusal, SelectField, inBoth, toast } from '../../../web/kit/kit.ts'
import { useKept } from '../../../web/leave.ts'
import { useEdit, useOrder } from '../../../web/orders.ts'
import { Running } from '../../programmes/ui/manage/run.tsx'
import { days as messages, settings } from './messages.ts'
import type { Now } from './provider.tsx'

type Own = Now['ownDays'][number]['days'][number]

export function Holidays({ now }: { now: Now }) {
  const t = useT(settings)
  const pick = usePick()
  const { day } = useFormat()
  const [country] = now.countries
  const thisYear = new Date().getFullYear()
  const [year, setYear] = useState(String(country?.years.find((one) => one.year === thisYear)?.year ?? country?.years.at(-1)?.year ?? ''))
  const shown = country?.years.find((one) => String(one.year) === year)
  if (!country || !shown) return null
  const own = now.ownDays.find((one) => one.country === country.code)!
  return (
    <div className="stack">
      <OwnDays country={country.code} own={own} />
      <Card title={pick(country.name)} flush side={<SelectField label={t('d.year')} value={year} onValue={setYear} optional="quiet" options={country.years.map((one) => ({ value: String(one.year), label: String(one.year) }))} />}>
        <div className="card-body"><p className="soft">{t(shown.announced ? 'd.announced' : 'd.reckoned')}. {t('d.text')}</p></div>
        <DataTable caption={`${pick(country.name)} ${year}`} rows={shown.days} rowKey={(one) => one.day} columns={[
          { id: 'day', head: t('d.day'), as: 'name', cell: (one) => day(one.day) }, { id: 'name', head: t('d.name'), cell: (one) => pick(one.name) }, { id: 'work', head: t('d.kind'), from: 'narrow', cell: (one) => <span className="soft">{t(one.work ? 'd.work' : 'd.off')}</span> },
        ]} />
      </Card>
    </div>
  )
}

/** What another saves is taken over as long as nothing is begun here; a list that was begun stays as it is. */
function OwnDays({ country, own }: { country: string; own: Now['ownDays'][number] }) {
  const [begun, setBegun] = useState(own)
  const [dirty, setDirty] = useState(false)
  if (!dirty && begun.version !== own.version) setBegun(own)
  return <OwnList key={begun.version} country={country} own={begun} onDirty={setDirty} />
}

function OwnList({ country, own, onDirty }: { country: string; own: Now['ownDays'][number]; onDirty: (dirty: boolean) => void }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const [list, setList] = useKept<readonly Own[]>(`sansang.days.${country}.${own.version}`, own.days)
  const [day, setDay] = useState<string>()
  const [kind, setKind] = useState('off')
  const [name, setName] = useState({ vi: '', en: '' })
  const { lang } = useLang()
  const preview = useMutation({ mutationFn: () => api.settings.previewDays({ country, days: [...list] }) })
  const save = useEdit(api.settings.changeDays, own.version, () => { toast(t('saved')); onDirty(false); void queries.invalidateQueries({ queryKey: q.settings.key() }); void queries.invalidateQueries({ queryKey: q.calendars.key() }) })
  const changed = JSON.stringify(list) !== JSON.stringify(own.days)
  useEffect(() => onDirty(changed), [changed, onDirty])
  const put = (next: readonly Own[]) => { setList([...next].sort((a, b) => (a.day < b.day ? -1 : 1))); preview.reset(); save.clear() }
  const add = () => {
    if (!day || !name[lang].trim()) return
    put([...list.filter((one) => one.day !== day), { day, work: kind === 'work', name: inBoth(name) }])
    setDay(undefined); setName({ vi: '', en: '' })
  }
  const seen = preview.data
  return (
    <>
      <Card title={t('title')} flush>
        <div className="card-body stack">
          <p className="soft">{t('text')}</p>
          <Form onSend={add} foot={<Button type="submit" icon="plus" aria-disabled={!day || !name[lang].trim()}>{t('add')}</Button>}>
            <div className="field-row"><DateField key={list.length} label={t('day')} value={day} onValue={setDay} />
              <ChoiceField label={t('kind')} value={kind} onValue={setKind} inline options={[{ value: 'off', label: t('off') }, { value: 'work', label: t('work') }]} /></div>
            <NameFields label={t('name.own')} value={name} onValue={setName} maxLength={120} />
          </Form>
        </div>
        <DataTable caption={t('title')} rows={list} rowKey={(one) => one.day} empty={<EmptyState icon="event" title={t('none')} />} columns={[
          { id: 'day', head: t('day'), as: 'name', cell: (one) => <>{format.day(one.day)}{!own.days.some((was) => was.day === one.day) && <small>{t('new')}</small>}</> }, { id: 'name', head: t('name'), cell: (one) => pick(one.name) }, { id: 'kind', head: t('kind'), from: 'narrow', cell: (one) => <span className="soft">{t(one.work ? 'work' : 'off')}</span> },
          { id: 'drop', head: t('drop'), width: '72px', cell: (one) => <IconButton icon="close" label={t('drop.one', { day: format.day(one.day) })} onClick={() => put(list.filter((each) => each.day !== one.day))} /> },
        ]} />
        <div className="card-body stack" role="status">
          {changed && <div className="row"><Button look={seen ? 'plain' : 'main'} busy={preview.isPending} onClick={() => preview.mutate()}>{t('preview')}</Button><Button look="quiet" onClick={() => put(own.days)}>{t('reset')}</Button></div>}
          <Refusal error={preview.error ?? save.refused} />
          {changed && seen && <>
            <p><b>{t('effect', { added: seen.added, removed: seen.removed, changed: seen.changed })}</b> {seen.programmes.some((one) => one.moved > 0) ? t('effect.dates') : t('effect.none')}</p>
            <ul className="lines">{seen.programmes.filter((one) => one.moved > 0).map((one) => <li key={one.code}><b>{pick(one.name)}</b>: {t('effect.of', { moved: format.number(one.moved), events: format.number(one.events), tasks: format.number(one.tasks) })}{one.first && <span className="soft"> · {t('effect.such', { name: pick(one.first.name), from: format.day(one.first.from), to: format.day(one.first.to) })}</span>}</li>)}</ul>
            <div className="row"><Button look="main" busy={save.busy} onClick={() => void save.give({ country, days: [...list] })}>{t('save')}</Button></div>
          </>}
        </div>
      </Card>
      {!changed && own.version > 0 && <Redate country={country} own={own} />}
    </>
  )
}

/** Dates that stand stay until somebody says so, programme by programme. */
function Redate({ country, own }: { country: string; own: Now['ownDays'][number] }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const [run, setRun] = useState<{ job: string; events: number }>()
  const list = useMutation({ mutationFn: () => api.settings.previewDays({ country, days: own.days }) })
  const order = useOrder(api.programmes.programmes.redate, (made) => { if (made.job) setRun({ job: made.job, events: made.events }); else { toast(t('redated')); void queries.invalidateQueries() } })
  return (
    <Card title={t('again')}>
      <div className="stack">
        <p className="soft">{t('again.text')}</p>
        {run ? <Running job={run.job} total={run.events} label={t('again.running')} onEnd={({ failed }) => { setRun(undefined); toast(failed === null ? t('redated') : failed, failed === null ? {} : { look: 'bad' }); void queries.invalidateQueries() }} />
          : list.data ? (list.data.programmes.length === 0 ? <p>{t('again.nothing')}</p> : <ul className="lines">{list.data.programmes.map((one) => <li key={one.code} className="row between"><span><b>{pick(one.name)}</b> <span className="soft">{t('again.events', { events: format.number(one.events) })}</span></span><Button small busy={order.busy} onClick={() => void order.give({ code: one.code })}>{t('again.do')}</Button></li>)}</ul>)
          : <div className="row"><Button busy={list.isPending} onClick={() => list.mutate()}>{t('again.list')}</Button></div>}
        <Refusal error={list.error ?? order.refused} />
      </div>
    </Card>
  )
}
