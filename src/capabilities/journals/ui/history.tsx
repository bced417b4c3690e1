// Lines of the journal as a list, wherever one is wanted: on the journal's own page, and as the history of one event, task or unit.
import { useMemo, useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q, refusalOf } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, DataTable, Dialog, EmptyState, Facts, listProps, listRows } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { wayTo } from '../../../web/way.ts'
import { Compare, comparable } from './compare.tsx'
import { journals } from './messages.ts'
import { useWho, Who } from './who.tsx'
import type { Story } from './who.tsx'

/** What happened to one thing: `<History subject={`task:${id}`} />`, newest first. */
export function History({ subject }: { subject: string }) {
  const list = useInfiniteQuery({
    ...q.journals.history.infiniteOptions({
      input: (cursor: string | undefined) => ({ subject, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
    }), meta: { topics: [subject] },
  })
  return <Lines list={list} subject={subject} />
}

/** What was done in one unit and below it. */
export function Activity({ unitId }: { unitId: string }) {
  const list = useInfiniteQuery(q.journals.activity.infiniteOptions({
    input: (cursor: string | undefined) => ({ unitId, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }))
  return <Lines list={list} />
}

const NONE: Story[] = []

/** Lines that one order wrote one after another, as a chase of 37 tasks does, are its first one and how many more; each opens them. By position of the first. */
function foldedBy(rows: readonly Story[], open: ReadonlySet<string>): Map<number, Story[]> {
  const heads = new Map<number, Story[]>()
  let head: Story | undefined
  for (const story of rows) {
    if (head && head.orderId === story.orderId && head.type === story.type && !open.has(story.orderId)) heads.get(head.position)!.push(story)
    else { head = story; heads.set(story.position, []) }
  }
  return heads
}

/** `subject`: all lines are about this thing, so that two moments of it can be compared. `narrowed`: the reader chose which ones. */
export function Lines({ list, onSubject, subject, narrowed }: { list: Parameters<typeof listRows<Story>>[0]; onSubject?: (subject: string) => void; subject?: string | undefined; narrowed?: boolean }) {
  const [chosen, setChosen] = useState<Set<string>>(new Set())
  const [comparing, setComparing] = useState<[number, number]>()
  const [proof, onProof] = useState<Story>()
  const t = useT(journals)
  const pick = usePick()
  const { date, seconds, dateTime, number } = useFormat()
  const who = useWho()
  const [unfolded, unfold] = useState<ReadonlySet<string>>(new Set())
  // To the server, a thing of which nothing is told and a thing that one may not see are the same.
  const missing = list.isError && refusalOf(list.error).status === 404
  const lines = missing ? NONE : listRows(list)
  const folded = useMemo(() => foldedBy(subject ? [] : lines ?? [], unfolded), [subject, lines, unfolded])
  const rows = useMemo(() => (subject ? lines : lines?.filter((story) => folded.has(story.position))), [subject, lines, folded])
  /** What a sentence does not say itself. */
  const aboutOf = (story: Story): string => { const about = story.about ? pick(story.about) : ''; return pick(story.sentence).includes(about) ? '' : about }
  const more = (story: Story): number => folded.get(story.position)?.length ?? 0
  const columns: Column<Story>[] = [
    { id: 'when', head: t('when'), width: '150px', from: 'middle', text: (story) => `${date(story.at)} ${seconds(story.at)}`, cell: (story) => <span className="nowrap">{date(story.at)} <span className="soft">{seconds(story.at)}</span>{story.claimedAt && <small className="soft when-claimed">{t('claimed', { time: dateTime(story.claimedAt) })}</small>}</span> },
    { id: 'what', head: t('what'), as: 'name', text: (story) => [pick(story.sentence), aboutOf(story), more(story) > 0 && t('same', { n: number(more(story)) })].filter(Boolean).join(' · '), cell: (story) => <><button type="button" className="plain-link" aria-haspopup="dialog" title={t('open')} onClick={() => onProof(story)}>{pick(story.sentence)}</button>{aboutOf(story) && <small><Link className="story-about" {...(wayTo({ kind: story.subject.split(':')[0]!, id: story.subject.split(':')[1]! }) as { to: '/' })}>{aboutOf(story)}</Link></small>}{more(story) > 0 && <small><button type="button" className="plain-link press" onClick={() => unfold(new Set([...unfolded, story.orderId]))}>{t('same', { n: number(more(story)) })}</button></small>}<small className="from-only-narrow">{dateTime(story.at)} · <Who story={story} />{story.unit && ` · ${story.unit.name}`}</small></> },
    { id: 'who', head: t('who'), width: '230px', from: 'middle', text: who, cell: (story) => <Who story={story} /> },
    { id: 'where', head: t('where'), width: '190px', from: 'wide', text: (story) => story.unit?.name ?? '', cell: (story) => <span className="soft">{story.unit?.name}</span> },
  ]
  return (
    <>
      <DataTable caption={t('title')} columns={columns} rows={rows} rowKey={(story) => String(story.position)} {...listProps(list)}
        {...(comparable(subject) && (rows?.length ?? 0) > 1 ? {
          // Of more than two the first and the last count: all chosen is the whole history.
          selected: chosen, onSelected: (next: Set<string>) => setChosen(next.size > 2 ? new Set([[...next][0]!, [...next].at(-1)!]) : next),
          bulk: () => <Button small icon="swap" aria-disabled={chosen.size !== 2} onClick={() => { const [a, b] = [...chosen].map(Number); if (a !== undefined && b !== undefined) setComparing([a, b]) }}>{chosen.size === 2 ? t('compare') : t('compare.one')}</Button>,
        } : {})}
        empty={<EmptyState icon="journal" title={narrowed ? t('none') : t('none.yet')}>{narrowed ? t('none.text') : (missing || onSubject) && t('none.may')}</EmptyState>} />
      {comparing && subject && <Compare subject={subject} lines={comparing} onClose={() => setComparing(undefined)} />}
      <Dialog open={proof !== undefined} onClose={() => onProof(undefined)} title={t('line.title', { position: proof?.position ?? 0 })} size="md">
        {proof && <Proof story={proof} {...(onSubject ? { onSubject: () => { onSubject(proof.subject); onProof(undefined) } } : {})} />}
      </Dialog>
    </>
  )
}

function Proof({ story, onSubject }: { story: Story; onSubject?: () => void }) {
  const t = useT(journals)
  const pick = usePick()
  const { date, seconds } = useFormat()
  return (
    <>
      <p><b>{pick(story.sentence)}</b></p>
      <Facts items={[
        [t('when'), `${date(story.at)} ${seconds(story.at)}`], [t('who'), <Who key="who" story={story} />], [t('where'), story.unit?.name],
        [t('subject'), onSubject ? <button key="subject" type="button" className="plain-link press" onClick={onSubject}>{story.about ? pick(story.about) : story.subject}</button> : story.about ? pick(story.about) : story.subject], [t('fact'), story.type], [t('stream'), story.stream], [t('seq'), story.seq], [t('order'), story.orderId], [t('hash'), <code key="hash" className="hash">{story.hash}</code>],
      ]} />
    </>
  )
}
