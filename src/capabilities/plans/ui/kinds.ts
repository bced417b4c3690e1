// The lists as the screens show them; the contract's own would bring its schemas to the browser.
import type { api } from '../../../web/client.ts'

export const MATTERS = ['overall', 'fire', 'traffic', 'medical', 'access', 'systems', 'logistics', 'scenario'] as const
export const PHASES = ['drafting', 'consulting', 'appraising', 'approved', 'coming', 'replaced', 'withdrawn'] as const
export const WAYS = ['paper', 'telephone', 'in_person'] as const

export type PlanData = Awaited<ReturnType<typeof api.plans.get>>
export type SectionData = PlanData['sections'][number]
export type PlanRow = Awaited<ReturnType<typeof api.plans.list>>['items'][number]
export type ActionData = Omit<SectionData['actions'][number], 'task'>
