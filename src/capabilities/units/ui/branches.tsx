// The tree, opened level by level: each branch is asked for when it is opened. Arrows, Home, End and Enter as in any tree.
import { useRef, useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, EmptyState, Icon, RefusedState, Skeleton } from '../../../web/kit/kit.ts'
import { units, useKind } from './messages.ts'

type Node = Awaited<ReturnType<typeof api.units.roots>>['items'][number]

/** What shows units of today hears when the tree changes. */
export const ofTree = (at?: string) => (at ? {} : { meta: { topics: ['tree'] } })

export function Branches({ at, under }: { at?: string; under?: string }) {
  const t = useT(units)
  const tree = useRef<HTMLUListElement>(null)
  const keys = (event: React.KeyboardEvent) => {
    const here = (event.target as HTMLElement).closest<HTMLElement>('[role="treeitem"]')
    if (!here) return
    const all = [...tree.current!.querySelectorAll<HTMLElement>('[role="treeitem"]')]
    const i = all.indexOf(here)
    const level = (item: HTMLElement) => Number(item.getAttribute('aria-level'))
    const open = here.getAttribute('aria-expanded')
    const turn = () => here.querySelector<HTMLElement>('.branch-turn')?.click()
    const go = (to: HTMLElement | undefined) => { if (to) { here.tabIndex = -1; to.tabIndex = 0; to.focus() } }
    const does: Record<string, (() => void) | undefined> = {
      ArrowDown: () => go(all[i + 1]), ArrowUp: () => go(all[i - 1]), Home: () => go(all[0]), End: () => go(all.at(-1)),
      ArrowRight: () => (open === 'false' ? turn() : open === 'true' ? go(all[i + 1]) : undefined),
      ArrowLeft: () => (open === 'true' ? turn() : go(all.slice(0, i).findLast((item) => level(item) < level(here)))),
      Enter: () => here.querySelector<HTMLElement>('a')?.click(), ' ': turn,
    }
    const run = does[event.key]
    if (run && event.target === here) { event.preventDefault(); run() }
  }
  return <ul role="tree" aria-label={t('tree')} className="branches" ref={tree} onKeyDown={keys}><Level at={at} under={under} level={1} name={t('tree')} /></ul>
}

function Level({ at, under, level, name }: { at: string | undefined; under: string | undefined; level: number; name: string }) {
  const t = useT(units)
  const input = (cursor: string | undefined) => ({ limit: 200, ...(at ? { at } : {}), ...(cursor ? { cursor } : {}) })
  const options = { initialPageParam: undefined as string | undefined, getNextPageParam: (page: { next: string | null }) => page.next ?? undefined }
  const roots = useInfiniteQuery({ ...q.units.roots.infiniteOptions({ input, ...options }), ...ofTree(at), enabled: under === undefined })
  const children = useInfiniteQuery({ ...q.units.children.infiniteOptions({ input: (cursor: string | undefined) => ({ unitId: under ?? '', ...input(cursor) }), ...options }), ...ofTree(at), enabled: under !== undefined })
  const list = under === undefined ? roots : children
  const nodes = list.data?.pages.flatMap((page) => page.items)
  if (list.isError && !nodes) return <li role="none"><RefusedState error={list.error} retry={() => void list.refetch()} /></li>
  if (!nodes) return <li role="none"><Skeleton lines={level === 1 ? 6 : 2} /></li>
  if (nodes.length === 0 && level === 1) return <li role="none"><EmptyState icon="units" title={t('empty')} /></li>
  return (
    <>
      {nodes.map((node, i) => <Branch key={node.id} node={node} at={at} level={level} first={level === 1 && i === 0} alone={level === 1 && nodes.length === 1} />)}
      {list.hasNextPage && <li role="none" className="branch-more" style={{ '--level': level }}><Button small look="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('more', { name })}</Button></li>}
    </>
  )
}

function Branch({ node, at, level, first, alone }: { node: Node; at: string | undefined; level: number; first: boolean; alone: boolean }) {
  const t = useT(units)
  const kind = useKind()
  const { number } = useFormat()
  const [open, setOpen] = useState(alone && node.children > 0)
  return (
    <li role="none">
      <div className="branch" role="treeitem" aria-level={level} aria-expanded={node.children > 0 ? open : undefined} aria-selected={false} tabIndex={first ? 0 : -1} style={{ '--level': level }}>
        {node.children > 0
          ? <span className={`branch-turn${open ? ' open' : ''}`} aria-hidden="true" onClick={() => setOpen(!open)}><Icon name="right" size={14} /></span>
          : <span className="branch-leaf" aria-hidden="true" />}
        <Link to="/units/$unitId" params={{ unitId: node.id }} search={at ? { at } : {}} tabIndex={-1}>{node.name}</Link>
        <span className="branch-kind">{kind(node.kind)}</span>
        <span className="branch-code">{node.code}</span>
        <span className="branch-count">{node.children > 0 ? t('below', { count: number(node.children) }) : ''}</span>
      </div>
      {open && <ul role="none"><Level at={at} under={node.id} level={level + 1} name={node.name} /></ul>}
    </li>
  )
}
