// What a paper rests on, replaces, goes with, and which tasks carry it out: found in the register or among the tasks, or put in words.
import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, IconButton, SelectField, TextField, useDebounced } from '../../../web/kit/kit.ts'
import { RELATIONS } from '../contract.ts'
import type { LinkRelation } from '../contract/facts.ts'
import type { FormLink } from './form.ts'
import { linking } from './link-messages.ts'
import './papers.css'

const FOUND = 6
/** `only`: papers of the register alone, in this one relation. */
export function Links({ links, onLinks, not, only }: { links: FormLink[]; onLinks: (links: FormLink[]) => void; not?: string; only?: { relation: LinkRelation; label: string; hint: string } }) {
  const t = useT(linking)
  const [relation, setRelation] = useState<LinkRelation>(only?.relation ?? 'basis')
  const [text, setText] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const wanted = useDebounced(text.trim(), 200)
  const byTask = relation === 'carried_out'
  const papers = useQuery({ ...q.papers.list.queryOptions({ input: { q: wanted, limit: FOUND } }), enabled: wanted.length > 1 && !byTask })
  const tasks = useQuery({ ...q.tasks.list.queryOptions({ input: { q: wanted, limit: FOUND } as never }), enabled: wanted.length > 1 && byTask })
  const found: { id: string; label: string }[] = byTask ? (tasks.data?.items ?? []).map((one) => ({ id: one.id, label: `${one.title} (${one.unit.name})` })) : (papers.data?.items ?? []).filter((one) => one.id !== not && !(only && links.some(({ paperId }) => paperId === one.id))).map((one) => ({ id: one.id, label: `${one.written}, ${one.subject}` }))
  const add = (more: Partial<FormLink>) => { onLinks([...links, { relation, paperId: null, directiveId: null, taskId: null, text: null, ...more }]); setText(''); box.current?.querySelector('input')?.focus() } // what was pressed goes with what was found
  const nameOf = (link: FormLink) => link.label ?? link.text ?? t('directive')
  return (
    <div className="stack" ref={box}>
      {links.length > 0 && <ul className="paper-chips" aria-label={only?.label ?? t('links')}>{links.map((link, i) => (
        <li key={i}><span>{!only && <><span className="soft">{t(`rel.${link.relation}`)}:</span> </>}{nameOf(link)}</span><IconButton icon="close" label={t('drop', { name: nameOf(link) })} onClick={() => onLinks(links.filter((_, at) => at !== i))} /></li>
      ))}</ul>}
      {!only && <SelectField label={t('relation')} value={relation} onValue={(value) => setRelation(value as LinkRelation)} options={RELATIONS.filter((value) => value !== 'from').map((value) => ({ value, label: t(`rel.${value}`) }))} />}
      <TextField label={only?.label ?? t(byTask ? 'find.task' : 'find')} hint={only?.hint ?? t(byTask ? 'find.task.hint' : 'find.hint')} optional value={text} onValue={setText} maxLength={300} autoComplete="off" spellCheck={false} />
      {text.trim() && wanted.length > 1 && <ul className="paper-found" aria-label={t('found')}>
        {found.map((one) => <li key={one.id}><Button small look="quiet" icon="plus" onClick={() => add({ ...(byTask ? { taskId: one.id } : { paperId: one.id }), label: one.label })}>{one.label}</Button></li>)}
        {!byTask && !only && <li><Button small look="quiet" icon="edit" onClick={() => add({ text: wanted })}>{t('words', { text: wanted })}</Button></li>}
        {(byTask ? tasks : papers).isSuccess && (byTask || only) && found.length === 0 && <li className="soft small">{t(byTask ? 'none' : 'none.paper')}</li>}
      </ul>}
    </div>
  )
}
