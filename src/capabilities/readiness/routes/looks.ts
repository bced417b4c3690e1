// The handlers of contract/looks.ts: figures only, nothing is changed but one's own views.
import { Refusal } from '../../../kernel/commit.ts'
import { ask } from '../../../kernel/db.ts'
import { uuidv7 } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { dayIn } from '../../../pure/calendar.ts'
import { STATES, noCounts } from '../contract.ts'
import type { Brief, MapUnit, SavedView, Trend } from '../contract/looks.ts'
import { goNoGo, goNoGoSentence } from '../decide/orders.ts'
import { explain, worstFirst } from '../decide/sentences.ts'
import { countStates } from '../decide/states.ts'
import { judge } from '../store/events.ts'
import type { Needs } from '../store/fold.ts'
import { conclusionsOf, headsOf, helpersOf, listed, nearestEvents, readTrend, readUnits, redOver } from '../store/looks.ts'
import { figuresOf } from '../store/totals.ts'
import { accessUnit, programmeNames, unitNames } from '../store/units.ts'
import { dropView, keepView, viewsOf } from '../store/views.ts'

type Asked = { unitId?: string | undefined; programmeId?: string | undefined; level?: string | undefined; workstream?: string | undefined; at?: string | undefined }
const MOST_VIEWS = 50
/** As many as fit on a phone beside each other's reason. */
const [FEW_RED, FEW_NEXT] = [3, 3]
const MOST_HELP = 3
const missing = (): never => { throw new Refusal('NOT_FOUND') }

export async function unitsOfKind(needs: Needs, { read, actor, at }: Context, asked: Asked & { kind: string }): Promise<{ asOf: string; on: string | null; units: MapUnit[] }> {
  const unit = (await accessUnit(read, actor, asked.unitId)) ?? missing()
  const today = dayIn(at, needs.zone)
  const on = asked.at && asked.at < today ? asked.at : undefined
  return { asOf: at.toISOString(), on: on ?? null, units: await readUnits(read, unit, asked.kind, asked, on, today) }
}

export async function week(needs: Needs, { read, actor, at }: Context, asked: Asked): Promise<Trend> {
  const unit = (await accessUnit(read, actor, asked.unitId)) ?? missing()
  const today = dayIn(at, needs.zone)
  return { asOf: at.toISOString(), days: await readTrend(read, unit, asked, asked.at && asked.at < today ? asked.at : today, today) }
}

export async function brief(needs: Needs, { read, actor, at }: Context, asked: Asked): Promise<Brief> {
  const unit = (await accessUnit(read, actor, asked.unitId)) ?? missing()
  const today = dayIn(at, needs.zone)
  const wanted = { programmeId: asked.programmeId, today }
  const [red, next, over, figures] = await Promise.all([
    nearestEvents(read, unit.path, { ...wanted, red: true }, FEW_RED), nearestEvents(read, unit.path, wanted, FEW_NEXT), redOver(read, unit.path, wanted),
    ask(read, figuresOf([unit.unitId], asked, { before: new Date(Date.parse(`${today}T00:00:00Z`) - 7 * 86_400_000).toISOString().slice(0, 10) })),
  ])
  const judged = await judge(read, [...new Set([...red, ...next])], needs.rules, needs.sources, at)
  const unitsOf = (ids: string[]) => ids.flatMap((id) => judged.get(id)?.frame.unitId ?? [])
  const unitIds = unitsOf([...red, ...next])
  const [names, programmes, heads, help, concluded] = await Promise.all([unitNames(read, unitIds), programmeNames(read, [...judged.values()].map((one) => one.frame.programmeId)), headsOf(read, unitIds, at), helpersOf(read, actor, unitsOf(red), at, today), conclusionsOf(read, next)])
  const mine = figures.get(unit.unitId)
  return {
    asOf: at.toISOString(), unit: { unitId: unit.unitId, name: unit.name, nameEn: unit.nameEn }, events: listed(mine?.events ?? noCounts()), over, change: (mine?.events.unmet ?? 0) - (mine?.was.unmet ?? 0),
    red: red.flatMap((eventId) => {
      const one = judged.get(eventId)
      const against = (one?.verdicts ?? []).filter((v) => v.state === 'unmet').sort(worstFirst(STATES))
      const worst = against[0]
      return one && worst ? [{
        eventId, programmeId: one.frame.programmeId, programmeName: programmes.get(one.frame.programmeId) ?? null, unitId: one.frame.unitId, unitName: names.get(one.frame.unitId)?.name ?? '', owner: heads.get(one.frame.unitId) ?? null, dayOn: one.frame.dayOn,
        requirement: worst.requirement.name, sentence: explain(worst, one.frame, needs.rules, one.template, at).sentence, byAt: worst.byAt?.toISOString() ?? null, more: against.length - 1,
        help: (help.get(one.frame.unitId) ?? []).filter((helper) => helper.unitId !== unit.unitId).slice(0, MOST_HELP).map(({ how, unitId, unitName, unitNameEn, head }) => ({ how, unitId, unitName, unitNameEn, head })),
      }] : []
    }),
    next: next.flatMap((eventId) => {
      const one = judged.get(eventId)
      if (!one) return []
      const states = one.verdicts.map((v) => v.state)
      const verdict = goNoGo(states)
      return [{ eventId, programmeId: one.frame.programmeId, programmeName: programmes.get(one.frame.programmeId) ?? null, unitName: names.get(one.frame.unitId)?.name ?? '', dayOn: one.frame.dayOn, verdict, sentence: goNoGoSentence(verdict, { ...noCounts(), ...countStates(states) }), concluded: concluded.get(eventId) ?? null }]
    }),
  }
}

export const ownViews = async ({ read, actor }: Context): Promise<{ items: SavedView[] }> => ({ items: await viewsOf(read, actor.id) })

export async function keep({ read, side, actor, at }: Context, { name, search, shared }: { name: string; search: Record<string, string>; shared: boolean }): Promise<SavedView> {
  const kept = (await viewsOf(read, actor.id)).filter((view) => view.by === null)
  const same = kept.find((view) => view.name === name)
  if (!same && kept.length >= MOST_VIEWS) throw new Refusal('VIEWS_FULL', { most: MOST_VIEWS })
  const view = { viewId: same?.viewId ?? uuidv7(at), name, search, shared, by: null }
  await keepView(side, actor.id, view, at)
  return view
}

export async function drop({ side, actor }: Context, viewId: string): Promise<{ viewId: string }> {
  if (!await dropView(side, actor.id, viewId)) missing()
  return { viewId }
}
