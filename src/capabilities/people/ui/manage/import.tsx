import { useEffect, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api, queries, refusalOf } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useLang, useT } from '../../../../web/i18n.tsx'
import { Allowed, Button, Card, csvText, DataTable, FileDrop, FileProblems, Form, Icon, LinkButton, Page, Refusal, SHEETS, TextField, base64Of, saveText, toast, useConfirm } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import { useMe } from '../../../../web/session.ts'
import { people } from '../messages.ts'
import { staff } from './messages.ts'

type Done = Awaited<ReturnType<typeof api.people.importStaff>>
const SAMPLE = {
  vi: [['tài khoản', 'họ tên', 'mã đơn vị', 'chức vụ', 'điện thoại', 'thư điện tử', 'vai trò', 'đến hết ngày'], ['binh.nguyen', 'Nguyễn Văn Bình', '00070', 'Chuyên viên', '0912 345 678', '', 'Cán bộ', ''], ['ha.le', 'Lê Thị Thanh Hà', '01', 'Chánh Văn phòng', '', 'ha.le@example.vn', 'Thường trực, tham mưu', '31/12/2030']],
  en: [['account', 'name', 'unit_code', 'title', 'phone', 'email', 'role', 'until'], ['binh.nguyen', 'Nguyễn Văn Bình', '00070', 'Officer', '0912 345 678', '', 'Officer', ''], ['ha.le', 'Lê Thị Thanh Hà', '01', 'Chief of office', '', 'ha.le@example.vn', 'Secretariat', '31/12/2030']],
}

/** The last list that this person imported here, counts and its number only, so that it can be taken back after the page was left. */
type Kept = { done: Done; at: string }
const keyOf = (person: string | undefined) => `sansang.staff.${person ?? ''}`
const keep = (key: string, kept: Kept | undefined): void => { try { if (kept) localStorage.setItem(key, JSON.stringify(kept)); else localStorage.removeItem(key) } catch { /* a private window keeps nothing */ } }
function keptIn(key: string): Kept | undefined {
  try { const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null; return kept && kept.done.added + kept.done.granted > 0 ? kept : undefined } catch { return undefined }
}

/** A list of staff, looked at line by line before it is taken over. */
export function ImportStaff() {
  const t = useT(staff)
  const r = useT(people)
  const { lang } = useLang()
  const { number } = useFormat()
  const [files, setFiles] = useState<File[]>([])
  const [scheme, setScheme] = useState('admin')
  const preview = useMutation({ mutationFn: async (zeros: boolean) => {
    const file = { base64: await base64Of(files[0]!), scheme: scheme.trim(), zeros }
    return { file, seen: await api.people.previewStaff(file) }
  } })
  const [done, setDone] = useState<Done>()
  const key = keyOf(useMe()?.id)
  const [earlier, setEarlier] = useState(() => keptIn(key))
  const order = useOrder(api.people.importStaff, (answer) => { setDone(answer); setEarlier(undefined); keep(key, { done: answer, at: new Date().toISOString() }); void queries.invalidateQueries() })
  const shown = preview.data
  const changes = shown ? shown.seen.added + shown.seen.changed : 0
  return (
    <Allowed right="person.edit">
      <Page title={t('import.title')} line={t('import.line')} width="text" crumbs={[{ label: t('manage'), to: '/manage' as '/' }, { label: t('title'), to: '/people' as '/' }]}>
        {done ? <Imported done={done} onBack={() => keep(key, undefined)} onAgain={() => { setDone(undefined); setFiles([]); preview.reset() }} /> : <>
        <Card>
          <Form onSend={() => { if (files[0]) preview.mutate(false) }} foot={<Button {...(changes > 0 ? {} : { look: 'main' as const })} type="submit" busy={preview.isPending} aria-disabled={!files[0]}>{t('preview')}</Button>}>
            <FileDrop label={t('import.file')} files={files} onFiles={(next) => { setFiles(next); preview.reset(); order.clear() }} accept={SHEETS} several={false} most={4 * 1024 * 1024} />
            <p className="field-hint">{t('import.columns')} <button type="button" className="plain-link press" onClick={() => saveText(lang === 'vi' ? 'can-bo-mau.csv' : 'staff-sample.csv', csvText(SAMPLE[lang]))}>{t('sample')}</button></p>
            <TextField label={t('scheme')} error={refusalOf(preview.error).fields['scheme']} value={scheme} onValue={setScheme} autoCapitalize="none" spellCheck={false} />
            <FileProblems error={preview.error} />
          </Form>
        </Card>
        {shown && shown.seen.problems.length > 0 && <FileProblems problems={shown.seen.problems}>{!shown.file.zeros && shown.seen.zeros > 0 && <div className="row"><Button small busy={preview.isPending} onClick={() => preview.mutate(true)}>{t('zeros.do')}</Button></div>}</FileProblems>}
        {shown && shown.file.zeros && shown.seen.zeros > 0 && <p className="note"><Icon name="info" />{t('zeros.done', { count: number(shown.seen.zeros) })}</p>}
        {shown && shown.seen.problems.length === 0 && <>
          <Card title={changes > 0 ? t('import.counts', { listed: number(shown.seen.listed), added: number(shown.seen.added), changed: number(shown.seen.changed), same: number(shown.seen.same), granted: number(shown.seen.granted) }) : t('import.none')} flush>
            {changes > 0 && <DataTable caption={t('import.title')} rows={shown.seen.sample} rowKey={(one) => String(one.line)} columns={[
                { id: 'name', head: t('name'), as: 'name', cell: (one) => <>{one.name}<small>{[one.account, one.unit, one.role && r(`role.${one.role}`)].filter(Boolean).join(' · ')}</small></> },
                { id: 'does', head: t('what'), cell: (one) => t(`does.${one.does}`) }, { id: 'line', head: t('row'), as: 'number', cell: (one) => <span className="soft">{one.line}</span> },
              ]} />}
          </Card>
          {changes > 0 && <>
            <p className="soft">{t('import.undo')}</p><Refusal error={order.refused} />
            <div className="table-bulk"><Button look="main" icon="upload" busy={order.busy} onClick={() => void order.give({ ...shown.file, seen: shown.seen.seen })}>{t('import.go', { count: number(changes) })}</Button></div>
          </>}
        </>}
        {earlier && !shown && <Imported done={earlier.done} at={earlier.at} onBack={() => keep(key, undefined)} />}</>}
      </Page>
    </Allowed>
  )
}

/** What the list did, and the way back while nobody has used it. */
function Imported({ done, at, onBack, onAgain }: { done: Done; /** Of one imported before this page was opened. */ at?: string; onBack: () => void; onAgain?: () => void }) {
  const t = useT(staff)
  const { number, dateTime } = useFormat()
  const confirm = useConfirm()
  const counts = { added: number(done.added), changed: number(done.changed), granted: number(done.granted) }
  const [back, setBack] = useState<{ erased: number; ended: number; kept: number }>()
  const undo = useOrder(api.people.undoStaff, (answer) => { setBack(answer); onBack(); toast(t('undo.toast')); void queries.invalidateQueries() })
  // What was pressed is gone: what came of it is read out.
  const said = useRef<HTMLParagraphElement>(null)
  useEffect(() => { if (!at) said.current?.focus() }, [at])
  const ask = async () => { if (await confirm({ title: t('undo.title'), text: [t('undo.text', counts), done.changed > 0 && t('undo.text.changed', counts)].filter(Boolean).join(' '), yes: t('undo'), danger: true })) void undo.give({ importId: done.importId }) }
  return (
    <Card {...(at ? { title: t('earlier', { at: dateTime(at) }) } : {})}>
      <div className="stack">
        <p ref={said} tabIndex={-1}><b>{t('import.done', counts)}</b></p>
        {back && <p>{[back.erased > 0 && t('undo.done', { erased: number(back.erased) }), back.ended > 0 && t('undo.ended', { ended: number(back.ended) }), back.kept > 0 && t('undo.kept', { kept: number(back.kept) }), done.changed > 0 && t('undo.changed', counts)].filter(Boolean).join(' ')}</p>}
        <Refusal error={undo.refused} />
        <div className="row">
          {onAgain && <><LinkButton look="main" to={'/people' as '/'}>{t('import.to')}</LinkButton><Button onClick={onAgain}>{t('import.more')}</Button></>}
          {!back && done.added + done.granted > 0 && <Button icon="undo" busy={undo.busy} onClick={() => void ask()}>{t('undo')}</Button>}
        </div>
      </div>
    </Card>
  )
}
