// An ICS form filled in block by block, from an event where there is one; kept as a draft, downloaded as PDF or DOCX. The words of the form are English, with Vietnamese beside.
import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, q, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, LinkButton, Loaded, Page, Refusal, SelectField, UnitField } from '../../../web/kit/kit.ts'
import { uuidv7 } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import { ICS } from '../contract/ics.ts'
import type { IcsCode, IcsForm, IcsValues } from '../contract/ics.ts'
import { icsForms } from '../decide/ics.ts'
import { saveDrawn } from './drawn.ts'
import { useDraft } from './form.ts'
import { IcsBlockView } from './ics-block.tsx'
import { icsMessages } from './ics-messages.ts'
import { DraftState } from './kept.tsx'
import './papers.css'

const route = getRouteApi('/inside/papers/ics/$form')
type Typed = { kind: `ics${IcsCode}`; subject: string; paper: IcsForm['paper']; values: IcsValues }

export function IcsScreen() {
  const t = useT(icsMessages)
  const me = useMe()
  const { lang } = useLang()
  const { day } = useFormat()
  const navigate = useNavigate()
  const { form: asked } = route.useParams()
  const search = route.useSearch()
  const form = ICS.find((code) => code === asked) ?? '202'
  const go = (code: string, to: Record<string, string | undefined>, replace = false) => void navigate({ to: '/papers/ics/$form', params: { form: code }, search: Object.fromEntries(Object.entries(to).filter(([, value]) => value)), replace })
  const { draft, event } = search
  // As with papers: what is begun has its draft from the first moment.
  useEffect(() => { if (!draft) go(form, { ...search, draft: uuidv7() }, true) }, [draft, form]) // eslint-disable-line react-hooks/exhaustive-deps -- once for each form
  const from = useQuery({ ...q.papers.fromEvent.queryOptions({ input: { eventId: event ?? '', form } }), enabled: Boolean(event), staleTime: Infinity })
  const unitId = event ? from.data?.unitId : search.unit ?? me?.unit?.id
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: unitId ?? '' } }), enabled: Boolean(unitId) })
  const events = useQuery({ ...q.programmes.events.list.queryOptions({ input: { limit: 100, ...(unitId ? { unit: unitId } : {}) } }), enabled: Boolean(unitId) })
  const options = (events.data?.items ?? []).map((one) => ({ value: one.id, label: [one.unit.name, one.day && day(one.day)].filter(Boolean).join(', ') }))
  if (event && !options.some(({ value }) => value === event)) options.unshift({ value: event, label: unit.data?.name ?? '…' })
  const editor = draft && unitId ? <Kept key={`${form}${draft}`} form={form} unitId={unitId} draftId={draft} filled={from.data?.values ?? {}} /> : null
  return (
    <Allowed right="paper.issue">
      <Page title={`ICS ${form}, ${icsForms[form].title}`} line={t('line')} crumbs={[{ label: t('papers'), to: '/papers' as '/' }]} actions={<LinkButton icon="edit" to="/papers/drafts">{t('drafts')}</LinkButton>}>
        <Card><div className="ics-choose">
          <SelectField label={t('form')} value={form} onValue={(code) => go(code, { event, unit: search.unit })} options={ICS.map((code) => ({ value: code, label: `ICS ${code} ${icsForms[code].title}${lang === 'vi' ? ` (${icsForms[code].vi})` : ''}` }))} />
          {!event && <UnitField label={t('unit')} value={unit.data} onValue={(one) => { if (one) go(form, { unit: one.id }) }} />}
          <SelectField label={t('event')} hint={t('event.hint')} optional="quiet" value={event ?? ''} onValue={(id) => go(form, { event: id, unit: unitId })} empty={t('event.none')} options={options} />
        </div></Card>
        {event ? <Loaded query={from} lines={8}>{() => editor}</Loaded> : editor}
      </Page>
    </Allowed>
  )
}

/** What was saved under this id; else what the event fills in. */
function Kept({ form, unitId, draftId, filled }: { form: IcsCode; unitId: string; draftId: string; filled: IcsValues }) {
  const kept = useQuery({ queryKey: [...q.papers.key(), 'ics', unitId, draftId], staleTime: Infinity, gcTime: 0, queryFn: () => api.papers.draft({ unitId, draftId }) })
  return (
    <Loaded query={kept} lines={8}>{({ draft }) => {
      const start = draft ? JSON.parse(draft.form) as Typed : { kind: `ics${form}` as const, subject: subjectOf(form, filled), paper: 'letter' as const, values: filled }
      return <Editor key={draft?.version ?? 0} form={form} start={start} place={{ unitId, draftId, version: draft?.version ?? 0 }} again={() => void kept.refetch()} />
    }}</Loaded>
  )
}
const subjectOf = (form: IcsCode, values: IcsValues): string => [`ICS ${form}`, typeof values['1'] === 'string' ? values['1'].trim() : ''].filter(Boolean).join(', ').slice(0, 500)

function Editor({ form, start, place, again }: { form: IcsCode; start: Typed; place: { unitId: string; draftId: string; version: number }; again: () => void }) {
  const t = useT(icsMessages)
  const pick = usePick()
  const { lang } = useLang()
  const [typed, setTyped] = useState(start)
  const [failed, setFailed] = useState<Refused>()
  const [drawing, setDrawing] = useState<'docx' | 'pdf'>()
  const kept = useDraft(place, typed)
  const put = (key: string, value: IcsValues[string]) => setTyped((was) => { const values = { ...was.values, [key]: value }; return { ...was, values, subject: subjectOf(form, values) } })
  const draw = async (format: 'docx' | 'pdf') => {
    setDrawing(format)
    setFailed(undefined)
    try { await saveDrawn('api/v1/papers/ics/file', { unitId: place.unitId, ics: { form, paper: typed.paper, values: typed.values }, format }, `ics-${form}.${format}`, lang) } catch (error) { setFailed(refusalOf(error)) } finally { setDrawing(undefined) }
  }
  return (
    <>
      <DraftState kept={kept} draft={place} again={again} />
      <Card title={pick({ vi: icsForms[form].vi, en: icsForms[form].title })}><div className="ics-form">{icsForms[form].blocks.map((block, i) => <IcsBlockView key={i} block={block} values={typed.values} put={put} />)}</div></Card>
      <Card><div className="stack">
        <SelectField label={t('paper')} value={typed.paper} onValue={(paper) => setTyped((was) => ({ ...was, paper: paper as Typed['paper'] }))} options={[{ value: 'letter', label: t('letter') }, { value: 'a4', label: t('a4') }]} />
        <Refusal error={failed} />
        <div className="row"><Button look="main" icon="download" busy={drawing === 'pdf'} onClick={() => void draw('pdf')}>{t('pdf')}</Button><Button icon="download" busy={drawing === 'docx'} onClick={() => void draw('docx')}>{t('docx')}</Button></div>
      </div></Card>
    </>
  )
}
