// What is graded, shown on any screen: its mark, the choice of a grade, who reads it across the screen.
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { SelectField } from '../../../web/kit/kit.ts'
import { GRADES, gradeNames, upTo } from '../../../pure/grades.ts'
import type { Grade } from '../../../pure/grades.ts'
import { custodies } from './messages.ts'
import './custodies.css'

/** The word in a frame, and as many bars as the grade is high. Nothing for what is not graded. */
export function GradeMark({ grade }: { grade: Grade }) {
  const [t, pick] = [useT(custodies), usePick()]
  if (grade === 'none') return null
  return <span className="grade" title={t('grade')}><i aria-hidden="true">{GRADES.slice(1, GRADES.indexOf(grade) + 1).map((one) => <b key={one} />)}</i>{pick(gradeNames[grade])}</span>
}

export const useCeiling = (): Grade => useQuery({ ...q.custodies.ceiling.queryOptions({ input: {} }), staleTime: 600_000 }).data?.ceiling ?? 'none'

/** Up to the server's ceiling; nothing to choose where that is none. */
export function GradeField({ value, onValue, label }: { value: Grade; onValue: (grade: Grade) => void; label?: string }) {
  const [t, pick] = [useT(custodies), usePick()]
  const ceiling = useCeiling()
  if (ceiling === 'none' && value === 'none') return null
  return <SelectField label={label ?? t('grade')} hint={value === 'none' ? undefined : t('grade.hint')} value={value} onValue={(grade) => onValue(grade as Grade)} options={upTo(ceiling).map((one) => ({ value: one, label: one === 'none' ? t('grade.none') : pick(gradeNames[one]) }))} />
}

const TIMES = 40
/** Across the whole screen while what is graded is open; and no page of it is printed without an order. */
export function Watermark({ mark }: { mark: string | null }) {
  const t = useT(custodies)
  useEffect(() => {
    if (mark === null) return
    document.body.dataset['graded'] = ''
    return () => { delete document.body.dataset['graded']; delete document.body.dataset['printOrdered'] }
  }, [mark])
  if (mark === null) return null
  return <>{createPortal(<div className="watermark" aria-hidden="true">{Array.from({ length: TIMES }, (_, i) => <span key={i}>{mark}</span>)}</div>, document.body)}<p className="print-refused">{t('print.refused')}</p></>
}

/** Below a list: what one may not know of it is counted. */
export function Withheld({ count }: { count: number | undefined }) {
  const t = useT(custodies)
  return count ? <p className="soft small">{t('withheld', { count })}</p> : null
}
