// One JSON line an event, on standard error. Ids and codes only: no bodies, no query strings, no names, no addresses.
// Own, not pino: a line costs 4 µs here and a request is logged only when it failed, was slow, or at `debug`, so a worker-thread transport buys nothing.

export type Level = 'debug' | 'info' | 'warn' | 'error'
export type Fields = Record<string, string | number | boolean | null | undefined>
export type Logger = { [L in Level]: (event: string, fields?: Fields) => void } & { /** Writes what is still held back. */ flush: () => void }

const ORDER: Level[] = ['debug', 'info', 'warn', 'error']
const HOLD_MS = 50

export function openLog(least: Level = 'info', write: (text: string) => void = (text) => { process.stderr.write(text) }): Logger {
  let held: string[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (held.length === 0) return
    const text = `${held.join('\n')}\n`
    held = []
    write(text)
  }
  const line = (level: Level) => (event: string, fields: Fields = {}) => {
    if (ORDER.indexOf(level) < ORDER.indexOf(least)) return
    held.push(JSON.stringify({ at: new Date().toISOString(), level, event, ...fields }))
    if (level === 'error' || held.length > 500) flush()
    else timer ??= setTimeout(flush, HOLD_MS)
  }
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error'), flush }
}

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {}, flush() {} }

/**
 * An unknown error as fields. PostgreSQL and JSON.parse quote the input in their messages, and PostgreSQL's `detail` quotes rows: none of that is kept.
 * The stack says where, without the message that it begins with.
 */
export function fault(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string }
  const where = (error.stack ?? '').split('\n').filter((l) => /^\s+at /.test(l)).slice(0, 8).map((l) => l.trim().replace(/file:\/\/.*\/(?=src\/|node_modules\/)/, '')).join(' | ')
  const cause = error.cause instanceof Error ? `${error.cause.name}: ${unquoted(error.cause)}` : undefined
  return { error: error.name, message: unquoted(error), code, constraint, table, cause, where }
}

const unquoted = (error: Error): string => (error instanceof SyntaxError ? '' : error.message.replace(/"[^"]*"/g, '"…"').slice(0, 300))
