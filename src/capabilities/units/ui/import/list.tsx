import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api, queries, refusalOf } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useLang, useT } from '../../../../web/i18n.tsx'
import { Button, Card, csvText, DataTable, DateField, EmptyState, FileDrop, FileProblems, Form, Icon, LinkButton, Refusal, SHEETS, StatTiles, TextField, base64Of, saveText, toast, useConfirm } from '../../../../web/kit/kit.ts'
import { useToday } from '../../../../web/session.ts'
import { useOrder } from '../../../../web/orders.ts'
import { useKind } from '../messages.ts'
import type { GridRow } from '../../../../web/kit/grid.tsx'
import { importing } from './messages.ts'
import { HEADS, WrittenUnits, asFile, emptyUnit, written } from './written.tsx'

type Preview = Awaited<ReturnType<typeof api.units.previewImport>>
const sampled = ['opened', 'closed', 'renamed', 'moved', 'lifted'] as const
type Sampled = (typeof sampled)[number]

const SAMPLE = {
  vi: [['mã', 'tên', 'loại', 'mã cấp trên', 'tên tiếng Anh'], ['VN', 'Việt Nam', 'trung ương', '', 'Viet Nam'], ['01', 'Thành phố Hà Nội', 'thành phố', 'VN', 'Ha Noi'], ['00070', 'Phường Hoàn Kiếm', 'phường', '01', ''], ['00082', 'Phường Cửa Nam', 'phường', '01', '']],
  en: [['code', 'name', 'kind', 'parent_code', 'name_en'], ['VN', 'Việt Nam', 'nation', '', 'Viet Nam'], ['01', 'Thành phố Hà Nội', 'province', 'VN', 'Ha Noi'], ['00070', 'Phường Hoàn Kiếm', 'commune', '01', ''], ['00082', 'Phường Cửa Nam', 'commune', '01', '']],
}
const MOST = 8 * 1024 * 1024

/** The list as it stands on a day, in the form of a file: handed in again as of the same day it undoes an import. */
async function listOn(scheme: string, at: string): Promise<string[][]> {
  const rows: string[][] = [[...HEADS]]
  for (let cursor: string | undefined; ;) {
    const page = await api.units.search({ scheme, at, limit: 200, ...(cursor ? { cursor } : {}) })
    for (const unit of page.items) rows.push([unit.code, unit.name, unit.kind, unit.parents[0]?.code ?? '', unit.nameEn ?? '', String(unit.lat ?? ''), String(unit.lon ?? '')])
    if (!page.next) return rows
    cursor = page.next
  }
}

const changesOf = ({ counts: c }: Preview): number => c.opened + c.closed + c.renamed + c.moved + c.rekinded + c.other + c.lifted
const isFirst = ({ counts }: Preview): boolean => counts.closed === 0 && counts.listed === counts.opened

export function ImportList() {
  const t = useT(importing)
  const { lang } = useLang()
  const { number, day } = useFormat()
  const confirm = useConfirm()
  const [files, setFiles] = useState<File[]>([])
  const [rows, setRows] = useState<GridRow[]>([emptyUnit()])
  const [scheme, setScheme] = useState('admin')
  const today = useToday()
  const [asOf, setAsOf] = useState<string | undefined>(today)
  const [before, setBefore] = useState<string[][]>()
  const preview = useMutation({ mutationFn: async (zeros: boolean) => {
    const file = { ...(files[0] ? { base64: await base64Of(files[0]) } : { csv: asFile(rows) }), scheme: scheme.trim(), asOf: asOf!, zeros }
    return { file, seen: await api.units.previewImport(file) }
  } })
  const [done, setDone] = useState<Preview['counts']>()
  const order = useOrder(api.units.import, () => void queries.invalidateQueries())
  const undo = useOrder(api.units.import)
  const again = () => { preview.reset(); order.clear(); undo.clear(); setDone(undefined); setBefore(undefined); setFiles([]); setRows([emptyUnit()]) }
  const shown = preview.data
  const given = files.length > 0 || written(rows).length > 0
  const run = async () => {
    if (!shown) return
    const { closed } = shown.seen.counts
    if (closed > 0 && !await confirm({ title: t('close.title', { count: number(closed) }), text: t('close.text', { day: day(shown.file.asOf) }), yes: t('close.yes', { count: number(closed) }), danger: true })) return
    const had = !isFirst(shown.seen) ? await listOn(shown.file.scheme, shown.file.asOf).catch(() => undefined) : undefined
    const answer = await order.give({ ...shown.file, seen: shown.seen.seen })
    if (answer) { setBefore(had); setDone(answer.counts) }
  }
  const back = async () => {
    if (!before || !shown) return
    const count = number(before.length - 1)
    if (await confirm({ title: t('undo.title'), text: t('undo.text', { count, day: day(shown.file.asOf) }), yes: t('undo'), danger: true }) && await undo.give({ csv: csvText(before), scheme: shown.file.scheme, asOf: shown.file.asOf })) {
      toast(t('undone'))
      void queries.invalidateQueries()
      again()
    }
  }

  if (done && shown) return (
    <Card title={t('done', { count: number(done.listed), day: day(shown.file.asOf) })}>
      <div className="stack">
        <p>{t('done.text', { opened: number(done.opened), closed: number(done.closed), renamed: number(done.renamed), moved: number(done.moved) })}</p>
        {isFirst(shown.seen) && <p className="soft">{t('undo.first')}</p>}
        <Refusal error={undo.refused} />
        <div className="row">
          <LinkButton look="main" icon="units" to="/units">{t('open')}</LinkButton>
          <LinkButton icon="right" to={'/manage' as '/'}>{t('next')}</LinkButton>
          {before && <Button icon="undo" busy={undo.busy} onClick={() => void back()}>{t('undo')}</Button>}
          {before && <Button look="quiet" icon="download" onClick={() => saveText(`units-${shown.file.scheme}-before.csv`, csvText(before))}>{t('keep')}</Button>}
          <Button look="quiet" icon="upload" onClick={again}>{t('more')}</Button>
        </div>
      </div>
    </Card>
  )
  if (shown) return (
    <div className="stack">
      {shown.seen.zeros.count > 0 && <div className="note"><Icon name="info" /><div className="stack tight">
        <p>{t(shown.file.zeros ? 'zeros.done' : 'zeros.lost', { count: number(shown.seen.zeros.count), list: shown.seen.zeros.sample.map((one) => `${one.from} → ${one.to}`).join(', ') })}</p>
        <div className="row"><Button small busy={preview.isPending} onClick={() => preview.mutate(!shown.file.zeros)}>{t(shown.file.zeros ? 'zeros.not' : 'zeros.do')}</Button></div>
      </div></div>}
      {shown.seen.tops > 1 && <p className="note"><Icon name="info" />{t('tops', { count: number(shown.seen.tops) })}</p>}
      <Seen seen={shown.seen} />
      <Refusal error={order.refused} />
      <p role="status" className="soft">{order.busy ? t('going') : ''}</p>
      <div className="table-bulk">
        {changesOf(shown.seen) > 0 && <Button look="main" icon="upload" busy={order.busy} onClick={() => void run()}>{t('go', { count: number(shown.seen.counts.listed) })}</Button>}
        <Button onClick={() => { preview.reset(); order.clear() }}>{t('again')}</Button>
      </div>
    </div>
  )
  return (
    <div className="page text">
      <Card>
        <Form onSend={() => { if (given && asOf) preview.mutate(false) }} foot={<Button look="main" type="submit" busy={preview.isPending} aria-disabled={!given || !asOf}>{t('preview')}</Button>}>
          <FileDrop label={t('file')} files={files} onFiles={(next) => { setFiles(next); preview.reset() }} accept={SHEETS} several={false} most={MOST} />
          <p className="field-hint">{t('top')}</p>
          <p className="field-hint">{t('columns')} <button type="button" className="plain-link press" onClick={() => saveText(lang === 'vi' ? 'don-vi-mau.csv' : 'units-sample.csv', csvText(SAMPLE[lang]))}>{t('sample')}</button></p>
          {files.length === 0 && <details open={written(rows).length > 0}><summary>{t('write')}</summary><WrittenUnits rows={rows} onRows={(next) => { setRows(next); preview.reset() }} standing={() => listOn(scheme.trim(), asOf ?? today)} /></details>}
          <div className="field-row">
            <TextField label={t('scheme')} hint={t('scheme.hint')} error={refusalOf(preview.error).fields['scheme']} value={scheme} onValue={setScheme} autoCapitalize="none" spellCheck={false} />
            <DateField label={t('day')} hint={t('day.hint')} value={asOf} onValue={setAsOf} />
          </div>
          <FileProblems error={preview.error}>{preview.error && Number(refusalOf(preview.error).data['zeros'] ?? 0) > 0 && <div className="row"><Button small onClick={() => preview.mutate(true)}>{t('zeros.do')}</Button></div>}</FileProblems>
        </Form>
      </Card>
    </div>
  )
}

function Seen({ seen }: { seen: Preview }) {
  const t = useT(importing)
  const kind = useKind()
  const { number } = useFormat()
  const { counts } = seen
  const [chosen, choose] = useState<Sampled>()
  const what = chosen ?? (['closed', 'opened', 'renamed', 'moved', 'lifted'] as const).find((one) => counts[one] > 0)
  const kinds = Object.entries(seen.byKind)
  return (
    <>
      <p className="note"><Icon name="info" />{changesOf(seen) === 0 ? t('nothing') : t('seen')}</p>
      <StatTiles label={t('what')} chosen={what} onChoose={(id) => choose(id as Sampled | undefined)} tiles={[
        ...sampled.filter((one) => one !== 'lifted' || counts.lifted > 0).map((one) => ({ id: one, label: t(one), count: counts[one] })),
      ]} />
      <p className="soft small">{[`${t('same')}: ${number(counts.same)}`, counts.rekinded > 0 && `${t('rekinded')}: ${number(counts.rekinded)}`, counts.other > 0 && `${t('other')}: ${number(counts.other)}`].filter(Boolean).join(' · ')}</p>
      <div className="two">
        {what && <Card title={t('first', { what: t(what), shown: number(seen.samples[what].length), count: number(counts[what]) })} flush>
          <DataTable caption={t(what)} rows={seen.samples[what]} rowKey={(one) => one.code} empty={<EmptyState icon="check" title="0" />} columns={[
            { id: 'name', head: t('name'), as: 'name', cell: (one) => <>{one.name}{one.was && one.was !== one.name && <small>{t('was', { name: one.was })}</small>}</> },
            { id: 'code', head: t('code'), as: 'number', cell: (one) => <span className="soft">{one.code}</span> },
          ]} />
        </Card>}
        <Card title={t('byKind')} flush>
          <DataTable caption={t('byKind')} bare={false} rows={kinds} rowKey={([name]) => name} columns={[
            { id: 'kind', head: t('kind'), as: 'name', cell: ([name, n]) => <>{kind(name)}<small className="only-narrow">{t('before').toLowerCase()} {number(n.before)}</small></> },
            { id: 'before', head: t('before'), as: 'number', from: 'narrow', cell: ([, n]) => number(n.before) }, { id: 'after', head: t('after'), as: 'number', cell: ([, n]) => <b>{number(n.after)}</b> },
          ]} />
        </Card>
      </div>
    </>
  )
}
