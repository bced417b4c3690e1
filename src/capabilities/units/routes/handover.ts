// The order by which records of a closed unit pass on. Each capability finds its own and makes its own facts; one order journals and projects them all.
import { createHash } from 'node:crypto'
import { Refusal } from '../../../kernel/commit.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { Carried, Carrier, HandOver, HandoverPreview, UnitHandedOver } from '../contract.ts'
import { heirOf } from '../decide/handover.ts'
import type { Heir, Leaving } from '../decide/handover.ts'
import { grantsAt, heirsOf, leavingUnit } from '../store/handover.ts'
import { dayHere } from '../../../kernel/zone.ts'

type Found = { unit: Leaving; to: Heir; counts: HandoverPreview['counts']; facts: Carried['facts']; seen: string }

async function find(read: Reader, { actor, at }: Context, carriers: Carrier[], unitId: string, toId: string | undefined): Promise<Found | Exclude<ReturnType<typeof heirOf>, Heir>> {
  const unit = await leavingUnit(read, actor, unitId)
  const to = heirOf(unit, unit ? await heirsOf(read, actor, unitId) : [], toId, dayHere(at))
  if ('refused' in to) return to
  const found: Carried[] = []
  for (const carry of carriers) found.push(await carry(read as never, unitId, to.id))
  const facts = found.flatMap((one) => one.facts)
  const counts = { events: 0, tasks: 0, issued: 0, supported: 0, directives: 0, programmes: 0, templates: 0, papers: 0, reports: 0, requests: 0, forms: 0, plans: 0, bodies: 0, ...Object.assign({}, ...found.map((one) => one.counts)) as Carried['counts'], grants: await grantsAt(read, unitId, at) }
  return { unit: unit!, to, counts, facts, seen: createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 24) }
}

export async function previewHandover(context: Context, carriers: Carrier[], input: { unitId: string; toId?: string | undefined }): Promise<HandoverPreview> {
  const found = await find(context.read, context, carriers, input.unitId, input.toId)
  if ('refused' in found) throw new Refusal(found.refused, found.data)
  const { unit: { until: _, ...unit }, to: { full: __, ...to }, counts, seen } = found
  return { unit, to, counts, seen }
}

/** The streams are those that the records are on now; if a record has come since, the order is refused and nothing has changed. */
export async function handOver(context: Context, carriers: Carrier[], { orderId, told, ...input }: HandOver): Promise<Omit<HandoverPreview, 'seen'>> {
  const now = await find(context.read, context, carriers, input.unitId, input.toId)
  const own = `unit:${input.unitId}`
  const streams = [...new Set([own, ...('facts' in now ? now.facts.map((fact) => fact.on) : [])])]
  return context.commit({ id: orderId, kind: 'unit.hand_over.v1', streams, subject: own, body: input, told, tree: 'shared', alone: true }, async (read) => {
    const found = await find(read, context, carriers, input.unitId, input.toId)
    if ('refused' in found) return found
    const { unit: { until: _, ...unit }, to: { full: __, ...to }, counts, facts } = found
    if (found.seen !== input.seen || facts.some((fact) => !streams.includes(fact.on))) return { refused: 'HANDOVER_STALE' }
    if (facts.length === 0) return { refused: 'NOTHING_CHANGED' }
    const { events, tasks, issued, supported, directives } = counts
    const passed = { events, tasks, issued, supported, directives } // a fact keeps its shape; the others have facts of their own
    const whole: UnitHandedOver = { type: 'unit.handed_over.v1', id: unit.id, toId: to.id, counts: passed }
    return { facts: [whole, ...facts], answer: { unit, to, counts } }
  })
}
