// Runs a TypeScript entry of this clone on the Node that package-lock.json pins, under whatever Node (20 or newer) was at hand. Installs what is missing.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const PINNED = 24
const node = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
// What was compiled (types stripped) is kept: a start takes half the time. Where the folder cannot be written, Node goes on without.
const cache = join(root, 'node_modules', '.cache', 'compiled')

export function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

const packagesOf = (file) => { try { return JSON.parse(readFileSync(join(root, file), 'utf8')).packages } catch { return undefined } }

/** True when every package of the lock file that this machine needs stands in node_modules in the locked version. Contents, not dates: a checkout changes dates. */
function installed() {
  const locked = packagesOf('package-lock.json')
  const here = packagesOf('node_modules/.package-lock.json')
  if (!locked || !here || !existsSync(node)) return false
  return Object.entries(locked).every(([path, { version, optional, link }]) => path === '' || link || (here[path] ? here[path].version === version : optional === true))
}

export function install() {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    stop(`Sẵn Sàng chỉ chạy trên Linux x64 hoặc arm64; máy này là ${process.platform} ${process.arch}.\n`
      + `Sẵn Sàng runs on Linux (x64 or arm64) only; this machine is ${process.platform} ${process.arch}. Use a Linux machine, a virtual machine or WSL 2.`)
  }
  if (installed()) return
  process.stderr.write('Đang cài các gói còn thiếu (npm ci), chỉ lần đầu… · Installing what is missing (npm ci), the first time only…\n')
  const { status, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (error) stop(`Không chạy được npm (${error.message}). · npm could not be run (${error.message}). Install npm 9 or newer, or run "npm ci --ignore-scripts" in ${root}.`)
  if (status !== 0) stop(`Cài đặt thất bại. · Installing failed: npm's message is above. Check the network and the package registry (npm config get registry), then run the same command again, or "npm ci --ignore-scripts" in ${root}.`)
  if (!existsSync(node)) stop(`Thiếu gói node-linux-${process.arch}. · The package node-linux-${process.arch} was not installed: npm leaves out optional packages here (npm config get omit). Run "npm ci --ignore-scripts --include=optional" in ${root}.`)
}

/** Runs `entry` (a path in the clone) with these arguments; ends as it ends. */
export async function launch(entry, args) {
  install()
  const file = join(root, entry)
  if (Number.parseInt(process.versions.node, 10) === PINNED) {
    process.argv = [process.argv[0], file, ...args]
    module.enableCompileCache?.(cache)
    await import(pathToFileURL(file).href)
    return
  }
  const child = spawn(node, [file, ...args], { stdio: 'inherit', env: { ...process.env, NODE_COMPILE_CACHE: cache } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => stop(`Không chạy được ${node}: ${error.message}. · ${node} could not be run: ${error.message}. Run "npm ci --ignore-scripts" in ${root}.`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
