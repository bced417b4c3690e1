// The shape of a report form and of what is filled in. A published version never changes.
import * as z from 'zod'
import { Text } from '../../../kernel/contract.ts'

/** How a number goes up the tree, and over several periods. sum: added both ways. average: the mean of the reports that give it. latest: a stock; added up the tree, and over periods the last one counts. none: shown unit by unit only. */
export const UPS = ['sum', 'average', 'latest', 'none'] as const
export type Up = (typeof UPS)[number]
export const FIELD_KINDS = ['number', 'choice', 'text', 'table', 'file'] as const

const base = { code: z.string(), label: Text, hint: Text.nullable(), required: z.boolean() }
/** `decimals`: at most three. `formula`: then nobody types it. */
export const NumberField = z.object({ kind: z.literal('number'), ...base, unit: Text.nullable(), decimals: z.int(), least: z.number().nullable(), most: z.number().nullable(), up: z.enum(UPS), formula: z.string().nullable() })
export type NumberField = z.infer<typeof NumberField>
export const ChoiceField = z.object({ kind: z.literal('choice'), ...base, options: z.array(z.object({ code: z.string(), label: Text })) })
/** `most`: letters. */
export const TextField = z.object({ kind: z.literal('text'), ...base, most: z.int() })
/** `most`: rows. */
export const TableField = z.object({ kind: z.literal('table'), ...base, most: z.int(), columns: z.array(z.discriminatedUnion('kind', [NumberField, ChoiceField, TextField])) })
export const FileField = z.object({ kind: z.literal('file'), ...base, most: z.int() })
export const Field = z.discriminatedUnion('kind', [NumberField, ChoiceField, TextField, TableField, FileField])
export type Field = z.infer<typeof Field>
export type TableField = z.infer<typeof TableField>
export const SEVERITIES = ['error', 'warning'] as const
/** `that` must hold; where it does not, `say` is said. `before.x` in it is the number of the period before. */
export const FormCheck = z.object({ that: z.string(), severity: z.enum(SEVERITIES), say: Text })
export const HOUR = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** `weekday`: 1 Monday … 7 Sunday. `day`: of the month, its last where it has fewer. */
export const EVERY = [
  z.object({ every: z.literal('day'), hour: HOUR }),
  z.object({ every: z.literal('week'), weekday: z.int().min(1).max(7), hour: HOUR }),
  z.object({ every: z.literal('month'), day: z.int().min(1).max(31), hour: HOUR }),
] as const
/** When it is usually asked for; a request may say otherwise. */
export const Usual = z.discriminatedUnion('every', EVERY)
export type Usual = z.infer<typeof Usual>
export const Form = z.object({ code: z.string(), name: Text, about: Text.nullable(), /** Forms from before it have none. */ due: Usual.optional(), sections: z.array(z.object({ title: Text, fields: z.array(Field) })), checks: z.array(FormCheck) })
export type Form = z.infer<typeof Form>

const Cell = z.union([z.number(), z.string().max(5000), z.null()])
export type Cell = z.infer<typeof Cell>
/** By the field's code: a number, an option's code, text, rows of a table, ids of files. */
export const Values = z.record(z.string().max(40), z.union([Cell, z.array(z.record(z.string().max(40), Cell)).max(200), z.array(z.uuid()).max(20)]))
export type Values = z.infer<typeof Values>
