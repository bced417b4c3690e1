// `sansang COMMAND`: finds the command, opens what it needs, prints its answer. Exit 0: done; 1: refused or failed, with a sentence; 2: wrong usage.
import './version.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../kernel/commit.ts'
import { PROGRAM, readConfig, Refused } from '../kernel/config.ts'
import type { Config } from '../kernel/config.ts'
import { sentence } from '../kernel/contract.ts'
import type { Lang, Refusals, Text } from '../kernel/contract.ts'
import type { Call, Command } from './commands.ts'
import { dataFolder, openInstallation } from './installation.ts'
import type { Installation } from './installation.ts'
import { readArguments, readUsage } from './usage.ts'
import * as wiring from './wiring.ts'

const COMMON = [{ name: 'data', takes: 'DIR', needed: false }, { name: 'lang', takes: 'vi|en', needed: false }, { name: 'help', takes: undefined, needed: false }]

async function allCommands(): Promise<Command[]> {
  const folder = join(import.meta.dirname, 'commands')
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).sort()
  const modules = await Promise.all(files.map((file) => import(join(folder, file)) as Promise<{ commands?: Command[] }>))
  return modules.flatMap(({ commands }) => commands ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))
}

const out = (line: string) => { process.stdout.write(`${line}\n`) }
const err = (line: string) => { process.stderr.write(`${line}\n`) }

function help(commands: Command[], lang: Lang): void {
  const head = lang === 'vi'
    ? ['Sẵn Sàng: chuẩn bị và bảo đảm an toàn cho sự kiện lớn.', '', 'Cách dùng: sansang LỆNH [--data DIR] [--lang vi|en]', '']
    : ['Sẵn Sàng: plan, ready, run and review the safety of major events.', '', 'Usage: sansang COMMAND [--data DIR] [--lang vi|en]', '']
  for (const line of head) out(line)
  for (const { name, usage, about } of commands) out(`  sansang ${name}${usage ? ` ${usage}` : ''}\n      ${about[lang]}`)
}

/** The sentence of whatever stopped a command; undefined: a fault of the program. */
function sentenceOf(error: unknown, lang: Lang): string | undefined {
  if (error instanceof Refused) return error.text[lang]
  const { code, data } = error as { code?: unknown; data?: unknown }
  const all: Refusals = wiring.refusals
  if (typeof code !== 'string' || !(code in all)) return error instanceof Refusal ? `${error.code} ${JSON.stringify(error.data ?? {})}` : undefined
  return sentence(all[code]!.message, lang, (data ?? {}) as Record<string, unknown>)
}

async function run(command: Command, config: Config, lang: Lang, words: string[], options: Record<string, string | boolean>): Promise<void> {
  const note = (text: Text | string) => err(typeof text === 'string' ? text : text[lang])
  const flag = (name: string) => options[name] === true
  const needs = typeof command.needs === 'function' ? command.needs(flag) : (command.needs ?? 'database')
  const opened = needs === 'nothing' ? undefined : await openInstallation(config, needs === 'alone' ? 'alone' : 'command', note)
  const call: Call = {
    words, lang, at: new Date(), data: dataFolder(config), config, print: out, json: (value) => out(JSON.stringify(value)), note, flag,
    option: (name) => (typeof options[name] === 'string' ? options[name] : undefined),
    get installation(): Installation {
      if (!opened) throw new Error(`${command.name} says that it needs no database`)
      return opened
    },
  }
  // The database is in no terminal's group: it must be told. What is under way is finished first.
  const interrupted = () => { void opened?.close().finally(() => process.exit(130)) }
  if (opened) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted)
  try {
    await command.run(call)
    if (opened && opened.committer.stats.facts > 0) await opened.settle()
  } finally {
    await opened?.close()
  }
}

async function main(argv: string[]): Promise<number> {
  let lang: Lang = (process.env['LC_ALL'] ?? process.env['LANG'] ?? '').startsWith('vi') ? 'vi' : 'en'
  try {
    const commands = await allCommands()
    if (argv[0] === '--version') return out((JSON.parse(readFileSync(join(PROGRAM, 'package.json'), 'utf8')) as { version: string }).version), 0
    const command = [3, 2, 1].map((n) => commands.find(({ name }) => name === argv.slice(0, n).join(' '))).find(Boolean)
    if (!command) {
      const about = commands.filter(({ name }) => name.split(' ')[0] === argv.find((word) => word !== 'help'))
      const asked = argv.length === 0 || argv[0] === 'help' || argv[0] === '--help'
      if (!asked) err(lang === 'vi' ? `Không có lệnh "${argv.slice(0, 2).join(' ')}".` : `There is no command "${argv.slice(0, 2).join(' ')}".`)
      help(about.length > 0 ? about : commands, lang)
      return asked ? 0 : 2
    }
    const given = readArguments(readUsage(command.usage), argv.slice(command.name.split(' ').length), COMMON)
    if ('wrong' in given) {
      err(given.wrong[lang])
      err(`sansang ${command.name} ${command.usage} [--data DIR]`)
      return 2
    }
    const { data, lang: asked } = given.options
    const config = readConfig(process.env, typeof data === 'string' ? data : undefined)
    lang = asked === 'vi' || asked === 'en' ? asked : config.lang
    if (given.options['help'] === true) return help([command], lang), 0
    await run(command, config, lang, given.words, given.options)
    return 0
  } catch (error) {
    const text = sentenceOf(error, lang)
    err(text ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)))
    return 1
  }
}

// `sansang journal export | head`: the reader has enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await main(process.argv.slice(2))
