// Each look at the board has an address; those that one comes back to are kept under a name.
import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, CheckField, Dialog, Form, Menu, TextField, toast } from '../../../web/kit/kit.ts'
import { refusalOf } from '../../../web/client.ts'
import { look as messages } from './look-messages.ts'

type Search = Record<string, string | undefined>

/** `on`: the screen whose addresses they are; kept with them, except for the board. */
export function BoardViews({ search, unitId, on = '/board' }: { search: Search; unitId?: string | undefined; on?: '/board' | '/tasks' }) {
  const t = useT(messages)
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
  const keep = useMutation({ mutationFn: () => api.readiness.keepView({ name: name.trim(), search: on === '/board' ? now : { ...now, on }, shared }), onSuccess: (view) => { toast(t('views.saved', { name: view.name })); setDialog(undefined); setName(''); again() } })
  const drop = useMutation({ mutationFn: (viewId: string) => api.readiness.dropView({ viewId }), onSuccess: again })
  return (
    <>
      <Menu items={[
        ...(items.length > 0 ? [{ heading: t('views.own') }, ...items.map(item), 'line' as const] : []),
        ...(ours.length > 0 ? [{ heading: t('views.ours') }, ...ours.map(item), 'line' as const] : []),
        { label: t('views.keep'), icon: 'plus', run: () => setDialog('keep') },
        { label: t('views.link'), icon: 'link', run: () => { void navigator.clipboard?.writeText(new URL(`${location.pathname}?${new URLSearchParams(now).toString()}`, location.href).href).then(() => toast(t('views.linked'))) } },
        ...(items.length > 0 ? [{ label: t('views.drop'), icon: 'close' as const, run: () => setDialog('drop') }] : []),
        ...(on === '/board' ? ['line' as const, { label: t('views.brief'), icon: 'phone' as const, run: () => { void navigate({ to: '/board/brief', search: { unit: unitId, ...(search['programme'] ? { programme: search['programme'] } : {}) } as never }) } }] : []),
      ]}><Button icon="down">{t('views')}</Button></Menu>
      <Dialog open={dialog === 'keep'} onClose={() => setDialog(undefined)} title={t('views.keep')} size="sm">
        <Form refused={keep.error ? refusalOf(keep.error) : undefined} onSend={() => { if (name.trim()) keep.mutate() }} foot={<Button look="main" type="submit" busy={keep.isPending} aria-disabled={!name.trim()}>{t('views.save')}</Button>}>
          <TextField label={t('views.name')} hint={t('views.name.hint')} value={name} onValue={setName} maxLength={80} data-autofocus />
          <CheckField label={t('views.share')} hint={t('views.share.hint')} value={shared} onValue={setShared} />
        </Form>
      </Dialog>
      <Dialog open={dialog === 'drop' && items.length > 0} onClose={() => setDialog(undefined)} title={t('views.drop.title')} size="sm">
        <ul className="stack">{items.map((view) => <li key={view.viewId}><Button icon="close" busy={drop.isPending && drop.variables === view.viewId} onClick={() => drop.mutate(view.viewId, { onSuccess: () => toast(t('views.dropped', { name: view.name })) })}>{t('views.drop.one', { name: view.name })}</Button></li>)}</ul>
      </Dialog>
    </>
  )
}
