// What PDF/UA-1 asks of a file, as far as a program can see, of each kind of paper: everything is marked, read in order, and its letters can be read aloud; tables keep their heads across pages in both files.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { opened, unzip } from '../../../tests/paper-files.ts'
import { SAMPLE_NAMES, sampleSheet } from '../../../tests/paper-samples.ts'
import { docxOf } from './routes/docx.ts'
import { openPdf } from './routes/pdf.ts'

const pdf = openPdf()
after(() => pdf.close())
type Node = { role?: string; type?: string; id?: string; children?: Node[] }
const every = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(every)]
const PAINTS = new Set([OPS.showText, OPS.constructPath, OPS.paintImageXObject, OPS.paintFormXObjectBegin])

describe('a PDF for all readers', () => {
  for (const name of SAMPLE_NAMES) test(name, async () => {
    const sheet = sampleSheet(name)
    const bytes = await pdf.draw(sheet, new Date(0))
    const raw = Buffer.from(bytes).toString('latin1')
    const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
    const { info } = await file.getMetadata()
    assert.deepEqual([(info as Record<string, unknown>).Title, (info as Record<string, unknown>).Language], [sheet.title, sheet.lang === 'vi' ? 'vi-VN' : 'en'])
    assert.equal((await file.getViewerPreferences() as { DisplayDocTitle?: boolean } | null)?.DisplayDocTitle, true, 'the title is shown, not the name of the file')
    const fonts = raw.match(/\/Subtype ?\/Type0/g)?.length ?? 0
    assert.ok(fonts >= 2)
    assert.deepEqual([raw.match(/\/ToUnicode/g)?.length, raw.match(/\/FontFile[23]/g)?.length], [fonts, fonts], 'each font lies inside and says its letters')

    const headings: string[] = []
    for (let n = 1; n <= file.numPages; n++) {
      const page = await file.getPage(n)
      const nodes = every(await page.getStructTree() as Node)
      const listed = nodes.flatMap(({ type, id }) => (type === 'content' ? [Number(/_mc(\d+)$/.exec(id!)![1])] : []))
      // What is painted stands in marked content that the tree names, or is decoration.
      const { fnArray, argsArray } = await page.getOperatorList()
      const open: (number | 'artifact' | 'span')[] = []
      const painted = new Set<number>()
      for (const [i, what] of fnArray.entries()) {
        const [tag, id] = (argsArray[i] ?? []) as [string | { name: string }, number | null]
        if (what === OPS.beginMarkedContent || what === OPS.beginMarkedContentProps) open.push((typeof tag === 'string' ? tag : tag.name) === 'Artifact' ? 'artifact' : typeof id === 'number' ? id : 'span')
        else if (what === OPS.endMarkedContent) open.pop()
        else if (PAINTS.has(what) && (what !== OPS.constructPath || (argsArray[i] as unknown[])[0] !== OPS.endPath)) {
          const inside = open.find((one) => one !== 'span')
          assert.ok(inside !== undefined, `something on page ${n} is neither read nor decoration`)
          if (inside !== 'artifact') { assert.equal(what, OPS.showText, 'lines are decoration'); painted.add(inside as number) }
        }
      }
      assert.deepEqual([...painted].toSorted((a, b) => a - b), [...new Set(listed)].toSorted((a, b) => a - b), `what is painted on page ${n} is what is read`)
      assert.equal(new Set(listed).size, listed.length, 'once')
      headings.push(...nodes.flatMap(({ role }) => (role && /^H\d$/.test(role) ? [role] : [])))
      for (const table of nodes.filter(({ role }) => role === 'Table')) {
        const rows = every(table).filter(({ role }) => role === 'TR').map((row) => row.children!.map(({ role }) => role))
        assert.deepEqual([new Set(rows[0]), new Set(rows.slice(1).flat())], [new Set(['TH']), new Set(['TD'])])
        assert.ok(rows.every((row) => row.length === rows[0]!.length))
      }
    }
    const levels = headings.map((role) => Number(role.slice(1)))
    for (const [i, level] of levels.entries()) assert.ok(level <= (levels[i - 1] ?? 0) + 1, `no level of headings is left out: ${headings.join(' ')}`)
  })
})

test('a table that goes on keeps its head on each page: repeated to the eye, read once', async () => {
  const { pages } = await opened(await pdf.draw(sampleSheet('plan'), new Date(0)))
  assert.equal(pages.length, 4)
  for (const { texts } of pages.slice(1)) assert.deepEqual(['STT', 'Nội dung', 'Chủ trì', 'Thời hạn'].map((head) => texts.filter(({ text }) => text === head).length), [1, 1, 1, 1])
  const heads = pages.slice(1).flatMap(({ tags }) => every(tags as Node).filter(({ role, children }) => role === 'TH' && (children ?? []).length > 0))
  assert.equal(heads.length, 4)
  const document = unzip(await docxOf(sampleSheet('plan'))).get('word/document.xml')!
  const grid = [...document.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([xml]) => xml).find((xml) => xml.includes('STT'))!
  const rows = [...grid.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([xml]) => xml)
  assert.deepEqual(rows.map((row) => /<w:tblHeader\/>/.test(row)), [true, ...Array.from({ length: 28 }, () => false)])
  assert.ok(rows.every((row) => /<w:cantSplit\/>/.test(row)), 'no row is torn')
})
