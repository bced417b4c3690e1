// Prepare a session: what stands badly and what is left over is proposed; units are chased at once; day and place; one order makes it.
import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { dayIn } from '../../../pure/calendar.ts'
import { Allowed, Button, Card, Form, Icon, Loaded, Page, SelectField, toast } from '../../../web/kit/kit.ts'
import { useLeave } from '../../../web/leave.ts'
import { useZone } from '../../../web/session.ts'
import { useOrder } from '../../../web/orders.ts'
import { AgendaEditor } from './agenda.tsx'
import type { Item } from './agenda.tsx'
import { Chase } from './chase.tsx'
import { meetings as messages } from './messages.ts'
import { WhenFields, sentOf } from './when.tsx'
import type { When } from './when.tsx'

const route = getRouteApi('/inside/bodies/$bodyId/prepare')

export function PrepareMeeting() {
  const zone = useZone()
  const t = useT(messages)
  const { bodyId } = route.useParams()
  const navigate = useNavigate()
  const body = useQuery(q.bodies.get.queryOptions({ input: { bodyId } }))
  const found = useQuery({ ...q.meetings.propose.queryOptions({ input: { bodyId } }), staleTime: Infinity })
  // By day, the latest first: the one being prepared takes the next number.
  const others = useQuery(q.meetings.list.queryOptions({ input: { bodyId, limit: 20 } }))
  const last = others.data?.items.find((one) => one.phase !== 'cancelled')
  const lastDay = last && dayIn(new Date(last.startsAt), last.zone)
  const format = useFormat()
  const [items, setItems] = useState<Item[]>()
  const [kind, setKind] = useState('')
  const [when, setWhen] = useState<When>({ title: '', day: undefined, time: '08:00', place: '', link: '' })
  const [tried, setTried] = useState(false)
  // Taken over once: what is proposed later never changes what somebody has put in order.
  useEffect(() => { if (found.data && items === undefined) setItems(found.data.items.map(({ unit: _, ...item }) => item)) }, [found.data, items])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  // Set up: not planned twice. `left`: the chase was refused, and that alone is sent again.
  const [made, setMade] = useState<{ meetingId: string; number: number }>()
  const [left, setLeft] = useState<typeof made>()
  const [going, setGoing] = useState(false)
  const order = useOrder(api.meetings.plan)
  const chase = useOrder(api.meetings.chase)
  const [text, setText] = useState<string>(t('chase.text.default'))
  const [proposed] = useState(text)
  const dirty = when.time !== '08:00' || text !== proposed || [when.title, when.place, when.link].some((one) => one.trim() !== '') || when.day !== undefined || chosen.size > 0 || (items !== undefined && found.data !== undefined && items.map(({ title }) => title).join('\n') !== found.data.items.map(({ title }) => title).join('\n'))
  const away = useLeave(dirty)
  const visit = (kind || (body.data?.kind === 'inspection' ? 'visit' : 'session')) === 'visit'
  const send = async (name: string) => {
    setTried(true)
    const sent = sentOf(when, zone, visit, name)
    const done = made ?? (sent && await order.give({ bodyId, kind: visit ? 'visit' : 'session', ...sent, agenda: items ?? [] }))
    if (!done) return
    if (!made) { toast(t('made', { n: done.number })); setMade(done); void queries.invalidateQueries({ queryKey: q.meetings.key() }) }
    if (chosen.size > 0) {
      const answer = await chase.give({ meetingId: done.meetingId, unitIds: [...chosen], ...(text.trim() ? { text: text.trim() } : {}) })
      if (!answer) { setLeft(done); return }
      const what = [answer.tasks > 0 && t('chase.done.tasks', { n: answer.tasks }), answer.reports > 0 && t('chase.done.reports', { n: answer.reports }), answer.left > 0 && t('chase.done.left', { n: answer.left })].filter(Boolean).join(', ')
      toast([t('chase.done', { n: answer.units }), what].filter(Boolean).join(': '))
    }
    setGoing(true)
    away()
    void navigate({ to: '/meetings/$meetingId', params: { meetingId: done.meetingId } })
  }
  return (
    <Allowed right="meeting.edit"><Loaded query={body}>{(data) => {
      const name = visit ? t('name.visit', { place: when.place.trim() || '…' }) : t('name.auto', { body: data.name })
      return (
        <Page title={t('prepare')} line={data.name} crumbs={[{ label: t('bodies'), to: '/bodies' }, { label: data.name, to: '/bodies/$bodyId', params: { bodyId } }]}>
          <Form onSend={() => void send(name)} refused={order.refused ?? chase.refused} foot={<Button look="main" type="submit" busy={order.busy || chase.busy || going}>{!left ? (chosen.size > 0 ? t('send.chase', { n: chosen.size }) : t('send')) : chosen.size > 0 ? t('chase.do', { n: chosen.size }) : t('open', { n: left.number })}</Button>}>
            {left ? <p className="note" role="status">{t('chase.not', { n: left.number })}</p> : <><Card title={t('step.when')}>
              <div className="stack">
                <SelectField label={t('what')} value={visit ? 'visit' : 'session'} onValue={setKind} options={(['session', 'visit'] as const).map((one) => ({ value: one, label: t(`what.${one}`) }))} />
                <WhenFields when={when} onWhen={setWhen} visit={visit} name={name} tried={tried} linkError={order.refused?.fields['link']} />
                {!made && lastDay && when.day && when.day < lastDay && <p className="note" role="status"><Icon name="alert" size={16} /><span>{t('order.last', { n: last.number, on: format.day(lastDay) })}</span></p>}
              </div>
            </Card>
            <Card title={t('step.agenda')}>
              <Loaded query={found}>{(proposal) => <div className="stack">
                <p className="soft">{proposal.items.length > 0 ? t('propose.title') : t('propose.none')}</p>
                {(proposal.cut.length > 0 || proposal.unseen > 0) && <p className="soft">{[...proposal.cut.map(({ kind, shown, of }) => t(`cut.${kind as 'red'}`, { n: shown, of })), proposal.unseen > 0 && t('propose.unseen', { n: proposal.unseen })].filter(Boolean).join(' ')}</p>}
                <AgendaEditor items={items ?? []} onItems={setItems} />
              </div>}</Loaded>
            </Card></>}
            <Card title={t('step.chase')}>
              <Loaded query={found}>{({ chase: units }) => <Chase bodyId={bodyId} officeId={data.unit.id} units={units} chosen={chosen} onChosen={setChosen} text={text} onText={setText} />}</Loaded>
            </Card>
          </Form>
        </Page>
      )
    }}</Loaded></Allowed>
  )
}
