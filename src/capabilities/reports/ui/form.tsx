// One form: what it asks, its versions; edited as a file whose faults are told by line, and published as a version that never changes.
import { useEffect, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useSearch } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, Facts, FileProblems, Loaded, Page, Refusal, TextArea, UnitField, toast, useDebounced } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import type { Form } from '../contract/form.ts'
import { asking as messages } from './ask-messages.ts'
import { PickFile } from './pick-file.tsx'
import './reports.css'

const route = getRouteApi('/inside/report-forms/$formId')
const MOST = 300_000

export function OneForm() {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const { formId } = route.useParams()
  const { edit } = route.useSearch()
  const go = route.useNavigate()
  const found = useQuery(q.reports.forms.get.queryOptions({ input: { formId } }))
  return (
    <Loaded query={found} lines={8}>{(data) => (
      <Page title={pick(data.form.name)} line={`${data.unit.name} · ${t('version', { n: data.version })}`} crumbs={[{ label: t('reports'), to: '/reports' }, { label: t('forms'), to: '/report-forms' }]}
        actions={data.mayEdit && !edit && <Button look="main" icon="edit" onClick={() => void go({ search: { edit: '1' } })}>{t('edit')}</Button>}>
        {edit && data.mayEdit ? <Editor key={data.version} text={data.text} version={data.version} unit={{ id: data.unit.id, name: data.unit.name, code: '', kind: '' }} fixed onSee={() => void go({ search: {} })} onDone={() => void go({ search: {} })} /> : <>
          <Shape form={data.form} />
          <Card title={t('versions')}><Facts items={data.versions.map((one) => [t('version', { n: one.version }), t('version.by', { at: format.dateTime(one.publishedAt), name: one.by ?? t('somebody') })] as const)} /></Card>
        </>}
      </Page>
    )}</Loaded>
  )
}

export function NewForm() {
  const t = useT(messages)
  const me = useMe()
  const navigate = useNavigate()
  const { from } = useSearch({ from: '/inside/report-forms/new' })
  const shipped = useQuery({ ...q.reports.forms.shipped.queryOptions(), enabled: Boolean(from) })
  const text = from ? shipped.data?.items.find((one) => one.code === from)?.text : ''
  return (
    <Allowed right="report.form">
      <Page title={t('new')} line={t('forms.line')} crumbs={[{ label: t('reports'), to: '/reports' }, { label: t('forms'), to: '/report-forms' }]}>
        {text !== undefined && <Editor text={text} version={0} unit={me?.unit ?? undefined} onDone={(formId) => void navigate({ to: '/report-forms/$formId', params: { formId } })} />}
      </Page>
    </Allowed>
  )
}

function Editor({ text: first, version, unit: owner, fixed, onSee, onDone }: { text: string; version: number; unit: UnitChoice | undefined; fixed?: boolean; onSee?: () => void; onDone: (formId: string) => void }) {
  const t = useT(messages)
  const pick = usePick()
  const [text, setText] = useState(first)
  const [unit, setUnit] = useState(owner)
  useEffect(() => { setUnit((was) => was ?? owner) }, [owner])
  const late = useDebounced(text, 400)
  const seen = useQuery({ queryKey: ['reports', 'form', late], queryFn: () => api.reports.forms.check({ text: late }), enabled: late.trim() !== '', placeholderData: keepPreviousData, staleTime: Infinity, gcTime: 0 })
  const order = useOrder(api.reports.forms.publish, ({ formId, version: now }) => { toast(t('published', { n: now })); void queries.invalidateQueries({ queryKey: q.reports.key() }); onDone(formId) })
  return (
    <div className="stack">
      <Card><div className="stack">
        {!fixed && <UnitField label={t('owner')} value={unit} onValue={setUnit} />}
        <TextArea label={t('source')} hint={t('source.hint')} className="input report-source" rows={24} spellCheck={false} autoCapitalize="none" value={text} onValue={setText} maxLength={MOST} />
        <div className="row"><PickFile small label={t('open')} accept=".yaml,.yml,.json" onFiles={([file]) => void file?.text().then(setText)} /></div>
        {seen.data && text.trim() !== '' && (seen.data.issues.length > 0 ? <FileProblems problems={seen.data.issues.map((one) => ({ line: one.line, note: one.severity === 'warning', message: t('at', { line: one.line, column: one.column, text: pick(one.message) }) }))} /> : <p role="status" className="soft">{t('ok', { n: seen.data.fields })}</p>)}
        <Refusal error={order.refused} />
        <div className="row">
          <Button look="main" icon="check" busy={order.busy} aria-disabled={!seen.data?.ok || !unit} onClick={() => { if (unit && seen.data?.ok) void order.give({ unitId: unit.id, text, expectedVersion: version }) }}>{version > 0 ? t('publish.next', { n: version + 1 }) : t('publish')}</Button>
          {onSee && <Button onClick={onSee}>{t('see')}</Button>}
        </div>
      </div></Card>
    </div>
  )
}

function Shape({ form }: { form: Form }) {
  const t = useT(messages)
  const pick = usePick()
  const labels = new Map(form.sections.flatMap(({ fields }) => fields.map((field) => [field.code, `“${pick(field.label)}”`])))
  return (
    <>
      {form.about && <p className="soft">{pick(form.about)}</p>}
      {form.sections.map((section, n) => (
        <Card key={n} title={pick(section.title)}><Facts items={section.fields.map((field) => [pick(field.label), [
          field.kind === 'number' ? t('k.of', { kind: field.unit ? pick(field.unit) : t('k.number'), up: t(`up.${field.up}`) }) : field.kind === 'choice' ? field.options.map((one) => pick(one.label)).join(' / ') : field.kind === 'table' ? `${t('k.table')}: ${field.columns.map((column) => pick(column.label)).join(', ')}` : t(`k.${field.kind}`),
          field.kind === 'number' && field.formula !== null && t('formula', { text: field.formula.replace(/\b[a-z]\w*\b/gi, (code) => labels.get(code) ?? code) }), field.required && t('required')].filter(Boolean).join(' · ')] as const)} /></Card>
      ))}
      {form.checks.length > 0 && <Card title={t('checks')}><Facts items={form.checks.map((check) => [t(check.severity), <>{pick(check.say)} <code className="small soft">{check.that}</code></>] as const)} /></Card>}
    </>
  )
}
