// The administrator's own days: what they would change is counted before they are kept, and no date moves by itself.
import { Refusal } from '../../../kernel/commit.ts'
import type { Decision } from '../../../kernel/commit.ts'
import type { DaysEffect, OwnDay } from '../contract/days.ts'
import type { DaysChanged, SettingsRefused } from '../contract.ts'
import { refuseDays } from '../decide.ts'
import { daysNow, mayManage } from '../store.ts'
import { STREAM, api, must } from './api.ts'
import type { Needs } from './api.ts'

const inOrder = (days: readonly OwnDay[]): OwnDay[] => days.toSorted((a, b) => (a.day < b.day ? -1 : 1))

export const daysRoutes = (needs: Needs) => ({
  previewDays: api.previewDays.handler(async ({ input, context }): Promise<DaysEffect> => {
    await must(context)
    if (!needs.countries.has(input.country)) throw new Refusal('NOT_FOUND')
    const wrong = refuseDays(input.days)
    if (wrong) throw new Refusal(wrong.refused, wrong.data)
    const was = await daysNow(context.read, input.country)
    const [before, after] = [new Map(was.days.map((one) => [one.day, one])), new Map(input.days.map((one) => [one.day, one]))]
    const same = (a: OwnDay, b: OwnDay) => a.work === b.work && a.name.vi === b.name.vi && a.name.en === b.name.en
    return {
      added: input.days.filter((one) => !before.has(one.day)).length, removed: was.days.filter((one) => !after.has(one.day)).length,
      changed: input.days.filter((one) => before.has(one.day) && !same(before.get(one.day)!, one)).length,
      programmes: await needs.datesUnder(context.read, input.country, { version: was.version + 1, days: inOrder(input.days) }, context.at),
    }
  }),
  changeDays: api.changeDays.handler(async ({ input, context }) => {
    const { actor, commit } = context
    return commit<{ version: number }>({ id: input.orderId, kind: 'days.change.v1', streams: [STREAM], body: input, told: input.told }, async (read): Promise<Decision<DaysChanged, SettingsRefused, { version: number }>> => {
      if (!(await mayManage(read, actor))) return { refused: 'FORBIDDEN' }
      if (!needs.countries.has(input.country)) return { refused: 'NOT_FOUND' }
      const now = await daysNow(read, input.country)
      if (now.version !== input.expectedVersion) return { refused: 'CHANGED', data: { version: now.version, changed: ['days'] } }
      const version = now.version + 1
      return refuseDays(input.days) ?? { facts: [{ type: 'days.changed.v1', country: input.country, version, days: inOrder(input.days), count: input.days.length }], answer: { version } }
    })
  }),
})
