import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Refused } from '../client.ts'
import { useT } from '../i18n.tsx'
import { Button } from './buttons.tsx'
import { Dialog } from './dialog.tsx'
import { Form, TextArea } from './fields.tsx'
import { kit } from './messages.ts'

type Props = { title: string; /** What it does. */ children?: ReactNode; label: string; send: string; look?: 'danger' | 'main'; /** Of the reason, in characters. */ least?: number; most?: number; order: { busy: boolean; refused: Refused | undefined }; onSend: (reason: string) => void; onClose: () => void }

/** A deed that is not done without its reason. */
export function ReasonDialog({ title, children, label, send, look = 'danger', least = 1, most = 1000, order, onSend, onClose }: Props) {
  const t = useT(kit)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const reason = text.trim()
  return (
    <Dialog open onClose={onClose} title={title}>
      <Form refused={order.refused} onSend={() => { setTried(true); if (reason.length >= least) onSend(reason) }} foot={<Button look={look} type="submit" busy={order.busy}>{send}</Button>}>
        {children && <p>{children}</p>}
        <TextArea label={label} rows={3} value={text} onValue={setText} maxLength={most} data-autofocus error={tried && reason.length < least ? reason ? t('reason.short', { least }) : t('reason.missing') : order.refused?.fields['reason']} />
      </Form>
    </Dialog>
  )
}
