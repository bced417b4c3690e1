// How wrong attempts slow the next one down. Two counters: of the account that was typed (existing or not) and of the address it came from.

/** Seconds to wait after the n-th wrong attempt in a row, n from 0. The last value holds for every further one. */
export type Delays = readonly number[]

const doubling = (free: number, most: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) => (n <= free ? 0 : Math.min(most, 2 ** (n - free))))

/** A hundred years: until a new slip opens the account. NIST SP 800-63B-4 allows 100 wrong attempts in a row; an account has two counters of 50. */
export const FOREVER = 100 * 365 * 24 * 3600
const QUARTER = 15 * 60

/** Five attempts are free, then 2, 4, 8 … seconds up to a quarter of an hour; after 50 the account is closed to passwords. */

export const ACCOUNT_DELAYS: Delays = [...doubling(5, QUARTER, 50), FOREVER]
/** Many people may share one address: a hundred are free, then the same doubling, never for good. */
export const ADDRESS_DELAYS: Delays = doubling(100, QUARTER, 112)
/** Counts of an address are forgotten after a quarter of an hour without a wrong attempt; those of an account only by a right one. */
export const ADDRESS_FORGETS_S = QUARTER

/** An IPv6 subscriber has a whole /64: counted as one address. */
export function place(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1]!
  const [front = '', back] = address.toLowerCase().split('%')[0]!.split('::')
  const head = front === '' ? [] : front.split(':')
  const tail = back === undefined || back === '' ? [] : back.split(':')
  const groups = back === undefined ? head : [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0'), ...tail]
  return `${groups.slice(0, 4).map((g) => g.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
