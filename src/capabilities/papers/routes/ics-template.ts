// How Typst draws an ICS form: a title, then boxes side by side as on the paper; block numbers are headings, so a reader that listens goes from block to block.
export const ICS_TEMPLATE = String.raw`
#let s = json(bytes(sys.inputs.sheet))
#set document(title: s.form + " " + s.title, date: none)
#set text(font: "Tinos", size: 10pt, lang: "en", hyphenate: false)
#set par(spacing: 3pt, leading: 0.45em)
#set page(width: s.page.at(0) * 1mm, height: s.page.at(1) * 1mm, margin: s.margin * 1mm, footer: context text(9pt, { s.form; h(1fr); "Page " + str(here().page()) + " of " + str(counter(page).final().first()) }))
#show heading: it => it.body
#let mark(one) = box(strong(if one.at(1) { "[X]" } else { "[ ]" }) + " " + one.at(0))
#let part(one) = {
  if "marks" in one { one.marks.map(mark).join(h(12pt, weak: true)) }
  else if "pairs" in one {
    grid(columns: (1fr,) * one.across, column-gutter: 8pt, row-gutter: 7pt, stroke: none, inset: 0pt, fill: none, ..one.pairs.map(p => strong(p.at(0) + ":") + " " + p.at(1).split("\n").join(linebreak())))
  } else if "columns" in one {
    table(
      columns: one.columns.map(c => c.width * 1fr), stroke: .5pt, inset: 3pt, align: left + top,
      table.header(repeat: true, ..one.columns.map(c => text(8pt, weight: "bold", c.head))),
      ..one.rows.flatten().map(t => text(9pt, if t == "" { sym.space.nobreak } else { t.split("\n").join(linebreak()) })),
    )
  } else {
    if one.label != "" { strong(one.label + ":") + " " }
    one.text.split("\n").join(linebreak())
    if one.tall > 0 { v(one.tall * 13pt) }
  }
}
#let piece(b) = {
  set par(justify: false)
  if b.head != "" { block(above: 0pt, below: 4pt, heading(level: 2, text(10pt, weight: "bold", b.head))) }
  for one in b.parts { block(above: 0pt, below: 4pt, width: 100%, part(one)) }
}
#align(center, block(below: 6pt, heading(level: 1, text(14pt, weight: "bold", s.title + " (" + s.form + ")"))))
#for row in s.rows {
  block(above: 0pt, below: 0pt, width: 100%, grid(
    columns: row.map(b => b.wide * 1fr), stroke: .75pt, inset: 4pt, fill: (x, y) => if row.at(x).band { luma(225) } else { none }, ..row.map(piece),
  ))
}
`
