// The server itself, and what a person sees of it in the terminal.
import { Refused } from '../../kernel/config.ts'
import type { Command } from '../commands.ts'
import { serve } from '../start.ts'

const FORCE_AFTER = 10_000

export const commands: Command[] = [{
  name: 'serve',
  usage: '[--demo WHICH]',
  needs: 'nothing',
  about: {
    vi: 'chạy Sẵn Sàng; --demo 2025 hoặc --demo 2020 nạp chương trình trình diễn khi thư mục dữ liệu còn trống',
    en: 'run Sẵn Sàng; --demo 2025 or --demo 2020 loads the demonstration programme when the data folder is empty',
  },
  async run({ config, option, lang, note, print }) {
    const demo = option('demo')
    if (demo !== undefined && !['2025', '2020'].includes(demo)) throw new Refused({ vi: `--demo ${demo}: chỉ có 2025 và 2020.`, en: `--demo ${demo}: there are 2025 and 2020.` })
    let asked: number | undefined
    let stopped: () => void = () => {}
    const end = new Promise<void>((done) => { stopped = done })
    // npm, the launcher and the terminal may each pass the same Ctrl-C on: the first one stops, and one that comes much later forces.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked !== undefined && Date.now() - asked > FORCE_AFTER) process.exit(1)
        asked ??= Date.now()
        stopped()
      })
    }
    const server = await serve(config, demo, lang, note).catch((error: unknown) => {
      // A Ctrl-C in the terminal also reaches the web build: that it failed is then no news.
      if (asked === undefined) throw error
    })
    if (!server) return note({ vi: 'Đã dừng.', en: 'Stopped.' })
    for (const line of server.lines) print(line[lang])
    await end
    note({ vi: 'Đang dừng…', en: 'Stopping…' })
    await server.stop()
    note({ vi: 'Đã dừng.', en: 'Stopped.' })
  },
}]
