// Sign, return, excuse: one dialog each.
import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Form, ReasonDialog, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useWhose } from '../../plans/ui/whose.tsx'
import { reports as messages } from './messages.ts'
import type { ReportData } from './report.tsx'

export type Act = 'sign' | 'return' | 'excuse'

export function ActDialog({ act, ...rest }: { act: Act; data: ReportData; onClose: () => void; onDone: () => void }) {
  return act === 'sign' ? <Sign {...rest} /> : <Reasoned act={act} {...rest} />
}

function Sign({ data, onClose, onDone }: { data: ReportData; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const [tried, setTried] = useState(false)
  const whose = useWhose()
  const order = useOrder(api.reports.sign, () => { toast(t('signed')); onDone(); onClose() })
  const send = async () => {
    setTried(true)
    if (whose.lacks) return
    const files = await whose.sendFiles()
    if (files) await order.give({ reportId: data.id, expectedVersion: data.version, ...(files.length > 0 ? { files } : {}), ...(whose.told ? { told: whose.told } : {}) })
  }
  return (
    <Dialog open onClose={onClose} title={t('sign.title')}>
      <Form refused={order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={order.busy}>{t('sign')}</Button>}>
        <p>{t('sign.text', { unit: data.unit.name })}</p>
        {whose.fields(tried)}
      </Form>
    </Dialog>
  )
}

function Reasoned({ act, data, onClose, onDone }: { act: 'return' | 'excuse'; data: ReportData; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const order = useOrder(act === 'return' ? api.reports.giveBack : api.reports.excuse, () => { toast(t(act === 'return' ? 'returned' : 'excused')); onDone(); onClose() })
  return <ReasonDialog title={t(`${act}.title`)} label={t(`${act}.reason`)} send={t(act)} look="main" order={order} onClose={onClose} onSend={(reason) => void order.give({ reportId: data.id, expectedVersion: data.version, reason })}>{act === 'return' && t('return.text')}</ReasonDialog>
}
