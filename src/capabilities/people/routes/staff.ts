// A list of staff, looked at first and taken over whole, in one order.
import { createHash } from 'node:crypto'
import { Refusal } from '../../../kernel/commit.ts'
import { sentence } from '../../../kernel/contract.ts'
import type { Reader } from '../../../kernel/db.ts'
import { derivedId, uuidv7 } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { csvProblems, readCsv } from '../../../pure/csv.ts'
import { csvOf } from '../../../pure/rows.ts'
import type { GrantEnded, GrantGiven, PersonAdded, PersonChanged, PersonErased, PersonLeft } from '../contract.ts'
import { fields } from '../decide/grants.ts'
import { STAFF_COLUMNS, planStaff, previewOf, staffProblems, takeBack } from '../decide/staff.ts'
import type { StaffStep } from '../decide/staff.ts'
import { addContacts, changeContact, wipe } from '../store/accounts.ts'
import { broughtBy, staffKnown } from '../store/staff.ts'
import { about, api } from './api.ts'

/** Of an order and who gave it: only they find what their list brought, to take it back. */
const importOf = (orderId: string, { actor }: Context): string => derivedId(new Date(0), orderId, actor.id)

type StaffFile = { base64?: string | undefined; csv?: string | undefined; scheme: string; zeros: boolean }
type Read = { steps: StaffStep[]; listed: number; zeros: number; problems: { line: number | null; code: string; message: string }[]; seen: string }

async function bytesOf({ base64, csv }: StaffFile, { lang }: Context): Promise<Uint8Array> {
  if (csv !== undefined && base64 === undefined) return new TextEncoder().encode(csv)
  if (base64 === undefined) throw new Refusal('FILE_MISSING')
  return csvOf(Buffer.from(base64, 'base64')).catch(() => { throw new Refusal('FILE_REFUSED', { count: 1, first: csvProblems.NOT_A_SHEET[lang] }) })
}

/** `seen` binds the preview to the file and to what it would do now. */
async function readStaff(read: Reader, { actor, at, lang }: Pick<Context, 'actor' | 'at' | 'lang'>, bytes: Uint8Array, { scheme, zeros }: StaffFile): Promise<Read> {
  const { rows, problems } = readCsv(bytes, STAFF_COLUMNS)
  if (problems.length > 0) return { steps: [], listed: rows.length, zeros: 0, seen: '', problems: problems.map((p) => ({ line: p.line, code: p.code, message: sentence(csvProblems[p.code], lang, p.data) })) }
  const known = await staffKnown(read, actor, scheme, [...new Set(rows.map((r) => r.values['unit_code']!))], [...new Set(rows.map((r) => r.values['account']!.toLowerCase()))], at)
  const plan = planStaff(rows, known, at, zeros)
  const seen = createHash('sha256').update(bytes).update(JSON.stringify(plan.steps.map((s) => [s.does, s.personId, s.unitId, s.changed, s.role]))).digest('hex')
  return { steps: plan.steps, listed: rows.length, zeros: plan.zeros, seen, problems: plan.problems.map((p) => ({ line: p.line, code: p.code, message: sentence(staffProblems[p.code], lang, p.data) })) }
}

export const staffRoutes = {
  previewStaff: api.previewStaff.handler(async ({ input, context }) => {
    const { steps, listed, problems, seen, zeros } = await readStaff(context.read, context, await bytesOf(input, context), input)
    return { ...previewOf(problems.length > 0 ? [] : steps, listed), problems: problems.slice(0, 1000), zeros, seen }
  }),

  importStaff: api.importStaff.handler(async ({ input, context }) => {
    const { at } = context
    const bytes = await bytesOf(input, context)
    const importId = importOf(input.orderId, context)
    const body = { orderId: input.orderId, scheme: input.scheme, seen: input.seen, file: createHash('sha256').update(bytes).digest('hex'), ...(input.zeros ? { zeros: true } : {}) }
    return context.commit<{ importId: string; added: number; changed: number; granted: number }>({ id: input.orderId, kind: 'person.import.v1', streams: ['people'], body, alone: true, tree: 'shared' }, async (read) => {
      const { steps, problems, seen } = await readStaff(read, context, bytes, input)
      if (problems.length > 0) return { refused: 'FILE_REFUSED', data: { count: problems.length, first: problems[0]!.message } }
      if (seen !== input.seen) return { refused: 'PREVIEW_STALE' }
      const added = steps.filter((s) => s.does === 'add').map((s) => ({ ...s, personId: uuidv7(at) }))
      const changed = steps.filter((s) => s.does === 'change' && s.changed.length > 0)
      const given = steps.filter((s) => s.does === 'change' && s.role)
      const grant = (s: StaffStep) => fields(uuidv7(at), s.role!, s.unitId, { startsAt: at, endsAt: s.endsAt })
      return {
        facts: [
          ...added.map((s) => about<PersonAdded>({ type: 'person.added.v1', personId: s.personId, unitId: s.unitId, grants: s.role ? [grant(s)] : [], importId })),
          ...changed.map((s) => about<PersonChanged>({ type: 'person.changed.v1', personId: s.personId!, unitId: s.unitId, fields: s.changed })),
          ...given.map((s) => about<GrantGiven>({ type: 'grant.given.v1', personId: s.personId!, ...grant(s), importId })),
        ],
        answer: { importId: input.orderId, added: added.length, changed: changed.length, granted: steps.filter((s) => s.role).length },
        aside: async (side) => {
          await addContacts(side, added.map((s) => ({ personId: s.personId, account: s.account, name: s.details.name ?? null, title: s.details.title ?? null, phone: s.details.phone ?? null, email: s.details.email ?? null })), at)
          for (const s of changed) await changeContact(side, s.personId!, s.details)
        },
      }
    })
  }),

  undoStaff: api.undoStaff.handler(({ input, context }) => {
    const { actor, at } = context
    return context.commit<{ erased: number; ended: number; kept: number }>({ id: input.orderId, kind: 'person.undo_import.v1', streams: ['people'], body: input, alone: true, tree: 'shared' }, async (read) => {
      const decided = takeBack(await broughtBy(read, actor, importOf(input.importId, context), at), at)
      if ('refused' in decided) return decided
      const erased = decided.facts.flatMap((fact) => (fact.type === 'person.erased.v1' ? [fact.personId] : []))
      return { ...decided, facts: decided.facts.map((fact) => about<PersonLeft | PersonErased | GrantEnded>(fact)), aside: (side) => wipe(side, erased, at) }
    })
  }),
}
