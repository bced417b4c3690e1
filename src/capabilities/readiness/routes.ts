import { implement } from '@orpc/server'
import { fileFacts, holdFiles } from '../../kernel/blobs.ts'
import { Refusal } from '../../kernel/commit.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { apart } from '../../kernel/texts.ts'
import { isUuid } from '../../kernel/ids.ts'
import { dayIn } from '../../pure/calendar.ts'
import { STATES, noCounts, readinessContract } from './contract.ts'
import type { Check } from './contract.ts'
import { conclude, giveWaiver, goNoGo, goNoGoSentence, withdrawConclusion, withdrawWaiver } from './decide/orders.ts'
import type { Readiness } from './decide/orders.ts'
import { explain, worstFirst } from './decide/sentences.ts'
import { countStates, eventState, fingerprint } from './decide/states.ts'
import { brief, drop, keep, ownViews, unitsOfKind, week } from './routes/looks.ts'
import { readBoard, readMonths } from './store/board.ts'
import { accessEvent, conclusionOf, countEvents, judge, listEvents, filesOf, personNames, textsOf } from './store/events.ts'
import type { EventKey, Judged } from './store/events.ts'
import type { Needs } from './store/fold.ts'
import { programmeTemplate, templatesOf } from './store/templates.ts'
import { requirementFigures } from './store/totals.ts'
import { accessUnit, accessWithBelow, programmeNames, unitNames } from './store/units.ts'

const TEN_YEARS = 10 * 366 * 86_400_000
const missing = (): never => { throw new Refusal('NOT_FOUND') }

const written = (text: string, subject: string, purpose: string, at: Date) => apart(text, { subject, purpose, retention: 'record', until: new Date(at.getTime() + TEN_YEARS) }, at)

const readiness = (judged: Judged | undefined): Readiness | undefined =>
  judged && { eventId: judged.frame.eventId, phase: judged.frame.phase, version: fingerprint(judged.verdicts), verdicts: judged.verdicts }

/** Files that the asker brought for this; undefined: one of them is not theirs. */
const scansOf = async (read: Context['read'], actor: Context['actor'], ids: string[], holder: string): Promise<{ id: string; hash: string }[] | undefined> =>
  ids.length === 0 ? [] : (await fileFacts(read, actor, ids, holder))?.map(({ id, hash }) => ({ id, hash }))

/** The checks of one event as they are read: sentences, names, reasons of waivers. */
async function told({ frame, verdicts, template }: Judged, needs: Needs, { read, at }: Context): Promise<Check[]> {
  const waivers = verdicts.flatMap((v) => (v.waiver ? [v.waiver] : []))
  const [names, texts, scans, units] = await Promise.all([
    waivers.length > 0 ? personNames(read, waivers.map((w) => w.byId)) : new Map<string, string | null>(), waivers.length > 0 ? textsOf(read, waivers.flatMap((w) => [w.reasonId, ...(w.toldId ? [w.toldId] : [])])) : new Map<string, string | null>(),
    filesOf(read, waivers.flatMap((w) => w.files)),
    unitNames(read, [frame.unitId]),
  ])
  return verdicts.map((v) => {
    const { sentence, ...why } = explain(v, frame, needs.rules, template, at)
    return {
      requirement: v.requirement.code, name: v.requirement.name, state: v.state, sentence, why, without: v.without,
      links: v.finding.links.map(({ kind, id, item }) => ({ kind, id, label: template.items.get(item ?? '')?.name ?? null })),
      owner: { unitId: frame.unitId, name: units.get(frame.unitId)?.name ?? '' },
      byAt: v.byAt?.toISOString() ?? null, expiresAt: v.finding.expiresAt?.toISOString() ?? null, nextChangeAt: v.nextAt?.toISOString() ?? null,
      waiver: v.waiver && {
        by: { id: v.waiver.byId, name: names.get(v.waiver.byId) ?? null }, reason: texts.get(v.waiver.reasonId) ?? null, toldBy: v.waiver.toldId ? texts.get(v.waiver.toldId) ?? null : null, files: v.waiver.files.flatMap((id) => scans.get(id) ?? []),
        at: v.waiver.givenAt.toISOString(), until: v.waiver.untilAt.toISOString(),
      },
    }
  })
}

const encode = (key: EventKey): string => Buffer.from(JSON.stringify([key.rank, key.dayOn, key.eventId])).toString('base64url')
function decode(cursor: string | undefined): EventKey | null {
  if (!cursor) return null
  try {
    const [rank, dayOn, eventId] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [number, string, string]
    if (Number.isInteger(rank) && /^(\d{4}-\d\d-\d\d|infinity)$/.test(dayOn) && isUuid(eventId)) return { rank, dayOn, eventId }
  } catch { /* not one of ours */ }
  throw new Refusal('INVALID')
}

export function readinessRoutes(needs: Needs) {
  const api = implement(readinessContract).$context<Context>().use(refusals)
  const judged = ({ read, actor, at }: Context, right: 'readiness.read' | 'readiness.waive' | 'readiness.conclude', eventId: string) =>
    accessEvent(read, actor, right, eventId, needs.rules, needs.sources, at)

  return api.router({
    board: api.board.handler(async ({ input, context: { read, actor, at } }) => (await readBoard(read, actor, input, at, needs.zone)) ?? missing()),

    units: api.units.handler(({ input, context }) => unitsOfKind(needs, context, input)),
    trend: api.trend.handler(({ input, context }) => week(needs, context, input)),
    brief: api.brief.handler(({ input, context }) => brief(needs, context, input)),
    views: api.views.handler(({ context }) => ownViews(context)),
    keepView: api.keepView.handler(({ input, context }) => keep(context, input)),
    dropView: api.dropView.handler(({ input, context }) => drop(context, input.viewId)),

    completeness: api.completeness.handler(async ({ input, context: { read, actor, at } }) => {
      const unit = (await accessWithBelow(read, actor, input.unitId)) ?? missing()
      return { asOf: at.toISOString(), ...await readMonths(read, unit, input, input.until ?? dayIn(at, needs.zone), input.months) }
    }),

    requirements: api.requirements.handler(async ({ input, context: { read, actor, at } }) => {
      const unit = (await accessUnit(read, actor, input.unitId)) ?? missing()
      const [figures, names] = await Promise.all([requirementFigures(read, unit, input.programmeId), requirementNames(read, input.programmeId)])
      return { asOf: at.toISOString(), items: [...figures].map(([requirement, counts]) => ({ requirement, name: names.get(requirement) ?? { vi: requirement, en: requirement }, counts })) }
    }),

    events: api.events.handler(async ({ input, context }) => {
      const { read, actor, at } = context
      const unit = (await accessUnit(read, actor, input.unitId)) ?? missing()
      const ask = { ...input, path: unit.path }
      const after = decode(input.cursor)
      const [found, total] = await Promise.all([listEvents(read, ask, after, input.limit + 1), after ? undefined : countEvents(read, ask)])
      const shown = found.slice(0, input.limit)
      const [details, units, programmes] = await Promise.all([judge(read, shown.map((e) => e.eventId), needs.rules, needs.sources, at), unitNames(read, shown.map((e) => e.unitId)), programmeNames(read, shown.map((e) => e.programmeId))])
      return {
        asOf: at.toISOString(), next: found.length > input.limit ? encode(shown.at(-1)!) : null, ...(total === undefined ? {} : { total }),
        items: shown.map((e) => {
          const one = details.get(e.eventId)
          const against = (one?.verdicts ?? []).filter((v) => v.state === 'unmet' || v.state === 'at_risk').sort(worstFirst(STATES))
          return {
            eventId: e.eventId, unitId: e.unitId, unitCode: units.get(e.unitId)?.code ?? '', unitName: units.get(e.unitId)?.name ?? '', programmeId: e.programmeId, programmeName: programmes.get(e.programmeId) ?? null, level: e.level,
            dayOn: e.dayOn === 'infinity' ? null : e.dayOn, state: STATES[e.rank]!,
            checks: against.map((v) => ({ requirement: v.requirement.code, state: v.state, sentence: explain(v, one!.frame, needs.rules, one!.template, at).sentence })),
          }
        }),
      }
    }),

    event: api.event.handler(async ({ input, context }) => {
      const one = (await judged(context, 'readiness.read', input.eventId)) ?? missing()
      const { frame, verdicts, template } = one
      const checks = await told(one, needs, context)
      const now = context.at.toISOString()
      return {
        asOf: now, eventId: frame.eventId, unitId: frame.unitId, unitName: checks[0]?.owner.name ?? (await unitNames(context.read, [frame.unitId])).get(frame.unitId)?.name ?? '',
        programmeId: frame.programmeId, dayOn: frame.dayOn, phase: frame.phase, class: frame.class, version: fingerprint(verdicts),
        state: eventState(verdicts, context.at), counts: countStates(verdicts.map((v) => v.state)), checks,
        milestones: Object.entries(frame.milestones).map(([code, moment]) => ({ code, name: template.milestones.get(code) ?? null, at: new Date(moment).toISOString(), passed: Date.parse(moment) <= context.at.getTime() }))
          .sort((a, b) => (a.at < b.at ? -1 : 1)),
      }
    }),

    goNoGo: api.goNoGo.handler(async ({ input, context }) => {
      const one = (await judged(context, 'readiness.read', input.eventId)) ?? missing()
      const [checks, last] = await Promise.all([told(one, needs, context), conclusionOf(context.read, input.eventId)])
      const counts = countStates(checks.map((c) => c.state))
      const verdict = goNoGo(checks.map((c) => c.state))
      const names = last ? await personNames(context.read, [last.byId, ...(last.withdrawn ? [last.withdrawn.byId] : [])]) : new Map<string, string | null>()
      const who = (id: string) => ({ id, name: names.get(id) ?? null })
      return {
        asOf: context.at.toISOString(), eventId: input.eventId, unitName: checks[0]?.owner.name ?? '', dayOn: one.frame.dayOn, version: fingerprint(one.verdicts),
        verdict, sentence: goNoGoSentence(verdict, counts), counts,
        against: checks.filter((c) => c.state !== 'met' && c.state !== 'waived').sort(worstFirst(STATES)), waived: checks.filter((c) => c.state === 'waived'),
        concluded: last && !last.withdrawn ? { verdict: last.verdict, by: who(last.byId), at: last.at.toISOString(), note: last.note, toldBy: last.toldBy, files: last.files, counts: { ...noCounts(), ...countStates(Object.values(last.states)) } } : null,
        withdrawn: last?.withdrawn ? { verdict: last.verdict, by: who(last.withdrawn.byId), at: new Date(last.withdrawn.at).toISOString(), reason: last.withdrawn.reason } : null,
      }
    }),

    waive: api.waive.handler(async ({ input, context }) => {
      const { at, commit } = context
      const reason = written(input.reason, `event:${input.eventId}`, 'waiver', at)
      const holder = `event:${input.eventId}`
      await commit({ id: input.orderId, kind: 'waiver.give.v1', streams: [holder], body: input, told: input.told }, async (read) => {
        const files = await scansOf(read, context.actor, input.files, holder)
        if (!files) return { refused: 'FILE_UNKNOWN' }
        const decided = giveWaiver(readiness(await judged({ ...context, read }, 'readiness.waive', input.eventId)), input, reason.ref, at, files)
        return 'refused' in decided ? decided : { ...decided, private: [reason.private], aside: async (side) => { if (files.length > 0) await holdFiles(side, input.files, holder, at) } }
      })
      return { eventId: input.eventId, requirement: input.requirement, until: new Date(input.until).toISOString() }
    }),

    withdraw: api.withdraw.handler(async ({ input, context }) => {
      const reason = written(input.reason, `event:${input.eventId}`, 'waiver', context.at)
      await context.commit({ id: input.orderId, kind: 'waiver.withdraw.v1', streams: [`event:${input.eventId}`], body: input, told: input.told }, async (read) => {
        const decided = withdrawWaiver(readiness(await judged({ ...context, read }, 'readiness.waive', input.eventId)), input.requirement, reason.ref)
        return 'refused' in decided ? decided : { ...decided, private: [reason.private] }
      })
      return { eventId: input.eventId, requirement: input.requirement }
    }),

    withdrawConclusion: api.withdrawConclusion.handler(async ({ input, context }) => {
      const reason = written(input.reason, `event:${input.eventId}`, 'conclusion', context.at)
      await context.commit({ id: input.orderId, kind: 'readiness.withdraw_conclusion.v1', streams: [`event:${input.eventId}`], body: input, told: input.told }, async (read) => {
        const event = readiness(await judged({ ...context, read }, 'readiness.conclude', input.eventId))
        const decided = withdrawConclusion(event, await conclusionOf(read, input.eventId), input.concludedAt, reason.ref)
        return 'refused' in decided ? decided : { ...decided, private: [reason.private] }
      })
      return { eventId: input.eventId }
    }),

    conclude: api.conclude.handler(async ({ input, context }) => {
      const { at, commit } = context
      const note = input.note ? written(input.note, `event:${input.eventId}`, 'conclusion', at) : null
      await commit({ id: input.orderId, kind: 'readiness.conclude.v1', streams: [`event:${input.eventId}`], body: input, told: input.told }, async (read) => {
        const holder = `event:${input.eventId}`
        const files = await scansOf(read, context.actor, input.files, holder)
        if (!files) return { refused: 'FILE_UNKNOWN' }
        const decided = conclude(readiness(await judged({ ...context, read }, 'readiness.conclude', input.eventId)), input, note?.ref ?? null, files)
        if ('refused' in decided) return decided
        return { ...decided, private: note ? [note.private] : [], aside: async (side) => { if (files.length > 0) await holdFiles(side, input.files, holder, at) } }
      })
      return { eventId: input.eventId, verdict: input.verdict }
    }),
  })
}

async function requirementNames(read: Context['read'], programmeId: string): Promise<Map<string, { vi: string; en: string }>> {
  const version = await programmeTemplate(read, programmeId)
  if (!version) return new Map()
  return new Map((await templatesOf(read, [version]))(version).requirements.map((r) => [r.code, r.name]))
}
