// The period told in words: the share, the figures, then what units wrote, each line leading to the report it comes from.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { copy } from '../../../web/copy.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, EmptyState, Loaded } from '../../../web/kit/kit.ts'
import { fieldsOf } from '../decide/fields.ts'
import type { At, OverviewData } from './level.ts'
import { useLines } from './numbers.tsx'
import { overview as messages } from './overview-messages.ts'

export function Words({ data, at }: { data: OverviewData; at: At }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(data.zone)
  const main = data.totals[0]!
  const found = useQuery({ ...q.reports.collections.words.queryOptions({ input: at }), meta: { topics: [`reports:${at.collectionId}`] } })
  const number = (n: number, unit: string) => `${format.number(n)}${unit ? ` ${unit}` : ''}`
  const asOf = format.dateTime(data.asOf)
  const head = main.reported >= main.owes ? t('sum.all', { at: asOf, of: format.number(main.owes) }) : t('sum.reported', { at: asOf, n: format.number(main.reported), of: format.number(main.owes), share: format.percent(main.reported / main.owes), missing: format.number(main.owes - main.reported) })
  const lines = useLines(data).filter((line) => line.now !== null).map((line) => ({ code: line.code, text: line.before === null || line.before === line.now ? t('sum.number', { field: line.label, value: number(line.now!, line.unit) }) : t('sum.number.before', { field: line.label, value: number(line.now!, line.unit), on: format.day(data.before!.on), was: format.number(line.before) }) }))
  return (
    <Loaded query={found} lines={6}>{({ items, more }) => {
      const fields = fieldsOf(data.form).filter((field) => field.kind === 'text').map((field) => ({ field, said: items.filter((one) => one.field === field.code) })).filter(({ said }) => said.length > 0)
      const whole = [head, ...lines.map((line) => `- ${line.text}`), ...fields.flatMap(({ field, said }) => ['', pick(field.label), ...said.map((one) => `- ${one.unit.name}: ${one.text}`)])].join('\n')
      return (
        <div className="stack">
          <Card title={t('sum.title')} side={<Button small onClick={() => void copy(whole, t('copied'))}>{t('copy')}</Button>}>
            <p>{head}</p>
            <ul className="report-notes">{lines.map((line) => <li key={line.code}><Link to="/report-collections/$collectionId" params={{ collectionId: at.collectionId }} search={{ unit: at.unitId, on: at.on, field: line.code }}>{line.text}</Link></li>)}</ul>
          </Card>
          {fields.length === 0 ? <Card><EmptyState icon="file" title={t('words.none')}>{t('words.none.text')}</EmptyState></Card> : fields.map(({ field, said }) => (
            <Card key={field.code} title={pick(field.label)}><ul className="report-quote">{said.map((one) => <li key={one.reportId}><Link to="/reports/$reportId" params={{ reportId: one.reportId }}>{one.unit.name}</Link>: {one.text}</li>)}</ul></Card>
          ))}
          {more && <p className="soft">{t('words.more')}</p>}
        </div>
      )
    }}</Loaded>
  )
}
