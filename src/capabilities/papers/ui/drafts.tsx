// Papers that are being written: mine first, those of colleagues at the press of a button.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { api, q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, LinkButton, Page, Tabs, listProps, listRows, toast, useConfirm } from '../../../web/kit/kit.ts'
import { icsOfDraft } from '../contract/ics.ts'
import { KINDS } from '../contract/kinds.ts'
import type { KeptDraftLine } from '../contract.ts'
import { icsForms } from '../decide/ics.ts'
import { draftMessages } from './draft-messages.ts'
import { reload } from './receive.tsx'

const route = getRouteApi('/inside/papers/drafts')

export function PaperDrafts() {
  const t = useT(draftMessages)
  const search = route.useSearch()
  const go = route.useNavigate()
  return (
    <Page title={t('title')} line={t('line')} crumbs={[{ label: t('papers'), to: '/papers' as '/' }]} actions={<LinkButton look="main" icon="edit" to="/papers/new">{t('write')}</LinkButton>}>
      <Tabs label={t('title')} chosen={search.all ? 'all' : 'mine'} onChoose={(id) => void go({ search: id === 'all' ? { all: 'yes' } : {}, replace: true })} tabs={[
        { id: 'mine', label: t('mine'), content: () => <List key="mine" mine /> }, { id: 'all', label: t('all'), content: () => <List key="all" mine={false} /> },
      ]} />
    </Page>
  )
}

function List({ mine }: { mine: boolean }) {
  const t = useT(draftMessages)
  const pick = usePick()
  const format = useFormat()
  const confirm = useConfirm()
  const list = useInfiniteQuery({
    ...q.papers.drafts.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 50, ...(mine ? { mine: 'true' } : {}), ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }), placeholderData: keepPreviousData, staleTime: 0,
  })
  const drop = async (one: { id: string; unit: { id: string }; subject: string }) => {
    if (!await confirm({ title: t('drop.title'), text: one.subject || t('untitled'), yes: t('drop') })) return
    await api.papers.dropDraft({ unitId: one.unit.id, draftId: one.id })
    toast(t('dropped'))
    reload()
  }
  return (
    <Card flush>
      <DataTable caption={t('title')} rows={listRows(list)} rowKey={(one) => one.id} {...listProps(list)} empty={<EmptyState icon="edit" title={t('none')}>{t('none.text')}</EmptyState>} columns={[
        { id: 'subject', head: t('col.subject'), as: 'name', text: (one) => [one.subject || t('untitled'), kindOf(one, pick), one.unit.name].join(' · '), cell: (one) => <Name one={one} untitled={t('untitled')} /> },
        { id: 'saved', head: t('col.saved'), from: 'narrow', text: (one) => [format.dateTime(one.savedAt), one.by].filter(Boolean).join(', '), cell: (one) => <span className="soft" title={format.dateTime(one.savedAt)}>{[format.ago(one.savedAt), one.by].filter(Boolean).join(', ')}</span> },
        { id: 'drop', head: '', cell: (one) => <Button small look="quiet" aria-label={t('drop.of', { subject: one.subject || t('untitled') })} onClick={() => void drop(one)}>{t('drop')}</Button> },
      ]} />
    </Card>
  )
}

function kindOf({ kind }: KeptDraftLine, pick: ReturnType<typeof usePick>): string {
  const form = icsOfDraft(kind)
  return form ? `ICS ${form}, ${pick({ vi: icsForms[form].vi, en: icsForms[form].title })}` : pick(KINDS[kind as keyof typeof KINDS])
}

function Name({ one, untitled }: { one: KeptDraftLine; untitled: string }) {
  const pick = usePick()
  const form = icsOfDraft(one.kind)
  const search = { unit: one.unit.id, draft: one.id }
  return <>{form ? <Link to="/papers/ics/$form" params={{ form }} search={search}>{one.subject || untitled}</Link> : <Link to="/papers/new" search={search}>{one.subject || untitled}</Link>}<small>{[kindOf(one, pick), one.unit.name].join(' · ')}</small></>
}
