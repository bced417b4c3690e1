// Requests about templates, programmes and events.
import { implement } from '@orpc/server'
import { Refusal } from '../../kernel/commit.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { isDay } from '../../pure/calendar.ts'
import { programmesContract } from './contract.ts'
import { adoptVersion, cascade, previewCascade, previewUpgrade, upgradeEvents } from './routes/cascade.ts'
import { redatable, redateEvents } from './routes/calendar.ts'
import * as drafts from './routes/drafts.ts'
import * as events from './routes/events.ts'
import * as programmes from './routes/programmes.ts'
import type { Needs } from './routes/programmes.ts'
import * as templates from './routes/templates.ts'
import { eventsOverTime, timeline } from './routes/timeline.ts'
import { listEvents } from './store/events.ts'
import { listTemplates, mayAt } from './store/read.ts'
import { isUuid } from '../../kernel/ids.ts'

export { datesUnder } from './routes/calendar.ts'
export { programmesWorks } from './routes/work.ts'
export type { Needs } from './routes/programmes.ts'

const api = implement(programmesContract).$context<Context>().use(refusals)
/** Up to so many new events a cascade is done before the answer. */
const AT_ONCE = 20

const pack = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
/** A cursor is opaque to the asker; one that is not ours begins at the start. */
function unpack(cursor: string | undefined): { day: string | null; id: string } | undefined {
  try {
    const { day, id } = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()) as { day: unknown; id: unknown }
    const fits = (day === null || (typeof day === 'string' && isDay(day))) && typeof id === 'string' && isUuid(id)
    return fits ? { day, id } : undefined
  } catch {
    return undefined
  }
}

export function programmesRoutes(needs: Needs) {
  const asOf = (context: Context) => context.at.toISOString()
  /** Other editors hear of it by the live line. */
  const told = <T>(code: string, answer: T): T => { needs.drafted?.(code); return answer }
  return {
    templates: {
      list: api.templates.list.handler(async ({ context }) => ({ items: await listTemplates(context.read, context.actor), asOf: asOf(context) })),
      check: api.templates.check.handler(async ({ input }) => templates.checkTemplate(input.text)),
      import: api.templates.import.handler(async ({ input, context }) => {
        // Who may not import hears nothing of what is wrong in the file.
        if (!await mayAt(context.read, context.actor, 'template.import', input.unitId)) throw new Refusal('NOT_FOUND')
        const made = await templates.importTemplate(context, input)
        return told(made.code, made)
      }),
      get: api.templates.get.handler(async ({ input, context }) => templates.getVersion(context, input.code, input.version)),
      export: api.templates.export.handler(async ({ input, context }) => templates.exportVersion(context, input.code, input.version, input.format)),
      diff: api.templates.diff.handler(async ({ input, context }) => templates.diffTemplate(context, input.code, input.from, input.to)),
    },
    drafts: {
      get: api.drafts.get.handler(async ({ input, context }) => drafts.getDraft(needs, context, input)),
      save: api.drafts.save.handler(async ({ input, context }) => told(input.code, await drafts.saveDraft(context, input))),
      drop: api.drafts.drop.handler(async ({ input, context }) => told(input.code, await drafts.dropDraft(context, input))),
      publish: api.drafts.publish.handler(async ({ input, context }) => told(input.code, await drafts.publishDraft(context, input))),
      dates: api.drafts.dates.handler(async ({ input, context }) => drafts.previewDates(needs, context, input)),
    },
    programmes: {
      create: api.programmes.create.handler(async ({ input, context }) => programmes.createProgramme(needs, context, input)),
      list: api.programmes.list.handler(async ({ context }) => ({ items: await programmes.allProgrammes(context), asOf: asOf(context) })),
      get: api.programmes.get.handler(async ({ input, context }) => programmes.getProgramme(context, input.code)),
      previewCascade: api.programmes.previewCascade.handler(async ({ input, context }) => previewCascade(needs, context, input)),
      cascade: api.programmes.cascade.handler(async ({ input, context }) => {
        const { events: { new: count }, tasks } = await previewCascade(needs, context, input)
        if (count > AT_ONCE && needs.enqueue) {
          const job = await needs.enqueue('programmes.cascade', { actor: context.actor, lang: context.lang, order: input }, { askedBy: context.actor.id, total: count })
          return { job: job ?? null, events: count, tasks }
        }
        await cascade(needs, context, input)
        return { job: null, events: count, tasks }
      }),
      redate: api.programmes.redate.handler(async ({ input, context }) => {
        const found = await redatable(context, input.code)
        if (found.length > AT_ONCE && needs.enqueue) return { job: await needs.enqueue('programmes.redate', { actor: context.actor, lang: context.lang, order: input }, { askedBy: context.actor.id, total: found.length }) ?? null, events: found.length, tasks: 0 }
        await redateEvents(needs, context, input.orderId, found)
        return { job: null, events: found.length, tasks: 0 }
      }),
      addLesson: api.programmes.addLesson.handler(async ({ input, context }) => programmes.addLesson(context, input)),
      lessons: api.programmes.lessons.handler(async ({ input, context }) => ({ items: await programmes.lessonsOf(context, input.code), asOf: asOf(context) })),
      release: api.programmes.release.handler(async ({ input, context }) => programmes.release(context, input)),
      previewUpgrade: api.programmes.previewUpgrade.handler(async ({ input, context }) => previewUpgrade(needs, context, input.code, input.templateVersion)),
      upgrade: api.programmes.upgrade.handler(async ({ input, context }) => {
        const adopted = await adoptVersion(context, input)
        const count = adopted.events.length
        if (count > AT_ONCE && needs.enqueue) {
          const job = await needs.enqueue('programmes.upgrade', { actor: context.actor, lang: context.lang, order: input }, { askedBy: context.actor.id, total: count })
          return { job: job ?? null, events: count, tasks: 0 }
        }
        await upgradeEvents(needs, context, input.orderId, adopted.programme, adopted.versionId, adopted.events)
        return { job: null, events: count, tasks: 0 }
      }),
    },
    timeline: {
      levels: api.timeline.levels.handler(async ({ input, context }) => timeline(context, input)),
      events: api.timeline.events.handler(async ({ input, context }) => eventsOverTime(needs, context, input, { unpack, pack })),
    },
    events: {
      list: api.events.list.handler(async ({ input: { cursor, limit, ...filter }, context }) => {
        const found = await listEvents(context.read, context.actor, filter, unpack(cursor), limit + 1)
        const items = found.slice(0, limit)
        const last = items.at(-1)
        return { items: items.map((e) => ({ ...e, opensAt: e.opensAt?.toISOString() ?? null })), next: found.length > limit && last ? pack({ day: last.day, id: last.id }) : null, asOf: asOf(context) }
      }),
      get: api.events.get.handler(async ({ input, context }) => events.getEvent(context, input.eventId)),
      dates: api.events.dates.handler(async ({ input, context }) => events.datesOf(needs, context, input.eventId)),
      previewMove: api.events.previewMove.handler(async ({ input: { eventId, ...to }, context }) => events.previewMove(needs, context, eventId, to)),
      move: api.events.move.handler(async ({ input, context }) => events.move(needs, context, input)),
      postpone: api.events.postpone.handler(async ({ input, context }) => events.end(needs, context, 'postponed', input)),
      cancel: api.events.cancel.handler(async ({ input, context }) => events.end(needs, context, 'cancelled', input)),
      setPhase: api.events.setPhase.handler(async ({ input, context }) => events.changePhase(context, input)),
      activities: api.events.activities.handler(async ({ input, context }) => ({ items: await events.activities(context, input.eventId), asOf: asOf(context) })),
      addActivity: api.events.addActivity.handler(async ({ input, context }) => events.addActivity(context, input)),
      changeActivity: api.events.changeActivity.handler(async ({ input, context }) => events.changeActivity(context, input)),
      removeActivity: api.events.removeActivity.handler(async ({ input, context }) => events.removeActivity(context, input)),
    },
  }
}
