// Who is named or gets a copy: the office of a unit, or one account of it.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { DateField, SelectField, UnitField } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { addDays } from '../../../pure/calendar.ts'
import { useMay, useToday } from '../../../web/session.ts'
import { custodies } from './messages.ts'

type Holder = { unit: UnitChoice | undefined; setUnit: (unit: UnitChoice | undefined) => void; who: string; setWho: (who: string) => void; until: string | undefined; setUntil: (day: string | undefined) => void; dated: boolean; given: () => { personId: string } | { unitId: string } }
export function useHolder({ until: dated = false }: { until?: boolean }): Holder {
  const today = useToday()
  const [unit, setUnit] = useState<UnitChoice>()
  const [who, setWho] = useState('')
  const [until, setUntil] = useState<string | undefined>(dated ? addDays(today, 90) : undefined)
  return { unit, setUnit: (one) => { setUnit(one); setWho('') }, who, setWho, until, setUntil, dated, given: () => (who ? { personId: who } : { unitId: unit!.id }) }
}
export const isWhole = (holder: Holder): boolean => holder.unit !== undefined

export function HolderFields({ holder, tried }: { holder: Holder; tried: boolean }) {
  const t = useT(custodies)
  const { unit, setUnit, who, setWho, until, setUntil, dated } = holder
  const may = useMay('person.read')
  const found = useQuery({ ...q.people.list.queryOptions({ input: { unitId: unit?.id ?? '', limit: 100 } }), enabled: may && unit !== undefined })
  const people = (found.data?.items ?? []).filter((one) => one.unit?.id === unit?.id)
  return <>
    <UnitField label={t('reader.unit')} value={unit} onValue={setUnit} error={tried && !unit ? t('missing') : undefined} />
    {unit && <SelectField label={t('reader.who')} optional="quiet" value={who} onValue={setWho} empty={t('reader.office')} options={people.map((one) => ({ value: one.id, label: one.name ?? '…' }))} />}
    {dated && <DateField label={t('reader.until')} value={until} onValue={setUntil} error={tried && !until ? t('missing') : undefined} />}
  </>
}
