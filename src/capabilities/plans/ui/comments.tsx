// Comments beside the section that they are about: open ones in sight, those dealt with behind a word.
import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Form, TextArea, toast } from '../../../web/kit/kit.ts'
import { keptAt, useKept } from '../../../web/leave.ts'
import { useOrder } from '../../../web/orders.ts'
import type { PlanData, SectionData } from './kinds.ts'
import { plans as messages } from './messages.ts'

/** What is selected, if it lies in this section. */
function selectedIn(section: Element | null): string {
  const selection = getSelection()
  return selection && section?.contains(selection.anchorNode) && section.contains(selection.focusNode) ? selection.toString().trim().slice(0, 2000) : ''
}

export function Comments({ plan, section, onDone }: { plan: PlanData; section: SectionData; onDone: () => void }) {
  const t = useT(messages)
  // Begun and left for another tab: it is still open.
  const key = `sansang.plan.${plan.id}.${section.id}.comment`
  const [quote, setQuote] = useState<string | undefined>(() => keptAt<Begun>(key)?.quote)
  const own = plan.comments.filter((one) => one.sectionId === section.id)
  const [open, settled] = [own.filter((one) => !one.resolved), own.filter((one) => one.resolved)]
  const may = plan.can.includes('comment')
  return (
    <aside className="plan-comments no-print" aria-label={t('comment.of', { title: section.title })}>
      {may && quote === undefined && <Button small look="quiet" icon="plus" aria-label={t('comment.of', { title: section.title })} onMouseDown={(event) => event.preventDefault()} onClick={(event) => setQuote(selectedIn(event.currentTarget.closest('.plan-row')))}>{t('comment')}</Button>}
      {quote !== undefined && <NewComment plan={plan} section={section} kept={key} quote={quote} onClose={() => setQuote(undefined)} onDone={onDone} />}
      <Lines plan={plan} rows={open} onDone={onDone} />
      {settled.length > 0 && <details><summary>{t('comment.settled', { n: settled.length })}</summary><Lines plan={plan} rows={settled} onDone={onDone} /></details>}
    </aside>
  )
}

function Lines({ plan, rows, onDone }: { plan: PlanData; rows: PlanData['comments']; onDone: () => void }) {
  const t = useT(messages)
  const { dateTime } = useFormat()
  const order = useOrder(api.plans.settleComment, onDone)
  if (rows.length === 0) return null
  return <ul className="plan-said">{rows.map((one) => (
    <li key={one.id}>{one.quote && <blockquote>{one.quote}</blockquote>}<p>{one.text ?? t('comment.gone')}</p><small>{one.toldBy ?? one.by?.name ?? '…'} · {dateTime(one.at)}{one.n !== plan.shown && ` · ${t('version', { n: one.n })}`}</small>
      {plan.can.includes('edit') && <Button small look="quiet" busy={order.busy} onClick={() => void order.give({ planId: plan.id, commentId: one.id, resolved: !one.resolved })}>{t(one.resolved ? 'comment.again' : 'comment.done')}</Button>}</li>
  ))}</ul>
}

type Begun = { quote: string; text: string }
function NewComment({ plan, section, kept, quote: start, onClose, onDone }: { plan: PlanData; section: SectionData; kept: string; quote: string; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const [{ quote, text }, set] = useKept<Begun>(kept, { quote: start, text: '' })
  const drop = () => { set({ quote: start, text: '' }); onClose() }
  const [tried, setTried] = useState(false)
  const order = useOrder(api.plans.comment, () => { toast(t('comment.sent')); onDone(); drop() })
  return (
    <Form refused={order.refused} foot={<><Button small onClick={drop}>{t('section.cancel')}</Button><Button small look="main" type="submit" busy={order.busy}>{t('comment.send')}</Button></>}
      onSend={() => { setTried(true); if (text.trim()) void order.give({ planId: plan.id, sectionId: section.id, text: text.trim(), ...(quote.trim() ? { quote: quote.trim() } : {}) }) }}>
      <TextArea label={t('comment.quote')} hint={t('comment.quote.hint')} optional rows={2} value={quote} onValue={(next) => set({ quote: next, text })} maxLength={2000} />
      <TextArea label={t('comment.text')} rows={3} value={text} onValue={(next) => set({ quote, text: next })} maxLength={4000} autoFocus error={tried && !text.trim() ? t('missing') : undefined} />
    </Form>
  )
}
