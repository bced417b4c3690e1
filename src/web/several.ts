/** Of which programme a task or an event is, is said only where several stand together: with one it would stand beside every line. */
export const severalProgrammes = (rows: readonly { programmeId: string | null }[] = []): boolean => new Set(rows.map((one) => one.programmeId)).size > 1
