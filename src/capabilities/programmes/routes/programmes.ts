// The orders on programmes: create, lessons of the pilot, release. Cascades and upgrades are in cascade.ts.
import { Refusal } from '../../../kernel/commit.ts'
import type { PrivateText } from '../../../kernel/commit.ts'
import type { Told } from '../../../kernel/contract.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { apart } from '../../../kernel/texts.ts'
import { isZone } from '../../../pure/calendar.ts'
import type { Reader } from '../../../kernel/db.ts'
import { withDays } from '../../../pure/calendar-country.ts'
import type { Country, OwnDays } from '../../../pure/calendar-country.ts'
import type { EventTask, ProgrammesFact, Rules } from '../contract.ts'
import { accessProgramme, codeTaken, listLessons, listProgrammes, mayAt, phaseCounts, templateByCode, textsOf, versionOf } from '../store/read.ts'
import type { ProgrammeRow } from '../store/read.ts'

/** What this capability asks of the rest; app/wiring.ts passes it. `enqueue`: where big work goes on after the answer; without it, it is done at once. */
export type Needs = {
  countries: ReadonlyMap<string, Country>
  /** Somebody saved, published or dropped the draft of this template, or imported a version. */
  drafted?: ((code: string) => void) | undefined
  /** The days that an administrator put beside a country's file. */
  ownDays?: ((read: Reader, country: string) => Promise<OwnDays>) | undefined
  tasksOfEvents: (read: Context['read'], eventIds: string[]) => Promise<EventTask[]>
  /** How many orders this process has had so far: whether others wait behind a cascade's chunk. Without it they may. */
  orders?: (() => number) | undefined
  enqueue?: ((name: string, payload: object, options: { askedBy: string; total: number }) => Promise<string | undefined>) | undefined
}

/** As it stands now. */
export const countryOf = async ({ countries, ownDays }: Needs, read: Reader, code: string): Promise<Country> => withDays(countries.get(code)!, await ownDays?.(read, code))

/** Which days dates were worked out by, told beside the fact that has them. Nothing where nobody added any: the file is part of the program. */
export const calendarUsed = (programmeId: string, { code, daysVersion }: Country): ProgrammesFact[] => (daysVersion ? [{ type: 'programme.calendar_used.v1', programmeId, country: code, version: daysVersion }] : [])

const KEEP_YEARS = 10
/** A reason or lesson as people write it: beside the journal, with a salted hash in the fact. */
export function privately(text: string, subject: string, purpose: string, at: Date, id: string): { kept: PrivateText; ref: { id: string; hash: string } } {
  const until = new Date(Date.UTC(at.getUTCFullYear() + KEEP_YEARS, at.getUTCMonth(), at.getUTCDate()))
  const { ref, private: kept } = apart(text, { id, subject, purpose, retention: 'programme', until }, at)
  return { kept, ref }
}

export type NewProgramme = {
  orderId: string; code: string; name: { vi: string; en: string }; unitId: string; template: string; templateVersion?: number | undefined; zone?: string | undefined; country?: string | undefined
  rules: Rules; gate: 'open' | 'pilot'
}
export async function createProgramme({ countries }: Needs, { actor, at, commit }: Context, order: NewProgramme): Promise<{ id: string; code: string }> {
  const { orderId, ...body } = order
  const programmeId = derivedId(at, 'programme', order.code)
  // The second stream keeps two programmes of one code apart.
  return commit({ id: orderId, kind: 'programme.create.v1', streams: [`programme:${programmeId}`, 'programmes'], body }, async (read) => {
    if (!await mayAt(read, actor, 'programme.create', order.unitId)) return { refused: 'NOT_FOUND' }
    const template = await templateByCode(read, order.template)
    const version = template && await versionOf(read, template.id, order.templateVersion ?? template.newest)
    if (!version) return { refused: 'TEMPLATE_UNKNOWN', data: { template: order.templateVersion ? `${order.template} ${order.templateVersion}` : order.template } }
    if (await codeTaken(read, order.code)) return { refused: 'CODE_TAKEN', data: { code: order.code } }
    const code = order.country ?? version.body.country ?? [...countries.keys()][0] ?? ''
    const country = countries.get(code)
    if (!country) return { refused: 'COUNTRY_UNKNOWN', data: { country: code } }
    const zone = order.zone ?? version.body.zone ?? country.zone
    if (!isZone(zone)) return { refused: 'ZONE_UNKNOWN', data: { zone } }
    return {
      facts: [{ type: 'programme.created.v1', programmeId, code: order.code, name: order.name, unitId: order.unitId, templateVersionId: version.id, zone, country: code, madeAt: at.toISOString(), rules: order.rules, gate: order.gate }],
      answer: { id: programmeId, code: order.code },
    }
  })
}

const shown = (p: ProgrammeRow, events: Record<string, number>) => ({
  id: p.id, code: p.code, name: p.name, unit: p.unit, template: { code: p.templateCode, version: p.templateVersion, versionId: p.templateVersionId, newest: p.newest },
  zone: p.zone, country: p.country, gate: p.gate, madeAt: p.madeAt.toISOString(), version: p.version, events: events as never, rules: p.rules,
})
export async function getProgramme({ read, actor }: Context, code: string) {
  const found = await accessProgramme(read, actor, 'programme.read', code)
  if (!found) throw new Refusal('NOT_FOUND')
  return shown(found, (await phaseCounts(read, [found.id])).get(found.id)!)
}
export async function allProgrammes({ read, actor }: Context) {
  const found = await listProgrammes(read, actor)
  const counts = await phaseCounts(read, found.map((p) => p.id))
  return found.map((p) => shown(p, counts.get(p.id)!))
}

export async function addLesson({ actor, at, commit, read }: Context, order: { orderId: string; told?: Told | undefined; code: string; eventId: string | null; text: string }): Promise<{ id: string }> {
  const id = derivedId(at, 'lesson', order.orderId)
  const found = await accessProgramme(read, actor, 'programme.cascade', order.code)
  if (!found) throw new Refusal('NOT_FOUND')
  const stream = `programme:${found.id}`
  const { kept, ref } = privately(order.text, stream, 'lesson', at, derivedId(at, 'text', order.orderId))
  return commit({ id: order.orderId, kind: 'programme.lesson.v1', streams: [stream], body: { code: order.code, eventId: order.eventId, text: order.text }, told: order.told }, async (now) => {
    if (!await accessProgramme(now, actor, 'programme.cascade', order.code)) return { refused: 'NOT_FOUND' }
    return { facts: [{ type: 'programme.lesson_recorded.v1', programmeId: found.id, lessonId: id, eventId: order.eventId, textId: ref.id, textHash: ref.hash }], private: [kept], answer: { id } }
  })
}
export async function lessonsOf({ read, actor }: Context, code: string) {
  const found = await accessProgramme(read, actor, 'programme.read', code)
  if (!found) throw new Refusal('NOT_FOUND')
  const lessons = await listLessons(read, found.id)
  const texts = await textsOf(read, lessons.map((l) => l.textId))
  return lessons.map(({ id, eventId, textId, at, by }) => ({ id, eventId, text: texts.get(textId) ?? null, at: at.toISOString(), by }))
}

/** pilot → lessons → next version → release to the rest. */
export async function release(context: Context, order: { orderId: string; code: string; expectedVersion: number; templateVersion: number }) {
  const { actor, commit, read } = context
  const found = await accessProgramme(read, actor, 'programme.cascade', order.code)
  if (!found) throw new Refusal('NOT_FOUND')
  await commit({ id: order.orderId, kind: 'programme.release.v1', streams: [`programme:${found.id}`], body: { code: order.code, version: order.templateVersion, expectedVersion: order.expectedVersion } }, async (now) => {
    const programme = await accessProgramme(now, actor, 'programme.cascade', order.code)
    if (!programme) return { refused: 'NOT_FOUND' }
    if (programme.version !== order.expectedVersion) return { refused: 'CHANGED', data: { version: programme.version, changed: ['programme'] } }
    if (programme.gate !== 'pilot') return { refused: 'NO_PILOT' }
    if ((await listLessons(now, programme.id)).length === 0) return { refused: 'LESSONS_MISSING' }
    const version = await versionOf(now, programme.templateId, order.templateVersion)
    if (!version) return { refused: 'TEMPLATE_UNKNOWN', data: { template: `${programme.templateCode} ${order.templateVersion}` } }
    return { facts: [{ type: 'programme.released.v1', programmeId: programme.id, templateVersionId: version.id }], answer: {} }
  })
  return getProgramme(context, order.code)
}
