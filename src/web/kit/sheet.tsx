// Tables in and out of files: what is wrong with one by line, its bytes for an order, and text saved as a file.
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { groupLines } from '../../pure/lines.ts'
import type { LineProblem } from '../../pure/lines.ts'
import { useT } from '../i18n.tsx'
import { refusalOf } from '../client.ts'
import { Icon } from './icons.tsx'
import { kit } from './messages.ts'
import { Refusal } from './waiting.tsx'

export const SHEETS = '.csv,.xlsx'

export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let from = 0; from < bytes.length; from += 0x8000) text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(text)
}

export function saveText(name: string, text: string): void {
  const a = document.createElement('a')
  a.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000)
}
const quoted = (cell: string): string => (/[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
/** With the mark without which spreadsheets garble Vietnamese. */
export const csvText = (rows: readonly (readonly string[])[]): string => `\ufeff${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`

const NAMED = 5
/** A refused file, fault by fault, each with its lines; any other refusal as one sentence. `children`: what mends it at once. */
export function FileProblems({ error, problems, count, children }: { error?: unknown; problems?: readonly LineProblem[]; count?: number; children?: ReactNode }) {
  const t = useT(kit)
  const data = error ? refusalOf(error).data as { problems?: LineProblem[]; count?: number } : {}
  const list = problems ?? data.problems ?? []
  const box = useRef<HTMLDivElement>(null)
  // It comes above the button that asked for it and would push that out of sight: one goes to the field that is wrong, else to what is said.
  useEffect(() => { if (error) (box.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid=true]') ?? box.current)?.focus() }, [error])
  if (list.length === 0) return error ? <div ref={box} tabIndex={-1}><Refusal error={error} /></div> : null
  const total = count ?? data.count ?? list.length
  const wrong = list.some((one) => !one.note)
  const groups = groupLines(list)
  const shown = groups.slice(0, 50)
  const left = total - shown.reduce((sum, one) => sum + Math.max(1, one.lines.length), 0)
  return (
    <div ref={box} tabIndex={-1} className={wrong ? 'refusal' : 'note'} role={wrong ? 'alert' : 'status'}>
      <Icon name="alert" size={16} />
      <div className="stack tight">
        <p><b>{wrong ? t('sheet.problems', { count: total }) : t('sheet.notes', { count: total })}</b></p>
        <ul className="lines">{shown.map(({ lines, text }, i) => <li key={i}>{lines.length < 2 ? text : t(lines.length > NAMED ? 'sheet.lines.more' : 'sheet.lines', { lines: lines.slice(0, NAMED).join(', '), more: lines.length - NAMED, text })}</li>)}</ul>
        {left > 0 && <p>{t('sheet.more', { count: left })}</p>}
        {children}
      </div>
    </div>
  )
}
