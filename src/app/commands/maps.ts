// A basemap too large for an upload: read from this machine's disk, streamed into the attachments.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { addBasemap } from '../../capabilities/maps/routes/basemap.ts'
import { openBlobs } from '../../kernel/blobs.ts'
import { Refused } from '../../kernel/config.ts'
import { openKeys } from '../../kernel/keys.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Command } from '../commands.ts'

export const commands: Command[] = [
  {
    name: 'maps basemap',
    usage: 'FILE [--credit TEXT] [--json]',
    about: { vi: 'dùng một tệp PMTiles hoặc MBTiles làm bản đồ nền, thay bản đồ trước (--credit: ghi nguồn hiện trên bản đồ)', en: 'use a PMTiles or MBTiles file as the basemap, in place of the one before (--credit: the source shown on the map)' },
    async run({ words: [path], option, flag, at, lang, config, data, installation, print, json }) {
      const file = resolve(path!)
      if (!(await stat(file).catch(() => undefined))?.isFile()) throw new Refused({ vi: `Không có tệp ${file}.`, en: `There is no file ${file}.` })
      const blobs = openBlobs(join(data, 'blobs'), config.maxFileMb * 1048576, openKeys(data, config.secretKey), config.maxBasemapMb * 1048576)
      const context = installation.context(at, lang)
      const kept = await blobs.store(context.read, context.side, context.actor, at, basename(file), createReadStream(file) as AsyncIterable<Buffer>, 'basemap')
      const used = await addBasemap(context, blobs, { orderId: uuidv7(at), fileId: kept.id, credit: option('credit') ?? '' })
      if (flag('json')) json(used)
      else print(lang === 'vi' ? `Đã dùng ${kept.name} làm bản đồ nền: mức phóng ${used.minZoom}–${used.maxZoom}.` : `${kept.name} is the basemap now: zoom ${used.minZoom}–${used.maxZoom}.`)
    },
  },
]
