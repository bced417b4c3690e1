// A package is chosen: whose, what, since when; how much that is stands there before it is made.
import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, CheckField, DateField, Form, Page, SelectField, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import { exchanges } from './messages.ts'
import { Working } from './running.tsx'
import './exchanges.css'

const CHOICES = ['tasks', 'reports', 'plans'] as const
type Choice = (typeof CHOICES)[number]

export function MakePackage() {
  const t = useT(exchanges)
  return <Allowed right="exchange.make"><Page title={t('make')} line={t('open.html')} crumbs={[{ label: t('title'), to: '/packages' as '/' }]} width="text"><Choose /></Page></Allowed>
}

function Choose() {
  const t = useT(exchanges)
  const { number } = useFormat()
  const pick = usePick()
  const me = useMe()
  const navigate = useNavigate()
  const [unit, setUnit] = useState<UnitChoice | undefined>(me?.unit ? { id: me.unit.id, name: me.unit.name, code: '', kind: '' } : undefined)
  const [choices, setChoices] = useState<readonly Choice[]>(CHOICES)
  const [programme, setProgramme] = useState('')
  const [from, setFrom] = useState<string>()
  const [until, setUntil] = useState<string>()
  const [files, setFiles] = useState(true)
  const [purpose, setPurpose] = useState('')
  const [tried, setTried] = useState(false)
  const [made, setMade] = useState<{ packageId: string | null; jobId: string | null }>()
  const programmes = useQuery(q.programmes.programmes.list.queryOptions({ input: { limit: 100 } }))
  const asked = { unitId: unit?.id ?? '', choices: [...choices], programme: programme || null, from: from ?? null, until: until ?? null }
  const count = useQuery({ ...q.exchanges.count.queryOptions({ input: asked }), enabled: Boolean(unit) && choices.length > 0, placeholderData: keepPreviousData, staleTime: 5000 })
  const open = (packageId: string | null) => { toast(t('made.done')); void navigate({ to: '/packages/$packageId' as '/', params: { packageId } as never }) }
  const order = useOrder(api.exchanges.make, (answer) => { setMade(answer); if (answer.jobId === null) open(answer.packageId) })
  // What one begins with is nobody's mistake.
  const begun = unit?.id === me?.unit?.id && choices.length === CHOICES.length && !programme && !from && !until
  const none = count.data && count.data.tasks + count.data.reports + count.data.plans === 0
  return (
    <div className="stack">
      <Card>
        <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy} disabled={Boolean(none) || Boolean(count.data?.over)}>{t('make')}</Button>}
          onSend={() => { setTried(true); if (unit && choices.length > 0) { setMade(undefined); void order.give({ ...asked, unitId: unit.id, files, purpose: purpose.trim() || null }) } }}>
          <UnitField label={t('unit')} hint={t('unit.hint')} value={unit} onValue={setUnit} error={tried && !unit ? t('missing') : undefined} />
          <fieldset className="exchange-choices"><legend className="label">{t('what')}</legend>
            {CHOICES.map((one) => <CheckField key={one} label={t(`choice.${one}`)} hint={t(`choice.${one}.hint`)} value={choices.includes(one)} onValue={(on) => setChoices(CHOICES.filter((each) => (each === one ? on : choices.includes(each))))} />)}
          </fieldset>
          <SelectField label={t('programme')} value={programme} onValue={setProgramme} empty={t('programme.any')} options={(programmes.data?.items ?? []).map((one) => ({ value: one.code, label: pick(one.name) }))} optional />
          <div className="two"><DateField label={t('from')} value={from} onValue={setFrom} optional /><DateField label={t('until')} value={until} onValue={setUntil} optional /></div>
          <CheckField label={t('files')} hint={t('files.hint')} value={files} onValue={setFiles} />
          <TextField label={t('purpose')} hint={t('purpose.hint')} value={purpose} onValue={setPurpose} maxLength={500} optional />
          <p role="status" className={count.data?.over && !begun ? 'bad' : 'soft'}>{!unit || choices.length === 0 ? t('counted.pick') : count.error ? '' : !count.data ? '…' : count.data.over ? t(begun ? 'counted.begin' : 'counted.over', { most: number(count.data.most) }) : none ? t('counted.none') : t('counted', { tasks: number(count.data.tasks), reports: number(count.data.reports), plans: number(count.data.plans) })}</p>
        </Form>
      </Card>
      {made?.jobId && <Working key={made.jobId} job={made.jobId} label={t('making')} onDone={() => open(made.packageId)} />}
    </div>
  )
}
