import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROGRAM } from '../../kernel/config.ts'
import { SCHEMA } from '../../kernel/db.ts'
import type { Command } from '../commands.ts'
import { schemaText } from '../schema.ts'

export const commands: Command[] = [{
  name: 'schema', usage: '', about: { vi: 'Ghi lại schema.sql từ các bước nâng cấp cơ sở dữ liệu (cho người phát triển)', en: 'Write schema.sql anew from the migrations (for developers)' },
  run: async ({ installation, print }) => {
    writeFileSync(join(PROGRAM, 'schema.sql'), await schemaText(installation.read, SCHEMA))
    print('schema.sql')
  },
}]
