// How Typst draws a sheet. Every length comes from the profile; no kerning, the height of Word's single line of Times New Roman (1.149 em) with its free part above the letters, and what a line has more than that below them: both files break alike.
export const TEMPLATE = String.raw`
#let s = json(bytes(sys.inputs.sheet))
#let p = s.profile
#let (w, h) = (p.paper.at(0) * 1mm, p.paper.at(1) * 1mm)
#let m = p.margins
#set document(title: s.title, author: s.author, date: none)
#set text(font: "Tinos", lang: s.lang, region: if s.lang == "vi" { "vn" } else { none }, top-edge: 0.933em, bottom-edge: -0.216em, hyphenate: false, overhang: false, kerning: false, ligatures: false)
// Line after line as Word breaks them, without drawing words together.
#set par(spacing: 0pt, linebreaks: "simple")
// A letter has no name of its kind: then its headings are the first level, which PDF/UA asks to come first.
#let sub = if s.flow.any(one => one.at("style", default: "") == "kind") { 2 } else { 1 }
#let red = rgb(s.red)
#let page-no = context { let n = counter(page).get().first(); if n > 1 { align(center, text(p.styles.page.size * 1pt, str(n))) } }
#let address = if s.address == none { none } else {
  context { if here().page() == 1 { block(height: m.bottom * .5mm, width: 100%, align(bottom, block(width: 100%, above: 0pt, stroke: (top: .5pt), inset: (top: 3pt), align(center, text(p.styles.address.size * 1pt, s.address.text))))) } }
}
#let shape(style, body) = {
  let st = p.styles.at(style)
  let body = if st.at("underline", default: false) { underline(body) } else { body }
  text(fill: if st.at("red", default: false) { red } else { black }, size: st.size * 1pt, weight: if st.at("bold", default: false) { "bold" } else { "regular" }, style: if st.at("italic", default: false) { "italic" } else { "normal" }, body)
}
#let words(line) = {
  let n = line.at("bold", default: none)
  if n == none { line.text } else {
    let parts = line.text.clusters()
    strong(parts.slice(0, n).join())
    text(weight: "regular", parts.slice(n).join())
  }
}
#let draw(line, first: false) = {
  let st = p.styles.at(line.style)
  let al = st.at("align", default: "left")
  let size = st.size * 1pt
  let more = 1.149 * (st.at("line", default: 1) - 1) * size
  block(width: 100%, above: if first { 0pt } else { st.at("before", default: 0) * 1pt }, below: 0pt, inset: (bottom: more), breakable: true, {
    set par(justify: al == "justify", leading: more, first-line-indent: (amount: st.at("indent", default: 0) * 1cm, all: true))
    set align(if al == "center" { center } else { left })
    let body = shape(line.style, words(line))
    if line.style == "kind" or line.style == "annex" { heading(level: 1, body) } else if line.style == "part" or line.style == "heading" { heading(level: sub, body) } else if "frame" in line {
      let stroke = .75pt + if st.at("red", default: false) { red } else { black }
      if line.frame == "fit" { box(inset: (x: 3mm, y: 4mm - 0.5745 * size), stroke: stroke, body) } else {
        let inner = if "inner" in line { box(width: (line.frame.at(0) - 2 * line.inner) * 1mm, height: (line.frame.at(1) - 2 * line.inner) * 1mm, stroke: .5pt + red, align(center + horizon, body)) } else { body }
        box(width: line.frame.at(0) * 1mm, height: line.frame.at(1) * 1mm, stroke: stroke, align(center + horizon, inner))
      }
    } else if "under" in line {
      context pad(left: p.toLeft * 1mm + measure(shape(line.style, line.under)).width, par(hanging-indent: measure(shape(line.style, "- ")).width, body))
    } else if line.style == "to" { pad(left: p.toLeft * 1mm, par(body)) } else { par(body) }
    if "rule" in line {
      layout(room => {
        let width = calc.min(measure(shape(line.style, line.text)).width, room.width)
        block(above: 0pt, below: 0pt, width: 100%, inset: (top: 3.375pt, bottom: .375pt), align(if al == "center" { center } else { left }, std.line(length: width * line.rule, stroke: .75pt)))
      })
    }
  })
}
#show heading: it => par(it.body)
#let lines(all) = for (i, one) in all.enumerate() { draw(one, first: i == 0) }
#let grid-of(t) = {
  let head = p.styles.cellHead
  let cell = p.styles.cell
  block(width: 100%, above: 6pt, below: 6pt, {
    set par(justify: false, leading: 0pt, first-line-indent: 0pt)
    table(
      columns: t.columns.map(c => c.width * 1fr), stroke: .5pt, inset: (x: 4pt, y: 3.25pt),
      align: (x, y) => if y == 0 { center + horizon } else if t.columns.at(x).align == "center" { center + top } else { left + top },
      table.header(repeat: true, ..t.columns.map(c => shape("cellHead", c.head))),
      ..t.rows.flatten().map(text => shape("cell", text.split("\n").join(linebreak()))),
    )
  })
}
#let flow(all) = for one in all { if "table" in one { grid-of(one.table) } else { draw(one) } }

// Who reads it and when, three times a page: light enough to read through, dark enough for a copier.
#let mark = if "mark" in s { for dy in (-33%, 0%, 33%) { place(center + horizon, dy: dy, rotate(-24deg, reflow: false, text(size: 17pt, fill: luma(200), s.mark))) } }
#set page(background: mark, width: w, height: h, margin: (top: m.top * 1mm, bottom: m.bottom * 1mm, left: m.left * 1mm, right: m.right * 1mm), header: page-no, header-ascent: m.top * .5mm - 1.149pt * p.styles.page.size, footer: address, footer-descent: 0pt)
#for (i, row) in s.head.enumerate() {
  block(width: 100%, above: if i == 0 { 0pt } else { 6pt }, below: 0pt, grid(columns: (p.headLeft * 1mm, 1fr), lines(row.at(0)), lines(row.at(1))))
}
#flow(s.flow)
#for row in s.foot { block(width: 100%, above: 14pt, below: 0pt, breakable: false, grid(columns: (45%, 1fr), lines(row.at(0)), lines(row.at(1)))) }
#for annex in s.annexes {
  counter(page).update(0)
  set page(flipped: annex.landscape, footer: none)
  flow(annex.flow)
}
`
