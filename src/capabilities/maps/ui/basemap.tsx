// The operator's own map under the outlines: one PMTiles or MBTiles file, and whose data it is.
import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Card, FileDrop, Form, Loaded, Refusal, TextField, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { upload } from '../../../web/upload.ts'
import { maps as messages } from './messages.ts'

export function BasemapCard() {
  const t = useT(messages)
  const { lang } = useLang()
  const format = useFormat()
  const confirm = useConfirm()
  const [files, setFiles] = useState<File[]>([])
  const [credit, setCredit] = useState('')
  const [pressed, press] = useState(false)
  const used = useQuery(q.maps.aboutBasemap.queryOptions())
  const again = () => { void queries.invalidateQueries({ queryKey: q.maps.key() }) }
  const sent = useMutation({ mutationFn: () => upload(files[0]!, lang, 'basemap') })
  const add = useOrder(api.maps.addBasemap, () => { toast(t('base.used')); setFiles([]); setCredit(''); sent.reset(); again() })
  const remove = useOrder(api.maps.removeBasemap, () => { toast(t('base.removed')); again() })
  const send = async () => {
    press(true)
    if (!files[0] || sent.isPending || add.busy) return
    const fileId = sent.data ?? await sent.mutateAsync().catch(() => undefined)
    if (fileId) await add.give({ fileId, credit })
  }
  return (
    <Card title={t('base')} side={t('base.line')}>
      <div className="stack">
        <Loaded query={used} lines={2}>{({ basemap }) => (basemap ? (
          <div className="row between">
            <p><b>{basemap.name}</b> <span className="soft">· {t('base.about', { tiles: t(`base.${basemap.tiles}`), low: basemap.minZoom, high: basemap.maxZoom, size: format.bytes(basemap.size) })}<br />
              {basemap.credit ? t('base.credit.is', { credit: basemap.credit }) : t('base.credit.none')} · {basemap.addedBy ? t('by', { name: basemap.addedBy, at: format.dateTime(basemap.addedAt) }) : format.dateTime(basemap.addedAt)}</span></p>
            <Button look="quiet" busy={remove.busy} onClick={() => { void confirm({ title: t('base.remove.title'), text: t('base.remove.text', { name: basemap.name }), yes: t('base.remove'), danger: true }).then((yes) => { if (yes) void remove.give({ basemapId: basemap.basemapId }) }) }}>{t('base.remove')}</Button>
          </div>
        ) : <p className="soft">{t('base.none')}</p>)}</Loaded>
        <Refusal error={remove.refused} />
        <Form onSend={() => { void send() }} foot={<Button type="submit" busy={sent.isPending || add.busy} aria-disabled={!files[0]}>{sent.isPending ? t('uploading') : used.data?.basemap ? t('base.replace') : t('base.use')}</Button>}>
          <FileDrop label={t('base.file')} files={files} onFiles={(next) => { setFiles(next); sent.reset(); add.clear(); press(false) }} accept=".pmtiles,.mbtiles" several={false} most={Infinity} />
          {pressed && !files[0] ? <p className="field-error" role="status">{t('base.need')}</p> : <p className="field-hint">{t('base.file.hint')}</p>}
          <TextField label={t('base.credit')} hint={t('base.credit.hint')} value={credit} onValue={setCredit} maxLength={200} />
          <Refusal error={sent.error ?? add.refused} />
        </Form>
      </div>
    </Card>
  )
}
