// Plans of others that came with packages: found, read, printed. They are changed where they were made.
import { useState } from 'react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, DataTable, EmptyState, Facts, Filters, Loaded, Page, TextField, listProps, listRows, useDebounced } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { Evidence } from '../../tasks/ui/evidence.tsx'
import { exchanges } from './messages.ts'
import './exchanges.css'

const route = getRouteApi('/inside/received-plans/$documentId')

export function DocumentList() {
  const t = useT(exchanges)
  const { day } = useFormat()
  const [text, setText] = useState('')
  const words = useDebounced(text.trim(), 200)
  const found = useInfiniteQuery({
    ...q.exchanges.documents.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 50, ...(words ? { q: words } : {}), ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }), placeholderData: keepPreviousData,
  })
  return (
    <Allowed right="plan.read">
      <Page title={t('documents')} line={t('doc.line')} crumbs={[{ label: t('plans'), to: '/plans' as '/' }]}>
        <Filters on={0} onClear={() => setText('')}><TextField label={t('doc.find')} type="search" value={text} onValue={setText} optional="quiet" autoComplete="off" spellCheck={false} /></Filters>
        <Card flush><DataTable caption={t('documents')} rows={listRows(found)} rowKey={(row) => row.id} {...listProps(found)} empty={<EmptyState icon="file" title={t('doc.none')}>{t('doc.none.text')}</EmptyState>} columns={[
          { id: 'name', head: t('col.doc'), as: 'name', text: (row) => [row.title, t(`doc.kind.${row.kind}`), row.number, row.of.name].filter(Boolean).join(' · '), cell: (row) => <><Link to={'/received-plans/$documentId' as '/'} params={{ documentId: row.id } as never}>{row.title}</Link><small>{[t(`doc.kind.${row.kind}`), row.number, row.of.name].filter(Boolean).join(' · ')}</small></> },
          { id: 'from', head: t('sender'), from: 'middle', text: (row) => row.from, cell: (row) => row.from }, { id: 'force', head: t('col.force'), from: 'narrow', text: (row) => day(row.inForceFrom), cell: (row) => <span className="nowrap">{day(row.inForceFrom)}</span> },
        ]} /></Card>
      </Page>
    </Allowed>
  )
}

export function OneDocument() {
  const t = useT(exchanges)
  const { day, dateTime } = useFormat()
  const { documentId } = route.useParams()
  const mayOpen = useMay('exchange.read')
  const found = useQuery(q.exchanges.document.queryOptions({ input: { documentId } }))
  return (
    <Loaded query={found} lines={10}>{(one) => (
      <Page title={one.title} line={[t(`doc.kind.${one.kind}`), one.of.name, t('doc.version', { n: one.n })].join(' · ')} crumbs={[{ label: t('documents'), to: '/received-plans' as '/' }]} width="text" actions={<Button icon="print" onClick={() => print()}>{t('print')}</Button>}>
        <p className="note"><span>{t('doc.note', { from: one.origin.from, at: dateTime(one.origin.takenAt) })} {mayOpen && <Link to={'/packages/$packageId' as '/'} params={{ packageId: one.origin.packageId } as never}>{t('doc.package')}</Link>}</span></p>
        <Card><Facts items={[[t('number'), one.number], [t('col.force'), day(one.inForceFrom)], [t('doc.review'), one.reviewOn ? day(one.reviewOn) : null], [t('basis'), one.basis ? <span key="b" className="exchange-text">{one.basis}</span> : null]]} /></Card>
        {one.sections === null ? <p className="soft">{t('erased')}</p> : one.sections.map((section, i) => (
          <Card key={i} title={section.title}>
            {section.text && <p className="exchange-text" lang={one.lang}>{section.text}</p>}
            {section.tables.map((table, n) => (
              <div key={n} className="exchange-table"><table><caption>{table.name}</caption><thead><tr>{table.heads.map((head, at) => <th key={at} scope="col">{head}</th>)}</tr></thead><tbody>{table.rows.map((row, at) => <tr key={at}>{row.map((cell, c) => <td key={c}>{cell}</td>)}</tr>)}</tbody></table></div>
            ))}
          </Card>
        ))}
        {one.files.length > 0 && <Card title={t('attached')}><Evidence files={one.files} /></Card>}
      </Page>
    )}</Loaded>
  )
}
