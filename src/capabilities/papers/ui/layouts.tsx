// Layouts: those shipped, and what the unit made of one of them, with a specimen beside.
import { useDeferredValue, useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, q } from '../../../web/client.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, CheckField, EmptyState, Loaded, NumberField, Page, Refusal, SelectField, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import { useEdit, uuidv7 } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import { LAYOUT_SIZES, PROFILES } from '../contract/letter.ts'
import type { Layout, Letterhead, ProfileCode } from '../contract/letter.ts'
import type { OwnLayout } from '../contract.ts'
import { compose } from '../decide/compose.ts'
import { layoutOf } from '../decide/layouts.ts'
import { profiles } from '../decide/profiles.ts'
import { EMPTY } from './form.ts'
import { layoutMessages } from './layout-messages.ts'
import { reload } from './receive.tsx'
import { SheetView } from './sheet.tsx'
import './papers.css'

const route = getRouteApi('/inside/papers/layouts')
type Chosen = { id: string; version: number; base: ProfileCode; layout: Layout }

export function PaperLayouts() {
  const t = useT(layoutMessages)
  const pick = usePick()
  const me = useMe()
  const search = route.useSearch()
  const go = route.useNavigate()
  const unitId = search.unit ?? me?.unit?.id
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: unitId ?? '' } }), enabled: Boolean(unitId) })
  const own = useQuery({ ...q.papers.layouts.queryOptions({ input: { unitId: unitId ?? '' } }), enabled: Boolean(unitId) })
  const [chosen, setChosen] = useState<Chosen>()
  const from = (one: OwnLayout): Chosen => ({ id: one.id, version: one.version, base: one.base, layout: one.layout })
  return (
    <Allowed right="paper.issue">
      <Page title={t('title')} line={t('line')} crumbs={[{ label: t('papers'), to: '/papers' as '/' }]}>
        <Card><UnitField label={t('unit')} value={unit.data} onValue={(one) => { if (one) { setChosen(undefined); void go({ search: { unit: one.id }, replace: true }) } }} /></Card>
        {chosen && unitId ? <LayoutEditor key={chosen.id} unitId={unitId} start={chosen} onClose={() => setChosen(undefined)} /> : <>
          <Card title={t('own')}>{!unitId ? null : <Loaded query={own}>{({ items }) => (items.length === 0 ? <EmptyState icon="file" title={t('own.none')}>{t('own.none.text')}</EmptyState> : (
            <ul className="paper-list paper-rows">{items.map((one) => <li key={one.id}><span className="grow">{one.layout.name} <span className="soft small">{t('after', { base: pick(profiles[one.base].name), unit: one.unit.name })}</span></span>{one.mine && one.unit.id === unitId && <Button small icon="edit" aria-label={t('change.of', { name: one.layout.name })} onClick={() => setChosen(from(one))}>{t('change')}</Button>}</li>)}</ul>))}</Loaded>}</Card>
          <Card title={t('shipped')}><ul className="paper-list paper-rows">{PROFILES.map((code) => (
            <li key={code}><span className="grow">{pick(profiles[code].name)} {profiles[code].verified ? <span className="soft small">{t('verified')}</span> : <b className="small bad">{t('unverified')}</b>}<br /><span className="soft small">{pick(profiles[code].about)}</span></span>
              {unitId && <Button small icon="plus" aria-label={t('make.of', { name: pick(profiles[code].name) })} onClick={() => setChosen({ id: uuidv7(), version: 0, base: code, layout: layoutOf(profiles[code], '') })}>{t('make')}</Button>}</li>
          ))}</ul></Card>
        </>}
      </Page>
    </Allowed>
  )
}

const SIDES = ['top', 'bottom', 'left', 'right'] as const
const WORDS = ['recipients', 'to', 'archive', 'annex', 'end'] as const

function LayoutEditor({ unitId, start, onClose }: { unitId: string; start: Chosen; onClose: () => void }) {
  const t = useT(layoutMessages)
  const pick = usePick()
  const [layout, setLayout] = useState(start.layout)
  const head = useQuery(q.papers.letterhead.queryOptions({ input: { unitId } }))
  const keep = useEdit(api.papers.setLayout, start.version, () => { toast(t('kept')); reload(); onClose() })
  const set = (more: Partial<Layout>) => setLayout((was) => ({ ...was, ...more }))
  const shown = useDeferredValue(layout)
  const issuer = head.data?.head
  const sheet = useMemo(() => issuer && compose({
    ...EMPTY, kind: 'plan', subject: t('specimen.subject'), day: '2026-02-05', lang: shown.dates, head: { ...issuer, profile: start.base, layout: shown } satisfies Letterhead, body: [{ type: 'heading', text: t('specimen.heading') }, { type: 'text', text: t('specimen.text') }, { type: 'text', text: t('specimen.text') }], signAs: [t('specimen.office')], signer: t('specimen.name'),
  }, 5), [shown, issuer, start.base, t])
  const number = (label: string, value: number, unit: string, onNumber: (n: number) => void) => <Amount key={label} label={label} value={value} unit={unit} onNumber={onNumber} />
  const fields = keep.refused?.fields ?? {}
  return (
    <div className="paper-two">
      <div className="paper-side">
        <Card title={t('editor')}>
          <div className="stack">
            <p className="soft">{t('base', { base: pick(profiles[start.base].name) })} {t('own.unverified')}</p>
            <TextField label={t('name')} value={layout.name} onValue={(name) => set({ name })} maxLength={120} error={fields['layout.name']} />
            <TextField label={t('state')} hint={t('state.hint')} value={layout.state} onValue={(state) => set({ state })} optional maxLength={120} />
            <TextField label={t('motto')} value={layout.motto} onValue={(motto) => set({ motto })} optional maxLength={120} />
            <CheckField label={t('star')} value={layout.star} onValue={(star) => set({ star })} />
            <SelectField label={t('numbering')} value={layout.numbering} onValue={(value) => set({ numbering: value as Layout['numbering'] })} options={(['state', 'party', 'plain'] as const).map((value) => ({ value, label: t(`numbering.${value}`) }))} />
            <SelectField label={t('dates')} value={layout.dates} onValue={(value) => set({ dates: value as Layout['dates'] })} options={(['vi', 'en'] as const).map((value) => ({ value, label: t(`dates.${value}`) }))} />
          </div>
        </Card>
        <Card title={t('margins')}><div className="paper-grid">{SIDES.map((side) => number(t(`side.${side}`), layout.margins[side], 'mm', (n) => set({ margins: { ...layout.margins, [side]: n } })))}{number(t('headLeft'), layout.headLeft, 'mm', (headLeft) => set({ headLeft }))}{number(t('signGap'), layout.signGap, 'pt', (signGap) => set({ signGap }))}</div></Card>
        <Card title={t('sizes')}><div className="paper-grid">{LAYOUT_SIZES.map((size) => number(t(`size.${size}`), layout.sizes[size], 'pt', (n) => set({ sizes: { ...layout.sizes, [size]: n } })))}</div></Card>
        <Card title={t('words')}><div className="paper-grid">{WORDS.map((word) => <TextField key={word} label={t(`word.${word}`)} value={layout.words[word]} onValue={(text) => set({ words: { ...layout.words, [word]: text } })} optional="quiet" maxLength={word === 'end' ? 10 : 60} />)}</div></Card>
        <Refusal error={keep.refused} />
        <div className="row"><Button look="main" icon="check" busy={keep.busy} aria-disabled={!layout.name.trim()} onClick={() => { if (layout.name.trim()) void keep.give({ unitId, layoutId: start.id, base: start.base, layout }) }}>{t('keep')}</Button><Button onClick={onClose}>{t('cancel')}</Button></div>
      </div>
      {sheet && <div className="sticky"><Card title={t('specimen')}><SheetView sheet={sheet} label={t('specimen')} /></Card></div>}
    </div>
  )
}

function Amount({ label, value, unit, onNumber }: { label: string; value: number; unit: string; onNumber: (n: number) => void }) {
  const [text, setText] = useState(String(value).replace('.', ','))
  return <NumberField label={label} value={text} unit={unit} onValue={(typed, n) => { setText(typed); if (n !== undefined) onNumber(n) }} />
}
