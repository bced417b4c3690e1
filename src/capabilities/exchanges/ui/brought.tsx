// Where a record came from, on the record's own screen; nothing where it came to be here.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { useMay } from '../../../web/session.ts'
import { exchanges } from './messages.ts'

export function Brought({ localId }: { localId: string }) {
  const t = useT(exchanges)
  const { date } = useFormat()
  const may = useMay('exchange.read')
  const origin = useQuery({ ...q.exchanges.origin.queryOptions({ input: { localId } }), staleTime: 300_000 }).data?.origin
  if (!origin) return null
  const text = t('brought', { from: origin.from, at: date(origin.takenAt) })
  return <p className="soft small">{may ? <Link to={'/packages/$packageId' as '/'} params={{ packageId: origin.packageId } as never}>{text}</Link> : text}</p>
}
