// How long words are kept: chosen by an administrator within limits, after seeing how many records it reaches; what is over goes each night.
import type { Decision } from '../../../kernel/commit.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { RetentionChanged, SettingsRefused } from '../contract.ts'
import { PERIODS, overSince } from '../decide.ts'
import type { PeriodName } from '../decide.ts'
import { countTexts, eraseTexts, mayManage, periodsNow, settingsNow } from '../store.ts'
import { STREAM, api, must } from './api.ts'
import type { Needs } from './api.ts'

export async function periods(read: Reader): Promise<Record<PeriodName, number>> {
  const chosen = await periodsNow(read)
  return Object.fromEntries(Object.entries(PERIODS).map(([name, { years }]) => [name, chosen.get(name) ?? years])) as Record<PeriodName, number>
}

/** Each night: words whose time is over. Answers since when reading a contact is forgotten, for who keeps that log. */
export async function endTexts(read: Reader, side: SideWriter, at: Date): Promise<{ erased: number; accessLog: Date }> {
  const years = await periods(read)
  const texts = Object.keys(PERIODS).filter((name) => name !== 'access_log') as PeriodName[]
  let erased = 0
  for (const name of texts) erased += await eraseTexts(side, { only: [name] }, overSince(name, years[name], at), at)
  return { erased: erased + await eraseTexts(side, { not: texts }, at, at), accessLog: overSince('access_log', years.access_log, at) }
}

export const retentionRoutes = (needs: Needs) => ({
  previewRetention: api.previewRetention.handler(async ({ input, context }) => {
    await must(context)
    const { read, at } = context
    const now = (await periods(read))[input.class]
    const count = (before: Date | null) => (input.class === 'access_log' ? needs.accessLog(read, before) : countTexts(read, input.class, before))
    const [total, over] = [await count(null), await count(overSince(input.class, input.years, at))]
    return { years: now, total, over }
  }),
  setRetention: api.setRetention.handler(async ({ input, context }) => {
    const { actor, commit } = context
    return commit<{ version: number }>({ id: input.orderId, kind: 'retention.set.v1', streams: [STREAM], body: input, told: input.told }, async (read): Promise<Decision<RetentionChanged, SettingsRefused, { version: number }>> => {
      if (!(await mayManage(read, actor))) return { refused: 'FORBIDDEN' }
      const now = await settingsNow(read)
      if (now.version !== input.expectedVersion) return { refused: 'CHANGED', data: { version: now.version, changed: ['retention'] } }
      const { least, most } = PERIODS[input.class]
      if (input.years < least || input.years > most) return { refused: 'PERIOD_LIMIT', data: { least, most } }
      const from = (await periods(read))[input.class]
      if (from === input.years) return { facts: [], answer: { version: now.version } }
      return { facts: [{ type: 'retention.changed.v1', class: input.class, from, years: input.years }], answer: { version: now.version + 1 } }
    })
  }),
})
