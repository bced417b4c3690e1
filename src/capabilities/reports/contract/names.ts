// Words that screens need without the schemas.
export const REPORT_STATES = ['owed', 'submitted', 'returned', 'signed', 'excused'] as const
export type ReportState = (typeof REPORT_STATES)[number]
/** What a list may be narrowed to: `missing` is due and not there, `late` came after its hour. */
export const REPORT_FILTERS = [...REPORT_STATES, 'missing', 'late'] as const
