// The text of a plan as it is read: like a paper, with its contents at the side and comments beside the section they are about.
import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, EmptyState } from '../../../web/kit/kit.ts'
import { keptAt } from '../../../web/leave.ts'
import { TaskMark } from '../../tasks/ui/mark.tsx'
import type { TaskStateName } from '../../tasks/ui/mark.tsx'
import { piecesOf } from '../decide/text.ts'
import { Comments } from './comments.tsx'
import type { PlanData, SectionData } from './kinds.ts'
import { LiveTable } from './live.tsx'
import { plans as messages } from './messages.ts'
import { EditSection, draftKey } from './section.tsx'

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV', 'XVI', 'XVII', 'XVIII', 'XIX', 'XX']
const roman = (i: number) => ROMAN[i] ?? String(i + 1)

/** Passages that open comments are about are marked. */
function marked(text: string, quotes: readonly string[]): React.ReactNode {
  const found = quotes.map((quote) => [text.indexOf(quote), quote] as const).filter(([at]) => at >= 0).sort(([a], [b]) => a - b)[0]
  if (!found) return text
  const [at, quote] = found
  return <>{text.slice(0, at)}<mark>{quote}</mark>{marked(text.slice(at + quote.length), quotes)}</>
}

export function Prose({ text, quotes = [] }: { text: string; quotes?: readonly string[] }) {
  return <>{piecesOf(text).map((piece, i) => (piece.kind === 'paragraph' ? <p key={i}>{marked(piece.text, quotes)}</p> : <ul key={i} className="plan-points">{piece.items.map((item, j) => <li key={j}><span>{item.mark}</span><span>{marked(item.text, quotes)}</span></li>)}</ul>))}</>
}

export function PlanText({ plan, onDone }: { plan: PlanData; onDone: () => Promise<unknown> }) {
  const t = useT(messages)
  const [editing, setEditing] = useState<string>()
  const may = plan.can.includes('edit')
  return (
    <div className="plan-read">
      <nav className="plan-contents no-print" aria-label={t('contents')}><b>{t('contents')}</b><ol>{plan.sections.map((s, i) => <li key={s.id}><a href={`#s-${s.id}`} onClick={(event) => { event.preventDefault(); document.getElementById(`s-${s.id}`)?.focus(); document.getElementById(`s-${s.id}`)?.scrollIntoView({ block: 'start' }) }}><span>{roman(i)}.</span> {s.title}</a></li>)}</ol></nav>
      <div className="plan-paper">{plan.sections.map((s, i) => (
        <section key={s.id} className={`plan-row${s.tables.length + s.actions.length > 0 ? ' whole' : ''}`}>
          <div className="plan-section">
            {editing === s.id ? <EditSection key={s.id} plan={plan} section={s} onClose={() => setEditing(undefined)} onDone={onDone} /> : <Section plan={plan} section={s} n={i} {...(may ? { onEdit: () => setEditing(s.id) } : {})} />}
          </div>
          <Comments plan={plan} section={s} onDone={() => void onDone()} />
        </section>
      ))}
      {plan.sections.length === 0 && <EmptyState icon="file" title={t('section.empty')} />}</div>
    </div>
  )
}

function Section({ plan, section: s, n, onEdit }: { plan: PlanData; section: SectionData; n: number; onEdit?: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const { dateTime } = useFormat()
  const quotes = plan.comments.flatMap((one) => (one.sectionId === s.id && !one.resolved && one.quote ? [one.quote] : []))
  const [dropped, setDropped] = useState(false)
  const begun = onEdit && !dropped && keptAt(draftKey(plan.id, s.id)) !== undefined
  const empty = s.text === '' && s.tables.length === 0 && s.actions.length === 0
  return (
    <>
      <div className="plan-head"><h2 id={`s-${s.id}`} tabIndex={-1}>{roman(n)}. {s.title}</h2>{onEdit && <Button small look="quiet" icon="edit" className="no-print" aria-label={t('section.edit.of', { title: s.title })} onClick={onEdit}>{t('section.edit')}</Button>}</div>
      {begun && <div className="note no-print"><p>{t('section.begun')} <Button small aria-label={t('section.begun.on.of', { title: s.title })} onClick={onEdit}>{t('section.begun.on')}</Button> <Button small look="quiet" aria-label={t('section.begun.drop.of', { title: s.title })} onClick={() => { sessionStorage.removeItem(draftKey(plan.id, s.id)); setDropped(true) }}>{t('section.begun.drop')}</Button></p></div>}
      {s.text === null ? <p className="faint">{t('section.erased')}</p> : empty ? <p className="faint no-print">{t('section.empty')} {pick(s.guide)}</p> : <Prose text={s.text} quotes={quotes} />}
      {s.tables.map((source) => <LiveTable key={source} plan={plan} source={source} />)}
      {s.actions.length > 0 && <Actions rows={s.actions} />}
      {!empty && s.version > 1 && <p className="plan-by no-print">{t('section.by', { at: dateTime(s.changedAt), name: s.changedBy?.name ?? '…' })}</p>}
    </>
  )
}

function Actions({ rows }: { rows: SectionData['actions'] }) {
  const t = useT(messages)
  const { day } = useFormat()
  const tasks = rows.some((one) => one.task)
  return (
    <div className="plan-table" role="region" aria-label={t('actions')} tabIndex={0}><table><caption className="hidden-visually">{t('actions')}</caption>
      <thead><tr><th scope="col">#</th><th scope="col">{t('action')}</th><th scope="col">{t('action.unit')}</th><th scope="col">{t('action.supporting')}</th><th scope="col">{t('action.due')}</th><th scope="col">{t('action.product')}</th>{tasks && <th scope="col" className="no-print">{t('action.task')}</th>}</tr></thead>
      <tbody>{rows.map((one, i) => <tr key={one.id}><td>{i + 1}</td><td>{one.task ? <Link to="/tasks/$taskId" params={{ taskId: one.task.id }}>{one.title}</Link> : one.title}</td><td>{one.unit?.name ?? <span className="bad">–</span>}</td><td>{one.supporting.map(({ name }) => name).join(', ')}</td><td className="nowrap">{one.due && day(one.due)}</td><td>{one.product}</td>{tasks && <td className="no-print nowrap">{one.task && <TaskMark state={one.task.state as TaskStateName} />}</td>}</tr>)}</tbody></table></div>
  )
}
