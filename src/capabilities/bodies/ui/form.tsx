// A body and its members, formed or changed. A member is a unit; whoever sits for it may be named: an account, or a name that is kept until the body ends.
import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, DateField, Dialog, Form, IconButton, SelectField, TextArea, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useEdit, useOrder } from '../../../web/orders.ts'
import { useMay, useMe } from '../../../web/session.ts'
import { BODY_KINDS, MEMBER_ROLES } from './kinds.ts'
import { bodies as messages } from './messages.ts'
import './bodies.css'

export type BodyData = Awaited<ReturnType<typeof api.bodies.get>>
type Member = { unit: { id: string; name: string }; person: { id: string; name: string | null } | null; named: { seatId?: string; name: string; office: string } | null; role: (typeof MEMBER_ROLES)[number] }

export function BodyForm({ body, onClose }: { body?: BodyData; onClose: () => void }) {
  const t = useT(messages)
  const me = useMe()
  const navigate = useNavigate()
  const [fields, set] = useState({ name: body?.name ?? '', kind: body?.kind as string ?? 'steering', parent: body?.parent?.id ?? '', basis: body?.legalBasis ?? '', mandate: body?.mandate ?? '', standing: body?.standingItems.join('\n') ?? '' })
  const [unit, setUnit] = useState<UnitChoice | undefined>(me?.unit ? { id: me.unit.id, name: me.unit.name, code: '', kind: '' } : undefined)
  const [days, setDays] = useState<{ from: string | undefined; until: string | undefined }>({ from: body?.from ?? undefined, until: body?.until ?? undefined })
  const [members, setMembers] = useState<Member[]>(body?.members.map((m) => ({ ...m, named: m.named?.name ? { seatId: m.named.seatId, name: m.named.name, office: m.named.office ?? '' } : null })) ?? [])
  const [tried, setTried] = useState(false)
  const parents = useInfiniteQuery(q.bodies.list.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 200, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }))
  const done = () => { void queries.invalidateQueries({ queryKey: q.bodies.key() }); onClose() }
  const form = useOrder(api.bodies.form, ({ bodyId }) => { toast(t('formed', { name: fields.name })); done(); void navigate({ to: '/bodies/$bodyId', params: { bodyId } }) })
  const change = useEdit(api.bodies.change, body?.version ?? 0, () => { toast(t('saved')); done() })
  const put = (key: keyof typeof fields) => (value: string) => set((before) => ({ ...before, [key]: value }))
  const refused = form.refused ?? change.refused
  const named = members.some((m) => m.named)
  const noEnd = named && !days.until
  const send = () => {
    setTried(true)
    if (!fields.name.trim() || (!body && !unit) || members.length === 0 || members.some((m) => m.named && !m.named.name.trim()) || noEnd) return
    const whole = {
      kind: fields.kind as (typeof BODY_KINDS)[number], name: fields.name.trim(), parentId: fields.parent || null, legalBasis: fields.basis.trim() || null, mandate: fields.mandate.trim() || null, from: days.from ?? null, until: days.until ?? null,
      members: members.map((m) => ({ unitId: m.unit.id, personId: m.person?.id ?? null, role: m.role, named: m.named && { ...(m.named.seatId ? { seatId: m.named.seatId } : {}), name: m.named.name.trim(), office: m.named.office.trim() || null } })),
      standingItems: fields.standing.split('\n').map((one) => one.trim()).filter(Boolean),
    }
    if (body) void change.give({ bodyId: body.id, ...whole })
    else void form.give({ unitId: unit!.id, ...whole })
  }
  const edit = (i: number, more: Partial<Member>) => setMembers((before) => before.map((one, at) => (at === i ? { ...one, ...more } : one)))
  return (
    <Dialog open onClose={onClose} title={body ? t('edit') : t('new')} size="lg">
      <Form refused={refused} onSend={send} foot={<Button look="main" type="submit" busy={form.busy || change.busy}>{body ? t('save') : t('form')}</Button>}>
        <TextField label={t('name')} value={fields.name} onValue={put('name')} maxLength={300} error={tried && !fields.name.trim() ? t('missing') : refused?.fields['name']} />
        <div className="field-row">
          <SelectField label={t('kind')} value={fields.kind} onValue={put('kind')} options={BODY_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))} />
          <SelectField label={t('parent')} value={fields.parent} onValue={put('parent')} empty={t('parent.none')} options={(parents.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => one.id !== body?.id).map((one) => ({ value: one.id, label: one.name }))} />
        </div>
        {!body && <UnitField label={t('unit')} value={unit} onValue={setUnit} error={tried && !unit ? t('missing') : undefined} />}
        <TextField label={t('basis')} hint={t('basis.hint')} optional value={fields.basis} onValue={put('basis')} maxLength={500} />
        <div className="field-row"><DateField label={t('from')} optional value={days.from} onValue={(from) => setDays({ ...days, from })} /><DateField label={t('until')} optional={!named} value={days.until} onValue={(until) => setDays({ ...days, until })} error={tried && noEnd ? t('until.needed') : refused?.fields['until']} /></div>
        <TextArea label={t('mandate')} optional rows={3} value={fields.mandate} onValue={put('mandate')} maxLength={4000} />
        <TextArea label={t('standing')} hint={t('standing.hint')} optional rows={2} value={fields.standing} onValue={put('standing')} error={refused?.fields['standingItems']} />
        <UnitField label={t('member.add')} value={undefined} onValue={(one) => { if (one) setMembers((before) => [...before, { unit: one, person: null, named: null, role: before.some((m) => m.role === 'chair') ? 'member' : 'chair' }]) }} error={tried && members.length === 0 ? t('missing') : undefined} />
        {members.length > 0 && <ul className="body-members">{members.map((member, i) => (
          <li key={i}><b>{member.unit.name}</b>
            <SelectField label={t('role')} value={member.role} onValue={(role) => edit(i, { role: role as Member['role'] })} options={MEMBER_ROLES.map((one) => ({ value: one, label: t(`role.${one}`) }))} />
            <PersonSelect member={member} onChoice={(choice) => edit(i, choice)} />
            <IconButton icon="close" label={t('member.remove', { name: member.unit.name })} onClick={() => setMembers((before) => before.filter((_, at) => at !== i))} />
            {member.named && <div className="body-named"><TextField label={t('named.name')} value={member.named.name} onValue={(name) => edit(i, { named: { ...member.named!, name } })} maxLength={120} autoComplete="off" error={tried && !member.named.name.trim() ? t('missing') : undefined} />
              <TextField label={t('named.office')} optional value={member.named.office} onValue={(office) => edit(i, { named: { ...member.named!, office } })} maxLength={200} autoComplete="off" />
              <p className="soft small">{t('named.hint')}</p></div>}</li>
        ))}</ul>}
      </Form>
    </Dialog>
  )
}

const NAMED = 'named'
/** The accounts at that unit, or somebody without one. */
function PersonSelect({ member, onChoice }: { member: Member; onChoice: (choice: Pick<Member, 'person' | 'named'>) => void }) {
  const t = useT(messages)
  const may = useMay('person.read')
  const found = useQuery({ ...q.people.list.queryOptions({ input: { unitId: member.unit.id, limit: 50 } }), enabled: may })
  const people = (found.data?.items ?? []).filter((one) => one.unit?.id === member.unit.id || one.id === member.person?.id)
  const all = member.person && !people.some((one) => one.id === member.person!.id) ? [{ id: member.person.id, name: member.person.name }, ...people] : people
  return <SelectField label={t('member.person')} value={member.named ? NAMED : member.person?.id ?? ''} empty={t('member.person.none')} options={[...all.map((one) => ({ value: one.id, label: one.name ?? '…' })), { value: NAMED, label: t('member.named') }]}
    onValue={(id) => onChoice(id === NAMED ? { person: null, named: member.named ?? { name: '', office: '' } } : { person: id ? { id, name: all.find((one) => one.id === id)?.name ?? null } : null, named: null })} />
}
