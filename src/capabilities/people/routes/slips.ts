// Slips and accounts in bulk. A code is made here, kept as a hash, answered once, and stands in no journal and no stored answer.
import { Refusal } from '../../../kernel/commit.ts'
import type { Decide, Order } from '../../../kernel/commit.ts'
import type { SideWriter } from '../../../kernel/db.ts'
import { uuidv7 } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { MOST_AT_ONCE } from '../contract.ts'
import type { AccessIssued, PersonAdded, Slip } from '../contract.ts'
import { above, issueAccess } from '../decide/accounts.ts'
import { fields, lacks, moreThanYours } from '../decide/grants.ts'
import { candidates, nameAccounts } from '../decide/slips.ts'
import { accessPerson, over, standing, standingOver, unitState } from '../store/access.ts'
import { accountsTaken, addContacts, putSlips } from '../store/accounts.ts'
import { clear } from '../store/attempts.ts'
import { accountForSlip, accountsForSlips, unitsFor } from '../store/bulk.ts'
import type { SlipRow } from '../store/bulk.ts'
import { dropSecondFactor } from '../store/second-factors.ts'
import { endAllOf } from '../store/signins.ts'
import { dropWays } from '../store/ways.ts'
import { about, api } from './api.ts'
import type { Needs } from './api.ts'
import { accountKeys } from './attempts.ts'
import { digest, newSlip } from './secrets.ts'

type Made = { slips: Slip[]; hashes: { personId: string; slipHash: Buffer }[]; until: Date }
type Side = Pick<SideWriter, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom'>

function make(rows: SlipRow[], days: number, at: Date): Made {
  const until = new Date(at.getTime() + days * 86_400_000)
  const slips = rows.map((row) => ({ ...row, code: newSlip(), until: until.toISOString() }))
  return { slips, until, hashes: slips.map(({ personId, code }) => ({ personId, slipHash: digest(code) })) }
}

/** Whoever gets a new slip is signed out everywhere, and the counters of wrong attempts begin anew. */
async function keep(side: Side, made: Made, at: Date, fresh: boolean): Promise<void> {
  await putSlips(side, made.hashes, made.until, at)
  if (fresh) return
  await dropWays(side, made.hashes.map(({ personId }) => personId))
  await endAllOf(side, made.hashes.map(({ personId }) => personId), at)
  await clear(side, made.slips.flatMap(({ account }) => accountKeys(account)))
}

/** The stored answer of an order names the run that made its slips: the same order sent again finds another's run, and cannot show them a second time. */
async function once(context: Context, order: Order, decide: (run: string, made: (made: Made) => void) => Decide<{ run: string }>): Promise<Slip[]> {
  const run = uuidv7()
  let slips: Slip[] = []
  const answer = await context.commit<{ run: string }>(order, decide(run, (made) => { slips = made.slips }))
  if (answer.run !== run) throw new Refusal('SLIPS_SHOWN')
  return slips
}

export const slipRoutes = (needs: Needs) => ({
  issueSlip: api.issueSlip.handler(async ({ input, context }) => {
    const { actor, at } = context
    const { personId, removeSecondFactor, days } = input
    const order = { id: input.orderId, kind: 'person.issue_slip.v1', streams: ['people'], subject: `person:${personId}`, body: input, told: input.told }
    const slips = await once(context, order, (run, show) => async (read) => {
      const decision = issueAccess(await accessPerson(read, actor, 'person.reset', personId), await over(read, actor, personId, at), 'slip', removeSecondFactor)
      if ('refused' in decision) return decision
      const made = make([await accountForSlip(read, personId, at)], days, at)
      show(made)
      return { facts: decision.facts, answer: { run }, aside: async (side) => { await keep(side, made, at, false); if (removeSecondFactor) await dropSecondFactor(side, [personId]) } }
    })
    return { slips, address: needs.address() }
  }),

  issueSlips: api.issueSlips.handler(async ({ input, context }) => {
    const { actor, at } = context
    const order = { id: input.orderId, kind: 'person.issue_slips.v1', streams: ['people'], body: input, told: input.told, alone: true }
    const slips = await once(context, order, (run, show) => async (read) => {
      if (await unitState(read, actor, 'person.reset', input.unitId, at) === 'missing') return { refused: 'NOT_FOUND' }
      const found = await accountsForSlips(read, actor, input.unitId, input.personIds, at, MOST_AT_ONCE + 1)
      if (found.length > MOST_AT_ONCE) return { refused: 'TOO_MANY', data: { most: MOST_AT_ONCE, count: `${MOST_AT_ONCE}+` } }
      const higher = await standingOver(read, actor, found.map((row) => row.personId), at)
      // One's own account, and those that hold more than the asker, are passed over.
      const wanted = found.filter((row) => row.personId !== actor.id && !above(higher.get(row.personId)!))
      if (wanted.length === 0) return { refused: 'NOBODY' }
      const made = make(wanted, input.days, at)
      show(made)
      return { facts: wanted.map((row) => about<AccessIssued>({ type: 'person.access_issued.v1', personId: row.personId, by: 'slip', secondFactor: 'kept' })), answer: { run }, aside: (side) => keep(side, made, at, false) }
    })
    return { slips, address: needs.address() }
  }),

  countAccounts: api.countAccounts.handler(async ({ input, context }) => {
    const { read, actor, at } = context
    if (await unitState(read, actor, 'person.edit', input.unitId, at) === 'missing') throw new Refusal('NOT_FOUND')
    const units = await unitsFor(read, actor, input, at, 100_000)
    return { units: units.length, missing: units.filter((unit) => !unit.has).length }
  }),

  issueAccounts: api.issueAccounts.handler(async ({ input, context }) => {
    const { actor, at } = context
    const { unitId, role, days } = input
    const order = { id: input.orderId, kind: 'person.issue_accounts.v1', streams: ['people'], body: input, told: input.told, alone: true, tree: 'shared' as const }
    const slips = await once(context, order, (run, show) => async (read) => {
      if (await unitState(read, actor, 'person.edit', unitId, at) === 'missing') return { refused: 'NOT_FOUND' }
      const right = lacks(await standing(read, actor, unitId, at), role)
      if (right) return moreThanYours(role, right)
      const units = (await unitsFor(read, actor, input, at, 100_000)).filter((unit) => !unit.has)
      if (units.length === 0) return { refused: 'NOBODY' }
      if (units.length > MOST_AT_ONCE) return { refused: 'TOO_MANY', data: { most: MOST_AT_ONCE, count: units.length } }
      const names = nameAccounts(units, role, await accountsTaken(read, units.flatMap((unit) => candidates(unit.code, role))))
      const fresh = units.flatMap((unit, i) => (names[i] ? [{ personId: uuidv7(at), account: names[i], unit }] : []))
      const made = make(fresh.map(({ personId, account, unit }) => ({ personId, account, name: null, role, unit: { id: unit.id, code: unit.code, name: unit.name, kind: unit.kind }, parents: unit.parents })), days, at)
      show(made)
      return {
        facts: fresh.map(({ personId, unit }) => about<PersonAdded>({ type: 'person.added.v1', personId, unitId: unit.id, grants: [fields(uuidv7(at), role, unit.id, { startsAt: at, endsAt: null })] })),
        answer: { run },
        aside: async (side) => {
          await addContacts(side, fresh.map(({ personId, account }) => ({ personId, account, name: null, title: null, phone: null, email: null })), at)
          await keep(side, made, at, true)
        },
      }
    })
    return { slips, address: needs.address() }
  }),
})
