// Papers as DOCX and PDF beside each other as pictures, for the eye: DOCX → PDF by LibreOffice, both → PNG by poppler. By hand, where both are installed: `node bin/sansang.mjs --run tools/look-papers.ts FOLDER [kind…]`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { docxOf } from '../src/capabilities/papers/routes/docx.ts'
import { openPdf } from '../src/capabilities/papers/routes/pdf.ts'
import { noOffice, toPdf } from '../tests/office.ts'
import { SAMPLE_NAMES, sampleSheet } from '../tests/paper-samples.ts'

const [folder = '/tmp/papers', ...asked] = process.argv.slice(2)
const kinds = SAMPLE_NAMES.filter((name) => asked.length === 0 || asked.includes(name))
if (noOffice) throw new Error(noOffice)

mkdirSync(folder, { recursive: true })
const pdf = openPdf()
for (const name of kinds) {
  const sheet = sampleSheet(name)
  writeFileSync(join(folder, `${name}-docx.docx`), await docxOf(sheet))
  writeFileSync(join(folder, `${name}-pdf.pdf`), await pdf.draw(sheet, new Date('2026-02-05T02:00:00Z')))
}
await pdf.close()
toPdf(folder, kinds.map((name) => `${name}-docx`))
for (const name of kinds) for (const made of ['docx', 'pdf']) execFileSync('pdftoppm', ['-r', '60', '-png', join(folder, `${name}-${made}.pdf`), join(folder, `${name}-${made}`)])
console.log(`Pictures are in ${folder}: KIND-docx-1.png is the DOCX as LibreOffice shows it, KIND-pdf-1.png our PDF.`)
