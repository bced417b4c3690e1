// An office's own layout: what it changes of one of the shipped profiles. It is copied into each paper's letterhead, so a paper looks in ten years as on its day.
import type { Layout, LayoutSize, Letterhead } from '../contract/letter.ts'
import { profiles } from './profiles.ts'
import type { Profile, Style, StyleName } from './profiles.ts'

/** Blocks that grow and shrink together: the first says by how much. */
const TOGETHER: Record<LayoutSize, StyleName[]> = {
  state: ['state'], motto: ['motto'], parent: ['parent'], issuer: ['issuer', 'star'], number: ['number'], place: ['place'], kind: ['kind'], subject: ['subject'],
  text: ['text', 'article', 'grounds', 'heading', 'part', 'partTitle', 'to', 'toItem', 'opening', 'authority'], sign: ['signAs', 'signer'], recipients: ['recipients', 'recipientsLabel'],
}
const sizes = Object.keys(TOGETHER) as LayoutSize[]

/** What of a shipped profile an office may change. */
export const layoutOf = (p: Profile, name: string): Layout => ({
  name, state: p.state, motto: p.motto, star: p.star, margins: { ...p.margins }, headLeft: p.headLeft, numbering: p.numbering, dates: p.dates, signGap: p.styles.signer.before ?? 0,
  sizes: Object.fromEntries(sizes.map((size) => [size, p.styles[TOGETHER[size][0]!].size])) as Layout['sizes'],
  words: { recipients: p.words.recipients, to: p.words.to, archive: p.words.archive, annex: p.words.annex, end: p.words.end },
})

/** Of an A4 page, in millimetres: the head's right column keeps 30. */
export const mostHeadLeft = ({ margins }: Pick<Layout, 'margins'>): number => 210 - margins.left - margins.right - 30

function changed(base: Profile, layout: Layout): Profile {
  const styles = { ...base.styles } as Record<StyleName, Style>
  for (const size of sizes) for (const style of TOGETHER[size]) styles[style] = { ...styles[style], size: base.styles[style].size + layout.sizes[size] - base.styles[TOGETHER[size][0]!].size }
  styles.signer = { ...styles.signer, before: layout.signGap }
  return {
    ...base, name: { vi: layout.name, en: layout.name }, verified: false, about: { vi: `Thể thức do đơn vị đặt, dựa trên: ${base.name.vi}.`, en: `Set by the office, after: ${base.name.en}.` },
    state: layout.state, motto: layout.motto, star: layout.star, margins: layout.margins, headLeft: Math.min(layout.headLeft, mostHeadLeft(layout)), numbering: layout.numbering, dates: layout.dates, words: { ...base.words, ...layout.words }, styles,
  }
}

/** Papers from before offices had layouts have none in their letterhead. */
export const profileOf = (head: Pick<Letterhead, 'profile'> & { layout?: Letterhead['layout'] }): Profile => (head.layout ? changed(profiles[head.profile], head.layout) : profiles[head.profile])
