// What a command of `sansang` is. Each file of commands/ exports `commands`; cli.ts finds them there.
import type { Config } from '../kernel/config.ts'
import type { Lang, Text } from '../kernel/contract.ts'
import type { Installation } from './installation.ts'

export type Needs = 'database' | 'alone' | 'nothing'

export type Command = {
  /** One to three words: `units import`. */
  name: string
  /**
   * What follows the name, and the only place that says so: words in capitals and options, `[…]` where they may be left out, `...` after a word that may
   * repeat. `FILE.csv --as-of DATE [--scheme S] [--dry-run]` takes one word, needs --as-of, and knows --dry-run as a switch.
   * --data, --lang and --help belong to every command and are not repeated.
   */
  usage: string
  about: Text
  /** `database` (default): joins a running server, else starts the database. `alone`: refused while a server runs. `nothing`: no database. */
  needs?: Needs | ((flag: (name: string) => boolean) => Needs)
  /** Throws Refused (kernel/config.ts) or a Refusal (kernel/commit.ts): the sentence is printed, exit code 1. */
  run: (call: Call) => Promise<void>
}

export type Call = {
  words: string[]
  option: (name: string) => string | undefined
  flag: (name: string) => boolean
  lang: Lang
  at: Date
  config: Config
  /** The data folder, whether or not a database is open. */
  data: string
  /** Open unless the command `needs: 'nothing'`. */
  installation: Installation
  /** A line of the answer (standard output). */
  print: (line: string) => void
  /** The answer as JSON, one document. */
  json: (value: unknown) => void
  /** Progress and remarks (standard error), never part of the answer. */
  note: (text: Text | string) => void
}
