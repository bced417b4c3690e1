// A power cut, by hand and as root: `node bin/sansang.mjs --run tests/kill/power.ts [ROUNDS [SEED]]`. The data folder stands on a loop device; in the middle
// of writing everything is stopped and the image behind the device is copied without the kernel's dirty pages: what a disk holds when the power goes.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newFolder, smallFolder } from '../folder.ts'
import type { Small } from '../folder.ts'
import { kill, random, send, startServer, verify, write } from './rounds.ts'
import type { Order } from './rounds.ts'

const [rounds = '5', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2)
const work = newFolder()
const run = (command: string, ...args: string[]) => { execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }) }

const image = (n: number) => join(work, `disk${n}.img`)
const mounted = join(work, 'disk')
mkdirSync(mounted)
run('truncate', '-s', '1500M', image(0))
run('mkfs.ext4', '-q', image(0))
const data = join(mounted, 'data')
const next = random(Number(seed))
const acknowledged: Order[] = []
let open: Order[] = []
let small: Small | undefined
console.log(`${rounds} power cuts, seed ${seed}, ${work}`)
try {
  for (let round = 0; round <= Number(rounds); round++) {
    run('mount', '-o', 'loop', image(round), mounted)
    small ??= await smallFolder(data)
    const server = await startServer(data)
    const before = acknowledged.length
    for (const order of open) acknowledged.push({ ...order, answer: (await send(server, small, order))! })
    open = []
    const lines = await verify(data, acknowledged)
    console.log(`after ${round} cuts: opened in ${server.startMs} ms; ${before} acknowledged orders, none lost, none twice; ${lines} lines, every chain whole, rebuild equal`)
    const writers = Array.from({ length: 8 }, (_, n) => write(server, small!, random(Number(seed) + round * 100 + n), (order) => acknowledged.push(order), (order) => open.push(order)))
    await sleep(1000 + next() * 3000)
    const all = [server.process.pid!, ...readdirSync('/proc').filter((p) => /^\d+$/.test(p) && cwdOf(p) === join(data, 'db')).map(Number)]
    for (const pid of all) process.kill(pid, 'SIGSTOP')
    run('cp', '--sparse=always', image(round), image(round + 1))
    server.over = true
    await kill(data, server, 'both')
    for (const pid of all) try { process.kill(pid, 'SIGKILL') } catch { /* gone with its postmaster */ }
    await Promise.all(writers)
    await unmount()
    rmSync(image(round))
  }
} finally {
  try { run('umount', mounted) } catch { /* already */ }
  rmSync(work, { recursive: true, force: true })
}

function cwdOf(pid: string): string | undefined {
  try { return readlinkSync(`/proc/${pid}/cwd`) } catch { return undefined }
}
async function unmount(): Promise<void> {
  for (let k = 0; ; k++) {
    try { return run('umount', mounted) } catch (error) { if (k > 20) throw error; await sleep(200) }
  }
}
