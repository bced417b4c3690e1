// Commands about the whole installation: backup, restore, rebuild.
import { resolve } from 'node:path'
import { Refused } from '../../kernel/config.ts'
import { keyFile, openKeys } from '../../kernel/keys.ts'
import { backup } from '../backup.ts'
import { noteBackup } from '../machine.ts'
import type { Command } from '../commands.ts'
import { openFolder } from '../installation.ts'
import { counted } from '../../pure/plural.ts'
import { checkRebuild, rebuild } from '../rebuild.ts'
import type { Rebuilt } from '../rebuild.ts'
import { restore } from '../restore.ts'

export const commands: Command[] = [
  {
    name: 'backup',
    usage: 'DIR [--json]',
    about: { vi: 'sao lưu toàn bộ vào một thư mục mới, kể cả khi máy chủ đang chạy', en: 'back everything up into a new folder, also while a server runs' },
    async run({ words: [folder], installation, at, note, flag, json, print, lang }) {
      const made = await backup(installation, resolve(folder!), at, note)
      noteBackup(installation.data, at)
      if (flag('json')) json(made)
      else print(lang === 'vi' ? `Đã sao lưu ${made.journal.rows} dòng nhật ký, ${made.tables.length} bảng, ${made.files.count} tệp vào ${resolve(folder!)}.` : `Backed up ${made.journal.rows} journal lines, ${made.tables.length} tables, ${made.files.count} files into ${resolve(folder!)}.`)
    },
  },
  {
    name: 'restore',
    usage: 'DIR',
    needs: 'nothing',
    about: { vi: 'khôi phục một bản sao lưu vào thư mục dữ liệu hoặc cơ sở dữ liệu còn trống', en: 'restore a backup into an empty data folder or database' },
    async run({ words: [folder], config, data, note, print, lang }) {
      const opened = await openFolder(config, 'alone', note)
      try {
        const made = await restore(opened.connect, data, resolve(folder!), note)
        const keys = openKeys(data, config.secretKey)
        const missing = (made.keys ?? []).filter((id) => !keys.ids().includes(id))
        if (missing.length > 0) note({
          vi: `Bản sao lưu có tệp đính kèm, xác thực hai lớp mã hóa bằng khóa ${missing.join(', ')}, chưa có ở đây. Chép khóa vào ${keyFile(data)} (hoặc đặt SANSANG_SECRET_KEY) trước khi chạy máy chủ. Nếu đã mất khóa: tệp đính kèm mã hóa bằng khóa đó không mở được nữa; với xác thực hai lớp thì chạy sansang accounts forget-secrets, chủ tài khoản đăng nhập bằng mã dự phòng hoặc phiếu mới của đơn vị cấp trên, rồi bật lại.`,
          en: `The backup has attachments or second factors encrypted with the key ${missing.join(', ')}, which is not here. Put it into ${keyFile(data)} (or set SANSANG_SECRET_KEY) before the server starts. If it is lost: attachments under it cannot be opened again; for second factors run sansang accounts forget-secrets, and the owners sign in with a recovery code or a new slip from the unit above, and set them up anew.`,
        })
        print(lang === 'vi' ? `Đã khôi phục bản sao lưu lúc ${made.madeAt}: ${made.journal.rows} dòng nhật ký, ${made.files.count} tệp.` : `Restored the backup of ${made.madeAt}: ${made.journal.rows} journal lines, ${made.files.count} files.`)
      } finally {
        await opened.stop()
      }
    },
  },
  {
    name: 'rebuild',
    usage: '[--check] [--json]',
    needs: (flag) => (flag('check') ? 'database' : 'alone'),
    about: {
      vi: 'dựng lại các bảng từ nhật ký, thay vào chỗ cũ (phải dừng máy chủ); với --check chỉ so từng dòng, không đổi gì',
      en: 'rebuild the tables from the journal, in the place of those that stand (stop the server first); with --check only compare every row and change nothing',
    },
    async run({ installation, note, flag, json, print, lang }) {
      const found = await (flag('check') ? checkRebuild : rebuild)(installation, note)
      const differing = Object.values(found.differing).reduce((n, m) => n + m, 0)
      if (flag('json')) json(found)
      else show(found, lang, print)
      if (differing > 0) throw new Refused({ vi: `${differing} dòng khác với nhật ký.`, en: `${counted(differing, 'row differs', 'rows differ')} from the journal.` })
    },
  },
]

function show(found: Rebuilt, lang: 'vi' | 'en', print: (line: string) => void): void {
  for (const { table, key, stands, replayed } of found.differences) print(`${table} ${key}\n  − ${stands ?? '∅'}\n  + ${replayed ?? '∅'}`)
  print(lang === 'vi' ? `${found.lines} dòng nhật ký, ${found.tables} bảng, ${found.rows} dòng; khác: ${JSON.stringify(found.differing)}` : `${found.lines} journal lines, ${found.tables} tables, ${found.rows} rows; differing: ${JSON.stringify(found.differing)}`)
}
