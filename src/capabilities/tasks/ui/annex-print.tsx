// The annex on paper: the office's head, what it belongs to, as of when; heads and page numbers on every sheet.
import { useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, CheckField, ChoiceField, Dialog, Form, Progress, TextField } from '../../../web/kit/kit.ts'
import { useMe } from '../../../web/session.ts'
import { annex } from './annex-messages.ts'
import { arranged, groupBy, groupOf } from './annex-rows.ts'
import { useSheet, useWords } from './annex.tsx'
import type { TaskRow } from './list.tsx'

type Head = { above: string; unit: string; number: string; name: string; paper: string; landscape: boolean; state: boolean }
const KEPT = 'sansang.annex'
/** The head of an office stays the same from one print to the next. */
const kept = (): Partial<Head> => { try { return JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Head> } catch { return {} } }

type Props = { rows: readonly TaskRow[]; total: number | undefined; whole: boolean; group: string | undefined; sort: string | undefined; unit: string | undefined; onClose: () => void }
export function AnnexPrint({ rows, total, whole, group, sort, unit, onClose }: Props) {
  const t = useT(annex)
  const me = useMe()
  const format = useFormat()
  const [head, setHead] = useState<Head>(() => ({ above: '', unit: unit ?? me?.unit?.name ?? '', number: t('print.number.default'), name: t('print.name.default'), paper: '', landscape: true, state: false, ...kept(), ...unit && { unit } }))
  const [going, setGoing] = useState(false)
  const set = (more: Partial<Head>) => setHead({ ...head, ...more })
  useEffect(() => {
    if (!going || !whole) return
    try { localStorage.setItem(KEPT, JSON.stringify({ above: head.above, unit: head.unit, landscape: head.landscape, state: head.state })) } catch { /* a private window forgets it */ }
    const done = () => { setGoing(false); onClose() }
    addEventListener('afterprint', done)
    const frame = requestAnimationFrame(() => print())
    return () => { cancelAnimationFrame(frame); removeEventListener('afterprint', done) }
  }, [going, whole]) // eslint-disable-line react-hooks/exhaustive-deps -- once everything is there
  return (
    <>
      <Dialog open={!(going && whole)} onClose={onClose} title={t('print.title')}>
        <Form onSend={() => setGoing(true)} foot={<Button look="main" icon="print" type="submit" busy={going}>{t('print.do')}</Button>}>
          <TextField label={t('print.above')} optional value={head.above} onValue={(above) => set({ above })} maxLength={160} />
          <TextField label={t('print.unit')} value={head.unit} onValue={(of) => set({ unit: of })} maxLength={160} />
          <TextField label={t('print.number')} value={head.number} onValue={(number) => set({ number })} maxLength={40} />
          <TextField label={t('print.name')} value={head.name} onValue={(name) => set({ name })} maxLength={240} />
          <TextField label={t('print.with')} hint={t('print.with.hint')} optional value={head.paper} onValue={(paper) => set({ paper })} maxLength={300} />
          <ChoiceField inline label={t('print.paper')} value={head.landscape ? 'landscape' : 'portrait'} onValue={(value) => set({ landscape: value === 'landscape' })} options={(['portrait', 'landscape'] as const).map((value) => ({ value, label: t(`print.${value}`) }))} />
          <CheckField label={t('print.state')} value={head.state} onValue={(state) => set({ state })} />
          {going && <Progress label={t('print.loading', { n: format.number(rows.length) })} done={rows.length} total={Math.max(total ?? 0, rows.length)} />}
        </Form>
      </Dialog>
      {going && whole && createPortal(<Paper head={head} rows={rows} group={group} sort={sort} />, document.body)}
    </>
  )
}

function Paper({ head, rows, group, sort }: { head: Head; rows: readonly TaskRow[]; group: string | undefined; sort: string | undefined }) {
  const t = useT(annex)
  const format = useFormat()
  const words = useWords()
  const sheet = useSheet()
  const by = groupBy(group)
  const all = useMemo(() => arranged(rows, sort, by, words, format), [rows, sort, by, words, format])
  const of = by && groupOf(by, words, format)
  const { heads, rows: lines } = sheet(all)
  const width = head.state ? heads.length : heads.length - 1
  const cellsOf = (cells: string[], i: number) => <tr key={all[i]!.id}>{cells.slice(0, width).map((cell, at) => <td key={at}>{cell}</td>)}</tr>
  const sections = of ? [...Map.groupBy(lines.keys(), (i) => of(all[i]!).id).values()] : []
  return (
    <div data-paper className={`annex-paper ${head.landscape ? 'landscape' : 'portrait'}${head.state ? ' stated' : ''}`} lang={format.lang}>
      <div className="annex-office">{head.above && <p>{head.above}</p>}<p><b>{head.unit}</b></p></div>
      <p className="annex-number"><b>{head.number}</b></p>
      <p className="annex-title"><b>{head.name}</b></p>
      {head.paper && <p className="annex-with"><i>{t('print.with.said', { paper: head.paper })}</i></p>}
      <p className="annex-asof"><i>{t('print.asOf', { time: format.dateTime(Date.now()) })}</i></p>
      <table>
        <thead><tr>{heads.slice(0, width).map((one) => <th key={one} scope="col">{one}</th>)}</tr></thead>
        <tbody>{of ? sections.flatMap((members, n) => [
          <tr key={`group ${n}`} className="annex-group"><td>{roman(n + 1)}</td><td colSpan={width - 1}><b>{of(all[members[0]!]!).label}</b></td></tr>,
          ...members.map((i) => cellsOf(lines[i]!, i)),
        ]) : lines.map(cellsOf)}</tbody>
      </table>
    </div>
  )
}
const ROMAN: [number, string][] = [[100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']]
function roman(n: number): string {
  let text = ''
  for (const [value, letter] of ROMAN) while (n >= value) { text += letter; n -= value }
  return text
}
