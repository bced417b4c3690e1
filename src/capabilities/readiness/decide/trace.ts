// What facts of readiness set of one event: waivers and the conclusion. Checks are computed and stand in no fact.
import type { Traced } from '../../journals/contract.ts'
import type { ReadinessFact } from '../contract.ts'

export const readinessFields = { waiver: { vi: 'Ngoại lệ đến', en: 'Waived until' }, verdict: { vi: 'Kết luận sẵn sàng', en: 'Conclusion' } }
export function traceReadiness(type: string, given: never): Traced | undefined {
  const fact = given as ReadinessFact
  switch (fact.type) {
    case 'waiver.given.v1': return { set: { [`waiver:${fact.requirement}`]: fact.until } }
    case 'waiver.withdrawn.v1': case 'waiver.withdrawn.v2': return { set: { [`waiver:${fact.requirement}`]: null } }
    case 'readiness.concluded.v1': case 'readiness.concluded.v2': return { set: { verdict: fact.verdict } }
    case 'readiness.conclusion_withdrawn.v1': return { set: { verdict: null } }
    default: return undefined
  }
}
