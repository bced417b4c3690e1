// What the screens about people share: finding a person, roles that may be given, dates of a role.
import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { q, queries } from '../../../../web/client.ts'
import type { api } from '../../../../web/client.ts'
import { useLang, useT } from '../../../../web/i18n.tsx'
import { ChoiceField, DateField, TextField, useDebounced } from '../../../../web/kit/kit.ts'
import { useMe } from '../../../../web/session.ts'
import { ROLES, roleNames } from '../../contract/roles.ts'
import type { Role } from '../../contract/roles.ts'
import { people } from '../messages.ts'
import { staff } from './messages.ts'

export type Grant = Awaited<ReturnType<typeof api.people.grants>>['items'][number]
export type Person = Awaited<ReturnType<typeof api.people.list>>['items'][number]
export type Slips = Awaited<ReturnType<typeof api.people.issueSlip>>

export const reload = () => queries.invalidateQueries({ queryKey: q.people.key() })
export const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString()
/** The role holds through that day, where the person sits. */
export const endOf = (day: string): string => { const end = new Date(`${day}T00:00:00`); end.setDate(end.getDate() + 1); return end.toISOString() }

/** Roles of which I hold every right; whether at that unit, the server decides. */
export function useRoles(): { value: Role; label: string; hint: string }[] {
  const t = useT(people)
  const me = useMe()
  const { lang } = useLang()
  const rights = new Set(me?.rights)
  return roleNames.filter((role) => ROLES[role].rights.every((right) => rights.has(right))).map((role) => ({ value: role, label: t(`role.${role}`), hint: ROLES[role].about[lang] }))
}

/** `empty`: what it means to leave the end out. */
export function Dates({ from, until, onFrom, onUntil, needUntil, empty }: { empty?: string; from?: string | undefined; until: string | undefined; onFrom?: (day: string | undefined) => void; onUntil: (day: string | undefined) => void; needUntil?: boolean }) {
  const t = useT(staff)
  return (
    <div className="field-row">
      {onFrom && <DateField label={t('from')} value={from} onValue={onFrom} optional />}
      <DateField label={t('until')} {...(needUntil ? {} : { hint: empty ?? t('until.hint'), optional: true as const })} value={until} onValue={onUntil} />
    </div>
  )
}

/** Found as typed; those found are choices below the field. */
export function PersonField({ value, onValue, error }: { value: string; onValue: (id: string) => void; error?: string | undefined }) {
  const t = useT(staff)
  const [text, setText] = useState('')
  const wanted = useDebounced(text.trim(), 150)
  const found = useQuery({ ...q.people.list.queryOptions({ input: { q: wanted, limit: 8 } }), enabled: wanted.length > 0, placeholderData: keepPreviousData })
  const hits = wanted ? found.data?.items ?? [] : []
  return (
    <>
      <TextField label={t('person')} type="search" placeholder={t('person.find')} value={text} onValue={(next) => { setText(next); onValue('') }} autoComplete="off" spellCheck={false} error={error} />
      {hits.length > 0 && <ChoiceField label={t('person')} value={value} onValue={onValue} options={hits.map((one) => ({ value: one.id, label: one.name ?? one.account ?? '…', hint: [one.account, one.title, one.unit?.name].filter(Boolean).join(' · ') }))} />}
      {wanted && found.isSuccess && !found.isPlaceholderData && hits.length === 0 && <p className="soft small" role="status">{t('none')}</p>}
    </>
  )
}
