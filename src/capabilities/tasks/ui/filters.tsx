// The less common conditions of the list: whose tasks, of which workstream, due when. They stand in the address, so a saved view has them.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, DateField, SelectField, UnitField } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { tasks as messages } from './messages.ts'

type Search = Record<string, string | undefined>
export const useWorkstreams = () => useQuery({ ...q.tasks.workstreams.queryOptions(), staleTime: 600_000 })

export function MoreFilters({ search, unit, set }: { search: Search; unit: UnitChoice | undefined; set: (more: Search) => void }) {
  const t = useT(messages)
  const on = ['unit', 'stream', 'from', 'until', 'event'].filter((one) => search[one]).length
  const [opened, setOpen] = useState(false)
  const open = opened || on > 0
  const streams = useWorkstreams().data?.items ?? []
  const code = search['stream']
  return (
    <>
      {!open && <Button icon="filter" aria-expanded={false} onClick={() => setOpen(true)}>{t('filter.more')}</Button>}
      {open && <>
        <UnitField label={t('filter.unit')} right="task.read" value={search['unit'] ? unit ?? { id: search['unit'], code: '', name: '…', kind: '' } : undefined} onValue={(one) => set({ unit: one?.id, scope: undefined })} />
        <SelectField label={t('filter.stream')} value={code ?? ''} onValue={(value) => set({ stream: value || undefined })} empty={t('filter.stream.all')} options={[...streams, ...(code && !streams.some((one) => one.code === code) ? [{ code, name: code }] : [])].map((one) => ({ value: one.code, label: one.name }))} />
        <DateField label={t('filter.from')} value={search['from']} onValue={(from) => { if (from !== search['from']) set({ from }) }} {...(search['until'] ? { max: search['until'] } : {})} />
        <DateField label={t('filter.until')} value={search['until']} onValue={(until) => { if (until !== search['until']) set({ until }) }} {...(search['from'] ? { min: search['from'] } : {})} />
        {on > 0 && <Button look="quiet" icon="close" onClick={() => { setOpen(false); set({ unit: undefined, stream: undefined, from: undefined, until: undefined, event: undefined }) }}>{t('filter.clear')}</Button>}
      </>}
    </>
  )
}
