// Requests about the installation.
import type { Decision } from '../../kernel/commit.ts'
import type { LanguageChosen, SettingsNow, SettingsRefused } from './contract.ts'
import { STREAM, api, must } from './routes/api.ts'
import type { Needs } from './routes/api.ts'
import { careRoutes } from './routes/care.ts'
import { PERIODS } from './decide.ts'
import type { PeriodName } from './decide.ts'
import { periods, retentionRoutes } from './routes/retention.ts'
import { daysRoutes } from './routes/days.ts'
import { mailRoutes } from './routes/mail.ts'
import { providerNow, providerRoutes } from './routes/provider.ts'
import { setCeiling } from './decide.ts'
import { gradedAbove, daysNow, mayManage, settingsNow } from './store.ts'

export type { Needs as SettingsNeeds } from './routes/api.ts'
export { careWorks } from './routes/care.ts'
export { endTexts } from './routes/retention.ts'
export { openMails } from './routes/mail.ts'
export { providerNow } from './routes/provider.ts'

export const settingsRoutes = (needs: Needs) => api.router({
  get: api.get.handler(async ({ context }): Promise<SettingsNow> => {
    await must(context)
    const { read } = context
    const [now, provider, mail] = [await settingsNow(read), await providerNow(needs, read), await needs.mail(read)]
    return {
      version: now.version, lang: now.lang, ceiling: now.ceiling, zone: needs.zone, address: needs.address(), returnAddress: `${needs.address()}/sign-in/provider`, passkeys: needs.passkeys(),
      countries: [...needs.countries.values()].map((one) => ({
        code: one.code, name: one.name, zone: one.zone,
        years: [...one.years].map(([year, announced]) => ({
          year, announced,
          days: [...[...one.off].map(([day, name]) => ({ day, name, work: false })), ...[...one.work].map((day) => ({ day, name: { vi: 'Làm bù', en: 'Worked in exchange' }, work: true }))]
            .filter(({ day }) => day.startsWith(`${year}-`)).toSorted((a, b) => (a.day < b.day ? -1 : 1)),
        })),
      })),
      ownDays: await Promise.all([...needs.countries.keys()].map(async (country) => ({ country, ...await daysNow(read, country) }))),
      mail: { on: mail !== undefined, from: mail?.from ?? null, server: mail?.server ?? null, by: mail?.by ?? null, set: mail?.set ?? null },
      provider: provider ? (({ secret: _, ...used }) => ({ ...used, secret: provider.secret, from: provider.from }))(provider.used) : null,
      retention: [
        ...Object.entries(await periods(read)).map(([name, years]) => { const { what, least, most } = PERIODS[name as PeriodName]; return { what, until: { vi: `${years} năm`, en: years === 1 ? 'one year' : `${years} years` }, class: name as PeriodName, years, least, most } }),
        ...needs.retention.map((one) => ({ ...one, class: null, years: null, least: null, most: null })),
      ],
    }
  }),

  chooseLanguage: api.chooseLanguage.handler(async ({ input, context }) => {
    const { actor, commit } = context
    return commit<{ version: number }>({ id: input.orderId, kind: 'language.choose.v1', streams: [STREAM], body: input, told: input.told }, async (read): Promise<Decision<LanguageChosen, SettingsRefused, { version: number }>> => {
      if (!(await mayManage(read, actor))) return { refused: 'FORBIDDEN' }
      const now = await settingsNow(read)
      if (now.version !== input.expectedVersion) return { refused: 'CHANGED', data: { version: now.version, changed: ['lang'] } }
      return { facts: [{ type: 'language.chosen.v1', lang: input.lang }], answer: { version: now.version + 1 } }
    })
  }),

  setCeiling: api.setCeiling.handler(async ({ input, context }) => {
    const { actor, commit } = context
    // A command on the server is whoever runs the server.
    const fresh = actor.kind !== 'person' || await needs.isFresh(context)
    return commit<{ version: number }>({ id: input.orderId, kind: 'ceiling.set.v1', streams: [STREAM], body: input, told: input.told }, async (read) =>
      setCeiling(await mayManage(read, actor), fresh, await settingsNow(read), input.expectedVersion, input.ceiling, await gradedAbove(read, input.ceiling)))
  }),

  ...providerRoutes(needs), ...mailRoutes(needs), ...daysRoutes(needs), ...retentionRoutes(needs), ...careRoutes(needs),
})
