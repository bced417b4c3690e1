// Who else has a draft open right now. Said and forgotten: no table, no fact, nothing kept.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { commonRefusals, errors } from '../../kernel/contract.ts'
import type { Meta } from '../../kernel/contract.ts'

/** A template's draft by its code, a plan, a paper's draft as `<unitId>_<draftId>`, a report form, a task, the record of a session, a report. */
export const EDITED_KINDS = ['template', 'plan', 'paper', 'form', 'task', 'meeting', 'report'] as const
export type EditedKind = (typeof EDITED_KINDS)[number]

const meta: Meta = { right: 'self' }
export const editorsContract = {
  here: oc.errors(errors(commonRefusals)).meta(meta).route({ method: 'POST', path: '/editors', tags: ['editors'], summary: 'Says that I edit this, for half a minute, or no longer; answers who else does' })
    .input(z.object({ kind: z.enum(EDITED_KINDS), id: z.string().regex(/^[\w-]{1,80}$/), editing: z.boolean() }))
    .output(z.object({ others: z.array(z.object({ id: z.uuid(), name: z.string() })) })),
}
