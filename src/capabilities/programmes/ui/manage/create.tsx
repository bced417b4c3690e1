import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, q, queries } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useLang, usePick, useT } from '../../../../web/i18n.tsx'
import { Allowed, Button, Card, CheckField, ChoiceField, DateField, EmptyState, Form, IconButton, LinkButton, Loaded, NameFields, NumberField, Page, SelectField, TextArea, TextField, UnitField, inBoth, parseNumber, toast } from '../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../web/kit/kit.ts'
import { useLeave } from '../../../../web/leave.ts'
import { useOrder } from '../../../../web/orders.ts'
import { useKind } from '../../../units/ui/messages.ts'
import { TopMissing, useOwner } from './template-import.tsx'
import { plans } from './words.ts'

type Level = { on: boolean; from: string | undefined; until: string | undefined; class: string; shares: Record<string, string> }
const SHARES = '*'
type Template = Awaited<ReturnType<typeof api.programmes.templates.list>>['items'][number]

export function NewProgramme() {
  const t = useT(plans)
  const list = useQuery(q.programmes.templates.list.queryOptions())
  const crumbs = [{ label: t('manage'), to: '/manage' as const }, { label: t('title'), to: '/programmes' as const }]
  return (
    <Allowed right="programme.create">
      <Page title={t('c.title')} line={t('c.line')} width="text" crumbs={crumbs}>
        <Loaded query={list}>{({ items }) => items.length === 0
          ? <Card><EmptyState icon="file" title={t('c.noTemplate')} action={<LinkButton look="main" icon="upload" to="/templates/import">{t('t.import')}</LinkButton>}>{t('t.none.text')}</EmptyState></Card>
          : <Filled templates={items} />}</Loaded>
      </Page>
    </Allowed>
  )
}

function Filled({ templates }: { templates: readonly Template[] }) {
  const t = useT(plans)
  const pick = usePick()
  const { lang } = useLang()
  const kind = useKind()
  const { number } = useFormat()
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/programmes/new' })
  const [owner, setOwner] = useOwner()
  const [code, setTemplate] = useState(templates.find((one) => one.code === search.template)?.code ?? templates[0]!.code)
  const template = templates.find((one) => one.code === code)!
  const version = template.versions[0]!.version
  const [is, set] = useState({ name: { vi: '', en: '' }, code: '', gate: 'open', scheme: 'admin', only: '' })
  const [levels, setLevels] = useState<Record<string, Partial<Level>>>({})
  const [pilots, setPilots] = useState<readonly UnitChoice[]>([])
  const body = useQuery(q.programmes.templates.get.queryOptions({ input: { code, version } }))
  const count = useQuery({ ...q.units.count.queryOptions({ input: owner ? { under: owner.id } : {} }), placeholderData: keepPreviousData })
  const [tried, setTried] = useState(false)
  const left = useLeave([is.name.vi, is.name.en, is.code, is.only].some((text) => text.trim() !== '') || pilots.length > 0 || Object.keys(levels).length > 0)
  const order = useOrder(api.programmes.programmes.create, (made) => {
    left()
    toast(t('c.done', { code: made.code }))
    void queries.invalidateQueries({ queryKey: q.programmes.key() })
    void navigate({ to: '/programmes/$code', params: { code: made.code }, search: { tab: 'cascade' } })
  })
  const there = count.data?.kinds ?? {}
  const kinds = (body.data?.body.levels.length ? body.data.body.levels : Object.keys(there)).filter((one) => (there[one] ?? 0) > 0)
  const level = (one: string): Level => ({ on: true, from: undefined, until: undefined, class: '', shares: {}, ...levels[one] })
  const change = (one: string, part: Partial<Level>) => setLevels({ ...levels, [one]: { ...levels[one], ...part } })
  const wanted = kinds.filter((one) => level(one).on)
  const halves = wanted.filter((one) => { const { from, until } = level(one); return Boolean(from) !== Boolean(until) || (from && until && from > until) })
  const share = (text: string | undefined): number => { const n = parseNumber(text ?? ''); return n === undefined || n < 0 ? 0 : n / 100 }
  const over = wanted.filter((one) => level(one).class === SHARES && Object.values(level(one).shares).reduce((sum, text) => sum + share(text), 0) > 1.000001)
  const only = is.only.split(/[\s,;]+/).filter(Boolean)
  const ready = owner && over.length === 0 && is.name[lang].trim() && is.code.trim() && wanted.length > 0 && halves.length === 0
  const send = () => {
    if (!ready) { setTried(true); return }
    void order.give({
      code: is.code.trim(), name: inBoth(is.name), unitId: owner.id, template: code, templateVersion: version, gate: is.gate as 'open' | 'pilot',
      rules: {
        kinds: wanted.length === kinds.length && body.data?.body.levels.length ? [] : wanted, scheme: is.scheme.trim() || 'admin', only: only.length > 0 ? only : null, under: null,
        spans: Object.fromEntries(wanted.filter((one) => level(one).from).map((one) => [one, { from: level(one).from!, until: level(one).until! }])),
        classes: { units: {}, kinds: Object.fromEntries(wanted.filter((one) => level(one).class && level(one).class !== SHARES).map((one) => [one, level(one).class])),
          shares: Object.fromEntries(wanted.filter((one) => level(one).class === SHARES).map((one) => [one, Object.fromEntries(Object.entries(level(one).shares).filter(([, text]) => share(text) > 0).map(([of, text]) => [of, share(text)]))])) }, pilots: pilots.map((one) => one.code),
      },
    })
  }
  const classes = (body.data?.body.classes ?? []).map((one) => ({ value: one.code, label: pick(one.name) }))
  return (
    <Card>
      <Form onSend={send} refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy} aria-disabled={!ready}>{t('c.do')}</Button>}>
        <SelectField label={t('template')} value={code} onValue={(next) => { setTemplate(next); setLevels({}) }} options={templates.map((one) => ({ value: one.code, label: `${pick(one.name)} · ${t('version', { version: one.versions[0]!.version })}` }))} />
        <NameFields label={t('c.name')} value={is.name} onValue={(name) => set({ ...is, name })} error={tried && !is.name[lang].trim() ? t('c.need.name') : undefined} />
        <TextField label={t('c.code')} hint={t('c.code.hint')} value={is.code} onValue={(next) => set({ ...is, code: next })} autoCapitalize="characters" spellCheck={false} error={order.refused?.fields['code'] ?? (tried && !is.code.trim() ? t('c.need.code') : undefined)} />
        <TopMissing />
        <UnitField label={t('owner')} hint={t('c.owner.hint')} value={owner} onValue={setOwner} error={tried && !owner ? t('c.need.owner') : undefined} />
        <fieldset className="field levels">
          <legend className="label">{t('c.levels')}</legend>
          <p className="field-hint">{t('c.levels.text')}</p>
          {kinds.map((one) => (
            <div key={one} className="level" role="group" aria-label={kind(one)}>
              <CheckField label={<>{kind(one)} <span className="soft">· {t('c.units', { count: number(there[one] ?? 0) })}</span></>} value={level(one).on} onValue={(on) => change(one, { on })} />
              {level(one).on && <div className="field-row">
                {there[one] === 1 ? <DateField label={t('c.day')} optional="quiet" value={level(one).from} onValue={(day) => change(one, { from: day, until: day })} />
                  : <><DateField label={t('c.from')} optional="quiet" value={level(one).from} onValue={(from) => change(one, { from })} /><DateField label={t('c.until')} optional="quiet" value={level(one).until} onValue={(until) => change(one, { until })} /></>}
                <SelectField label={t('c.class')} optional="quiet" empty={t('c.class.auto')} value={level(one).class} onValue={(next) => change(one, { class: next })} options={[...classes, { value: SHARES, label: t('c.class.shares') }]} />
              </div>}
              {level(one).on && level(one).class === SHARES && <><div className="field-row">{classes.map((size) => <NumberField key={size.value} label={t('c.share', { class: size.label })} optional="quiet" value={level(one).shares[size.value] ?? ''} onValue={(text) => change(one, { shares: { ...level(one).shares, [size.value]: text } })} />)}</div>
                <p className={over.includes(one) ? 'field-error' : 'field-hint'} role="status">{t(over.includes(one) ? 'c.share.over' : 'c.share.rest')}</p></>}
            </div>
          ))}
          {count.data && kinds.length === 0 && <p className="field-error" role="status">{t('c.none', { unit: owner?.name ?? '' })}</p>}
          {tried && kinds.length > 0 && wanted.length === 0 && <p className="field-error" role="status">{t('c.need.levels')}</p>}
          {halves.length > 0 && <p className="field-error" role="status">{t('c.days')}</p>}
        </fieldset>
        <ChoiceField label={t('gate')} value={is.gate} onValue={(gate) => set({ ...is, gate })} options={(['open', 'pilot'] as const).map((one) => ({ value: one, label: t(`gate.${one}`), hint: t(`gate.${one}.hint`) }))} />
        {is.gate === 'pilot' && <>
          <UnitField label={t('c.pilots')} hint={t('c.pilots.add')} {...(owner ? { under: owner.id } : {})} value={undefined} onValue={(unit) => { if (unit && !pilots.some((one) => one.id === unit.id)) setPilots([...pilots, unit]) }} />
          {pilots.length > 0 && <ul className="drop-files" aria-label={t('c.pilots')}>{pilots.map((one) => <li key={one.id}><span className="clip">{one.name}</span><IconButton icon="close" label={t('c.remove', { name: one.name })} onClick={() => setPilots(pilots.filter((other) => other.id !== one.id))} /></li>)}</ul>}
        </>}
        <details open={Boolean(order.refused?.fields['rules.scheme']) || undefined}><summary>{t('c.more')}</summary><TextArea label={t('c.only')} optional="quiet" hint={t('c.only.hint')} rows={4} spellCheck={false} value={is.only} onValue={(next) => set({ ...is, only: next })} />{only.length > 0 && <p className="field-hint" role="status">{t('c.only.n', { n: number(only.length) })}</p>}<TextField label={t('c.scheme')} error={order.refused?.fields['rules.scheme']} value={is.scheme} onValue={(scheme) => set({ ...is, scheme })} autoCapitalize="none" spellCheck={false} /></details>
      </Form>
    </Card>
  )
}
