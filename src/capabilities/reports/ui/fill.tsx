// Filling in: what is typed is kept as a draft by itself, faults stand at their fields, and it is submitted or corrected by one button.
import { useEffect, useMemo, useRef, useState } from 'react'
import { api, q, queries, url } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, ChoiceField, Editors, Icon, Refusal, SHEETS, SelectField, TextField, base64Of, toast, useDebounced } from '../../../web/kit/kit.ts'
import { useOrder, uuidv7 } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import { complete } from '../decide/values.ts'
import { FormFields, placeOf } from './fields.tsx'
import { useReportState } from './mark.tsx'
import { reports as messages } from './messages.ts'
import { PickFile } from './pick-file.tsx'
import type { ReportData } from './report.tsx'
import { typedOf, valuesOf } from './typed.ts'
import type { Typed } from './typed.ts'

const HOWS = ['telephone', 'paper', 'radio', 'in_person'] as const
const WAIT_MS = 1200

/** `moved`: as it stands at the server, where somebody changed it meanwhile. */
export function Fill({ report, correcting, moved, onTake, onDone, onCancel }: { report: ReportData; correcting: boolean; moved: ReportData | undefined; onTake: () => void; onDone: () => void; onCancel: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const { lang } = useLang()
  const format = useFormat(report.zone)
  const me = useMe()
  const state = useReportState()
  const [typed, setTyped] = useState<Typed>(() => typedOf(report.form, report.draft?.values ?? report.values, lang === 'vi', uuidv7))
  const [reason, setReason] = useState('')
  const [told, setTold] = useState({ by: '', how: 'telephone' })
  const theirs = me?.unit?.id !== report.unit.id
  const [whose, setWhose] = useState('')
  const [tried, setTried] = useState(false)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [saved, setSaved] = useState<{ at: string; by: string | null } | 'saving' | 'failed' | undefined>(report.draft ? { at: report.draft.at, by: report.draft.by } : undefined)
  const [problemsOfFile, setProblemsOfFile] = useState<string[]>([])
  const { values, draft, unread } = useMemo(() => valuesOf(report.form, typed), [report.form, typed])
  const { values: computed, problems } = useMemo(() => complete(report.form, values, report.before?.values ?? null), [report, values])
  const order = useOrder(api.reports.submit)

  // One draft at a time on its way; what is typed meanwhile goes with the next.
  const late = useDebounced(draft, WAIT_MS)
  const first = useRef(true)
  const done = useRef(false)
  useEffect(() => {
    if (first.current || done.current) { first.current = false; return }
    setSaved('saving')
    let gone = false
    api.reports.keep({ reportId: report.id, values: late }).then(({ savedAt }) => { if (!gone) setSaved({ at: savedAt, by: null }) }, () => { if (!gone) setSaved('failed') })
    return () => { gone = true }
  }, [late, report.id])

  const faults = problems.filter((one) => one.severity === 'error' && !unread.has(placeOf(one.field, one.row, one.column)))
  const warnings = problems.filter((one) => one.severity === 'warning')
  const errors = new Map<string, string>()
  for (const one of faults) if ((tried || touched.has(one.field)) && !errors.has(placeOf(one.field, one.row, one.column))) errors.set(placeOf(one.field, one.row, one.column), pick(one.say))
  for (const place of unread) errors.set(place, t('number.bad'))
  const bad = faults.length + unread.size
  const names = Object.fromEntries(report.files.map((file) => [file.id, file.name]))
  const go = (field: string) => document.querySelector<HTMLElement>(`#f-${field} :is(input, select, textarea, button)`)?.focus()

  const lacks = { whose: theirs && whose === '', told: theirs && whose === 'told' && !told.by.trim(), reason: correcting && !reason.trim() }
  const end = useRef<HTMLDivElement>(null)
  // Known for certain now, also where the line to the server is down.
  const changed = order.refused?.code === 'CHANGED'
  useEffect(() => { if (changed) void queries.invalidateQueries({ queryKey: q.reports.get.key() }) }, [changed])
  const take = async () => {
    await api.reports.keep({ reportId: report.id, values: draft }).catch(() => {})
    onTake()
  }
  const send = async () => {
    setTried(true)
    if (bad > 0) { go(faults[0]?.field ?? [...unread][0]!.split(' ')[0]!); return }
    if (lacks.told || lacks.whose || lacks.reason) { requestAnimationFrame(() => end.current?.querySelector<HTMLElement>('[aria-invalid=true], fieldset[aria-describedby] input')?.focus()); return }
    const answer = await order.give({ reportId: report.id, expectedVersion: report.version, values, ...(correcting ? { reason: reason.trim() } : {}), ...(whose === 'told' ? { told: { by: told.by.trim(), how: told.how as 'telephone' } } : {}) })
    if (!answer) return
    done.current = true
    toast(answer.warnings.length > 0 ? t('with.warnings', { n: answer.warnings.length }) : t(correcting ? 'corrected' : 'submitted'))
    onDone()
  }
  const readFile = async (file: File | undefined) => {
    if (!file) return
    try {
      const read = await api.reports.readFile({ reportId: report.id, base64: await base64Of(file) })
      setProblemsOfFile(read.problems)
      const n = Object.keys(read.values).length
      if (n === 0 && read.problems.length === 0) setProblemsOfFile([t('offline.empty')])
      if (n > 0) { setTyped((before) => ({ ...before, ...Object.fromEntries(Object.entries(typedOf(report.form, read.values, lang === 'vi', uuidv7)).filter(([code]) => code in read.values)) })); toast(t('offline.read', { n })) }
    } catch (error) { setProblemsOfFile([error instanceof Error ? error.message : String(error)]) }
  }
  const status = saved === 'saving' ? t('save.now') : saved === 'failed' ? t('save.not') : saved ? (saved.by ? t('save.by', { name: saved.by, at: format.dateTime(saved.at) }) : t('save.at', { at: format.time(saved.at) })) : t('save.new')
  return (
    <form className="report-fill" noValidate onSubmit={(event) => { event.preventDefault(); void send() }}>
      {moved && !order.busy && !done.current && <div className="note" role="status"><Icon name="info" size={16} /><div className="row"><span>{t('moved', { state: state({ state: moved.state, late: moved.late, due: moved.dueAt }) })}</span><Button small icon="undo" onClick={() => void take()}>{t('reload')}</Button></div></div>}
      <Editors kind="report" id={report.id} />
      {report.form.about && <p className="soft">{pick(report.form.about)}</p>}
      <FormFields form={report.form} typed={typed} computed={computed} before={report.before?.values ?? null} errors={errors} names={names} onTyped={(code, value) => { setTyped((was) => ({ ...was, [code]: value })); setTouched((was) => (was.has(code) ? was : new Set([...was, code]))) }} />
      {warnings.length > 0 && <div className="note"><Icon name="info" size={16} /><div><b>{t('warnings')}</b><ul className="report-notes">{warnings.map((one, i) => <li key={i}>{pick(one.say)} <button type="button" className="plain-link" onClick={() => go(one.field)}>{t('go')}</button></li>)}</ul></div></div>}
      <Card>
        <div className="stack" ref={end}>
          {correcting && <TextField label={t('correct.reason')} hint={t('correct.hint')} value={reason} onValue={setReason} maxLength={1000} error={tried && lacks.reason ? t('needed') : undefined} />}
          {theirs && <ChoiceField label={t('whose')} value={whose} onValue={setWhose} options={[{ value: 'own', label: t('whose.own', { unit: report.unit.name }) }, { value: 'told', label: t('whose.told', { unit: report.unit.name }) }]} error={tried && lacks.whose ? t('needed') : undefined} />}
          {theirs && whose === 'told' && <div className="field-row"><TextField label={t('told.by')} hint={t('told.by.hint')} value={told.by} onValue={(by) => setTold({ ...told, by })} maxLength={120} error={tried && lacks.told ? t('needed') : undefined} /><SelectField label={t('told.how')} value={told.how} onValue={(how) => setTold({ ...told, how })} options={HOWS.map((how) => ({ value: how, label: t(`how.${how}`) }))} /></div>}
          <details className="report-offline"><summary>{t('offline')}</summary><div className="row">
            <a className="button plain" href={url(`api/v1/reports/${report.id}/blank`)} download><Icon name="download" size={16} /><span>{t('offline.get')}</span></a>
            <PickFile label={t('offline.put')} accept={SHEETS} onFiles={([file]) => void readFile(file)} />
          </div></details>
          {problemsOfFile.length > 0 && <div className="refusal" role="alert"><Icon name="alert" size={16} /><div><b>{t('offline.problems')}</b><ul className="report-notes">{problemsOfFile.map((text) => <li key={text}>{text}</li>)}</ul></div></div>}
          <Refusal error={order.refused} />
        </div>
      </Card>
      <div className="report-foot">
        <div role="status">{tried && bad > 0 && <p className="bad">{t('faults', { n: bad })}</p>}<p className={saved === 'failed' ? 'bad' : 'soft'}>{status}</p></div>
        <div className="row">{correcting && <Button onClick={onCancel}>{t('cancel')}</Button>}<Button look="main" type="submit" icon="check" busy={order.busy}>{t(correcting ? 'correct.send' : report.state === 'returned' ? 'resubmit' : 'submit')}</Button></div>
      </div>
    </form>
  )
}
