import { implement } from '@orpc/server'
import { OPERATOR, SYSTEM } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { Refusal } from '../../kernel/commit.ts'
import type { Reader } from '../../kernel/db.ts'
import { Download } from '../../kernel/http/download.ts'
import { verifyJournal } from '../../kernel/journal.ts'
import type { Works } from '../../kernel/jobs.ts'
import type { Line } from '../../kernel/journal.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { VERIFY_AT_ONCE, journalsContract } from './contract.ts'
import type { Parts, Places, Stories, Story, Traces, Words } from './contract.ts'
import { compareMoments } from './routes/compare.ts'
import { exported } from './routes/export.ts'
import { kindOf, tell, textsIn, unitsIn, verificationOf, verifiedRows } from './decide.ts'
import { aboveOf, linesAbout, linesBefore, linesOfStreams, longest, namesFor, placesOf, reachOf, readersOf, streamsBelow, titlesOf, unitPath, withinReach } from './store.ts'
import { known, knownLines } from './store/known.ts'
import type { Reach, Wanted } from './store.ts'
import { dayHere } from '../../kernel/zone.ts'

export type JournalNeeds = {
  stories: Stories; words: Words; places: Places; zone: string
  parts: Parts
  /** How a line that is about many things, or about what a thing is part of, is told in the history of that thing. */
  asPart: Stories
  /** How facts make up a thing: what two moments of it are compared by. */
  traces: Traces
  /** Where a long verification goes on after the answer; without it, it is done at once. */
  enqueue?: ((name: string, payload: object, options: { askedBy: string; total: number }) => Promise<string | undefined>) | undefined
}

/** The record verified as a job: how far it is, then what was found. */
export const journalsWorks = (read: Reader): Works => ({ 'journals.verify': async (_, job) => { job.results(verifiedRows(await verifyJournal(read, job.progress))) } })

const FEW = 400 // streams of a subtree that are read one by one
const LOOK = 1000 // lines looked through at a time where they are more
const LOOKS = 20

export function journalsRoutes(needs: JournalNeeds) {
  const api = implement(journalsContract).$context<Context>().use(refusals)
  return api.router({
    history: api.history.handler(async ({ input, context: { read, actor, at } }) => {
      const before = position(input.cursor)
      const { lines, visible, place, streams, may } = await about(read, actor, input.subject, before, input.limit + 1, needs)
      if (visible.length === 0 && before === null && !(place !== null && may(place))) throw new Refusal('NOT_FOUND')
      return paged(visible, input.limit, lines.length > input.limit, await told(read, visible.slice(0, input.limit), new Map(lines.map((l) => [l.stream, place ?? streams.get(l.stream) ?? null])), needs, input.subject), at)
    }),

    compare: api.compare.handler(async ({ input, context: { read, actor } }) =>
      compareMoments(read, input, needs.traces, needs.words, needs.zone, async (before) => (await about(read, actor, input.subject, before, LOOK, needs)).visible)),

    activity: api.activity.handler(async ({ input, context: { read, actor, at } }) => {
      const reach = await reachOf(read, actor, 'journal.read')
      if (reach.ranges.length === 0 && !reach.whole && input.unitId === undefined) return { items: [], next: null, asOf: at.toISOString() }
      const under = input.unitId ? await pathWithin(read, reach, input.unitId) : undefined
      const { lines, next } = await activity(read, actor, reach, under, position(input.cursor), input.limit, input, needs.places)
      const units = await placesOf(read, lines.map((l) => l.stream), needs.places)
      return { items: await told(read, lines, units, needs), next: next === null ? null : String(next), asOf: at.toISOString() }
    }),

    verify: api.verify.handler(async ({ context: { read, actor, at } }) => {
      const reach = await reachOf(read, actor, 'journal.verify')
      if (!reach.whole) throw new Refusal('FORBIDDEN')
      const total = await longest(read)
      if (total > VERIFY_AT_ONCE && needs.enqueue) return { job: await needs.enqueue('journals.verify', {}, { askedBy: actor.id, total }) ?? null, total, result: null }
      return { job: null, total, result: verificationOf(verifiedRows(await verifyJournal(read)), at.toISOString()) }
    }),

    export: api.export.handler(async ({ input, context: { read, actor, at } }) => {
      const reach = await reachOf(read, actor, 'journal.export')
      if (reach.ranges.length === 0) throw new Refusal('FORBIDDEN')
      const under = input.unitId ? await pathWithin(read, reach, input.unitId) : undefined
      const subject = input.subject
      const about_ = subject === undefined ? undefined : (before: number | null) => about(read, actor, subject, before, LOOK, needs).then((found) => found.visible)
      const body = exported(read, actor, reach, under, input, needs.places, at, about_)
      return new Download({ name: `nhat-ky-${dayHere(at)}.ndjson`, type: 'application/x-ndjson', body })
    }),
  })
}

/** Lines about one thing, and those of them that the asker may see. */
async function about(read: Reader, actor: Actor, subject: string, before: number | null, limit: number, { places, parts }: JournalNeeds) {
  const reach = await reachOf(read, actor, places[kindOf(subject)]?.right ?? 'journal.read')
  const place = (await placesOf(read, [subject], places)).get(subject) ?? null
  const lines = await linesAbout(read, subject, await aboveOf(read, subject, parts), before, limit)
  // The thing's own unit decides; a thing without one, line by line.
  const streams = await placesOf(read, lines.map((l) => l.stream), places)
  const readers = place === null ? [] : await readersOf(read, subject, places)
  const inside = await withinReach(read, reach, [place, ...readers, ...streams.values()])
  const may = (unit: string | null) => inside(unit) || (unit !== null && unit === place && readers.some(inside))
  const within = place !== null ? (may(place) ? lines : []) : lines.filter((l) => may(streams.get(l.stream) ?? null))
  // What is graded has no history for who is not named for it.
  const right = places[kindOf(subject)]?.right ?? 'journal.read'
  const kept = (await known(read, actor, right, [subject])).length === 0
  return { lines, visible: kept ? [] : await knownLines(read, actor, right, within), place: kept ? null : place, streams, may: kept ? () => false : may }
}

async function pathWithin(read: Reader, reach: Reach, unitId: string): Promise<string> {
  const path = await unitPath(read, unitId)
  if (path === undefined || !(await withinReach(read, reach, [unitId]))(unitId)) throw new Refusal('NOT_FOUND')
  return path
}

/** A small subtree by its streams; a large one by looking back through the record, where every few lines fit. A page may be short while more is to come. */
async function activity(read: Reader, actor: Actor, reach: Reach, under: string | undefined, before: number | null, limit: number, wanted: Wanted, places: Places): Promise<{ lines: Line[]; next: number | null }> {
  const cut = async (lines: Line[]) => ({ lines: await knownLines(read, actor, 'journal.read', lines.slice(0, limit)), next: lines.length > limit ? lines[limit - 1]!.position : null })
  const top = under ?? (reach.ranges.length === 1 && !reach.whole ? reach.ranges[0]!.path : undefined)
  const streams = top === undefined ? undefined : await streamsBelow(read, top, places, FEW)
  if (streams) return cut(await linesOfStreams(read, streams, before, limit + 1, wanted))
  const lines: Line[] = []
  let from = before
  for (let i = 0; i < LOOKS && lines.length <= limit; i++) {
    const part = await linesBefore(read, from, LOOK, wanted)
    const units = await placesOf(read, part.map((l) => l.stream), places)
    const may = await withinReach(read, reach, units.values(), under)
    lines.push(...part.filter((l) => may(units.get(l.stream) ?? null)))
    if (part.length < LOOK) return cut(lines)
    from = part.at(-1)!.position
  }
  return lines.length > limit ? cut(lines) : { lines: await knownLines(read, actor, 'journal.read', lines), next: from }
}

async function told(read: Reader, lines: Line[], units: Map<string, string | null>, { stories, words, zone, asPart, places }: JournalNeeds, of?: string): Promise<Story[]> {
  const facts = lines.map((l): unknown => JSON.parse(l.body))
  const names = await namesFor(read, lines, [...lines.map((l) => units.get(l.stream) ?? null), ...lines.flatMap((l, i) => unitsIn(l.type, facts[i], stories))], lines.flatMap((l, i) => textsIn(l.type, facts[i], stories)))
  const titles = await titlesOf(read, lines.map((l) => l.subject).filter((subject) => subject !== of), places)
  const kind = (id: string): Actor['kind'] => (id === OPERATOR.id ? 'operator' : id === SYSTEM.id ? 'system' : 'person')
  return lines.map((l, i) => {
    const unit = units.get(l.stream) ?? null
    return {
      position: l.position, stream: l.stream, seq: l.seq, subject: l.subject, type: l.type, at: l.recorded_at.toISOString(), claimedAt: l.claimed_at?.toISOString() ?? null,
      actor: { id: l.actor_id, kind: kind(l.actor_id), name: names.people.get(l.actor_id) ?? null },
      onBehalfOf: l.on_behalf_of ? { id: l.on_behalf_of, name: names.people.get(l.on_behalf_of) ?? null } : null,
      told: l.told ? { by: names.texts.get(l.told) ?? null, how: l.told_how ?? '' } : null,
      unit: unit === null ? null : { id: unit, name: names.units.get(unit) ?? '' },
      about: titles.get(l.subject) ?? null,
      sentence: tell(l.type, facts[i], of !== undefined && l.subject !== of && Object.hasOwn(asPart, l.type) ? asPart : stories, words, zone, names.texts, names.units), orderId: l.order_id, hash: l.hash.toString('hex'),
    }
  })
}

const position = (cursor: string | undefined): number | null => {
  if (cursor === undefined) return null
  if (!/^\d{1,15}$/.test(cursor)) throw new Refusal('INVALID')
  return Number(cursor)
}
const paged = (lines: Line[], limit: number, more: boolean, items: Story[], at: Date) =>
  ({ items, next: more && lines.length > 0 ? String(lines[Math.min(limit, lines.length) - 1]!.position) : null, asOf: at.toISOString() })
