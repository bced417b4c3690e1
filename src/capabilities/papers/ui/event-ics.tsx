// On the page of an event: the ICS forms that it fills in.
import { Link } from '@tanstack/react-router'
import type { EventOnPage } from '../../../web/event-sections.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Card, DataTable, LinkButton } from '../../../web/kit/kit.ts'
import { ICS } from '../contract/ics.ts'
import { icsForms } from '../decide/ics.ts'
import { icsMessages } from './ics-messages.ts'

export function EventIcs({ event }: { event: EventOnPage }) {
  const t = useT(icsMessages)
  const { lang } = useLang()
  return (
    <Card flush title={t('title')} side={<LinkButton icon="edit" to="/papers/drafts">{t('drafts')}</LinkButton>}>
      <DataTable caption={t('line')} rows={ICS.map((code) => icsForms[code])} rowKey={({ code }) => code} columns={[
        { id: 'form', head: t('form'), as: 'name', cell: ({ code, title, vi }) => <><Link to="/papers/ics/$form" params={{ form: code }} search={{ event: event.id }}>{`ICS ${code} ${title}`}</Link>{lang === 'vi' && <small>{vi}</small>}</> },
      ]} />
    </Card>
  )
}
