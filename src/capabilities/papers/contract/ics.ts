// Forms of the Incident Command System that an office of another country fills in, and what is typed into one.
import * as z from 'zod'

export const ICS = ['202', '203', '204', '205', '206', '209', '214', '215'] as const
export const IcsCode = z.enum(ICS)
export type IcsCode = z.infer<typeof IcsCode>
/** As a kind of draft, beside the kinds of paper. */
export const ICS_DRAFTS = ICS.map((code) => `ics${code}` as const) as unknown as [`ics${IcsCode}`, ...`ics${IcsCode}`[]]
export const icsOfDraft = (kind: string): IcsCode | undefined => ICS.find((code) => kind === `ics${code}`)

/** By block (“3”), or block and field (“5.plan”): a text, “yes” or “no”, or the rows of a table. */
export const IcsValues = z.record(z.string().max(40), z.union([z.string().max(20_000), z.array(z.array(z.string().max(2000)).max(20)).max(300)]))
export type IcsValues = z.infer<typeof IcsValues>
export const IcsForm = z.object({ form: IcsCode, paper: z.enum(['letter', 'a4']), values: IcsValues })
export type IcsForm = z.infer<typeof IcsForm>
