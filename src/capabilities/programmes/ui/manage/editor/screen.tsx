// A template edited as tables: a draft saved to the server, checked as it is typed, published as a version that never changes.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useBlocker, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { api, q, queries } from '../../../../../web/client.ts'
import { useFormat } from '../../../../../web/format.ts'
import { useLang, usePick, useT } from '../../../../../web/i18n.tsx'
import { Grid } from '../../../../../web/kit/grid.tsx'
import type { GridProblem } from '../../../../../web/kit/grid.tsx'
import { Allowed, Button, Card, Dialog, Editors, Icon, IconButton, Loaded, Menu, Page, Refusal, Tabs, saveText, toast, useConfirm } from '../../../../../web/kit/kit.ts'
import { useKeys } from '../../../../../web/keys.ts'
import { useOrder } from '../../../../../web/orders.ts'
import { useMe } from '../../../../../web/session.ts'
import { differences } from '../../../decide/merge.ts'
import { PARTS, fileOf, rowId } from '../../../decide/sheet.ts'
import type { Part, Problem, Row } from '../../../decide/sheet.ts'
import { plans } from '../words.ts'
import { useColumns } from './columns.ts'
import { CopyTemplate } from './copy.tsx'
import { sheetFrom, useDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { editor } from './messages.ts'
import { Against, ClashList, Differences, Head, Problems, TryDates } from './parts.tsx'

export function EditTemplate() {
  const { code } = useParams({ from: '/inside/templates/$code/edit' })
  const draft = useQuery({ ...q.programmes.drafts.get.queryOptions({ input: { code } }), staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false })
  const [first, setFirst] = useState<Draft>()
  useEffect(() => { if (draft.data?.text && !draft.isFetching) setFirst((was) => was ?? draft.data) }, [draft.data, draft.isFetching])
  return <Allowed right="template.import">{first ? <Editor code={code} first={first} /> : <Loaded query={draft}>{() => null}</Loaded>}</Allowed>
}

const blank = (): Row => ({ id: rowId(), cells: {} })
const twice = (row: Row): Row => ({ ...row, id: rowId(), cells: { ...row.cells, code: '' } })

function Editor({ code, first }: { code: string; first: Draft }) {
  const t = useT(editor)
  const tp = useT(plans)
  const pick = usePick()
  const { lang } = useLang()
  const { time, dateTime } = useFormat()
  const me = useMe()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const { tab = 'tasks' } = useSearch({ from: '/inside/templates/$code/edit' })
  const d = useDraft(code, first)
  const { sheet } = d
  const columns = useColumns(sheet)
  const [goTo, setGoTo] = useState<{ part: string; row: string; column: string }>()
  const [publishing, setPublishing] = useState(false)
  const [copying, setCopying] = useState(false)
  const templates = useQuery({ ...q.programmes.templates.list.queryOptions(), enabled: copying })
  const save = useOrder(api.programmes.drafts.save)
  const drop = useOrder(api.programmes.drafts.drop)
  const publish = useOrder(api.programmes.drafts.publish)
  const base = useQuery({ ...q.programmes.templates.export.queryOptions({ input: { code, version: d.newest, format: 'json' } }), staleTime: Infinity })
  const published = useMemo(() => (base.data ? sheetFrom(base.data.text) : undefined), [base.data])
  const changes = useMemo(() => (published ? differences(published, sheet) : []), [published, sheet])
  const choose = (id: string) => void navigate({ to: '/templates/$code/edit', params: { code }, search: { tab: id }, replace: true })
  const errors = d.problems.filter((one) => one.severity === 'error').length

  useBlocker({ disabled: !d.dirty, enableBeforeUnload: () => d.dirty, shouldBlockFn: async ({ next }) => !next.pathname.endsWith(`/templates/${code}/edit`) && !await confirm({ title: t('leave.title'), text: t('leave.text'), yes: t('leave.do') }) })

  const keepSaved = async (): Promise<number | undefined> => {
    const text = JSON.stringify(fileOf(sheet))
    const answer = await save.give({ code, expectedVersion: d.version, basedOn: d.basedOn, text })
    if (answer) { d.saved(answer.version, text); return answer.version }
    return undefined
  }
  const doSave = async () => { if (await keepSaved()) toast(t('saved')) }
  // Somebody saved before: both are put together here, and saved again once they were looked through.
  const changed = save.refused?.code === 'CHANGED'
  const { clear } = save
  const { takeOther } = d
  useEffect(() => { if (changed) { clear(); void takeOther().then(() => toast(t('merged'))) } }, [changed, clear, takeOther, t])
  useKeys(useMemo(() => ({ 'mod+s': () => { void doSave() } }), [sheet, d.version, d.basedOn])) // eslint-disable-line react-hooks/exhaustive-deps -- made anew with what it saves

  const askPublish = async () => {
    if (d.checking) { toast(t('problems.checking')); return }
    if ((d.dirty || !d.draft?.draft) && await keepSaved() === undefined) return
    setPublishing(true)
  }
  const doPublish = async () => {
    const answer = await publish.give({ code, expectedVersion: d.version })
    if (!answer) return
    setPublishing(false)
    d.forget()
    toast(answer.unchanged ? t('publish.same', { version: answer.version }) : t('published', { version: answer.version }))
    void queries.invalidateQueries({ queryKey: q.programmes.key() })
    void navigate({ to: '/templates/$code', params: { code }, search: { version: String(answer.version), tab: 'diff' } })
  }
  const doDrop = async () => {
    if (!await confirm({ title: t('drop.title'), text: t('drop.text'), yes: t('drop'), danger: true })) return
    if (!await drop.give({ code, expectedVersion: d.version })) return
    d.reset(await queries.fetchQuery({ ...q.programmes.drafts.get.queryOptions({ input: { code } }), staleTime: 0 }))
    toast(t('dropped'))
  }
  const yaml = async () => { const { yamlOf } = await import('../../../decide/version.ts'); saveText(`${code}-${t('yaml.draft')}.yaml`, yamlOf(fileOf(sheet))) }

  const byCell = useMemo(() => new Map<string, GridProblem>(d.problems.toReversed().map((one) => [`${one.row} ${one.column}`, { severity: one.severity, message: pick(one.message) }])), [d.problems, pick])
  const changedCells = useMemo(() => {
    const rows = new Map<string, string>(PARTS.flatMap((part) => sheet.parts[part].map((row) => [`${part} ${row.cells.code}`, row.id] as const)))
    return new Set(changes.flatMap((one) => { const row = rows.get(`${one.part} ${one.code}`); return row ? (one.kind === 'added' ? ['code'] : one.cells.map((cell) => cell.column)).map((column) => `${row} ${column}`) : [] }))
  }, [changes, sheet])
  const setRows = useMemo(() => Object.fromEntries(PARTS.map((part) => [part, (rows: Row[]) => d.setRows(part, rows)])) as Record<Part, (rows: Row[]) => void>, [d.setRows]) // eslint-disable-line react-hooks/exhaustive-deps -- one a part
  const onHead = useCallback((key: string, value: string) => d.change((was) => ({ ...was, head: { ...was.head, [key]: value } })), [d.change]) // eslint-disable-line react-hooks/exhaustive-deps -- stable
  const go = (one: Problem) => { choose(one.part); if (one.row) setGoTo({ part: one.part, row: one.row, column: one.column }) }
  const count = (part: Part | 'head') => { const n = d.problems.filter((one) => one.part === part && one.severity === 'error').length; return n > 0 ? `! ${n}` : part === 'head' ? undefined : sheet.parts[part].length }
  const takeTheirs = (at: number) => {
    const one = d.clashes[at]!
    d.change((was) => one.part === 'head' ? { ...was, head: { ...was.head, [one.column]: one.theirs } } : { ...was, parts: { ...was.parts, [one.part]: was.parts[one.part].map((row) => (row.cells.code === one.code ? { ...row, cells: { ...row.cells, [one.column]: one.theirs } } : row)) } })
    d.setClashes(d.clashes.filter((_, i) => i !== at))
  }
  const who = (by: { id: string; name: string | null } | null | undefined) => (by?.id === me?.id ? t('you') : by?.name ?? t('someone'))
  const line = [t('line', { version: d.newest + 1 }), d.dirty ? t('line.unsaved') : d.draft?.savedAt ? t('line.saved', { at: dateTime(d.draft.savedAt), who: who(d.draft.savedBy) }) : t('line.none')].join(' · ')
  const status = d.checking ? t('problems.checking') : errors > 0 ? t('problems', { errors }) : d.problems.length > 0 ? t('problems.warnings', { n: d.problems.length }) : t('problems.none')
  const name = (lang === 'vi' ? sheet.head['name.vi'] : sheet.head['name.en']) || sheet.head['name.vi'] || code
  const part = (id: Part, label: string) => ({ id, label, count: count(id)!, content: () => <Card flush><Grid key={id} label={label} columns={columns(id)} rows={sheet.parts[id]} onRows={setRows[id]} fresh={blank} double={twice} problems={byCell} changed={changedCells} undoable onUndo={d.undo} onRedo={d.redo} goTo={goTo?.part === id ? goTo : undefined} /></Card> })
  return (
    <Page title={t('title', { name })} line={line} crumbs={[{ label: tp('manage'), to: '/manage' }, { label: tp('title'), to: '/programmes', search: { tab: 'templates' } }, { label: code, to: '/templates/$code', params: { code } }]}
      actions={<>
        <Button icon="file" busy={save.busy} aria-disabled={!d.dirty} aria-keyshortcuts="Control+S" onClick={() => { if (d.dirty) void doSave() }}>{t('save')}</Button>
        <Button look="main" icon="upload" aria-disabled={errors > 0 || changes.length === 0} onClick={() => { if (errors > 0) toast(t('publish.wrong', { n: errors }), { look: 'bad' }); else if (changes.length === 0) toast(t('d.none', { version: d.newest })); else void askPublish() }}>{t('publish')}</Button>
        <Menu items={[{ label: t('yaml'), icon: 'download', run: () => void yaml() }, { label: t('copy'), icon: 'file', disabled: errors > 0, run: () => setCopying(true) }, 'line', { label: t('drop'), icon: 'close', danger: true, disabled: !d.draft?.draft && !d.dirty, run: () => void doDrop() }]}><IconButton icon="more" label={t('more')} /></Menu>
      </>}>
      <Editors kind="template" id={code} />
      <Refusal error={save.refused && !changed ? save.refused : drop.refused} />
      {d.restored && <div className="note" role="status"><Icon name="info" /><div className="row"><span>{t('kept')}</span><Button small onClick={() => void queries.fetchQuery({ ...q.programmes.drafts.get.queryOptions({ input: { code } }), staleTime: 0 }).then(d.reset)}>{t('kept.drop')}</Button></div></div>}
      {d.seen && <div className="note" role="alert"><Icon name="person" /><div className="row"><span>{d.seen.savedAt ? t('other', { who: who(d.seen.savedBy), at: time(d.seen.savedAt) }) : t('other.ended')}</span><Button small onClick={() => void d.takeOther().then((both) => { if (both) toast(t('merged')) })}>{t(d.dirty ? 'other.merge' : 'other.take')}</Button></div></div>}
      {d.basedOn < d.newest && !d.seen && <div className="note" role="alert"><Icon name="alert" /><div className="row"><span>{t('newer', { version: d.newest })}</span><Button small onClick={() => void d.takeNewest().then(() => toast(t('merged')))}>{t('newer.merge', { version: d.newest })}</Button></div></div>}
      <ClashList sheet={sheet} clashes={d.clashes} onTake={takeTheirs} onDone={() => d.setClashes([])} />
      <Problems sheet={sheet} problems={d.problems} status={<span className={errors > 0 ? 'bad' : 'soft'} role="status">{status}</span>} onGo={go} />
      <Tabs label={t('tabs')} chosen={tab} onChoose={choose} tabs={[
        part('tasks', t('p.tasks')), part('requirements', t('p.requirements')), part('milestones', t('p.milestones')), part('workstreams', t('p.workstreams')), part('classes', t('p.classes')), part('levels', t('p.levels')), part('agenda', t('p.agenda')),
        { id: 'head', label: t('head'), ...(count('head') ? { count: count('head')! } : {}), content: () => <Head sheet={sheet} onHead={onHead} countries={first.countries} problems={d.problems} /> },
        { id: 'dates', label: t('dates'), content: () => <TryDates text={d.text} sheet={sheet} wrong={errors > 0} /> },
        { id: 'differences', label: t('differences'), count: changes.length, content: () => <Against code={code} version={d.newest} sheet={sheet} /> },
      ]} />
      {copying && <CopyTemplate sheet={sheet} taken={templates.data?.items.map((one) => one.code) ?? [code]} onClose={() => setCopying(false)} />}
      <Dialog open={publishing} onClose={() => setPublishing(false)} size="lg" title={t('publish.title', { version: d.newest + 1 })} foot={<><Button look="main" busy={publish.busy} onClick={() => void doPublish()}>{t('publish.do', { version: d.newest + 1 })}</Button></>}>
        <div className="stack"><p>{t('publish.text')}</p><p><b>{t('publish.count', { n: changes.length, version: d.newest })}</b></p><Refusal error={publish.refused} />{published && <div className="editor-changes"><Differences from={published} to={sheet} /></div>}</div>
      </Dialog>
    </Page>
  )
}
