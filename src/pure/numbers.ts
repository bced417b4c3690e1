// Targets and how they add up; numbers as people write them.

export type Target = { kind: 'number' | 'percent' | 'all'; count: number; unit: string }

/** Sums are kept to a thousandth, so that adding up in any order gives the same figure. */
export const exact = (n: number): number => Math.round(n * 1000) / 1000

/**
 * Whether a target is reached. `number`: reached ≥ count. `percent`: reached ÷ base ≥ count ÷ 100. `all`: reached ≥ base.
 * Against a whole that is not known (or is nothing), it is not.
 */
export function targetMet(target: Target, reached: number | null, base: number | null): boolean {
  if (reached === null) return false
  if (target.kind === 'number') return reached >= target.count
  if (base === null || base <= 0) return false
  return target.kind === 'all' ? reached >= base : exact(reached * 100) >= exact(base * target.count)
}

/** A number as Vietnamese (1.234,5) or English (1,234.5) writers put it, or undefined. One separator followed by three digits groups; else it is decimal. */
export function readNumber(text: string): number | undefined {
  const bare = text.normalize('NFC').replace(/[\s\u00a0\u202f]/g, '')
  const match = /^(-?)(\d[\d.,]*)(%?)$/.exec(bare)
  if (!match) return undefined
  const digits = match[2]!
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (last < 0) return Number(bare.replace('%', ''))
  const mark = digits[last]!
  const other = mark === '.' ? ',' : '.'
  const several = digits.split(mark).length > 2
  const groups = several || (!digits.includes(other) && /^[1-9]\d{0,2}$/.test(digits.slice(0, last)) && digits.length - last === 4)
  const whole = groups ? digits : digits.slice(0, last)
  const parts = whole.split(/[.,]/)
  if (parts.length > 1 && !(parts[0]!.length <= 3 && parts.slice(1).every((p) => p.length === 3))) return undefined
  const value = Number(`${match[1]}${parts.join('')}${groups ? '' : `.${digits.slice(last + 1)}`}`)
  return Number.isFinite(value) ? value : undefined
}
