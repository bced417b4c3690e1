// Rules about settings, without a database.

/** The folder of a copy: sorted by time, and no word in it that a shell would take for something else. */
export const backupName = (at: Date): string => `sansang-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** A day stands once, and in a year that the calendar reckons with. */
export function refuseDays(days: readonly { day: string }[]): { refused: 'DAY_TWICE' | 'DAY_FAR'; data: { day: string } } | undefined {
  const seen = new Set<string>()
  for (const { day } of days) {
    const written = day.split('-').reverse().join('/')
    if (seen.has(day)) return { refused: 'DAY_TWICE', data: { day: written } }
    if (day < '2000-01-01' || day > '2099-12-31') return { refused: 'DAY_FAR', data: { day: written } }
    seen.add(day)
  }
  return undefined
}
