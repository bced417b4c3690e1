// How well a name answers a question, as one number.
/** A name for a time; a thing renamed or moved has several. `until` is the first day it was no more. */
export type Named = { id: string; code: string; name: string; nameEn: string | null; kind: string; scheme: string; parentId: string | null; from: string; until: string | null }
export type Entry = Named & { at: number; fullFold: string; bareFold: string; fullExact: string; bareExact: string; bareLetters: string; length: number }
export type Term = { fold: string; exact: string; long: { fold: string[]; exact: string[] } | undefined; number: boolean; last: boolean }
/** For one word of the question and every entry: the fit with its own name, the best fit with a name above it, and whether the fit is by the long form. */
export type Fit = { own: Uint8Array; above: Uint8Array; long: Uint8Array }

// How well a word of the question fits a word of the name.
export const EXACT = 8
export const FOLDED = 6
export const INITIALS = 4
export const PREFIX = 2
export const LONGER_NUMBER = 1

/** The score of an entry as one number: the name as a whole, then words of its own, then how well they fit, then the shorter, then the higher in the tree. */
export class Scorer {
  private terms: Term[]
  private fits: Fit[]
  private texts = new Map<number, { folded: string; exact: string }>()

  constructor(terms: Term[], fits: Fit[]) {
    this.terms = terms
    this.fits = fits
  }

  score(entry: Entry, depth: number): number {
    const [n, at] = [this.terms.length, entry.at]
    let best = 0
    // The question is the name, then names above it (tan lap song lo); or the other way round.
    for (let own = n; own > 0; own--) {
      for (let from = 0; from <= n - own; from += Math.max(1, n - own)) {
        const fit = this.together(at, from, from + own)
        if (fit > 0) best = Math.max(best, ((1 + this.likeness(entry, from, from + own)) * 16 + own) * 256 + fit)
      }
    }
    if (best === 0) for (const { own, above } of this.fits) best += Math.max(own[at]!, above[at]!)
    return (best * 64 + 63 - Math.min(63, entry.length)) * 256 + 255 - depth
  }

  /** Twice the fit of the words `from` … `to` with the name itself and of the others with those above; 0 where one does not fit. */
  private together(at: number, from: number, to: number): number {
    let sum = 0
    for (let i = 0; i < this.fits.length; i++) {
      const mine = i >= from && i < to
      const level = (mine ? this.fits[i]!.own : this.fits[i]!.above)[at]!
      if (level === 0) return 0
      sum += 2 * level - (mine ? 0 : 1)
    }
    return sum
  }

  /** 3: spelled like the name, with or without the word for its kind. 2: but for accents. 1: its beginning. 0: no more than words of it. */
  private likeness(entry: Entry, from: number, to: number): number {
    const { folded, exact } = this.text(entry, from, to)
    if (this.fits[to - 1]!.own[entry.at] === INITIALS) return folded === entry.fullFold || folded === entry.bareFold ? 1 : 0
    if (exact === entry.fullExact || exact === entry.bareExact) return 3
    if (folded === entry.fullFold || folded === entry.bareFold) return 2
    return entry.fullFold.startsWith(folded) || entry.bareFold.startsWith(folded) ? 1 : 0
  }

  private text(entry: Entry, from: number, to: number): { folded: string; exact: string } {
    const last = this.terms[to - 1]!
    const lettered = this.fits[to - 1]!.own[entry.at] === INITIALS && last.fold === entry.bareLetters
    let key = from * 32 + to
    for (let i = from; i < to; i++) key = key * 2 + this.fits[i]!.long[entry.at]!
    const known = lettered ? undefined : this.texts.get(key)
    if (known) return known
    const parts = this.terms.slice(from, to).map((term, i) => (this.fits[from + i]!.long[entry.at] ? term.long! : { fold: [term.fold], exact: [term.exact] }))
    if (lettered) parts[parts.length - 1] = { fold: [entry.bareFold], exact: [last.exact] }
    const text = { folded: parts.flatMap((part) => part.fold).join(' '), exact: parts.flatMap((part) => part.exact).join(' ') }
    if (!lettered) this.texts.set(key, text)
    return text
  }
}
