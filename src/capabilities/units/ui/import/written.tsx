// A few units written or pasted where no file is at hand: one village needs no spreadsheet.
import { useState } from 'react'
import { useT } from '../../../../web/i18n.tsx'
import { Grid } from '../../../../web/kit/grid.tsx'
import type { GridRow } from '../../../../web/kit/grid.tsx'
import { Button, csvText } from '../../../../web/kit/kit.ts'
import { importing } from './messages.ts'

/** The columns of a list of units, as a file names them. */
export const HEADS = ['code', 'name', 'kind', 'parent_code', 'name_en', 'lat', 'lon'] as const
const SHOWN = ['code', 'name', 'kind', 'parent_code', 'name_en'] as const
const WIDTH = { code: 90, name: 210, kind: 110, parent_code: 110, name_en: 150 }

let made = 0
export const emptyUnit = (): GridRow => ({ id: `w${++made}`, cells: {} })
export const written = (rows: readonly GridRow[]): GridRow[] => rows.filter((row) => Object.values(row.cells).some((value) => value.trim() !== ''))
/** What is written, as the file that it stands for. */
export const asFile = (rows: readonly GridRow[]): string => csvText([[...HEADS], ...written(rows).map((row) => HEADS.map((head) => row.cells[head] ?? ''))])

/** `standing`: the list as it is now, a line a unit, to go on from. */
export function WrittenUnits({ rows, onRows, standing }: { rows: readonly GridRow[]; onRows: (rows: GridRow[]) => void; standing: () => Promise<string[][]> }) {
  const t = useT(importing)
  const [busy, setBusy] = useState(false)
  const bring = async () => {
    setBusy(true)
    const lines = await standing().catch(() => [])
    setBusy(false)
    onRows([...lines.slice(1).map((cells) => ({ ...emptyUnit(), cells: Object.fromEntries(HEADS.map((head, i) => [head, cells[i] ?? ''])) })), emptyUnit()])
  }
  return (
    <div className="stack">
      <p className="field-hint">{t('write.text')}</p>
      <div className="card flush"><Grid label={t('write')} rows={rows} onRows={onRows} fresh={emptyUnit} columns={SHOWN.map((id) => ({ id, head: t(`write.${id}`), width: WIDTH[id], hint: t(`write.${id}.hint`) }))} /></div>
      <div className="row"><Button small icon="download" busy={busy} onClick={() => void bring()}>{t('write.bring')}</Button></div>
    </div>
  )
}
