// One form: what it asks, its versions; edited as a table, and published as a version that never changes.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useSearch } from '@tanstack/react-router'
import { api, q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, Facts, LinkButton, Loaded, Page } from '../../../web/kit/kit.ts'
import { useMay, useMe } from '../../../web/session.ts'
import type { Form } from '../contract/form.ts'
import { EMPTY_FORM } from '../decide/form-sheet.ts'
import { asking as messages } from './ask-messages.ts'
import { editor } from './editor/messages.ts'
import { FormEditor } from './editor/screen.tsx'
import './reports.css'

const route = getRouteApi('/inside/report-forms/$formId')

export function OneForm() {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const { formId } = route.useParams()
  const { edit, tab = 'fields' } = route.useSearch()
  const go = route.useNavigate()
  const mayAsk = useMay('report.ask')
  const found = useQuery(q.reports.forms.get.queryOptions({ input: { formId } }))
  return (
    <Loaded query={found} lines={8}>{(data) => (
      <Page title={pick(data.form.name)} line={`${data.unit.name} · ${t('version', { n: data.version })}`} crumbs={[{ label: t('reports'), to: '/reports' }, { label: t('forms'), to: '/report-forms' }]}
        actions={!edit && <>
          {mayAsk && <LinkButton look="main" icon="plus" to="/reports/ask" search={{ form: data.id }}>{t('ask.this')}</LinkButton>}
          {data.mayEdit && <Button icon="edit" onClick={() => void go({ search: { edit: '1' } })}>{t('edit')}</Button>}
        </>}>
        {edit && data.mayEdit ? <FormEditor key={data.version} form={data.form} version={data.version} of={data.id} unit={{ id: data.unit.id, name: data.unit.name, code: '', kind: '' }} tab={tab} onTab={(id) => void go({ search: { edit: '1', tab: id }, replace: true })} onClose={() => void go({ search: {} })} onDone={() => void go({ search: {} })} /> : <>
          <Shape form={data.form} />
          <Card title={t('versions')}><Facts items={data.versions.map((one) => [t('version', { n: one.version }), t('version.by', { at: format.dateTime(one.publishedAt), name: one.by ?? t('somebody') })] as const)} /></Card>
        </>}
      </Page>
    )}</Loaded>
  )
}

export function NewForm() {
  const t = useT(messages)
  const te = useT(editor)
  const pick = usePick()
  const me = useMe()
  const navigate = useNavigate()
  const { from, tab = 'fields' } = useSearch({ from: '/inside/report-forms/new' })
  const shipped = useQuery(q.reports.forms.shipped.queryOptions())
  const text = from ? shipped.data?.items.find((one) => one.code === from)?.text : undefined
  const read = useQuery({ queryKey: ['reports', 'form', text], queryFn: () => api.reports.forms.check({ text: text! }), enabled: text !== undefined, staleTime: Infinity })
  const form = from === 'empty' ? EMPTY_FORM : read.data?.form
  return (
    <Allowed right="report.form">
      <Page title={t('new')} line={t('forms.line')} crumbs={[{ label: t('reports'), to: '/reports' }, { label: t('forms'), to: '/report-forms' }]}>
        {from ? form && <FormEditor key={from} form={form} version={0} of={`new.${from}`} unit={me?.unit ?? undefined} tab={tab} onTab={(id) => void navigate({ to: '/report-forms/new', search: { from, tab: id }, replace: true })} onDone={(formId) => void navigate({ to: '/report-forms/$formId', params: { formId } })} /> : (
          <Card title={te('begin')}><ul className="stack">
            <li className="row between"><span>{te('begin.empty')} <small className="soft">{te('begin.empty.text')}</small></span><LinkButton small to="/report-forms/new" search={{ from: 'empty' }}>{t('shipped.use')}<span className="hidden-visually">: {te('begin.empty')}</span></LinkButton></li>
            {(shipped.data?.items ?? []).map((one) => <li key={one.code} className="row between"><span>{pick(one.name)}</span><LinkButton small to="/report-forms/new" search={{ from: one.code }}>{t('shipped.use')}<span className="hidden-visually">: {pick(one.name)}</span></LinkButton></li>)}
          </ul></Card>
        )}
      </Page>
    </Allowed>
  )
}

function Shape({ form }: { form: Form }) {
  const t = useT(messages)
  const pick = usePick()
  const te = useT(editor)
  const usual = (due: NonNullable<Form['due']>) => [te(`every.${due.every}`), due.every === 'week' ? te(`wd.${due.weekday as 1}`) : due.every === 'month' ? t('usual.day', { n: due.day }) : '', due.hour].filter(Boolean).join(', ')
  const labels = new Map(form.sections.flatMap(({ fields }) => fields.map((field) => [field.code, `“${pick(field.label)}”`])))
  return (
    <>
      {form.due && <p className="soft">{t('usual', { when: usual(form.due) })}</p>}
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
