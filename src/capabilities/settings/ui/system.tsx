// How the system is, the copies made here, and the jobs behind it.
import { Fragment, useState } from 'react'
import type { ReactNode } from 'react'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, q, queries, refusalOf, url } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, DataTable, EmptyState, Facts, Icon, Loaded, Page, Refusal, Tabs, listProps, listRows, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { Prove } from '../../people/ui/prove.tsx'
import { Running } from '../../programmes/ui/manage/run.tsx'
import { system } from './messages.ts'

type Health = Awaited<ReturnType<typeof api.settings.health>>
type Backup = Awaited<ReturnType<typeof api.settings.backups>>['items'][number]
const GIB = 1024 ** 3
const DAY = 86_400_000
const reload = () => queries.invalidateQueries({ queryKey: q.settings.key() })

export function System() {
  const t = useT(system)
  const { dateTime } = useFormat()
  const navigate = useNavigate()
  const { tab = 'health' } = useSearch({ from: '/inside/manage/system' })
  const health = useQuery({ ...q.settings.health.queryOptions({ input: {} }), staleTime: 5000, refetchInterval: 30_000 })
  return (
    <Allowed right="installation.manage">
      <Page title={t('title')} line={health.data ? t('line', { version: health.data.program, since: dateTime(health.data.startedAt) }) : '…'} crumbs={[{ label: t('manage'), to: '/manage' as '/' }]}
        actions={<Button icon="refresh" busy={health.isFetching} onClick={() => void health.refetch()}>{t('refresh')}</Button>}>
        <Loaded query={health}>{(data) => (
          <Tabs label={t('tabs')} chosen={tab} onChoose={(id) => void navigate({ to: '/manage/system', search: { tab: id }, replace: true })} tabs={[
            { id: 'health', label: t('tab.health'), content: () => <Shown health={data} /> },
            { id: 'backups', label: t('tab.backups'), content: () => <Backups health={data} /> },
            { id: 'jobs', label: t('tab.jobs'), ...(data.jobs.failed > 0 ? { count: data.jobs.failed } : {}), content: () => <Jobs health={data} /> },
          ]} />
        )}</Loaded>
      </Page>
    </Allowed>
  )
}

function useBytes(): (n: number) => string {
  const { bytes, number } = useFormat()
  return (n) => (n < GIB ? bytes(n) : `${number(Math.round((n / GIB) * 10) / 10)} GB`)
}

/** By word and shape, not by colour alone. */
const State = ({ ok, children }: { ok: boolean; children: ReactNode }) => <span className={ok ? 'told' : 'told bad'}><Icon name={ok ? 'check' : 'alert'} size={16} /><span>{children}</span></span>

/** What an administrator should look at, by the names of the cards. */
function wrong(health: Health, t: ReturnType<typeof useT<typeof system.vi>>): string[] {
  const { journal, storage, jobs, followers, mail, backups } = health
  return [
    ...((journal.verified?.broken ?? 0) > 0 ? [t('w.journal')] : []), ...(storage.disk && storage.disk.free < storage.disk.total / 10 ? [t('w.disk')] : []), ...(storage.blobs.lost.length > 0 || storage.blobs.damaged > 0 ? [t('w.files')] : []), ...(jobs.failed > 0 ? [t('w.jobs', { count: jobs.failed })] : []),
    ...(followers.some((one) => one.failures > 3 || one.behind > 10_000) ? [t('w.followers')] : []), ...(mail.answers === false ? [t('w.mail')] : []),
    ...(!backups.last || Date.parse(health.asOf) - Date.parse(backups.last) > 7 * DAY ? [t('w.backups')] : []),
  ]
}

function Shown({ health }: { health: Health }) {
  const t = useT(system)
  const bytes = useBytes()
  const { number, day, dateTime, ago } = useFormat()
  const [job, setJob] = useState<string>()
  const verify = useMutation({ mutationFn: () => api.settings.verifyJournal({}), onSuccess: ({ jobId }) => setJob(jobId) })
  const { database, journal, storage, mail, followers } = health
  const found = wrong(health, t)
  const verified = journal.verified
  return (
    <div className="stack">
      <p className={`note${found.length > 0 ? ' bad' : ''}`}><Icon name={found.length > 0 ? 'alert' : 'check'} /><span>{found.length > 0 ? t('all.look', { list: found.join('; ') }) : t('all.ok')}</span></p>
      <div className="two">
        <Card title={t('journal')}>
          <div className="stack">
            <Facts items={[
              [t('j.verified'), verified ? <><State ok={verified.broken === 0}>{verified.broken === 0 ? t('j.whole', { lines: number(verified.lines) }) : t('j.broken', { count: number(verified.broken), first: verified.first ?? '…' })}</State><span className="soft small">{t('j.by', { at: dateTime(verified.at), by: verified.by.name ?? '…' })}</span></> : t('never')],
              [t('j.anchor'), journal.anchor ? <span title={journal.anchor.hash}>{t('j.anchor.text', { day: day(journal.anchor.day), count: number(journal.anchor.streams) })}</span> : t('never')],
              [t('j.lines'), number(journal.lines)], [t('j.last'), journal.lastAt ? ago(journal.lastAt) : t('never')],
            ]} />
            <Refusal error={verify.error} />
            <div className="row"><Button icon="shield" busy={verify.isPending || job !== undefined} onClick={() => verify.mutate()}>{t('j.do')}</Button></div>
            {job && <Running job={job} total={journal.lines} label={t('j.running')} onEnd={({ failed }) => { setJob(undefined); toast(t(failed === null ? 'j.done' : 'j.failed'), failed === null ? {} : { look: 'bad' }); void reload() }} />}
          </div>
        </Card>
        <Card title={t('storage')}><Facts items={[
          [t('db'), t(database.own ? 'db.own' : 'db.outer', { version: database.version.split(' ')[0]! })], [t('size'), bytes(database.bytes)], 
          [t('blobs'), <Fragment key="b"><span>{t('blobs.text', { count: number(storage.blobs.count), bytes: bytes(storage.blobs.bytes) })}</span>{storage.blobs.lost.map((one) => <State key={one.key} ok={false}>{t('blobs.lost', { count: number(one.count), key: one.key })}</State>)}
            {storage.blobs.damaged > 0 && <State ok={false}>{t('blobs.damaged', { count: number(storage.blobs.damaged) })}</State>}{storage.blobs.lost.length === 0 && storage.blobs.damaged === 0 && <span className="soft small"> · {t('blobs.sealed')}</span>}</Fragment>],
          [t('disk'), storage.disk ? <State ok={storage.disk.free >= storage.disk.total / 10}>{t('disk.text', { free: bytes(storage.disk.free), total: bytes(storage.disk.total) })}</State> : t('unknown')], [t('folder'), <code key="f" className="hash">{storage.data}</code>],
          [t('mail'), mail.on ? <><State ok={mail.answers !== false}>{t(mail.answers ? 'mail.ok' : 'mail.away')}</State>{Boolean(mail.waiting) && <span className="soft small">{t('mail.waiting', { count: number(mail.waiting!) })}</span>}</> : t('mail.off')],
          [t('live'), number(health.live)], [t('program'), `${health.program} · Node ${health.node.replace('v', '')}`],
        ]} /></Card>
      </div>
      <Card title={t('followers')} flush>
        <div className="card-body"><p className="soft">{t('f.text')}</p></div>
        <DataTable caption={t('followers')} rows={followers} rowKey={(one) => one.name} columns={[
          { id: 'name', head: t('f.name'), as: 'name', cell: (one) => <code className="hash">{one.name}</code> },
          { id: 'behind', head: t('f.behind'), cell: (one) => <State ok={one.behind <= 10_000}>{one.behind === 0 ? t('f.none') : t('f.lines', { count: one.behind > 10_000 ? '10.000+' : number(one.behind) })}</State> },
          { id: 'failures', head: t('f.failures'), as: 'number', from: 'narrow', cell: (one) => number(one.failures) }, { id: 'last', head: t('f.last'), from: 'narrow', cell: (one) => <span className="soft">{one.lastAt ? ago(one.lastAt) : t('unknown')}</span> },
        ]} />
      </Card>
    </div>
  )
}

function Backups({ health }: { health: Health }) {
  const t = useT(system)
  const bytes = useBytes()
  const { number, dateTime } = useFormat()
  const [job, setJob] = useState<string>()
  const [getting, setGetting] = useState<Backup>()
  const [dropping, setDropping] = useState<Backup>()
  const confirm = useConfirm()
  const drop = useOrder(api.settings.deleteBackup, ({ name }) => { toast(t('b.deleted', { name })); void reload() })
  const askDrop = async (one: Backup) => { if (await confirm({ title: t('b.delete.title', { at: dateTime(one.at) }), text: t('b.delete.text', { name: one.name, at: dateTime(one.at), size: bytes(one.bytes) }), yes: t('b.delete.do'), danger: true })) setDropping(one) }
  const list = useInfiniteQuery(q.settings.backups.infiniteOptions({
    input: (cursor: string | undefined) => ({ limit: 20, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }))
  const make = useMutation({ mutationFn: () => api.settings.backUp({}), onSuccess: ({ jobId }) => setJob(jobId) })
  const get = () => {
    // A browser saves what is answered as an attachment: nothing of it is held in the page.
    location.assign(url(`api/v1/settings/backups/${getting!.id}/download`))
    setGetting(undefined)
  }
  return (
    <div className="stack">
      <Card title={t('tab.backups')} side={<Button look="main" small busy={make.isPending || job !== undefined} onClick={() => make.mutate()}>{t('b.do')}</Button>}>
        <div className="stack">
          <p className="soft">{t('b.text')}</p>
          {health.backups.sameDisk && <p className="note"><Icon name="alert" /><span>{t('b.same')}</span></p>}
          <Facts items={[[t('b.folder'), <code key="f" className="hash">{health.backups.folder}</code>]]} />
          <Refusal error={make.error} />
          {job && <Running job={job} total={1} label={t('b.running')} onEnd={({ failed }) => { setJob(undefined); toast(t(failed === null ? 'b.done' : 'b.failed'), failed === null ? {} : { look: 'bad' }); void reload() }} />}
        </div>
      </Card>
      <Card flush>
        <DataTable caption={t('tab.backups')} rows={listRows(list)} rowKey={(one) => one.id} {...listProps(list)} empty={<EmptyState icon="inbox" title={t('b.none')}>{t('b.none.text')}</EmptyState>} columns={[
          { id: 'at', head: t('b.at'), as: 'name', text: (one) => [dateTime(one.at), one.by.name ?? '…', t('b.contents', { lines: number(one.lines), files: number(one.files) })].join(' · '), cell: (one) => <>{dateTime(one.at)}<small>{[one.by.name ?? '…', bytes(one.bytes), t('b.contents', { lines: number(one.lines), files: number(one.files) })].join(' · ')}</small></> },
          { id: 'size', head: t('b.size'), as: 'number', width: '110px', from: 'narrow', text: (one) => bytes(one.bytes), cell: (one) => bytes(one.bytes) },
          { id: 'get', head: t('b.get'), width: '110px', cell: (one) => (
            <div className="row">
              {one.there ? <Button small look="quiet" aria-label={t('b.get.one', { name: one.name })} onClick={() => setGetting(one)}>{t('b.get')}</Button> : <span className="faint small">{t('b.gone')}</span>}
              <Button small look="quiet" aria-label={t('b.delete.one', { name: one.name })} busy={drop.busy} onClick={() => void askDrop(one)}>{t('b.delete')}</Button>
            </div>
          ) },
        ]} />
        <Refusal error={drop.refused} />
      </Card>
      {dropping && <Prove text={t('b.prove')} onProved={() => { void drop.give({ backupId: dropping.id }); setDropping(undefined) }} onClose={() => setDropping(undefined)} />}
      {getting && <Prove text={t('b.prove')} onProved={get} onClose={() => setGetting(undefined)} />}
    </div>
  )
}

function Jobs({ health }: { health: Health }) {
  const t = useT(system)
  const { dateTime, number } = useFormat()
  const { jobs } = health
  const retry = async (id: string) => {
    try { await api.settings.retryJob({ jobId: id }); toast(t('q.retried')); void reload() } catch (error) { toast(refusalOf(error).message, { look: 'bad' }) }
  }
  return (
    <Card title={t('q.count', { waiting: number(jobs.waiting), running: number(jobs.running), failed: number(jobs.failed) })} flush>
      {jobs.failed > 0 && <div className="card-body"><p className="soft">{t('q.text')}</p></div>}
      <DataTable caption={t('tab.jobs')} rows={jobs.listed} rowKey={(one) => one.id} empty={<EmptyState icon="check" title={t('q.none')} />} columns={[
        { id: 'name', head: t('q.name'), as: 'name', cell: (one) => <><code className="hash">{one.name}</code><small>{dateTime(one.at)}</small></> },
        { id: 'state', head: t('q.state'), cell: (one) => <State ok={one.state !== 'failed'}>{t(`q.${one.state}`)}</State> },
        { id: 'tries', head: t('q.tries'), as: 'number', from: 'narrow', cell: (one) => `${one.attempts}/${one.most}` },
        { id: 'retry', head: t('q.retry'), width: '120px', cell: (one) => one.state === 'failed' ? <Button small look="quiet" icon="refresh" aria-label={t('q.retry.one', { name: one.name })} onClick={() => void retry(one.id)}>{t('q.retry')}</Button> : null },
      ]} />
    </Card>
  )
}
