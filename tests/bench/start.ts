// From the command on an empty folder to the first board in a browser, as the first administrator: database made, link opened, password set. Beside it what
// must be waited for whatever the program does: the database's own initdb and start, and a browser that shows a static page. And what the first page weighs.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/kernel/postgres.ts'
import { openBrowser } from '../e2e/harness/browser.ts'
import { round } from './stage.ts'
import type { Figure } from './stage.ts'
import { weigh } from './weight.ts'

const ROOT = join(import.meta.dirname, '../..')

export async function run(say: (line: string) => void = console.log): Promise<Figure[]> {
  const bare = await timed(async (folder) => {
    const database = await startEmbedded(folder)
    const browser = await openBrowser()
    await (await browser.newPage()).setContent('<h1>Sẵn Sàng</h1>')
    return async () => { await browser.close(); await database.stop() }
  })
  const first = await timed(async (folder) => {
    const port = 7900 + Math.floor(Math.random() * 90)
    const server = spawn(process.execPath, [join(ROOT, 'bin/sansang.mjs'), 'serve', '--data', folder, '--lang', 'en'], { env: { ...process.env, SANSANG_PORT: String(port), SANSANG_HOST: '127.0.0.1' }, stdio: ['ignore', 'pipe', 'inherit'] })
    const link = await new Promise<string>((go, no) => {
      let said = ''
      server.stdout.on('data', (part: Buffer) => { said += String(part); const found = /http:\S+#\S+/.exec(said); if (found) go(found[0]) })
      server.once('exit', (code) => no(new Error(`the server ended (${code}): ${said}`)))
    })
    const browser = await openBrowser()
    const page = await browser.newPage()
    await page.goto(link)
    for (const field of await page.locator('input[type=password]').all()) await field.fill('a first long password 7')
    await page.keyboard.press('Enter')
    await page.locator('h1').filter({ hasText: /./ }).waitFor()
    await page.goto(new URL('board', link.replace(/sign-in.*/, '')).href)
    await page.locator('main h1').waitFor()
    return async () => { await browser.close(); server.kill('SIGINT'); await new Promise((go) => server.once('exit', go)) }
  })
  const { heaviest, fontsKib } = weigh()
  say(`heaviest first page: ${heaviest.screen}`)
  return [
    { name: 'empty folder → first board on screen', figure: round(first / 1000), unit: 's', baseline: round(bare / 1000), ratio: round(first / bare), aim: '≤ 10 s', ok: first <= 10_000 },
    { name: 'first page, script and style', figure: round(heaviest.totalKib), unit: 'KiB gzip', aim: '≤ 300 KiB', ok: heaviest.totalKib <= 300 },
    { name: 'fonts', figure: round(fontsKib), unit: 'KiB', aim: '≤ 80 KiB', ok: fontsKib <= 80 },
  ]
}

async function timed(work: (folder: string) => Promise<() => Promise<void>>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sansang-start-'))
  chmodSync(folder, 0o755)
  const began = performance.now()
  const close = await work(folder)
  const took = performance.now() - began
  await close()
  rmSync(folder, { recursive: true, force: true })
  return took
}

if (import.meta.main) console.log(await run())
