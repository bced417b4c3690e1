// How long what is held is kept. A change is confirmed with the number of records that it reaches.
import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, Dialog, Form, IconButton, NumberField, Refusal, toast } from '../../../web/kit/kit.ts'
import { useEdit } from '../../../web/orders.ts'
import { settings } from './messages.ts'
import type { Now } from './provider.tsx'

type Row = Now['retention'][number]

export function Retention({ now }: { now: Now }) {
  const t = useT(settings)
  const pick = usePick()
  const [edited, edit] = useState<Row>()
  return (
    <Card title={t('tab.retention')} flush>
      <div className="card-body"><p className="soft">{t('r.text')}</p></div>
      <DataTable caption={t('tab.retention')} rows={now.retention} rowKey={(one) => one.what.en} columns={[
        { id: 'what', head: t('r.what'), as: 'name', cell: (one) => pick(one.what) }, { id: 'until', head: t('r.until'), cell: (one) => pick(one.until) },
        { id: 'edit', head: t('r.edit'), width: '72px', cell: (one) => (one.class ? <IconButton icon="edit" label={t('r.edit.one', { what: pick(one.what) })} onClick={() => edit(one)} /> : null) },
      ]} />
      {edited && <Period key={edited.class} row={edited} version={now.version} onClose={() => edit(undefined)} />}
    </Card>
  )
}

function Period({ row, version, onClose }: { row: Row; version: number; onClose: () => void }) {
  const t = useT(settings)
  const pick = usePick()
  const { number } = useFormat()
  const [text, setText] = useState(String(row.years))
  const years = /^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined
  const fits = years !== undefined && years >= row.least! && years <= row.most! && years !== row.years
  const seen = useMutation({ mutationFn: () => api.settings.previewRetention({ class: row.class!, years: years! }) })
  const order = useEdit(api.settings.setRetention, version, () => { toast(t('r.done')); void queries.invalidateQueries({ queryKey: q.settings.key() }); onClose() })
  return (
    <Dialog open onClose={onClose} asks title={pick(row.what)}>
      <Form onSend={() => { if (fits && !seen.data) seen.mutate() }} foot={seen.data
      ? <Button look={seen.data.over > 0 ? 'danger' : 'main'} busy={order.busy} onClick={() => void order.give({ class: row.class!, years: years! })}>{t('r.do', { years: years! })}</Button>
      : <Button look="main" busy={seen.isPending} aria-disabled={!fits} onClick={() => { if (fits) seen.mutate() }}>{t('r.see')}</Button>}>
        <NumberField label={t('r.years')} hint={t('r.limits', { least: row.least!, most: row.most! })} value={text} onValue={(value) => { setText(value); seen.reset(); order.clear() }} />
        <div role="status">{seen.data && <><p>{t('r.total', { total: number(seen.data.total) })}</p><p className={seen.data.over > 0 ? 'bad' : 'soft'}>{seen.data.over > 0 ? t('r.over', { over: number(seen.data.over) }) : t('r.over.none')}</p></>}</div>
        <Refusal error={seen.error ?? order.refused} />
      </Form>
    </Dialog>
  )
}
