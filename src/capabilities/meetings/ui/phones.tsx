// Whom to call before a session, with room to write what they said; on paper as on the screen.
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Loaded } from '../../../web/kit/kit.ts'
import { meetings as messages } from './messages.ts'
import './meetings.css'

export function PhoneList({ bodyId, unitIds, onClose }: { bodyId: string; unitIds: string[]; onClose: () => void }) {
  const t = useT(messages)
  const found = useQuery({ ...q.meetings.phones.queryOptions({ input: { bodyId, unitIds: unitIds.join(',') } as never }), staleTime: Infinity })
  return (
    <Dialog open onClose={onClose} title={t('phone')} size="lg">
      <div className="stack phone-list">
        <p className="soft small no-print">{t('phone.hint')}</p>
        <Loaded query={found}>{({ items }) => (
          <table className="phones"><thead><tr><th scope="col">{t('phone.unit')}</th><th scope="col">{t('phone.who')}</th><th scope="col">{t('phone.number')}</th><th scope="col" className="phone-note">{t('phone.done')}</th></tr></thead>
            <tbody>{items.map((one, i) => <tr key={i}><th scope="row">{one.unit.name}</th><td>{one.name ?? <span className="faint">{t('phone.none')}</span>}{one.title && <small>{one.title}</small>}</td><td className="nowrap">{one.phone ? <a href={`tel:${one.phone.replace(/\s/g, '')}`}>{one.phone}</a> : '–'}</td><td className="phone-note" /></tr>)}</tbody></table>
        )}</Loaded>
        <div className="no-print"><Button icon="print" onClick={() => print()}>{t('print')}</Button></div>
      </div>
    </Dialog>
  )
}
