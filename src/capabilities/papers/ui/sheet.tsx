// The paper as it will look, drawn from the same lines as DOCX and PDF; lengths in points of the sheet.
import type { CSSProperties } from 'react'
import type { Flow, Line, Pair, Sheet, Table } from '../decide/compose.ts'
import { RED } from '../decide/profiles.ts'
import type { Profile } from '../decide/profiles.ts'
import './papers.css'

const pt = (n: number): string => `calc(${n} * var(--pt))`
const mm = (n: number): string => `calc(${n} * var(--mm))`

export function SheetView({ sheet, label }: { sheet: Sheet; label: string }) {
  const p = sheet.profile
  const page: CSSProperties = { padding: `${mm(p.margins.top)} ${mm(p.margins.right)} ${mm(p.margins.bottom)} ${mm(p.margins.left)}` }
  return (
    <div className="sheet-box" tabIndex={0} role="region" aria-label={label} lang={sheet.lang}>
      <div className="sheet">
        <div className="sheet-page" style={page}>
          {sheet.mark && <p className="sheet-mark">{sheet.mark}</p>}
          {sheet.head.map((pair, i) => <PairView key={i} pair={pair} p={p} left={mm(p.headLeft)} above={i === 0 ? 0 : 6} />)}
          <FlowView flow={sheet.flow} p={p} />
          {sheet.foot.map((pair, i) => <PairView key={i} pair={pair} p={p} left="45%" above={14} />)}
          {sheet.address && <LineView line={sheet.address} p={p} first over />}
        </div>
        {sheet.annexes.map((annex, i) => <div key={i} className="sheet-page" style={page}><FlowView flow={annex.flow} p={p} /></div>)}
      </div>
    </div>
  )
}

const PairView = ({ pair: [left, right], p, left: width, above }: { pair: Pair; p: Profile; left: string; above: number }) => (
  <div className="sheet-pair" style={{ gridTemplateColumns: `${width} minmax(0, 1fr)`, marginTop: pt(above) }}>{[left, right].map((lines, i) => <div key={i}>{lines.map((line, n) => <LineView key={n} line={line} p={p} first={n === 0} />)}</div>)}</div>
)
const FlowView = ({ flow, p }: { flow: Flow; p: Profile }) => flow.map((one, i) => ('table' in one ? <TableView key={i} table={one.table} p={p} /> : <LineView key={i} line={one} p={p} />))

function LineView({ line, p, first = false, over = false }: { line: Line; p: Profile; first?: boolean; over?: boolean }) {
  const s = p.styles[line.style]
  const style: CSSProperties = {
    fontSize: pt(s.size), fontWeight: s.bold ? 700 : 400, fontStyle: s.italic ? 'italic' : 'normal', textAlign: s.align ?? 'left', textDecoration: s.underline ? 'underline' : 'none', color: s.red ? RED : 'inherit', lineHeight: 1.149 * (s.line ?? 1),
    marginTop: first ? 0 : pt(s.before ?? 0), textIndent: s.indent ? mm(s.indent * 10) : 0, ...(line.under ? { paddingLeft: mm(p.toLeft + 18) } : line.style === 'to' ? { paddingLeft: mm(p.toLeft) } : {}),
    ...(over ? { borderTop: '1px solid #000', marginTop: pt(24), paddingTop: pt(4) } : {}),
  }
  const words = line.bold === undefined ? line.text : <><b>{line.text.slice(0, line.bold)}</b><span style={{ fontWeight: 400 }}>{line.text.slice(line.bold)}</span></>
  // The line below is as long as a share of the words: the words set the width of their box.
  return (
    <p style={style}>
      {line.frame ? <span className={`sheet-frame${line.inner ? ' inner' : ''}`} style={line.frame === 'fit' ? { paddingInline: mm(3), minBlockSize: mm(8) } : { inlineSize: mm(line.frame[0]), blockSize: mm(line.frame[1]) }}>{words}</span>
        : line.rule ? <span style={{ display: 'inline-block', maxInlineSize: '100%' }}>{words}<span className="sheet-rule" style={{ inlineSize: `${line.rule * 100}%`, marginInline: s.align === 'center' ? 'auto' : 0 }} /></span> : words}
    </p>
  )
}

function TableView({ table, p }: { table: Table['table']; p: Profile }) {
  const sum = table.columns.reduce((total, one) => total + one.width, 0)
  return (
    <table aria-label={table.caption} style={{ fontSize: pt(p.styles.cell.size) }}>
      <colgroup>{table.columns.map((one, i) => <col key={i} style={{ width: `${one.width / sum * 100}%` }} />)}</colgroup>
      <thead><tr>{table.columns.map((one, i) => <th key={i} scope="col">{one.head}</th>)}</tr></thead>
      <tbody>{table.rows.map((row, n) => <tr key={n}>{row.map((cell, i) => <td key={i} style={{ textAlign: table.columns[i]!.align }}>{cell}</td>)}</tr>)}</tbody>
    </table>
  )
}
