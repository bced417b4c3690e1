import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { q, url } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DateField, Filters, Page, SelectField, UnitField, toast } from '../../../web/kit/kit.ts'
import { useMay, useToday } from '../../../web/session.ts'
import { Lines } from './history.tsx'
import { beginnings, kindAsked, kinds } from '../contract/kinds.ts'
import type { Kind } from '../contract/kinds.ts'
import { journals } from './messages.ts'
import { Verify } from './verify.tsx'

/** A civil day of the reader as the instants between which it lies. */
const dayStart = (on: string) => new Date(`${on}T00:00:00`).toISOString()
const dayEnd = (on: string) => { const day = new Date(`${on}T00:00:00`); day.setDate(day.getDate() + 1); return day.toISOString() }

export function Journal() {
  const t = useT(journals)
  const today = useToday()
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/journal' })
  const [verifying, setVerifying] = useState(false)
  const [mayVerify, mayExport] = [useMay('journal.verify'), useMay('journal.export')]
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: search.unit ?? '' } }), enabled: Boolean(search.unit) })
  const set = (change: Partial<Record<keyof typeof search, string | undefined>>) =>
    void navigate({ to: '/journal', search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)), replace: true })
  const filter = {
    ...(search.unit ? { unitId: search.unit } : {}), ...(search.actor ? { actorId: search.actor } : {}), ...(search.type ? { type: search.type } : {}),
    ...(search.from ? { from: dayStart(search.from) } : {}), ...(search.until ? { until: dayEnd(search.until) } : {}),
  }
  const paging = { initialPageParam: undefined as string | undefined, getNextPageParam: (page: { next: string | null }) => page.next ?? undefined }
  const some = useInfiniteQuery({ ...q.journals.activity.infiniteOptions({ input: (cursor: string | undefined) => ({ ...filter, limit: 50, ...(cursor ? { cursor } : {}) }), ...paging }), enabled: !search.subject })
  const one = useInfiniteQuery({ ...q.journals.history.infiniteOptions({ input: (cursor: string | undefined) => ({ subject: search.subject ?? 'none:0', limit: 50, ...(cursor ? { cursor } : {}) }), ...paging }), enabled: Boolean(search.subject) })
  const list = search.subject ? one : some

  const save = () => {
    const query = new URLSearchParams(Object.entries(search.subject ? { subject: search.subject } : filter))
    const link = Object.assign(document.createElement('a'), { href: url(`api/v1/journal/export?${query}`), download: '' })
    link.click()
    toast(t('export.ready'))
  }
  return (
    <Page title={t('title')} line={search.subject ? t('subject.line') : t('line')} actions={<>
      {mayVerify && <Button icon="shield" onClick={() => setVerifying(true)}>{t('verify')}</Button>}
      {mayExport && <Button icon="download" title={t('export.text')} onClick={save}>{t('export')}</Button>}
    </>}>
      {search.subject ? <div className="row"><Button icon="back" onClick={() => set({ subject: undefined })}>{t('all')}</Button><code className="secret">{search.subject}</code></div> : (
        <Filters on={Object.keys(search).length} onClear={() => void navigate({ to: '/journal', search: {} })}>
          <UnitField label={t('unit')} optional="quiet" value={search.unit && unit.data ? unit.data : undefined} onValue={(next) => set({ unit: next?.id })} />
          <SelectField label={t('type')} optional="quiet" value={kindAsked(search.type) ?? ''} onValue={(kind) => set({ type: kind ? beginnings(kind as Kind) : undefined })} empty={t('type.all')} options={kinds.map((kind) => ({ value: kind, label: t(`type.${kind}`) }))} />
          <DateField label={t('from')} optional="quiet" value={search.from} onValue={(from) => set({ from })} max={today} />
          <DateField label={t('until')} optional="quiet" value={search.until} onValue={(until) => set({ until })} max={today} />
        </Filters>
      )}
      <Card flush><Lines key={search.subject ?? ''} list={list} onSubject={(subject) => set({ subject })} subject={search.subject} narrowed={Object.keys(search).length > 0} /></Card>
      {verifying && <Verify onClose={() => setVerifying(false)} />}
    </Page>
  )
}
