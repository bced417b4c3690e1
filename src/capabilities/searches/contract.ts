// One question over everything that has words; each kind is found by the capability that has it, within what the asker may read.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { commonRefusals, errors } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'

/** In the order in which they are shown. `text`: words inside a record, with the record's kind beside. */
export const FOUND_KINDS = ['unit', 'task', 'directive', 'paper', 'plan', 'document', 'proposal', 'report', 'body', 'meeting', 'programme', 'event'] as const
export type FoundKind = (typeof FOUND_KINDS)[number]

/** `words`: the place where it was found, in parts; every second part is what was asked for. */
export const Found = z.object({ kind: z.enum(FOUND_KINDS), id: z.string(), title: z.string(), note: z.string().nullable(), words: z.array(z.string()).nullable() })
export type Found = z.infer<typeof Found>
/** `of`: of what kind, or `text` for words inside records. `more`: there are others than these. */
export const Group = z.object({ of: z.enum([...FOUND_KINDS, 'text']), items: z.array(Found), more: z.boolean() })
export type Group = z.infer<typeof Group>

export const searchRefusals = {} as const satisfies Refusals

const meta: Meta = { right: 'self' }
export const searchesContract = {
  find: oc.errors(errors(commonRefusals)).meta(meta).route({ method: 'GET', path: '/search', tags: ['search'], summary: 'Units, tasks, papers and whatever else has these words, with what was written inside; only what the asker may read' })
    .input(z.object({ q: z.string().trim().min(1).max(200), of: z.enum([...FOUND_KINDS, 'text']).optional(), limit: z.coerce.number().int().min(1).max(50).default(5) }))
    .output(z.object({ asOf: z.iso.datetime(), groups: z.array(Group), /** A word that stands nearly everywhere: inside records only the latest were looked through. */ latest: z.boolean() })),
}
