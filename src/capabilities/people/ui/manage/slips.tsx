// Slips are shown once: on the screen until they are printed, never kept.
import { useEffect } from 'react'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, Page, csvText, saveText, useConfirm } from '../../../../web/kit/kit.ts'
import { people } from '../messages.ts'
import { staff } from './messages.ts'
import type { Slips } from './parts.tsx'

/** In place of the screen that asked for them. On paper each has a page of its own. */
export function SlipSheets({ slips: { slips, address }, onClose }: { slips: Slips; onClose: () => void }) {
  const t = useT(staff)
  const r = useT(people)
  const { number, date } = useFormat()
  const confirm = useConfirm()
  useEffect(() => {
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', stay)
    return () => removeEventListener('beforeunload', stay)
  }, [])
  const count = number(slips.length)
  const close = async () => { if (await confirm({ title: t('close.title', { count }), text: t('close.text'), yes: t('close'), danger: true })) onClose() }
  const save = () => saveText('slips.csv', csvText([['unit_code', 'unit', 'name', 'account', 'code', 'until', 'address'], ...slips.map((one) => [one.unit?.code ?? '', [one.unit?.name, ...one.parents].filter(Boolean).join(', '), one.name ?? '', one.account, one.code, one.until.slice(0, 10), address])]))
  return (
    <div className="slip-page">
      <Page title={t('slips.title', { count })} line={t('slips.line')} actions={<><Button look="main" icon="print" onClick={() => print()}>{t('print')}</Button><Button icon="download" onClick={save}>{t('csv')}</Button><Button icon="check" onClick={() => void close()}>{t('close')}</Button></>}>
        <div className="slips">{slips.map((one) => (
          <section key={one.personId} className="slip" aria-label={one.account}>
            <h2>{t('slip.head')}</h2>
            <dl className="facts">{([
              [t('unit'), [one.unit?.name, ...one.parents].filter(Boolean).join(', ')], [t('name'), one.name], [t('role'), one.role && r(`role.${one.role}`)], [t('slip.address'), address],
              [t('account'), <b key="a" className="secret">{one.account}</b>], [t('slip.code'), <b key="c" className="secret">{one.code}</b>], [t('slip.until'), date(one.until)],
            ] as const).filter(([, value]) => value).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
            <p className="small">{t('slip.how')}</p>
          </section>
        ))}</div>
      </Page>
    </div>
  )
}
