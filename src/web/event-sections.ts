// What stands on the page of an event besides what programmes know of it: one part of each capability, fetched when opened. The next capability adds a line.
import { part } from './parts.ts'
import type { ComponentType } from 'react'

export type EventOnPage = { id: string; unit: { id: string; name: string }; zone: string; over: boolean }
type Section = { id: string; label: { vi: string; en: string }; right: string; part: ComponentType<{ event: EventOnPage }> }

export const eventSections: readonly Section[] = [
  { id: 'plans', label: { vi: 'Kế hoạch, phương án', en: 'Plans' }, right: 'plan.read', part: part(() => import('../capabilities/plans/ui/event.tsx').then(({ EventPlans: part }) => ({ default: part }))) },
  { id: 'papers', label: { vi: 'Văn bản', en: 'Papers' }, right: 'paper.read', part: part(() => import('../capabilities/papers/ui/event.tsx').then(({ EventPapers: part }) => ({ default: part }))) },
  { id: 'ics', label: { vi: 'Biểu mẫu ICS', en: 'ICS forms' }, right: 'paper.issue', part: part(() => import('../capabilities/papers/ui/event-ics.tsx').then(({ EventIcs: part }) => ({ default: part }))) },
  { id: 'reports', label: { vi: 'Báo cáo', en: 'Reports' }, right: 'report.read', part: part(() => import('../capabilities/reports/ui/event.tsx').then(({ EventReports: part }) => ({ default: part }))) },
  { id: 'meetings', label: { vi: 'Phiên họp', en: 'Sessions' }, right: 'meeting.read', part: part(() => import('../capabilities/meetings/ui/list.tsx').then(({ EventMeetings: part }) => ({ default: part }))) },
]
