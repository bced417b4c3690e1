import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api, queries, refusalOf } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useLang, useT } from '../../../../web/i18n.tsx'
import { Button, Card, CheckField, csvText, DataTable, DateField, FileDrop, FileProblems, Form, Refusal, SHEETS, TextField, base64Of, saveText, toast } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import { importing } from './messages.ts'

const SAMPLE = {
  vi: [['mã cũ', 'mã mới', 'phần'], ['00001', '00070', 'toàn bộ'], ['00004', '00070', 'một phần'], ['00004', '00082', 'một phần']],
  en: [['from_code', 'to_code', 'part'], ['00001', '00070', 'full'], ['00004', '00070', 'partial'], ['00004', '00082', 'partial']],
}

export function ImportSuccessors() {
  const t = useT(importing)
  const { lang } = useLang()
  const { number } = useFormat()
  const [files, setFiles] = useState<File[]>([])
  const [scheme, setScheme] = useState('admin')
  const [on, setOn] = useState<string>()
  const [skipUnknown, setSkip] = useState(false)
  const preview = useMutation({ mutationFn: async () => {
    const file = { base64: await base64Of(files[0]!), scheme: scheme.trim(), on: on!, skipUnknown }
    return { file, seen: await api.units.previewSuccessors(file) }
  } })
  const order = useOrder(api.units.importSuccessors, (answer) => {
    toast(t('s.done', { count: number(answer.full + answer.partial) }))
    void queries.invalidateQueries()
    setFiles([])
    preview.reset()
  })
  const shown = preview.data
  return (
    <div className="page text">
      <Card>
        <Form onSend={() => { if (files[0] && on) preview.mutate() }} foot={<Button {...(shown ? {} : { look: 'main' as const })} type="submit" busy={preview.isPending} aria-disabled={!files[0] || !on}>{t('preview')}</Button>}>
          <FileDrop label={t('s.file')} files={files} onFiles={(next) => { setFiles(next); preview.reset() }} accept={SHEETS} several={false} most={8 * 1024 * 1024} />
          <p className="field-hint">{t('s.columns')} <button type="button" className="plain-link press" onClick={() => saveText(lang === 'vi' ? 'ke-thua-mau.csv' : 'successors-sample.csv', csvText(SAMPLE[lang]))}>{t('sample')}</button></p>
          <div className="field-row"><TextField label={t('scheme')} error={refusalOf(preview.error).fields['scheme']} value={scheme} onValue={setScheme} autoCapitalize="none" spellCheck={false} /><DateField label={t('s.day')} value={on} onValue={setOn} /></div>
          <CheckField label={t('s.skip')} value={skipUnknown} onValue={(yes) => { setSkip(yes); preview.reset() }} />
          <FileProblems error={preview.error} />
        </Form>
      </Card>
      {shown && (
        <Card title={t('seen')}>
          <div className="stack">
            <p>{t('s.counts', { listed: number(shown.seen.listed), full: number(shown.seen.full), partial: number(shown.seen.partial) })}</p>
            {shown.seen.skipped.length > 0 && <DataTable caption={t('s.skipped')} rows={shown.seen.skipped} rowKey={(one) => String(one.line)} columns={[
              { id: 'from', head: t('s.from'), as: 'name', cell: (one) => <>{one.from}{one.unknown.includes('from') && <small>{t('s.unknown')}</small>}</> },
              { id: 'to', head: t('s.to'), cell: (one) => <>{one.to}{one.unknown.includes('to') && <small className="soft"> · {t('s.unknown')}</small>}</> }, { id: 'line', head: t('s.line'), as: 'number', cell: (one) => one.line },
            ]} />}
            <p className="soft">{t('s.undo')}</p>
            <Refusal error={order.refused} />
            <div className="row"><Button look="main" icon="upload" busy={order.busy} onClick={() => void order.give(shown.file)}>{t('s.go', { count: number(shown.seen.full + shown.seen.partial) })}</Button></div>
          </div>
        </Card>
      )}
    </div>
  )
}
