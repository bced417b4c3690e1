import { useEffect, useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { api, q, queries } from '../../../../web/client.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Allowed, Button, Card, EmptyState, FileDrop, FileProblems, Icon, Page, Refusal, UnitField, toast } from '../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import { useMay } from '../../../../web/session.ts'
import { plans } from './words.ts'

/** Where there is one root, it owns what is made until somebody says otherwise. */
export function useOwner(): [UnitChoice | undefined, (unit: UnitChoice | undefined) => void] {
  const roots = useQuery(q.units.roots.queryOptions({ input: { limit: 2 } }))
  const [owner, setOwner] = useState<UnitChoice>()
  const only = roots.data?.items.length === 1 ? roots.data.items[0] : undefined
  useEffect(() => { if (only) setOwner((before) => before ?? only) }, [only])
  return [owner, setOwner]
}

/** With several units at the top nothing can be made for all of them: how it can. */
export function TopMissing() {
  const t = useT(plans)
  const may = useMay('unit.import')
  const { data } = useQuery(q.units.roots.queryOptions({ input: { limit: 50 } }))
  if (!data || data.items.length < 2 || data.items.some((one) => one.kind === 'nation')) return null
  return <div className="note"><Icon name="info" /><p>{t('p.tops')} {may ? <Link to={'/units/import' as '/'}>{t('p.tops.do')}</Link> : t('p.tops.ask')}</p></div>
}

/** What comes with the program, each fetched when it is chosen. */
const SHIPPED = {
  congress: () => import('../../../../../templates/congress.yaml?raw'),
  fair: () => import('../../../../../templates/fair.yaml?raw'),
} as const
const shipped = Object.keys(SHIPPED) as (keyof typeof SHIPPED)[]

export function ImportTemplate() {
  const t = useT(plans)
  const pick = usePick()
  const navigate = useNavigate()
  const [owner, setOwner] = useOwner()
  const [files, setFiles] = useState<File[]>([])
  const check = useMutation({ mutationFn: async (source: File | keyof typeof SHIPPED) => {
    const text = typeof source === 'string' ? (await SHIPPED[source]()).default : await source.text()
    return { text, seen: await api.programmes.templates.check({ text }) }
  } })
  const order = useOrder(api.programmes.templates.import, ({ code, version, unchanged }) => {
    toast(unchanged ? t('i.same', { code }) : t('i.done', { code, version }))
    void queries.invalidateQueries({ queryKey: q.programmes.key() })
    void navigate({ to: '/templates/$code', params: { code } })
  })
  const shown = check.data
  const n = shown?.seen.counts ?? {}
  return (
    <Allowed right="template.import">
      <Page title={t('i.title')} line={t('i.line')} width="text" crumbs={[{ label: t('manage'), to: '/manage' }, { label: t('title'), to: '/programmes', search: { tab: 'templates' } }]}>
        {!shown && <>
          <Card title={t('i.own')}>
            <ul className="stack">{shipped.map((one) => (
              <li key={one} className="stack tight"><div className="row between"><b>{t(`i.${one}`)}</b>
                <Button small icon="check" busy={check.isPending && check.variables === one} onClick={() => check.mutate(one)}>{t('i.own.do')}<span className="hidden-visually">: {t(`i.${one}`)}</span></Button></div><p className="soft small">{t(`i.${one}.text`)}</p></li>
            ))}</ul>
          </Card>
          <Card><FileDrop label={t('i.file')} files={files} onFiles={(next) => { setFiles(next); if (next[0]) check.mutate(next[0]) }} accept=".yaml,.yml,.json" several={false} most={2_000_000} /></Card>
          <Refusal error={check.error} />
        </>}
        {shown && (
          <Card>
            <div className="stack">
              <FileProblems problems={shown.seen.issues.map((one) => ({ line: one.line, note: one.severity === 'warning', message: t('i.at', { line: one.line, column: one.column, text: pick(one.message) }) }))} />
              {shown.seen.ok ? (
                <>
                  <p role="status"><b>{t('i.ok', { code: shown.seen.code ?? '', workstreams: n['workstreams'] ?? 0, milestones: n['milestones'] ?? 0, tasks: n['tasks'] ?? 0, requirements: n['requirements'] ?? 0 })}</b></p>
                  <UnitField label={t('i.owner')} value={owner} onValue={setOwner} />
                  <Refusal error={order.refused} />
                </>
              ) : shown.seen.issues.length === 0 && <EmptyState title={t('i.check')} />}
              <div className="row">
                {shown.seen.ok && <Button look="main" icon="upload" busy={order.busy} aria-disabled={!owner} onClick={() => { if (owner) void order.give({ unitId: owner.id, text: shown.text }) }}>{t('i.do')}</Button>}
                <Button onClick={() => { check.reset(); order.clear(); setFiles([]) }}>{t('i.again')}</Button>
              </div>
            </div>
          </Card>
        )}
      </Page>
    </Allowed>
  )
}
