import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, queries } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Allowed, Button, Card, csvText, DataTable, FileDrop, FileProblems, Form, Page, Refusal, SHEETS, TextField, base64Of, saveText, toast } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import { people } from '../messages.ts'
import { staff } from './messages.ts'

const SAMPLE = [['account', 'name', 'unit_code', 'title', 'phone', 'email', 'role', 'until'], ['binh.nguyen', 'Nguyễn Văn Bình', '00070', 'Chuyên viên', '0912345678', '', 'officer', ''], ['ha.le', 'Lê Thị Thanh Hà', '01', 'Chánh Văn phòng', '', 'ha.le@example.vn', 'secretariat', '2026-12-31']]

/** A list of staff, looked at line by line before it is taken over. */
export function ImportStaff() {
  const t = useT(staff)
  const r = useT(people)
  const { number } = useFormat()
  const navigate = useNavigate()
  const [files, setFiles] = useState<File[]>([])
  const [scheme, setScheme] = useState('admin')
  const preview = useMutation({ mutationFn: async () => {
    const file = { base64: await base64Of(files[0]!), scheme: scheme.trim() }
    return { file, seen: await api.people.previewStaff(file) }
  } })
  const order = useOrder(api.people.importStaff, (answer) => {
    toast(t('import.done', { added: number(answer.added), changed: number(answer.changed), granted: number(answer.granted) }))
    void queries.invalidateQueries()
    void navigate({ to: '/people' as '/' })
  })
  const shown = preview.data
  const changes = shown ? shown.seen.added + shown.seen.changed : 0
  return (
    <Allowed right="person.edit">
      <Page title={t('import.title')} line={t('import.line')} width="text" crumbs={[{ label: t('manage'), to: '/manage' as '/' }, { label: t('title'), to: '/people' as '/' }]}>
        <Card>
          <Form onSend={() => { if (files[0]) preview.mutate() }} foot={<Button {...(changes > 0 ? {} : { look: 'main' as const })} type="submit" busy={preview.isPending} aria-disabled={!files[0]}>{t('preview')}</Button>}>
            <FileDrop label={t('import.file')} files={files} onFiles={(next) => { setFiles(next); preview.reset(); order.clear() }} accept={SHEETS} several={false} most={4 * 1024 * 1024} />
            <p className="field-hint">{t('import.columns')} <button type="button" className="plain-link press" onClick={() => saveText('staff-sample.csv', csvText(SAMPLE))}>{t('sample')}</button></p>
            <TextField label={t('scheme')} value={scheme} onValue={setScheme} autoCapitalize="none" spellCheck={false} />
            <FileProblems error={preview.error} />
          </Form>
        </Card>
        {shown && shown.seen.problems.length > 0 && <FileProblems problems={shown.seen.problems} />}
        {shown && shown.seen.problems.length === 0 && (
          <Card title={changes > 0 ? t('import.counts', { listed: number(shown.seen.listed), added: number(shown.seen.added), changed: number(shown.seen.changed), same: number(shown.seen.same), granted: number(shown.seen.granted) }) : t('import.none')} flush>
            {changes > 0 && <>
              <DataTable caption={t('import.title')} rows={shown.seen.sample} rowKey={(one) => String(one.line)} columns={[
                { id: 'name', head: t('name'), as: 'name', cell: (one) => <>{one.name}<small>{[one.account, one.unit, one.role && r(`role.${one.role}`)].filter(Boolean).join(' · ')}</small></> },
                { id: 'does', head: t('what'), cell: (one) => t(`does.${one.does}`) }, { id: 'line', head: t('row'), as: 'number', cell: (one) => <span className="soft">{one.line}</span> },
              ]} />
              <div className="card-body stack"><p className="soft">{t('import.undo')}</p><Refusal error={order.refused} />
                <div className="row"><Button look="main" icon="upload" busy={order.busy} onClick={() => void order.give({ ...shown.file, seen: shown.seen.seen })}>{t('import.go', { count: number(changes) })}</Button></div></div>
            </>}
          </Card>
        )}
      </Page>
    </Allowed>
  )
}
