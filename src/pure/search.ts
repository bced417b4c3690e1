// Finding a place by what people type: without accents, in any spelling, shortened, with the names above it. An index in memory over
// every name that a tree had, ranked as of a day. 20,000 names take 40 MB; the measurements are in docs/decisions.md.
import { EXACT, FOLDED, INITIALS, LONGER_NUMBER, PREFIX, Scorer } from './search-score.ts'
import type { Entry, Fit, Named, Term } from './search-score.ts'
import { initials, wordsOf } from './text.ts'
import { bareKey, longForms } from './words.ts'

export type { Named } from './search-score.ts'
export type Found = { entry: Named; parents: Named[] }
export type Wanted = { at: string; kind?: string | undefined; scheme?: string | undefined; under?: string | undefined; /** Under one of these. */ within?: string[] | undefined }

/** The entries that hold on one day, those above first; `parent[i]` is the place of the one above, or −1. */
type View = { order: Int32Array; parent: Int32Array; depth: Uint8Array; current: Int32Array }
type Postings = { at: number[]; exact: string[] }
const MOST_TERMS = 12
const VIEWS_KEPT = 8
/** Above every score by name. A score and the place in the alphabet share one number, so that sorting is that of numbers: 2^29 · 2^24 = 2^53. */
const BY_CODE = 2 ** 29 - 1
const PLACES = 2 ** 24

const dayNumber = (day: string): number => Number(day.replaceAll('-', ''))
const NEVER = 99_999_999

export class NameIndex {
  private entries: Entry[] = []
  // The same, as numbers: which thing an entry names, which thing is above it, from which day to which.
  private thing: number[] = []
  private above: number[] = []
  private from: number[] = []
  private until: number[] = []
  private things = new Map<string, number>()
  private places = new Map<number, number[]>()
  private vocabulary = new Map<string, Postings>()
  private letters = new Map<string, number[]>()
  private codes = new Map<string, number[]>()
  private sorted: string[] | undefined
  /** Names of several words, and as they are written in one: hanoi, danang. */
  private glued = new Map<string, string>()
  private views = new Map<string, View>()
  /** Entries in the order of their names, the place of each in it, and those that are not in it yet. */
  private alphabet: number[] = []
  private rank = new Int32Array(0)
  private fresh: number[] = []

  /** Takes all names of one thing in place of those it had. */
  set(id: string, names: Named[]): void {
    const thing = this.thingOf(id)
    for (const at of this.places.get(thing) ?? []) this.from[at] = NEVER
    this.places.set(thing, names.map((named) => this.add(named, thing)))
    this.views.clear()
  }

  private thingOf(id: string): number {
    let thing = this.things.get(id)
    if (thing === undefined) this.things.set(id, (thing = this.things.size))
    return thing
  }

  private add(named: Named, thing: number): number {
    const at = this.entries.length
    const { fold: folds, exact: exacts } = wordsOf(named.name)
    const fullFold = folds.join(' ')
    const bareFold = bareKey(fullFold)
    const bareExact = exacts.slice(folds.length - bareFold.split(' ').length).join(' ')
    this.entries.push({ ...named, at, fullFold, bareFold, fullExact: exacts.join(' '), bareExact, bareLetters: initials(bareFold), length: folds.length })
    this.thing.push(thing)
    this.above.push(named.parentId === null ? -1 : this.thingOf(named.parentId))
    this.from.push(dayNumber(named.from))
    this.until.push(named.until === null ? NEVER : dayNumber(named.until))
    folds.forEach((word, i) => this.post(word, at, exacts[i]!))
    if (bareFold.includes(' ')) {
      const one = bareFold.replaceAll(' ', '')
      this.glued.set(one, bareFold)
      if (!folds.includes(one)) this.post(one, at, one)
    }
    // A word joined by an apostrophe is also found by its parts (h leo), and a name by its translation.
    if (named.name.includes('’')) for (const part of named.name.split(/[\s-]+/)) if (part.includes('’')) this.postAll(part.replaceAll('’', ' '), at, folds)
    if (named.nameEn) this.postAll(named.nameEn, at, folds)
    for (const letters of new Set([initials(fullFold), initials(bareFold)])) if (letters.length > 1) push(this.letters, letters, at)
    push(this.codes, named.code.toLowerCase(), at)
    this.fresh.push(at)
    return at
  }

  private postAll(text: string, at: number, but: string[]): void {
    const more = wordsOf(text)
    more.fold.forEach((word, i) => { if (!but.includes(word)) this.post(word, at, more.exact[i]!) })
  }

  private post(word: string, at: number, exact: string): void {
    const known = this.vocabulary.get(word)
    if (known) { known.at.push(at); known.exact.push(exact) } else { this.vocabulary.set(word, { at: [at], exact: [exact] }); this.sorted = undefined }
  }

  /** Best first. `limit` bounds the answer, `total` says how many there are. */
  find(text: string, wanted: Wanted, limit: number): { found: Found[]; total: number } {
    const view = this.view(wanted.at)
    const terms = termsOf(text)
    const fits = terms.map((term) => this.fit(view, term))
    const scorer = new Scorer(terms, fits)
    const allowed = this.filter(view, wanted)
    const byCode = new Set(text.includes(' ') ? [] : this.codes.get(text.trim().toLowerCase()) ?? [])
    const rank = this.ranks()
    const keys = new Float64Array(view.order.length)
    let total = 0
    for (const at of view.order) {
      const code = byCode.has(at)
      if ((code || matches(fits, at)) && allowed(at)) keys[total++] = (code ? BY_CODE : scorer.score(this.entries[at]!, view.depth[at]!)) * PLACES + (PLACES - 1 - rank[at]!)
    }
    const best = keys.subarray(0, total).sort().reverse().subarray(0, limit)
    return { found: [...best].map((key) => this.found(view, this.alphabet[PLACES - 1 - (key % PLACES)]!)), total }
  }

  /** Other ways to write a question: names in one word taken apart; those of the highest two levels, which foreigners write so, in one. */
  spellings(text: string, day: string): string[] {
    const { fold } = wordsOf(text)
    const words = fold.slice(0, MOST_TERMS)
    const apart = words.map((word) => this.glued.get(word) ?? word).join(' ')
    const view = this.view(day)
    let one = ` ${words.join(' ')} `
    for (const at of view.order) {
      const { bareFold } = this.entries[at]!
      if (view.depth[at]! < 2 && bareFold.includes(' ') && one.includes(` ${bareFold} `)) one = one.replace(` ${bareFold} `, ` ${bareFold.replaceAll(' ', '')} `)
    }
    return [...new Set([apart, one.trim()])].filter((other) => other !== words.join(' '))
  }

  /** With the names above it on that day, from near to far. */
  private found(view: View, at: number): Found {
    const parents: Named[] = []
    for (let up = view.parent[at]!; up >= 0; up = view.parent[up]!) parents.push(this.entries[up]!)
    return { entry: this.entries[at]!, parents }
  }

  private ranks(): Int32Array {
    if (this.fresh.length === 0) return this.rank
    const compare = (a: number, b: number): number => {
      const [x, y] = [this.entries[a]!, this.entries[b]!]
      return x.fullFold < y.fullFold ? -1 : x.fullFold > y.fullFold ? 1 : x.code < y.code ? -1 : x.code > y.code ? 1 : a - b
    }
    const [old, fresh] = [this.alphabet, this.fresh.sort(compare)]
    this.alphabet = []
    for (let i = 0, k = 0; i < old.length || k < fresh.length;) {
      this.alphabet.push(k >= fresh.length || (i < old.length && compare(old[i]!, fresh[k]!) < 0) ? old[i++]! : fresh[k++]!)
    }
    this.fresh = []
    this.rank = new Int32Array(this.entries.length)
    this.alphabet.forEach((at, i) => { this.rank[at] = i })
    return this.rank
  }

  private filter(view: View, { kind, scheme, under, within }: Wanted): (at: number) => boolean {
    const place = (id: string): number => view.current[this.things.get(id) ?? -1] ?? -1
    const tops = [...(under === undefined ? [] : [[under]]), ...(within === undefined ? [] : [within])].map((ids) => new Set(ids.map(place)))
    return (at) => {
      const entry = this.entries[at]!
      if ((kind !== undefined && entry.kind !== kind) || (scheme !== undefined && entry.scheme !== scheme)) return false
      return tops.every((top) => {
        for (let up = at; up >= 0; up = view.parent[up]!) if (top.has(up)) return true
        return false
      })
    }
  }

  private fit(view: View, term: Term): Fit {
    const own = new Uint8Array(this.entries.length)
    const long = new Uint8Array(this.entries.length)
    const raise = (list: readonly number[] | undefined, level: number) => { for (const at of list ?? []) if (own[at]! < level) own[at] = level }
    const exactly = this.vocabulary.get(term.fold)
    exactly?.at.forEach((at, i) => { own[at] = Math.max(own[at]!, exactly.exact[i] === term.exact ? EXACT : FOLDED) })
    raise(this.letters.get(term.fold), INITIALS)
    if (!term.number || term.last) for (const word of this.startingWith(term.fold)) raise(this.vocabulary.get(word)!.at, term.number ? LONGER_NUMBER : PREFIX)
    if (term.long) {
      const [first, ...rest] = term.long.fold.map((word) => this.vocabulary.get(word)?.at ?? [])
      const others = rest.map((list) => new Set(list))
      for (const at of first ?? []) {
        if (own[at]! >= FOLDED || !others.every((set) => set.has(at))) continue
        own[at] = EXACT
        long[at] = 1
      }
    }
    const above = new Uint8Array(this.entries.length)
    for (const at of view.order) {
      const up = view.parent[at]!
      if (up >= 0) above[at] = own[up]! > above[up]! ? own[up]! : above[up]!
    }
    return { own, above, long }
  }

  private *startingWith(prefix: string): Generator<string> {
    this.sorted ??= [...this.vocabulary.keys()].sort()
    let [low, high] = [0, this.sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.sorted[middle]! <= prefix) low = middle + 1
      else high = middle
    }
    for (let i = low; i < this.sorted.length && this.sorted[i]!.startsWith(prefix); i++) yield this.sorted[i]!
  }

  private view(day: string): View {
    const known = this.views.get(day)
    if (known) return known
    const at = dayNumber(day)
    const n = this.entries.length
    const current = new Int32Array(this.things.size).fill(-1)
    let size = 0
    for (let i = 0; i < n; i++) if (this.from[i]! <= at && this.until[i]! > at) { current[this.thing[i]!] = i; size++ }
    const parent = new Int32Array(n).fill(-1)
    const depth = new Uint8Array(n)
    const order = new Int32Array(size)
    const done = new Uint8Array(n)
    const path: number[] = []
    let next = 0
    for (const start of current) {
      for (let here = start; here >= 0 && !done[here]; here = this.above[here]! < 0 ? -1 : current[this.above[here]!]!) { path.push(here); done[here] = 1 }
      while (path.length > 0) {
        const here = path.pop()!
        const up = this.above[here]! < 0 ? -1 : current[this.above[here]!]!
        parent[here] = up
        depth[here] = up < 0 ? 0 : Math.min(255, depth[up]! + 1)
        order[next++] = here
      }
    }
    if (this.views.size >= VIEWS_KEPT) this.views.delete(this.views.keys().next().value!)
    const view = { order, parent, depth, current }
    this.views.set(day, view)
    return view
  }
}

const push = (map: Map<string, number[]>, key: string, at: number): void => {
  const list = map.get(key)
  if (list) list.push(at)
  else map.set(key, [at])
}

/** Every word fits the name or one above it, and one at least the name itself. */
function matches(fits: Fit[], at: number): boolean {
  let mine = false
  for (const { own, above } of fits) {
    if (own[at]! > 0) mine = true
    else if (above[at] === 0) return false
  }
  return mine
}

/** `p1 q1` → phường, 1, quận, 1. An abbreviation keeps its own letters too: q may begin any word. */
export function termsOf(text: string): Term[] {
  const { fold: folds, exact: exacts } = wordsOf(text)
  return folds.slice(0, MOST_TERMS).map((word, i) => ({
    fold: word, exact: exacts[i]!, long: longForms.get(word), number: /^\d+$/.test(word), last: i === folds.length - 1,
  }))
}

/** A question with its abbreviations written out, as words without accents. */
export const writtenOut = (text: string): string => termsOf(text).flatMap((term) => term.long?.fold ?? [term.fold]).join(' ')
