// A package brought here: uploaded, checked whole, then looked at before anything is taken in.
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, FileDrop, Form, Page, UnitField, toast } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import { upload } from '../../../web/upload.ts'
import { exchanges } from './messages.ts'

const MOST = 100 * 1024 * 1024

export function ReceivePackage() {
  const t = useT(exchanges)
  return <Allowed right="exchange.take"><Page title={t('receive')} line={t('receive.line')} crumbs={[{ label: t('title'), to: '/packages' as '/' }]} width="text"><Bring /></Page></Allowed>
}

function Bring() {
  const t = useT(exchanges)
  const { lang } = useLang()
  const me = useMe()
  const navigate = useNavigate()
  const [unit, setUnit] = useState<UnitChoice | undefined>(me?.unit ? { id: me.unit.id, name: me.unit.name, code: '', kind: '' } : undefined)
  const [files, setFiles] = useState<File[]>([])
  const [tried, setTried] = useState(false)
  const [sending, setSending] = useState(false)
  const [wrong, setWrong] = useState<Refused>()
  const order = useOrder(api.exchanges.receive, ({ packageId, again }) => {
    if (again) toast(t('again'))
    void queries.invalidateQueries({ queryKey: q.exchanges.key() })
    void navigate({ to: '/packages/$packageId' as '/', params: { packageId } as never })
  })
  const send = async () => {
    setTried(true)
    const [file] = files
    if (!unit || !file) return
    setSending(true)
    setWrong(undefined)
    try { await order.give({ unitId: unit.id, fileId: await upload(file, lang) }) } catch (error) { setWrong(refusalOf(error)) } finally { setSending(false) }
  }
  return (
    <Card>
      <Form refused={wrong ?? order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={sending || order.busy}>{sending ? t('checking') : t('check')}</Button>}>
        <UnitField label={t('receive.unit')} hint={t('receive.unit.hint')} value={unit} onValue={setUnit} error={tried && !unit ? t('missing') : undefined} />
        <FileDrop label={t('file')} files={files} onFiles={setFiles} accept=".zip" most={MOST} several={false} />
        {tried && files.length === 0 && <p className="field-error" role="alert">{t('missing')}</p>}
      </Form>
    </Card>
  )
}
