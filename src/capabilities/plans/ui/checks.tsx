// What is not in order with a version, before it is approved: what must be mended, and what one should know. Each with the way there.
import { useT } from '../../../web/i18n.tsx'
import { useToday } from '../../../web/session.ts'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'

/** Where a line leads: a tab, a section of the text, the particulars. */
export type Place = { tab: 'text' | 'consult' | 'appraisal'; section?: string } | 'header'
type Check = { must: boolean; text: string; to: Place; go: string }
/** As many as one approval assigns. */
const MOST = 100

export function useChecks(plan: PlanData): Check[] {
  const t = useT(messages)
  const today = useToday()
  const rows = plan.sections.flatMap((s) => s.actions.map((one) => ({ ...one, section: s.id })))
  const fresh = plan.grade === 'none' ? rows.filter((one) => !one.task) : []
  const [unled, late] = [fresh.filter((one) => !one.unit), fresh.filter((one) => one.due && one.due < today)]
  const empty = plan.sections.filter((s) => s.text === '' && s.tables.length === 0 && s.actions.length === 0)
  const unanswered = plan.consulted.filter((one) => !one.verdict)
  const comments = plan.comments.filter((one) => !one.resolved)
  const ended = plan.papers.filter((one) => one.state !== 'in_force')
  const points = plan.appraisal?.points.filter((one) => !one.how) ?? []
  const named = (all: readonly { title: string }[]) => all.slice(0, 3).map(({ title }) => `“${title}”`).join(', ') + (all.length > 3 ? t('check.more', { n: all.length - 3 }) : '')
  const section = (id: string | undefined): Place => ({ tab: 'text', ...(id ? { section: id } : {}) })
  return [
    !plan.head && { must: true, text: t('check.head'), to: 'header' as const, go: t('particulars.edit') },
    empty.length === plan.sections.length && { must: true, text: t('check.nothing'), to: section(empty[0]?.id), go: t('check.go.text') },
    plan.appraisal && plan.appraisal.verdict !== 'pass' && { must: true, text: points.length > 0 ? t('check.points', { n: points.length }) : t('check.appraisal'), to: { tab: 'appraisal' as const }, go: t('tab.appraisal') },
    unled.length > 0 && { must: true, text: t('check.unled', { n: unled.length, names: named(unled) }), to: section(unled[0]?.section), go: t('check.go.actions') },
    late.length > 0 && { must: true, text: t('check.late', { n: late.length, names: named(late) }), to: section(late[0]?.section), go: t('check.go.actions') },
    fresh.length > MOST && { must: true, text: t('check.many', { n: fresh.length, most: MOST }), to: section(fresh[0]?.section), go: t('check.go.actions') },
    empty.length > 0 && empty.length < plan.sections.length && { must: false, text: t('check.empty', { n: empty.length, names: named(empty) }), to: section(empty[0]?.id), go: t('check.go.text') },
    ended.length > 0 && { must: false, text: t('check.papers', { n: ended.length, names: named(ended.map(({ name }) => ({ title: name }))) }), to: 'header' as const, go: t('particulars.edit') },
    unanswered.length > 0 && { must: false, text: t('check.unanswered', { n: unanswered.length, of: plan.consulted.length }), to: { tab: 'consult' as const }, go: t('tab.consult') },
    comments.length > 0 && { must: false, text: t('check.comments', { n: comments.length }), to: section(comments[0]?.sectionId), go: t('check.go.text') },
  ].filter((one) => one !== false && one !== null)
}

export function Checks({ checks, onGo }: { checks: readonly Check[]; onGo: (to: Place) => void }) {
  const t = useT(messages)
  const list = (must: boolean) => {
    const own = checks.filter((one) => one.must === must)
    return own.length > 0 && <div className={must ? 'note plan-stale' : 'note'}><div><b>{t(must ? 'check.must' : 'check.may', { n: own.length })}</b><ul className="plan-checks">{own.map((one) => <li key={one.text}>{one.text} <button type="button" className="plain-link press" onClick={() => onGo(one.to)}>{one.go}</button></li>)}</ul></div></div>
  }
  return <>{list(true)}{list(false)}</>
}
