import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { api, q } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, Icon, LinkButton, Loaded, Page, SelectField, Tabs, saveText } from '../../../../web/kit/kit.ts'
import { useMay } from '../../../../web/session.ts'
import { History } from '../../../journals/ui/history.tsx'
import { useKind } from '../../../units/ui/messages.ts'
import type { Due, When } from '../../contract.ts'
import { editor } from './editor/messages.ts'
import { Versions } from './editor/parts.tsx'
import { plans } from './words.ts'

type Body = Awaited<ReturnType<typeof api.programmes.templates.get>>['body']
type Row<K extends 'tasks' | 'requirements' | 'milestones' | 'workstreams' | 'classes'> = Body[K][number]

/** One version, read only, as the tables that an office knows; the next one is edited as a draft (editor/screen.tsx), or imported as a file. */
export function OneTemplate() {
  const t = useT(plans)
  const pick = usePick()
  const { date } = useFormat()
  const { code } = useParams({ from: '/inside/templates/$code' })
  const search = useSearch({ from: '/inside/templates/$code' })
  const navigate = useNavigate()
  const te = useT(editor)
  const [may, mayEdit, mayCascade] = [useMay('programme.create'), useMay('template.import'), useMay('programme.cascade')]
  const programmes = useQuery({ ...q.programmes.programmes.list.queryOptions(), enabled: mayCascade })
  const list = useQuery(q.programmes.templates.list.queryOptions())
  const known = list.data?.items.find((one) => one.code === code)
  const version = Number(search.version) || known?.versions[0]?.version
  const body = useQuery({ ...q.programmes.templates.get.queryOptions({ input: { code, version: version ?? 1 } }), enabled: list.isError || version !== undefined || (list.isSuccess && !known) })
  const go = (change: Partial<typeof search>) => void navigate({ to: '/templates/$code', params: { code }, search: { ...search, ...change }, replace: true })
  const save = async () => { const file = await api.programmes.templates.export({ code, version: version ?? 1, format: 'yaml' }); saveText(file.name, file.text) }
  const behind = programmes.data?.items.filter((one) => one.template.code === code && one.template.version < one.template.newest) ?? []
  const versions = known?.versions.map((one) => ({ value: String(one.version), label: `${t('version', { version: one.version })} · ${date(one.importedAt)}` })) ?? []
  return (
    <Loaded query={body}>{(data) => (
      <Page title={pick(data.body.name)} line={`${code} · ${t('version', { version: data.version })} · ${t('imported').toLowerCase()} ${date(data.importedAt)}`} crumbs={[{ label: t('manage'), to: '/manage' }, { label: t('title'), to: '/programmes', search: { tab: 'templates' } }]}
        actions={<>{mayEdit && known && <LinkButton icon="edit" to="/templates/$code/edit" params={{ code }}>{te('edit')}</LinkButton>}{may && <LinkButton look="main" icon="plus" to="/programmes/new" search={{ template: code }}>{t('p.new')}</LinkButton>}<Button icon="download" onClick={() => void save()}>{t('export')}</Button></>}>
        {versions.length > 1 && <div className="field-row"><SelectField label={t('version', { version: '' })} value={String(data.version)} onValue={(next) => go({ version: next })} options={versions} optional="quiet" /></div>}
        {behind.length > 0 && data.version === known?.versions[0]?.version && <div className="note"><Icon name="info" /><div className="stack tight"><b>{te('follow')}</b><ul className="lines">{behind.map((one) => <li key={one.id}><Link to="/programmes/$code" params={{ code: one.code }} search={{ tab: 'upgrade' }}>{pick(one.name)}</Link> <span className="soft">{one.code} · {t('version', { version: one.template.version })}</span></li>)}</ul></div></div>}
        <Parts body={data.body} chosen={search.tab ?? 'tasks'} onChoose={(tab) => go({ tab })} diff={() => <Diff code={code} versions={versions} to={data.version} from={Number(search.from) || data.version - 1} onFrom={(from) => go({ from })} />} />
      </Page>
    )}</Loaded>
  )
}

function Parts({ body, chosen, onChoose, diff }: { body: Body; chosen: string; onChoose: (id: string) => void; diff: () => React.ReactNode }) {
  const t = useT(plans)
  const pick = usePick()
  const kind = useKind()
  const { day } = useFormat()
  const stream = (code: string) => pick(body.workstreams.find((one) => one.code === code)?.name)
  const milestone = (code: string) => pick(body.milestones.find((one) => one.code === code)?.name)
  const levels = (list: readonly string[] | null) => (list ? list.map(kind).join(', ') : t('levels.all'))
  const shift = (n: number) => (n === 0 ? t('day.n') : n < 0 ? t('day.before', { n: -n }) : t('day.after', { n }))
  const when = (rule: When | Due): string => {
    const at = rule.time ? ` ${rule.time}` : ''
    if ('milestone' in rule) return t('more', { name: milestone(rule.milestone), shift: `${rule.day ? (rule.day > 0 ? `+${rule.day}` : `−${-rule.day}`) : ''}${at}` }).trim()
    if ('child' in rule) return t('child', { name: milestone(rule.child) })
    if ('on' in rule) return `${day(rule.on)}${at}`
    if ('day' in rule) return `${shift(rule.day ?? 0)}${at}`
    const n = rule.working ?? 0
    return `${n < 0 ? t('working.before', { n: -n }) : t('working', { n })}${at}`
  }
  return (
    <Tabs label={t('template')} chosen={chosen} onChoose={onChoose} tabs={[
      { id: 'tasks', label: t('s.tasks'), count: body.tasks.length, content: () => (
        <Card flush><DataTable<Row<'tasks'>> caption={t('s.tasks')} rows={body.tasks} rowKey={(one) => one.code} columns={[
          { id: 'name', head: t('name'), as: 'name', text: (one) => [pick(one.name), one.code, one.to && `${t('to')} ${levels(one.to)}`, one.product && pick(one.product)].filter(Boolean).join(' · '), cell: (one) => <>{pick(one.name)}<small>{[one.code, one.to && `${t('to')} ${levels(one.to)}`, one.product && pick(one.product)].filter(Boolean).join(' · ')}<span className="from-only-narrow">{[stream(one.workstream), when(one.due)].join(' · ')}</span></small></> },
          { id: 'stream', head: t('stream'), from: 'middle', text: (one) => stream(one.workstream), cell: (one) => stream(one.workstream) }, { id: 'due', head: t('due'), from: 'middle', text: (one) => when(one.due), cell: (one) => when(one.due) }, { id: 'levels', head: t('levels'), from: 'wide', text: (one) => levels(one.levels), cell: (one) => <span className="soft">{levels(one.levels)}</span> },
        ]} /></Card>) },
      { id: 'requirements', label: t('s.requirements'), count: body.requirements.length, content: () => (
        <Card flush><DataTable<Row<'requirements'>> caption={t('s.requirements')} rows={body.requirements} rowKey={(one) => one.code} columns={[
          { id: 'name', head: t('name'), as: 'name', text: (one) => [pick(one.name), one.code, one.holds && pick(one.holds)].filter(Boolean).join(' · '), cell: (one) => <>{pick(one.name)}<small>{[one.code, one.holds && pick(one.holds)].filter(Boolean).join(' · ')}</small></> },
          { id: 'by', head: t('by'), from: 'narrow', text: (one) => milestone(one.by), cell: (one) => milestone(one.by) }, { id: 'levels', head: t('levels'), from: 'wide', text: (one) => levels(one.levels), cell: (one) => <span className="soft">{levels(one.levels)}</span> },
        ]} /></Card>) },
      { id: 'milestones', label: t('s.milestones'), count: body.milestones.length, content: () => (
        <Card flush><DataTable<Row<'milestones'>> caption={t('s.milestones')} rows={body.milestones} rowKey={(one) => one.code} columns={[
          { id: 'name', head: t('name'), as: 'name', cell: (one) => <>{pick(one.name)}<small>{one.code}</small></> }, { id: 'when', head: t('when'), as: 'number', cell: (one) => when(one.when) },
        ]} /></Card>) },
      { id: 'streams', label: t('s.streams'), content: () => (
        <div className="two">
          <Card title={t('stream')} flush><DataTable<Row<'workstreams'>> caption={t('stream')} rows={body.workstreams} rowKey={(one) => one.code} columns={[
            { id: 'name', head: t('name'), as: 'name', cell: (one) => pick(one.name) }, { id: 'n', head: t('tasks'), as: 'number', cell: (one) => body.tasks.filter((task) => task.workstream === one.code).length },
          ]} /></Card>
          <Card title={t('class')} flush><DataTable<Row<'classes'>> caption={t('class')} rows={body.classes} rowKey={(one) => one.code} columns={[
            { id: 'name', head: t('name'), as: 'name', cell: (one) => <>{pick(one.name)}<small>{[one.when && pick(one.when), one.kinds.map(kind).join(', ')].filter(Boolean).join(' · ')}</small></> }, { id: 'n', head: t('tasks'), as: 'number', cell: (one) => one.tasks.length },
          ]} /></Card>
        </div>) },
      { id: 'diff', label: t('s.diff'), content: diff },
      { id: 'history', label: t('history'), content: () => <Card flush><History subject={`template:${body.code}`} /></Card> },
    ]} />
  )
}

function Diff({ code, versions, to, from, onFrom }: { code: string; versions: readonly { value: string; label: string }[]; to: number; from: number; onFrom: (from: string) => void }) {
  const t = useT(plans)
  const others = versions.filter((one) => Number(one.value) !== to)
  const base = others.some((one) => Number(one.value) === from) ? from : Number(others[0]?.value)
  if (others.length === 0) return <Card><EmptyState icon="swap" title={t('diff.one')} /></Card>
  return (
    <div className="stack">
      <div className="field-row"><SelectField label={t('from')} value={String(base)} onValue={onFrom} options={others} optional="quiet" /></div>
      <Versions code={code} from={base} to={to} none={t('diff.none')} />
    </div>
  )
}
