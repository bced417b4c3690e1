// The record as a whole: is it unbroken, all of it as lines, and today's anchor. What happened to one thing is the journals capability's.
import { makeAnchor } from '../../kernel/anchor.ts'
import { Refused } from '../../kernel/config.ts'
import { readJournal, verifyJournal } from '../../kernel/journal.ts'
import type { Line } from '../../kernel/journal.ts'
import { counted } from '../../pure/plural.ts'
import type { Command } from '../commands.ts'

const line = (l: Line) => JSON.stringify({
  position: l.position, stream: l.stream, seq: l.seq, subject: l.subject, type: l.type, orderId: l.order_id, orderKind: l.order_kind, origin: l.origin,
  claimedAt: l.claimed_at, recordedAt: l.recorded_at, actorId: l.actor_id, onBehalfOf: l.on_behalf_of, told: l.told, toldHow: l.told_how, via: l.via, cause: l.cause,
  body: l.body, prevHash: l.prev_hash.toString('hex'), hash: l.hash.toString('hex'),
})

export const commands: Command[] = [
  {
    name: 'journal verify',
    usage: '[--json]',
    about: { vi: 'kiểm tra toàn bộ nhật ký: từng dòng, từng chuỗi, từng mốc neo', en: 'check the whole journal: every line, every chain, every anchor' },
    async run({ installation, flag, json, print, lang }) {
      const found = await verifyJournal(installation.read)
      if (flag('json')) json(found)
      else {
        for (const b of found.broken) print(`${b.stream} ${b.seq}: ${b.why}${b.position === null ? '' : ` (${b.position})`}`)
        if (found.broken.length === 0) print(lang === 'vi' ? `Nguyên vẹn: ${found.lines} dòng, ${found.streams} chuỗi, ${found.anchors} mốc neo.` : `Whole: ${found.lines} lines, ${found.streams} streams, ${found.anchors} anchors.`)
      }
      if (found.broken.length > 0) throw new Refused({ vi: `Nhật ký bị đứt ở ${found.broken.length} chuỗi.`, en: `The journal is broken in ${counted(found.broken.length, 'stream')}.` })
    },
  },
  {
    name: 'journal export',
    usage: '',
    about: { vi: 'in toàn bộ nhật ký, mỗi dòng một bản ghi JSON', en: 'print the whole journal, one JSON record a line' },
    async run({ installation }) {
      for await (const lines of readJournal(installation.read)) {
        if (!process.stdout.write(`${lines.map((l) => line(l)).join('\n')}\n`)) await new Promise((go) => process.stdout.once('drain', go))
      }
    },
  },
  {
    name: 'anchor',
    usage: '[--json]',
    about: { vi: 'lập mốc neo hôm nay và in ra để cất ngoài máy này', en: 'make today\'s anchor and print it, to be kept off this machine' },
    async run({ installation, at, flag, json, print }) {
      const anchor = await makeAnchor(installation.db, at)
      if (flag('json')) json(anchor)
      else print(`${anchor.day} ${anchor.hash} ${anchor.streams} ${anchor.position}`)
    },
  },
]
