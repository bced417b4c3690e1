// Each look at the board has an address; those that one comes back to are kept under a name.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { atOnce, shown } from '../../../web/at-once.ts'
import { api, q, queries } from '../../../web/client.ts'
import { copy } from '../../../web/copy.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, CheckField, Dialog, Form, Menu, TextField, kitMessages, toast } from '../../../web/kit/kit.ts'
import { uuidv7 } from '../../../web/orders.ts'
import { look as messages } from './look-messages.ts'

type Search = Record<string, string | undefined>
type View = Awaited<ReturnType<typeof api.readiness.views>>['items'][number]
type Kept = Pick<View, 'name' | 'search' | 'shared'>

/** `on`: the screen whose addresses they are; kept with them, except for the board. */
export function BoardViews({ search, unitId, on = '/board' }: { search: Search; unitId?: string | undefined; on?: '/board' | '/tasks' }) {
  const t = useT(messages)
  const k = useT(kitMessages)
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'keep' | 'drop'>()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const kept = useQuery(q.readiness.views.queryOptions())
  const again = () => { void queries.invalidateQueries({ queryKey: q.readiness.views.key() }) }
  const here = (kept.data?.items ?? []).filter((view) => (view.search['on'] ?? '/board') === on)
  const items = here.filter((view) => view.by === null)
  const ours = here.filter((view) => view.by !== null)
  const item = (view: (typeof here)[number]) => ({ label: view.by ? t('views.by', { name: view.name, by: view.by }) : view.name, icon: on === '/board' ? 'board' as const : 'tasks' as const, run: () => { const { on: _, ...of } = view.search; void navigate({ to: on, search: of as never }) } })
  const now = Object.fromEntries(Object.entries({ ...search, unit: unitId }).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
  const put = (change: (items: View[]) => View[]) => shown<{ items: View[] }>(q.readiness.views.key(), (data) => ({ ...data, items: change(data.items) }))
  const keep = async (view: Kept) => {
    const viewId = uuidv7() // until the server has given it its own
    const answer = await atOnce(() => [put((all) => [...all.filter((one) => one.by !== null || one.name !== view.name), { ...view, viewId, by: null }])], () => api.readiness.keepView(view))
    again()
    return answer
  }
  const save = async () => {
    setDialog(undefined)
    const view = { name: name.trim(), search: on === '/board' ? now : { ...now, on }, shared }
    // What was typed is still there where it was refused.
    if (await keep(view)) { toast(t('views.saved', { name: view.name })); setName('') } else setDialog('keep')
  }
  const drop = async (view: View) => {
    setDialog(undefined)
    if (await atOnce(() => [put((all) => all.filter((one) => one.viewId !== view.viewId))], () => api.readiness.dropView({ viewId: view.viewId }))) toast(t('views.dropped', { name: view.name }), { action: { label: k('undo'), run: () => void keep({ name: view.name, search: view.search, shared: view.shared }) } })
    again()
  }
  return (
    <>
      <Menu items={[
        ...(items.length > 0 ? [{ heading: t('views.own') }, ...items.map(item), 'line' as const] : []),
        ...(ours.length > 0 ? [{ heading: t('views.ours') }, ...ours.map(item), 'line' as const] : []),
        { label: t('views.keep'), icon: 'plus', run: () => setDialog('keep') },
        { label: t('views.link'), icon: 'link', run: () => { void copy(new URL(`${location.pathname}?${new URLSearchParams(now).toString()}`, location.href).href, t('views.linked')) } },
        ...(items.length > 0 ? [{ label: t('views.drop'), icon: 'close' as const, run: () => setDialog('drop') }] : []),
        ...(on === '/board' ? ['line' as const, { label: t('views.brief'), icon: 'phone' as const, run: () => { void navigate({ to: '/board/brief', search: { unit: unitId, ...(search['programme'] ? { programme: search['programme'] } : {}) } as never }) } }] : []),
      ]}><Button icon="down">{t('views')}</Button></Menu>
      <Dialog open={dialog === 'keep'} onClose={() => setDialog(undefined)} title={t('views.keep')} size="sm">
        <Form onSend={() => { if (name.trim()) void save() }} foot={<Button look="main" type="submit" aria-disabled={!name.trim()}>{t('views.save')}</Button>}>
          <TextField label={t('views.name')} hint={t('views.name.hint')} value={name} onValue={setName} maxLength={80} data-autofocus />
          <CheckField label={t('views.share')} hint={t('views.share.hint')} value={shared} onValue={setShared} />
        </Form>
      </Dialog>
      <Dialog open={dialog === 'drop' && items.length > 0} onClose={() => setDialog(undefined)} title={t('views.drop.title')} size="sm">
        <ul className="stack">{items.map((view) => <li key={view.viewId}><Button icon="close" onClick={() => void drop(view)}>{t('views.drop.one', { name: view.name })}</Button></li>)}</ul>
      </Dialog>
    </>
  )
}
