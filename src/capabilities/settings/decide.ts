// Rules about settings, without a database.

/** The folder of a copy: sorted by time, and no word in it that a shell would take for something else. */
export const backupName = (at: Date): string => `sansang-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
