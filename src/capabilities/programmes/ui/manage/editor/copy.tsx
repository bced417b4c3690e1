// A new template that begins as this one: under its own code and names, as its first version.
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { api, q, queries } from '../../../../../web/client.ts'
import { useT } from '../../../../../web/i18n.tsx'
import { Button, Dialog, Form, NameFields, TextField, UnitField, inBoth, toast } from '../../../../../web/kit/kit.ts'
import { useOrder } from '../../../../../web/orders.ts'
import { fileOf } from '../../../decide/sheet.ts'
import type { Sheet } from '../../../decide/sheet.ts'
import { useOwner } from '../template-import.tsx'
import { editor } from './messages.ts'

export function CopyTemplate({ sheet, taken, onClose }: { sheet: Sheet; taken: readonly string[]; onClose: () => void }) {
  const t = useT(editor)
  const navigate = useNavigate()
  const [owner, setOwner] = useOwner()
  const [is, set] = useState({ code: '', name: { vi: sheet.head['name.vi'] ?? '', en: sheet.head['name.en'] ?? '' } })
  const [tried, setTried] = useState(false)
  const order = useOrder(api.programmes.templates.import, (made) => {
    toast(t('copy.done', { code: made.code }))
    void queries.invalidateQueries({ queryKey: q.programmes.key() })
    void navigate({ to: '/templates/$code', params: { code: made.code } })
  })
  const code = is.code.trim()
  const wrong = !/^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(code) ? t('copy.code.bad') : taken.includes(code) ? t('copy.code.taken') : undefined
  const go = () => {
    setTried(true)
    const name = inBoth(is.name)
    if (wrong || !owner || !name.vi) return
    const head = { ...sheet.head, code, 'name.vi': name.vi, 'name.en': name.en }
    void order.give({ unitId: owner.id, text: JSON.stringify(fileOf({ ...sheet, head })) })
  }
  return (
    <Dialog open onClose={onClose} asks title={t('copy')}>
      <Form refused={order.refused} onSend={go} foot={<Button look="main" type="submit" busy={order.busy}>{t('copy.do')}</Button>}>
        <p className="soft">{t('copy.text')}</p>
        <TextField label={t('code')} hint={t('copy.code.hint')} value={is.code} onValue={(next) => set({ ...is, code: next })} error={tried ? wrong : undefined} autoCapitalize="none" spellCheck={false} data-autofocus />
        <NameFields value={is.name} onValue={(name) => set({ ...is, name })} />
        <UnitField label={t('copy.owner')} value={owner} onValue={setOwner} />
      </Form>
    </Dialog>
  )
}
