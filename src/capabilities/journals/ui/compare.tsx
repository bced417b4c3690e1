// Two moments of one thing, side by side: what was different, field by field.
import { useQuery } from '@tanstack/react-query'
import { q, refusalOf } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { DataTable, Dialog, EmptyState, Loaded, Refusal } from '../../../web/kit/kit.ts'
import { COMPARABLE } from '../contract/kinds.ts'
import { journals } from './messages.ts'

export const comparable = (subject: string | undefined): boolean => (COMPARABLE as readonly string[]).includes(subject?.split(':')[0] ?? '')

export function Compare({ subject, lines, onClose }: { subject: string; lines: readonly [number, number]; onClose: () => void }) {
  const t = useT(journals)
  const pick = usePick()
  const { dateTime } = useFormat()
  const [from, until] = [Math.min(...lines), Math.max(...lines)]
  const found = useQuery({ ...q.journals.compare.queryOptions({ input: { subject, from, until } }), retry: false })
  return (
    <Dialog open onClose={onClose} title={t('compare.title')} size="lg">
      {found.error ? <Refusal error={refusalOf(found.error)} /> : <Loaded query={found}>{(seen) => (
        <div className="compare">
          <p className="soft">{t('compare.text', { from: dateTime(seen.from.at), until: dateTime(seen.until.at) })}</p>
          <DataTable caption={t('compare.title')} rows={seen.fields} rowKey={(one) => one.field} empty={<EmptyState icon="check" title={t('compare.none')}>{t('compare.none.text')}</EmptyState>} columns={[
            { id: 'name', head: t('compare.field'), as: 'name', width: '34%', cell: (one) => <>{pick(one.name)}<small className="from-only-narrow">{pick(one.before) || '–'} → <b>{pick(one.after) || '–'}</b></small></> },
            { id: 'before', head: dateTime(seen.from.at), from: 'middle', cell: (one) => <span className="soft">{pick(one.before) || '–'}</span> },
            { id: 'after', head: dateTime(seen.until.at), from: 'middle', cell: (one) => <b>{pick(one.after) || '–'}</b> },
          ]} />
        </div>
      )}</Loaded>}
    </Dialog>
  )
}
