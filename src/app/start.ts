// `sansang serve`: database, web build, demonstration, followers, web server; and a clean end.
import { Refused } from '../kernel/config.ts'
import type { Config } from '../kernel/config.ts'
import type { Lang, Text } from '../kernel/contract.ts'
import { openKeys } from '../kernel/keys.ts'
import { firstAdministratorLink, sealSeeds } from '../capabilities/people/routes.ts'
import { followApart } from './followers.ts'
import { openInstallation } from './installation.ts'
import type { Installation } from './installation.ts'
import { createServer } from './server.ts'
import { buildWeb, WEB } from './web.ts'
import * as wiring from './wiring.ts'

export type Served = { lines: Text[]; stop: () => Promise<void> }
type Demo = typeof import('./demo.ts')

export async function serve(config: Config, demo: string | undefined, lang: Lang, note: (text: Text | string) => void): Promise<Served> {
  const installation = await openInstallation(config, 'server', note)
  let stop = () => installation.close()
  try {
    await sealSeeds(installation.read, installation.side, openKeys(installation.data, config.secretKey))
    const built = buildWeb(note)
    built.catch(() => {}) // awaited below
    const shown = demo === undefined ? undefined : await demonstrate(installation, demo, lang, note)
    await built
    const server = await createServer({ installation, config, dist: WEB, following: () => following, wire: (needs) => wiring.wire(needs, demo !== undefined) })
    const following = followApart({ connect: installation.connect, connections: config.connections, onNews: wiring.hear, onError: (name, why) => server.log.error('follower.failed', { name, ...why }) })
    installation.committer.onCommitted(following.wake)
    stop = async () => {
      await server.close()
      await following.close()
      await installation.close()
    }
    const url = await server.listen(config.port, config.host).catch((error: NodeJS.ErrnoException) => { throw notListening(config, error) })
    installation.lock?.tell({ ready: true, url })
    const address = config.publicUrl ? config.publicUrl.href.replace(/\/+$/, '') : url
    return { lines: [...running(address, installation.data), ...await welcome(installation, address, lang, shown)], stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function demonstrate(installation: Installation, choice: string, lang: Lang, note: (text: Text | string) => void): Promise<Demo> {
  const demo = await import('./demo.ts')
  if (!(await installation.read.selectFrom('journal').select('position').limit(1).executeTakeFirst())) {
    await demo.loadDemonstration(installation, { choice, lang, at: new Date(), note })
  }
  return demo
}

function notListening({ host, port }: Config, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE') return new Refused({ vi: `SANSANG_PORT=${port}: một chương trình khác đang dùng cổng này. Chọn cổng khác.`, en: `SANSANG_PORT=${port}: another program listens there. Choose another port.` })
  if (error.code === 'EACCES') return new Refused({ vi: `SANSANG_PORT=${port}: người dùng này không được mở cổng đó. Chọn cổng từ 1024 trở lên.`, en: `SANSANG_PORT=${port}: this user may not open it. Choose a port from 1024 on.` })
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return new Refused({ vi: `SANSANG_HOST=${host}: máy này không có địa chỉ đó.`, en: `SANSANG_HOST=${host}: this machine has no such address.` })
  return error
}

const running = (address: string, data: string): Text[] => [
  { vi: `Sẵn Sàng đang chạy tại ${address}`, en: `Sẵn Sàng runs on ${address}` },
  { vi: `Dữ liệu: ${data}. Dừng bằng Ctrl-C.`, en: `Data: ${data}. Stop with Ctrl-C.` },
]

/** Who may sign in now: the roles of the demonstration, or on a new installation the first administrator. */
async function welcome(installation: Installation, address: string, lang: Lang, demo: Demo | undefined): Promise<Text[]> {
  const context = installation.context(new Date(), lang)
  const links = await demo?.demonstrationLinks(context) ?? []
  if (links.length > 0) {
    return [{ vi: 'Đăng nhập thử với từng vai:', en: 'Sign in as:' }, ...links.map(({ who, path }) => ({ vi: `  ${who.vi}: ${address}${path}`, en: `  ${who.en}: ${address}${path}` }))]
  }
  const first = await firstAdministratorLink(context)
  if (!first) return []
  return [{ vi: `Người quản trị đầu tiên đặt mật khẩu tại (dùng một lần, trong một ngày): ${address}${first}`, en: `The first administrator sets a password here (once, within a day): ${address}${first}` }]
}
