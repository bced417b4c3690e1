// Every SANSANG_* variable, in one table. docs/operations.md shows the same table; tests/install.test.ts holds the two together.
import { readFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isSafeAddress } from '../pure/addresses.ts'
import { isZone } from '../pure/calendar.ts'

type Text = { vi: string; en: string }

/** What the program will not do, as a sentence for whoever started it: what, where, what to do. */
export class Refused extends Error {
  text: Text
  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}

/** The folder of the program: the clone. */
export const PROGRAM = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

type Variable<T> = { name: `SANSANG_${string}`; standard: string; what: string; must: Text; parse: (text: string) => T | undefined }
const variable = <T>(one: Variable<T>): Variable<T> => one

const number = (least: number, most: number) => (text: string) => (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined)
const oneOf = <T extends string>(...words: T[]) => (text: string) => words.find((word) => word === text)
const urlOf = (text: string, ...schemes: string[]) => (URL.canParse(text) && schemes.includes(new URL(text).protocol) ? new URL(text) : undefined)
const optional = <T>(parse: (text: string) => T | undefined) => (text: string) => (text === '' ? null : parse(text))

/** Keys as text: 32 bytes each in base64, with commas, spaces or lines between. The first seals, all of them open. */
export function parseKeys(text: string): Buffer[] | undefined {
  const words = text.split(/[\s,]+/).filter(Boolean)
  return words.length > 0 && words.every((word) => /^[\w+/-]{43}=?$/.test(word)) ? words.map((word) => Buffer.from(word, 'base64')) : undefined
}
function keysIn(file: string): Buffer[] | undefined {
  try {
    return parseKeys(readFileSync(resolve(PROGRAM, file), 'utf8'))
  } catch {
    return undefined
  }
}

/** Addresses and networks whose X-Forwarded-* headers are believed. */
function proxies(text: string): BlockList | undefined {
  const list = new BlockList()
  for (const part of text.split(',').map((p) => (p.trim() === 'loopback' ? '127.0.0.0/8' : p.trim())).flatMap((p) => (p === '127.0.0.0/8' ? [p, '::1'] : [p]))) {
    const [address = '', bits, more] = part.split('/')
    const family = isIP(address)
    const most = family === 4 ? 32 : 128
    if (family === 0 || more !== undefined || (bits !== undefined && number(0, most)(bits) === undefined)) return undefined
    list.addSubnet(address, bits === undefined ? most : Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

export const VARIABLES = {
  data: variable({
    name: 'SANSANG_DATA', standard: 'data', what: 'Data folder: database, attachments. `--data DIR` of a command goes before it. A relative path counts from the program\'s folder.',
    must: { vi: 'phải là đường dẫn một thư mục', en: 'must be the path of a folder' }, parse: (text) => (text === '' || text.includes('\0') ? undefined : resolve(PROGRAM, text)),
  }),
  port: variable({
    name: 'SANSANG_PORT', standard: '7700', what: 'TCP port of the web server; 0 takes a free one.',
    must: { vi: 'phải là số từ 0 đến 65535', en: 'must be a number from 0 to 65535' }, parse: number(0, 65_535),
  }),
  host: variable({
    name: 'SANSANG_HOST', standard: '127.0.0.1', what: 'Address to listen on. `0.0.0.0` listens on all; put a proxy with TLS before it.',
    must: { vi: 'phải là địa chỉ IP hoặc tên máy', en: 'must be an IP address or a host name' }, parse: (text) => (isIP(text) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? text : undefined),
  }),
  publicUrl: variable({
    name: 'SANSANG_PUBLIC_URL', standard: '', what: 'Address that browsers use (`https://ready.example.vn/sansang`). Its path is the path prefix; `https` makes cookies Secure. Default: http, host and port of the server.',
    must: { vi: 'phải là địa chỉ http:// hoặc https:// không có ? và #', en: 'must be an http:// or https:// address without ? and #' },
    parse: optional((text) => { const url = urlOf(text, 'http:', 'https:'); return url && !url.search && !url.hash && !url.username ? url : undefined }),
  }),
  databaseUrl: variable({
    name: 'SANSANG_DATABASE_URL', standard: '', what: 'A PostgreSQL of your own, version 15 or newer (`postgres://user:password@host:5432/sansang`). Default: the embedded one, in the data folder.',
    must: { vi: 'phải là địa chỉ postgres://', en: 'must be a postgres:// address' }, parse: optional((text) => urlOf(text, 'postgres:', 'postgresql:')),
  }),
  connections: variable({
    name: 'SANSANG_CONNECTIONS', standard: '16', what: 'Connections that the server keeps to the database.',
    must: { vi: 'phải là số từ 8 đến 200', en: 'must be a number from 8 to 200' }, parse: number(8, 200),
  }),
  trustProxy: variable({
    name: 'SANSANG_TRUST_PROXY', standard: '', what: 'Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: addresses or networks with commas between, or `loopback`. Default: none.',
    must: { vi: 'phải là các địa chỉ hoặc dải mạng, cách nhau bằng dấu phẩy (10.0.0.5, 10.1.0.0/16), hoặc loopback', en: 'must be addresses or networks with commas between (10.0.0.5, 10.1.0.0/16), or loopback' },
    parse: optional(proxies),
  }),
  smtpUrl: variable({
    name: 'SANSANG_SMTP_URL', standard: '', what: 'Mail server (`smtps://user:password@mail.example.vn`). Goes before what is set in the app. Default: the one set in the app, if any; without, reminders stand in the app only.',
    must: { vi: 'phải là địa chỉ smtp:// hoặc smtps://', en: 'must be an smtp:// or smtps:// address' }, parse: optional((text) => urlOf(text, 'smtp:', 'smtps:')),
  }),
  mailFrom: variable({
    name: 'SANSANG_MAIL_FROM', standard: '', what: 'Sender of mails (`Sẵn Sàng <ready@example.vn>`). Needed with SANSANG_SMTP_URL.',
    must: { vi: 'phải là địa chỉ thư điện tử', en: 'must be a mail address' }, parse: optional((text) => (/^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(text) ? text : undefined)),
  }),
  zone: variable({
    name: 'SANSANG_ZONE', standard: 'Asia/Ho_Chi_Minh', what: 'Time zone of the office (IANA name, `Europe/Paris`): whose midnight ends a day on boards and in the tree of units, and what a task, meeting or report is dated in that names no zone. Set it before the first use; past days stay as they were counted.',
    must: { vi: 'phải là tên múi giờ (Asia/Ho_Chi_Minh)', en: 'must be the name of a time zone (Europe/Paris)' }, parse: (text) => (isZone(text) ? text : undefined),
  }),
  maxFileMb: variable({
    name: 'SANSANG_MAX_FILE_MB', standard: '25', what: 'Largest attachment, in megabytes.',
    must: { vi: 'phải là số từ 1 đến 1000', en: 'must be a number from 1 to 1000' }, parse: number(1, 1000),
  }),
  maxBasemapMb: variable({
    name: 'SANSANG_MAX_BASEMAP_MB', standard: '2000', what: 'Largest basemap (PMTiles or MBTiles), in megabytes. It lies with the attachments and is in every backup.',
    must: { vi: 'phải là số từ 1 đến 100000', en: 'must be a number from 1 to 100000' }, parse: number(1, 100_000),
  }),
  secretKey: variable({
    name: 'SANSANG_SECRET_KEY', standard: '', what: 'Key that encrypts attachments, and the secrets of second factors and of the identity provider: 32 bytes in base64 (`openssl rand -base64 32`). Several with commas between: the first encrypts, all decrypt. Default: made at first use in the data folder (`keys/secret`).',
    must: { vi: 'phải là khóa 32 byte dạng base64 (openssl rand -base64 32); nhiều khóa cách nhau bằng dấu phẩy', en: 'must be a key of 32 bytes in base64 (openssl rand -base64 32); several with commas between' }, parse: optional(parseKeys),
  }),
  secretKeyFile: variable({
    name: 'SANSANG_SECRET_KEY_FILE', standard: '', what: 'A file that holds the same, one key a line: for a PostgreSQL of your own, where a secret is mounted.',
    must: { vi: 'phải là tệp đọc được, mỗi dòng một khóa 32 byte dạng base64', en: 'must be a readable file with a key of 32 bytes in base64 on each line' }, parse: optional(keysIn),
  }),
  oidcIssuer: variable({
    name: 'SANSANG_OIDC_ISSUER', standard: '', what: 'The organisation\'s identity provider (OpenID Connect), as `https://` address; goes before what is set in the app. Default: the one connected in the app, if any.',
    must: { vi: 'phải là địa chỉ https:// (http:// chỉ trên chính máy này), không có ? và #', en: 'must be an https:// address (http:// only on this very machine) without ? and #' }, parse: optional((text) => (isSafeAddress(text) ? text : undefined)),
  }),
  oidcClientId: variable({
    name: 'SANSANG_OIDC_CLIENT_ID', standard: '', what: 'What the provider calls this installation. Needed with SANSANG_OIDC_ISSUER.',
    must: { vi: 'phải có từ 1 đến 200 ký tự', en: 'must have 1 to 200 characters' }, parse: optional((text) => (text.length <= 200 ? text : undefined)),
  }),
  oidcClientSecret: variable({
    name: 'SANSANG_OIDC_CLIENT_SECRET', standard: '', what: 'The secret that the provider gave for it. Default: none (a public client, protected by PKCE alone).',
    must: { vi: 'phải có từ 1 đến 400 ký tự', en: 'must have 1 to 400 characters' }, parse: optional((text) => (text.length <= 400 ? text : undefined)),
  }),
  oidcAccountClaim: variable({
    name: 'SANSANG_OIDC_ACCOUNT_CLAIM', standard: '', what: 'The claim that equals the account\'s name (`preferred_username`). Default: accounts are known by their mail address, which the provider must have verified.',
    must: { vi: 'phải là tên một thuộc tính', en: 'must be the name of a claim' }, parse: optional((text) => (/^[\w:./-]{1,80}$/.test(text) ? text : undefined)),
  }),
  backupDir: variable({
    name: 'SANSANG_BACKUP_DIR', standard: '', what: 'Where backups that are begun in the app lie; best on another disk. A relative path counts from the program\'s folder. Default: `backups` in the data folder.',
    must: { vi: 'phải là đường dẫn một thư mục', en: 'must be the path of a folder' }, parse: optional((text) => (text.includes('\0') ? undefined : resolve(PROGRAM, text))),
  }),
  webhookPrivate: variable({
    name: 'SANSANG_WEBHOOK_PRIVATE', standard: 'no', what: 'Whether webhooks may be sent to addresses of a private network, or of this machine: `yes` or `no`.',
    must: { vi: 'phải là yes hoặc no', en: 'must be yes or no' }, parse: oneOf('yes', 'no'),
  }),
  metricsToken: variable({
    name: 'SANSANG_METRICS_TOKEN', standard: '', what: 'Lets a scraper on another machine read `/metrics` with `Authorization: Bearer`. Default: only this machine may.',
    must: { vi: 'phải có ít nhất 16 ký tự', en: 'must have at least 16 characters' }, parse: optional((text) => (text.length >= 16 ? text : undefined)),
  }),
  log: variable({
    name: 'SANSANG_LOG', standard: 'info', what: 'Least level of the log lines on standard error: `error`, `warn`, `info` or `debug`.',
    must: { vi: 'phải là error, warn, info hoặc debug', en: 'must be error, warn, info or debug' }, parse: oneOf('error', 'warn', 'info', 'debug'),
  }),
  lang: variable({
    name: 'SANSANG_LANG', standard: '', what: 'Language of the command line: `vi` or `en`. Default: `vi` where LANG begins with vi, else `en`.',
    must: { vi: 'phải là vi hoặc en', en: 'must be vi or en' }, parse: optional(oneOf('vi', 'en')),
  }),
  chromium: variable({
    name: 'SANSANG_CHROMIUM', standard: '', what: 'Only `npm test`: the Chromium to test with. Default: the one on PATH.',
    must: { vi: 'phải là đường dẫn một tệp', en: 'must be the path of a file' }, parse: optional((text) => text),
  }),
}

type Parsed = { [K in keyof typeof VARIABLES]: Exclude<ReturnType<(typeof VARIABLES)[K]['parse']>, undefined> }
export type Config = Omit<Parsed, 'lang' | 'secretKeyFile'> & {
  lang: 'vi' | 'en'
  /** Path prefix of every address, without the last slash: '' or '/sansang'. */
  prefix: string
  /** True where SANSANG_DATA or --data named the folder. */
  dataNamed: boolean
}

/** Reads and checks all at once, so that one start names every mistake. `data` is what --data said. */
export function readConfig(env: Record<string, string | undefined> = process.env, data?: string): Config {
  const wrong: Text[] = []
  const known = new Set<string>(Object.values(VARIABLES).map(({ name }) => name))
  for (const name of Object.keys(env)) {
    if (name.startsWith('SANSANG_') && !name.startsWith('SANSANG_TEST_') && !known.has(name)) wrong.push({ vi: `Không có biến ${name}; xem bảng biến trong docs/operations.md.`, en: `There is no variable ${name}; docs/operations.md has the table of all.` })
  }
  const parsed: Record<string, unknown> = {}
  for (const [key, { name, standard, must, parse }] of Object.entries<Variable<unknown>>(VARIABLES)) {
    const text = env[name]?.trim() || standard
    parsed[key] = parse(text)
    const shown = (name.endsWith('_URL') || name.endsWith('_TOKEN') || name.endsWith('_KEY') || name.endsWith('_SECRET')) && name !== 'SANSANG_PUBLIC_URL' ? name : `${name}=${text}` // may hold a password
    if (parsed[key] === undefined) wrong.push({ vi: `${shown}: ${must.vi}.`, en: `${shown}: ${must.en}.` })
  }
  const read = parsed as Parsed
  if (read.smtpUrl && !read.mailFrom) wrong.push({ vi: 'SANSANG_MAIL_FROM: cần có khi đặt SANSANG_SMTP_URL.', en: 'SANSANG_MAIL_FROM: needed when SANSANG_SMTP_URL is set.' })
  if (read.mailFrom && !read.smtpUrl) wrong.push({ vi: 'SANSANG_SMTP_URL: cần có khi đặt SANSANG_MAIL_FROM.', en: 'SANSANG_SMTP_URL: needed when SANSANG_MAIL_FROM is set.' })
  if (Boolean(read.oidcIssuer) !== Boolean(read.oidcClientId)) wrong.push({ vi: 'SANSANG_OIDC_ISSUER và SANSANG_OIDC_CLIENT_ID: đặt cả hai, hoặc không đặt.', en: 'SANSANG_OIDC_ISSUER and SANSANG_OIDC_CLIENT_ID: set both or neither.' })
  if (read.secretKey && read.secretKeyFile) wrong.push({ vi: 'SANSANG_SECRET_KEY và SANSANG_SECRET_KEY_FILE: chỉ đặt một.', en: 'SANSANG_SECRET_KEY and SANSANG_SECRET_KEY_FILE: set only one.' })
  if (wrong.length > 0) throw new Refused({ vi: wrong.map(({ vi }) => vi).join('\n'), en: wrong.map(({ en }) => en).join('\n') })
  const { secretKeyFile, ...rest } = read
  return {
    ...rest, secretKey: rest.secretKey ?? secretKeyFile, lang: read.lang ?? ((env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '').startsWith('vi') ? 'vi' : 'en'),
    data: data === undefined ? read.data : resolve(data), dataNamed: data !== undefined || Boolean(env['SANSANG_DATA']?.trim()),
    prefix: (read.publicUrl?.pathname ?? '').replace(/\/+$/, ''),
  }
}
