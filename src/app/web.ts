// The browser's part, built when its sources are newer than the last build.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PROGRAM, Refused } from '../kernel/config.ts'
import { precompress } from '../kernel/http/static.ts'

export const WEB = join(PROGRAM, 'dist', 'web')
const SOURCES = ['src/web', 'src/pure', 'src/capabilities', 'src/kernel/contract.ts', 'vite.config.ts', 'package-lock.json']

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
function newest(path: string): number {
  if (!existsSync(path)) return 0
  if (!statSync(path).isDirectory()) return changedAt(path)
  return readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !/\.(test\.ts|sql|md)$/.test(entry.name))
    .reduce((last, entry) => Math.max(last, changedAt(join(entry.parentPath, entry.name))), 0)
}

/** Beside, then in one step in its place: a server that runs meanwhile never serves half a build. */
export async function buildWeb(note: (text: { vi: string; en: string }) => void = () => {}): Promise<void> {
  if (changedAt(join(WEB, 'index.html')) > Math.max(...SOURCES.map((path) => newest(join(PROGRAM, path))))) return
  note({ vi: 'Đang dựng giao diện web…', en: 'Building the web app…' })
  const made = `${WEB}.new-${process.pid}`
  mkdirSync(join(PROGRAM, 'dist'), { recursive: true })
  let said = ''
  const code = await new Promise<number | null>((done, fail) => {
    const vite = spawn(process.execPath, [join(PROGRAM, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', made], { cwd: PROGRAM, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [vite.stdout, vite.stderr]) stream.on('data', (part: Buffer) => { said += part.toString() })
    vite.once('error', fail)
    vite.once('exit', done)
  })
  if (code !== 0) {
    rmSync(made, { recursive: true, force: true })
    throw new Refused({ vi: `Không dựng được giao diện web:\n${said}`, en: `The web app could not be built:\n${said}` })
  }
  await precompress(made)
  if (existsSync(WEB)) renameSync(WEB, `${made}.old`)
  renameSync(made, WEB)
  rmSync(`${made}.old`, { recursive: true, force: true })
}
