// The DOCX of each of the 29 kinds as LibreOffice shows it, held against our PDF: the same pages, and every line at the same place.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { noOffice, toPdf } from '../../../tests/office.ts'
import { opened } from '../../../tests/paper-files.ts'
import { SAMPLE_NAMES, sampleSheet } from '../../../tests/paper-samples.ts'
import { docxOf } from './routes/docx.ts'
import { openPdf } from './routes/pdf.ts'

/** Millimetres. */
const APART = 1

describe('in LibreOffice the DOCX looks as our PDF', { skip: noOffice }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sansang-office-'))
  const pdf = openPdf()
  before(async () => {
    for (const name of SAMPLE_NAMES) writeFileSync(join(folder, `${name}.docx`), await docxOf(sampleSheet(name)))
    toPdf(folder, SAMPLE_NAMES)
  })
  after(async () => {
    await pdf.close()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const name of SAMPLE_NAMES) test(name, async () => {
    const [shown, ours] = [await opened(readFileSync(join(folder, `${name}.pdf`))), await opened(await pdf.draw(sampleSheet(name), new Date(0)))]
    assert.equal(shown.pages.length, ours.pages.length, 'pages')
    let compared = 0
    for (const [i, { texts, strokes }] of ours.pages.entries()) {
      const left = [...shown.pages[i]!.texts]
      for (const one of texts) {
        // Justified lines come in other pieces: a line is known by its beginning.
        const at = left.findIndex((other) => other.text.startsWith(one.text.slice(0, 4)))
        assert.ok(at >= 0, `“${one.text}” is not on page ${i + 1} of the DOCX`)
        const [other] = left.splice(at, 1) as [typeof one]
        assert.ok(Math.abs(other.x - one.x) <= APART && Math.abs(other.y - one.y) <= APART, `“${one.text}” on page ${i + 1} is ${(other.x - one.x).toFixed(1)} mm to the right and ${(other.y - one.y).toFixed(1)} mm lower`)
        assert.deepEqual([other.size, /Bold/.test(other.font), /Italic/.test(other.font)], [one.size, /Bold/.test(one.font), /Italic/.test(one.font)], one.text)
        compared++
      }
      // Lines below words and frames: of a table each program draws its own pieces, and underlines are letters.
      if (texts.some(({ text }) => text === 'STT')) continue
      for (const line of strokes.filter((one) => one.height < 0.5 && !texts.some(({ x, y, width }) => one.x > x - 0.1 && one.x + one.width < x + width + 0.1 && one.y > y && one.y < y + 1))) assert.ok(shown.pages[i]!.strokes.some((one) => Math.abs(one.x - line.x) <= APART && Math.abs(one.y - line.y) <= APART && Math.abs(one.width - line.width) <= APART), `a line of ${line.width.toFixed(1)} mm at ${line.y.toFixed(1)} mm`)
    }
    assert.ok(compared >= 10)
  })
})
