// Words that people write about work.
import { apart, yearsLater } from '../../../kernel/texts.ts'

/** As long as the record of a programme is of use: then erased. */
const KEPT_YEARS = 5

export const said = (text: string, subject: string, purpose: string, at: Date) => apart(text, { subject, purpose, retention: 'task', until: yearsLater(at, KEPT_YEARS) }, at)
export const maybeSaid = (text: string | undefined, subject: string, purpose: string, at: Date) => (text === undefined ? undefined : said(text, subject, purpose, at))
