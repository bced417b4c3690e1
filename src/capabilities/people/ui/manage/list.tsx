import { useEffect, useState } from 'react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { api, q, refusalOf } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, Filters, LinkButton, Menu, Page, SelectField, TextField, UnitField, listProps, listRows, toast, useConfirm, useTyped } from '../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../web/kit/kit.ts'
import { sendSafely, uuidv7 } from '../../../../web/orders.ts'
import { useMay, useMe } from '../../../../web/session.ts'
import { roleNames } from '../../contract/roles.ts'
import { people } from '../messages.ts'
import { AccountsForUnits, AddPerson, SlipsBelow } from './dialogs.tsx'
import { staff } from './messages.ts'
import { reload } from './parts.tsx'
import type { Slips } from './parts.tsx'
import { SlipSheets } from './slips.tsx'

const accesses = ['none', 'slip', 'password', 'left'] as const

export function PeopleList() {
  const t = useT(staff)
  const { total } = useFormat()
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/people' })
  const [slips, setSlips] = useState<Slips>()
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: search.unit ?? '' } }), enabled: Boolean(search.unit) })
  const go = (change: Partial<typeof search>) => void navigate({ to: '/people', search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)), replace: true })
  const [text, setText] = useTyped(search.q ?? '', (words) => go({ q: words }))
  const r = useT(people)
  const [shown, setShown] = useState<number>()
  if (slips) return <SlipSheets slips={slips} onClose={() => setSlips(undefined)} />
  const on = [search.unit, search.role, search.access].filter(Boolean).length
  const chosen = search.unit ? unit.data : undefined
  return (
    <Page title={t('title')} line={shown === undefined ? '…' : t('line', { count: total(shown) })} crumbs={[{ label: t('manage'), to: '/manage' as '/' }]} actions={<Actions key={chosen ? 'at' : ''} unit={chosen} begins={search.bulk === 'accounts' && chosen ? 'accounts' : undefined} onSlips={setSlips} />}>
      <Filters on={on} onClear={() => go({ unit: '', role: '', access: '' })}>
        <TextField label={t('find')} placeholder={t('find.hint')} type="search" value={text} onValue={setText} optional="quiet" autoComplete="off" spellCheck={false} />
        <UnitField label={t('unit')} value={chosen} onValue={(one) => go({ unit: one?.id ?? '' })} optional="quiet" />
        <SelectField label={t('role')} value={search.role ?? ''} onValue={(role) => go({ role })} empty={t('role.any')} options={roleNames.map((role) => ({ value: role, label: r(`role.${role}`) }))} optional="quiet" />
        <SelectField label={t('access')} value={search.access ?? ''} onValue={(access) => go({ access })} empty={t('access.any')} options={accesses.map((one) => ({ value: one, label: t(`access.${one}`) }))} optional="quiet" />
      </Filters>
      <Accounts {...(search.unit ? { unitId: search.unit } : {})} {...(search.q ? { text: search.q } : {})} role={roleNames.find((one) => one === search.role)} access={accesses.find((one) => one === search.access)} onSlips={setSlips} onTotal={setShown} />
    </Page>
  )
}

export function Actions({ unit, begins, onSlips }: { unit?: UnitChoice | undefined; begins?: 'accounts' | undefined; onSlips: (slips: Slips) => void }) {
  const t = useT(staff)
  const [may, mayReset] = [useMay('person.edit'), useMay('person.reset')]
  const [open, setOpen] = useState<'add' | 'below' | 'accounts' | undefined>(begins)
  const dialog = { unit, onSlips, onClose: () => setOpen(undefined) }
  return (
    <>
      {may && <Button look="main" icon="plus" onClick={() => setOpen('add')}>{t('add')}</Button>}
      {may && <LinkButton icon="upload" to={'/people/import' as '/'}>{t('import')}</LinkButton>}
      {(may || mayReset) && <Menu items={[...(may ? [{ label: t('accounts'), icon: 'units' as const, run: () => setOpen('accounts') }] : []), ...(mayReset ? [{ label: t('slips.below'), icon: 'print' as const, run: () => setOpen('below') }] : [])]}><Button icon="print">{t('bulk')}</Button></Menu>}
      {open === 'add' && <AddPerson {...dialog} />}
      {open === 'below' && <SlipsBelow {...dialog} />}
      {open === 'accounts' && <AccountsForUnits {...dialog} />}
    </>
  )
}

export function Accounts({ unitId, text, role, access, onSlips, onTotal }: { unitId?: string; text?: string; role?: (typeof roleNames)[number] | undefined; access?: (typeof accesses)[number] | undefined; onSlips: (slips: Slips) => void; onTotal?: (total: number) => void }) {
  const t = useT(staff)
  const r = useT(people)
  const me = useMe()
  const confirm = useConfirm()
  const mayReset = useMay('person.reset')
  const [selected, setSelected] = useState<Set<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const list = useInfiniteQuery({
    ...q.people.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 50, ...(unitId ? { unitId } : {}), ...(text ? { q: text } : {}), ...(role ? { role } : {}), ...(access ? { access } : {}), ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
    }), placeholderData: keepPreviousData,
  })
  const total = list.data?.pages[0]?.total
  useEffect(() => { if (total !== undefined) onTotal?.(total) }, [total, onTotal])
  const rows = listRows(list)
  const issue = async (ids: readonly string[]) => {
    if (!await confirm({ title: t('chosen.slips', { count: ids.length }), text: t('chosen.text'), yes: t('slips.do'), danger: true })) return
    setBusy(true)
    const made: Slips = { slips: [], address: '' }
    const refused: string[] = []
    for (const personId of ids) {
      const orderId = uuidv7()
      try {
        const one = await sendSafely(() => api.people.issueSlip({ orderId, personId }))
        made.slips.push(...one.slips)
        made.address = one.address
      } catch (error) { refused.push(refusalOf(error).message) }
    }
    setBusy(false)
    if (refused[0]) toast(t('slip.failed', { count: refused.length, first: refused[0] }), { look: 'bad' })
    void reload()
    if (made.slips.length > 0) onSlips(made)
  }
  const alone = !text && !role && !access && rows?.length === 1 && rows[0]!.id === me?.id
  return (
    <Card flush>
      <DataTable caption={t('caption')} rows={rows} rowKey={(one) => one.id} {...listProps(list)} {...(mayReset ? { selected, onSelected: setSelected } : {})}
        bulk={(ids) => <Button small icon="print" busy={busy} onClick={() => void issue([...ids].filter((id) => id !== me?.id))}>{t('slips.do')}</Button>}
        empty={<EmptyState icon="person" title={t('none')}>{t('none.text')}</EmptyState>} columns={[
          { id: 'name', head: t('name'), as: 'name', text: (one) => [one.name ?? one.account ?? '', one.name && one.account, one.unit?.name ?? t('whole'), one.title].filter(Boolean).join(' · '), cell: (one) => <><Link to={'/people/$personId' as '/'} params={{ personId: one.id } as never}>{one.name ?? one.account ?? '…'}</Link><small>{[one.name && one.account, one.unit?.name ?? t('whole'), one.title].filter(Boolean).join(' · ')}</small><small className="only-narrow">{one.roles.map((held) => r(`role.${held}`)).join(', ') || t('noRole')}</small></> },
          { id: 'roles', head: t('role'), from: 'narrow', text: (one) => one.roles.map((held) => r(`role.${held}`)).join(', ') || t('noRole'), cell: (one) => one.roles.length > 0 ? one.roles.map((held) => r(`role.${held}`)).join(', ') : <span className="faint">{t('noRole')}</span> },
          { id: 'access', head: t('access'), from: 'middle', text: (one) => [t(`access.${one.access}`), one.blocked && t('blocked')].filter(Boolean).join(' · '), cell: (one) => <span className="soft">{t(`access.${one.access}`)}{one.blocked && <span className="bad"> · {t('blocked')}</span>}</span> },
        ]} />
      {alone && <EmptyState icon="person" title={t('alone')}>{t('alone.text')}</EmptyState>}
    </Card>
  )
}
