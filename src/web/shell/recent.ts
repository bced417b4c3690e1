// The last things opened, on this machine only: a path and a name.
export type Recent = { to: string; name: string; note?: string }
const KEY = 'sansang.recent'

export const recent = (): Recent[] => { try { return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Recent[] } catch { return [] } }
export const remember = (one: Recent): void => {
  try { localStorage.setItem(KEY, JSON.stringify([one, ...recent().filter((other) => other.to !== one.to)].slice(0, 8))) } catch { /* a private window forgets it */ }
}
export const forgetRecent = (): void => { try { localStorage.removeItem(KEY) } catch { /* nothing is kept there */ } }
