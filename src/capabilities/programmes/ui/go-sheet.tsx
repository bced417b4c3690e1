// Go or no-go on one A4, seen on paper only: what stands against it, what was let pass by whom, and where to sign. What does not fit is counted: every row has two lines at most.
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { StateMark } from '../../../web/kit/kit.ts'
import type { Check } from '../../readiness/contract.ts'
import type { GoNoGo } from './conclude.tsx'
import { event as messages } from './messages.ts'

/** Rows of both tables together; of waivers at least so many, since each has a name under it. */
const [ROWS, WAIVED, MET] = [11, 5, 8]

export function GoSheet({ data, met, zone }: { data: GoNoGo; met: readonly Check[]; zone: string }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(zone)
  const waived = data.waived.slice(0, Math.max(WAIVED, ROWS - data.against.length))
  const against = data.against.slice(0, ROWS - waived.length)
  const cut = (text: string) => <span className="go-cut">{text}</span>
  const rest = (all: readonly unknown[], most: number) => all.length > most && <p>{t('sheet.rest', { n: all.length - most })}</p>
  return (
    <section className="go-sheet" aria-hidden="true">
      {data.against.length > 0 && <><h2>{t('against', { n: data.against.length })}</h2>
        <table><thead><tr><th>{t('col.requirement')}</th><th>{t('col.state')}</th><th>{t('col.why')}</th><th className="number">{t('col.by')}</th></tr></thead>
          <tbody>{against.map((one) => <tr key={one.requirement}><td>{cut(pick(one.name))}</td><td><StateMark state={one.state} /></td><td>{cut(pick(one.sentence))}</td><td className="number">{one.byAt ? format.date(one.byAt) : '–'}</td></tr>)}</tbody></table>
        {rest(data.against, against.length)}</>}
      {data.waived.length > 0 && <><h2>{t('waived', { n: data.waived.length })}</h2>
        <table className="go-waived"><thead><tr><th>{t('col.requirement')}</th><th>{t('sheet.who')}</th><th>{t('waived.who')}</th><th className="number">{t('waive.until')}</th></tr></thead>
          <tbody>{waived.map((one) => <tr key={one.requirement}><td>{cut(pick(one.name))}</td><td>{cut(one.waiver?.toldBy ?? one.waiver?.by.name ?? '…')}</td><td>{cut(one.waiver?.reason ?? '…')}</td><td className="number">{one.waiver ? format.date(one.waiver.until) : '–'}</td></tr>)}</tbody></table>
        {rest(data.waived, waived.length)}</>}
      {met.length > 0 && <><h2>{t('met', { n: met.length })}</h2><p className="go-cut">{met.slice(0, MET).map((one) => pick(one.name)).join(' · ')}</p>{rest(met, MET)}</>}
      <p className="go-sign"><span>{t('sheet.prepared')}</span><span>{t('sheet.decides')}</span></p>
    </section>
  )
}
