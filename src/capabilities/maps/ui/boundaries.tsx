// The administrator's own boundary file: uploaded, looked at, used. What did not fit is said before it is used.
import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, FileDrop, Form, Loaded, Page, Refusal, SelectField, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { upload } from '../../../web/upload.ts'
import { useKindName } from '../../readiness/ui/kinds.ts'
import { BasemapCard } from './basemap.tsx'
import { maps as messages } from './messages.ts'

const MOST = 25 * 1024 * 1024

export function Boundaries() {
  const t = useT(messages)
  const { lang } = useLang()
  const format = useFormat()
  const kindName = useKindName()
  const confirm = useConfirm()
  const [files, setFiles] = useState<File[]>([])
  const used = useQuery(q.maps.boundaries.queryOptions())
  const check = useMutation({ mutationFn: async ({ fileId, property }: { fileId?: string; property?: string }) => {
    const id = fileId ?? await upload(files[0]!, lang)
    return { fileId: id, property, report: await api.maps.check({ fileId: id, ...(property ? { property } : {}) }) }
  } })
  const again = () => { void queries.invalidateQueries({ queryKey: q.maps.key() }) }
  const add = useOrder(api.maps.add, (answer) => { toast(t('used', { count: format.number(answer.matched) })); setFiles([]); check.reset(); again() })
  const remove = useOrder(api.maps.remove, () => { toast(t('removed')); again() })
  const seen = check.data
  const list = (title: string, rows: readonly { code: string; name: string }[], count: number) => count > 0 && (
    <details className="stack"><summary>{title}{count > rows.length && <span className="soft"> · {t('report.first', { n: rows.length })}</span>}</summary>
      <ul className="lines" tabIndex={0}>{rows.map((one, i) => <li key={i}><span className="hash">{one.code || t('report.noName')}</span> {one.name}</li>)}</ul></details>
  )
  return (
    <Page title={t('title')} line={t('line')} width="text" crumbs={[{ label: t('manage'), to: '/manage' as '/' }]}>
      <Card>
        <Form onSend={() => { if (files[0]) check.mutate({}) }} foot={<Button {...(seen ? {} : { look: 'main' as const })} type="submit" busy={check.isPending} aria-disabled={!files[0]}>{check.isPending ? t('uploading') : t('check')}</Button>}>
          <FileDrop label={t('file')} files={files} onFiles={(next) => { setFiles(next); check.reset(); add.clear() }} accept=".geojson,.topojson,.json" several={false} most={MOST} />
          <p className="field-hint">{t('file.hint')}</p>
          <Refusal error={check.error} />
        </Form>
      </Card>
      {seen && (
        <Card title={t('report')}>
          <div className="stack" role="status">
            <p><b>{t('report.matched', { matched: format.number(seen.report.matched), shapes: format.number(seen.report.shapes) })}</b> <span className="soft">· {t('report.points', { points: format.number(seen.report.points), kept: format.number(seen.report.kept) })}</span></p>
            <ul>{seen.report.kinds.map((one) => <li key={one.kind}>{t('report.kind', { kind: kindName(one.kind), matched: format.number(one.matched), units: format.number(one.units) })}</li>)}</ul>
            <SelectField label={t('property')} value={seen.report.property} onValue={(property) => check.mutate({ fileId: seen.fileId, property })}
              options={seen.report.properties.map((one) => ({ value: one.name, label: t('property.option', { name: one.name, sample: one.sample.slice(0, 30), n: format.number(one.matched) }) }))} />
            {list(t('report.unknown', { count: format.number(seen.report.unknownCount) }), seen.report.unknown, seen.report.unknownCount)}
            {list(t('report.missing', { count: format.number(seen.report.missingCount) }), seen.report.missing, seen.report.missingCount)}
            <Refusal error={add.refused} />
            <div className="row"><Button look="main" icon="check" busy={add.busy} aria-disabled={seen.report.matched === 0} onClick={() => { if (seen.report.matched > 0) void add.give({ fileId: seen.fileId, ...(seen.property ? { property: seen.property } : {}) }) }}>{t('use')}</Button></div>
          </div>
        </Card>
      )}
      <Card title={t('list')} side={t('list.newest')} flush>
        <Refusal error={remove.refused} />
        <Loaded query={used} lines={3}>{({ items }) => (
          <DataTable caption={t('list')} rows={items} rowKey={(one) => one.boundaryId} empty={<EmptyState icon="globe" title={t('list.none')} />} columns={[
            { id: 'file', head: t('col.file'), as: 'name', cell: (one) => <>{one.name}<small>{one.addedBy ? t('by', { name: one.addedBy, at: format.dateTime(one.addedAt) }) : format.dateTime(one.addedAt)}</small></> },
            { id: 'matched', head: t('col.matched'), as: 'number', cell: (one) => `${format.number(one.matched)}/${format.number(one.shapes)}` },
            { id: 'remove', head: t('remove'), cell: (one) => <Button small look="quiet" busy={remove.busy} onClick={() => { void confirm({ title: t('remove.title'), text: t('remove.text', { name: one.name }), yes: t('remove.do'), danger: true }).then((yes) => { if (yes) void remove.give({ boundaryId: one.boundaryId }) }) }}>{t('remove')}</Button> },
          ]} />
        )}</Loaded>
      </Card>
      <BasemapCard />
    </Page>
  )
}
