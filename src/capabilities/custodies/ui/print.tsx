// Printing what is graded is an order: counted, with what it is for.
import { useState } from 'react'
import { api, q, queries, url } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Form, NumberField, TextArea } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { custodies } from './messages.ts'

/** `file`: the address of a paper's file; without it the page itself is printed. */
export function PrintByOrder({ recordId, file }: { recordId: string; file?: string }) {
  const t = useT(custodies)
  const [open, setOpen] = useState(false)
  return <><Button icon="print" {...(file ? { look: 'main' as const } : {})} onClick={() => setOpen(true)}>{t('print.do')}</Button>{open && <Ordering recordId={recordId} {...(file ? { file } : {})} onClose={() => setOpen(false)} />}</>
}

function Ordering({ recordId, file, onClose }: { recordId: string; file?: string; onClose: () => void }) {
  const t = useT(custodies)
  const [text, setText] = useState('1')
  const copies = /^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const [ordered, setOrdered] = useState<{ printId: string; n: number }>()
  const order = useOrder(api.custodies.print, (done) => { setOrdered(done); void queries.invalidateQueries({ queryKey: q.custodies.key() }) })
  const show = () => {
    onClose()
    document.body.dataset['printOrdered'] = ''
    // After the dialog is gone from the page.
    setTimeout(() => { print(); delete document.body.dataset['printOrdered'] }, 100)
  }
  if (ordered) return (
    <Dialog open onClose={onClose} title={t('print.title')}>
      <div className="stack"><p role="status">{t('print.ready', { n: ordered.n })}</p>
        <div className="row">{file ? (['pdf', 'docx'] as const).map((format) => <a key={format} className={`button ${format === 'pdf' ? 'main' : 'plain'}`} href={url(`${file}?format=${format}&printId=${ordered.printId}`)} download><span>{t(format)}</span></a>) : <Button look="main" icon="print" onClick={show}>{t('print.now')}</Button>}</div></div>
    </Dialog>
  )
  return (
    <Dialog open onClose={onClose} title={t('print.title')}>
      <Form refused={order.refused} onSend={() => { setTried(true); if (copies && why.trim()) void order.give({ recordId, copies, why: why.trim() }) }} foot={<><Button onClick={onClose}>{t('cancel')}</Button><Button look="main" type="submit" busy={order.busy}>{t('print.go')}</Button></>}>
        <p className="soft">{t('print.text')}</p>
        <NumberField label={t('print.copies')} value={text} onValue={setText} error={tried && !copies ? t('missing') : order.refused?.fields.copies} />
        <TextArea label={t('print.why')} rows={2} value={why} onValue={setWhy} maxLength={500} error={tried && !why.trim() ? t('missing') : undefined} />
      </Form>
    </Dialog>
  )
}
