// Completes package-lock.json: a registry that lacks the binaries of other platforms makes `npm i` drop them silently, and `npm ci` then
// refuses the lock file. Run after every `npm i`.
import { readFileSync, writeFileSync } from 'node:fs'

const file = 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8'))
const packages = lock.packages
let added = 0

function installed(from, name) {
  for (let at = from; ;) {
    const key = `${at ? `${at}/` : ''}node_modules/${name}`
    if (packages[key]) return true
    if (!at) return false
    const up = at.lastIndexOf('/node_modules/')
    at = up < 0 ? '' : at.slice(0, up)
  }
}

for (const [key, entry] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (installed(key, name)) continue
    const os = /(android|darwin|linux|win32|windows|freebsd|openbsd|openharmony|netbsd|sunos|aix|wasm32)/.exec(name)?.[1]
    if (!os) { console.log('no platform in the name:', name); continue }
    const cpu = /(arm64|x64|ia32|ppc64|riscv64|s390x|loong64|arm|mips64el|wasm32)/.exec(name)?.[1]
    packages[`node_modules/${name}`] = {
      version: version.replace(/^[\^~]/, ''), ...(cpu ? { cpu: [cpu] } : {}), ...(entry.dev ? { dev: true } : {}), optional: true,
      os: [os === 'windows' ? 'win32' : os], ...(/musl/.test(name) ? { libc: ['musl'] } : {}),
    }
    added++
  }
}
// No registry host in a commit: npm takes the configured registry where `resolved` is absent.
for (const entry of Object.values(packages)) delete entry.resolved
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log('added', added)
