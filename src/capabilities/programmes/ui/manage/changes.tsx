import { usePick, useT } from '../../../../web/i18n.tsx'
import { Card, DataTable, EmptyState } from '../../../../web/kit/kit.ts'
import type { Change } from '../../contract.ts'
import { plans } from './words.ts'

const fields = ['name', 'due', 'levels', 'workstream', 'to', 'evidence', 'target', 'product', 'priority', 'when', 'by', 'holds', 'tasks', 'requirements', 'kinds'] as const

/** What one version says otherwise than another. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const t = useT(plans)
  const pick = usePick()
  const field = (name: string): string => { const known = fields.find((one) => one === name); return known ? t(`field.${known}`) : name }
  const said = (value: unknown): string => {
    if (value === null || value === undefined) return '–'
    if (typeof value === 'object' && 'vi' in value && 'en' in value) return pick(value as { vi: string; en: string })
    return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
  }
  return (
    <Card title={t('u.changes')} flush>
      <DataTable caption={t('u.changes')} rows={changes} rowKey={(one) => `${one.part}${one.code}`} empty={<EmptyState icon="check" title={t('diff.none')} />} columns={[
        { id: 'name', head: t('name'), as: 'name', cell: (one) => <>{pick(one.name) || one.code}<small>{t(`part.${one.part}`)} {one.code}</small>{one.kind === 'changed' && one.fields.map((f) => <small key={f.field}>{field(f.field)}: {said(f.from)} → {said(f.to)}</small>)}</> },
        { id: 'kind', head: t('change'), width: '110px', cell: (one) => t(`kind.${one.kind}`) },
      ]} />
    </Card>
  )
}
