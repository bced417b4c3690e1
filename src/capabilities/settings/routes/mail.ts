// The server that mails leave through, as an administrator sets it. Its password is encrypted with the key outside the database, and answered to nobody.
import { Refusal } from '../../../kernel/commit.ts'
import type { Decision } from '../../../kernel/commit.ts'
import { uuidv7 } from '../../../kernel/ids.ts'
import type { Reader } from '../../../kernel/db.ts'
import { MailFault, openMail } from '../../../kernel/mail.ts'
import type { Mailer } from '../../../kernel/mail.ts'
import { isLocal } from '../../../pure/addresses.ts'
import type { MailConnected, MailDisconnected, SettingsRefused } from '../contract.ts'
import { dropSecret, keepSecret, mayManage, sealedSecret, settingsNow } from '../store.ts'
import type { Row } from '../store.ts'
import { STREAM, api, must } from './api.ts'
import type { Needs } from './api.ts'
import { openedSecret } from './secrets.ts'

const NAME = 'mail'
const WHOSE = 'settings:mail'
/** The password of one server and account opens no other. */
const about = ({ host, port, user }: { host: string; port: number; user: string }): string => `${host}\n${port}\n${user}`
const senderOf = ({ fromName, fromAddress }: { fromName: string; fromAddress: string }): string => (fromName ? `${fromName} <${fromAddress}>` : fromAddress)

type Set = NonNullable<Row['mail']>
/** `mailer` undefined: its password is kept under a key that is gone. */
export type MailNow = { mailer: Mailer | undefined; from: string; server: string; by: 'settings' | 'environment'; set: (Set & { password: 'kept' | 'none' | 'lost' }) | null }

/** `environment` goes before. What is set here is opened when it is first asked for, and anew when it was changed, in this process or another. */
export function openMails({ environment, ...needs }: Pick<Needs, 'keys' | 'side'> & { environment: { mailer: Mailer; from: string; server: string } | undefined }): { now: Needs['mail']; /** Without opening it. */ on: (read: Reader) => Promise<boolean>; close: () => void } {
  let last: { key: string; mailer: Mailer } | undefined
  const mailerOf = (set: Set, password: string | undefined): Mailer => {
    const key = JSON.stringify([set, password])
    if (last?.key !== key) {
      last?.mailer.close()
      const { host, port, tls, user, fromName: name, fromAddress: address } = set
      last = { key, mailer: openMail({ host, port, tls, ...(user ? { user, password: password ?? '' } : {}) }, { name, address }) }
    }
    return last.mailer
  }
  return {
    now: async (read) => {
      if (environment) return { ...environment, by: 'environment', set: null }
      const { mail: set } = await settingsNow(read)
      if (!set) return undefined
      const { opened, state } = await openedSecret(needs, read, NAME, about(set), WHOSE)
      return { mailer: state === 'lost' ? undefined : mailerOf(set, opened), from: senderOf(set), server: `${set.host}:${set.port}`, by: 'settings', set: { ...set, password: state } }
    },
    on: async (read) => environment !== undefined || (await settingsNow(read)).mail !== null,
    close: () => last?.mailer.close(),
  }
}

const TEST = {
  vi: { subject: 'Thư thử từ Sẵn Sàng', text: (address: string) => `Nếu bạn đọc được thư này thì máy chủ thư của hệ thống đã gửi được.\n\n${address}\n` },
  en: { subject: 'Test mail from Sẵn Sàng', text: (address: string) => `If you can read this, the mail server of the system works.\n\n${address}\n` },
}
const WHY = { name: 'MAIL_NAME', away: 'MAIL_AWAY', tls: 'MAIL_TLS', sign_in: 'MAIL_SIGN_IN', sender: 'MAIL_SENDER' } as const
function refusalOf(error: unknown): unknown {
  if (!(error instanceof MailFault)) return error
  return error.why === 'other' ? new Refusal('MAIL_FAILED', { why: error.code }) : new Refusal(WHY[error.why])
}

export const mailRoutes = (needs: Needs) => ({
  connectMail: api.connectMail.handler(async ({ input, context }) => {
    const { actor, commit } = context
    const { password, orderId, told, expectedVersion, ...wanted } = input
    const sealed = password && wanted.user ? needs.keys().seal(Buffer.from(password), WHOSE) : undefined
    return commit<{ version: number }>({ id: orderId, kind: 'mail.connect.v1', streams: [STREAM], body: { ...wanted, expectedVersion, password: Boolean(password) }, told }, async (read): Promise<Decision<MailConnected, SettingsRefused, { version: number }>> => {
      if (!(await mayManage(read, actor))) return { refused: 'FORBIDDEN' }
      if ((await needs.mail(read))?.by === 'environment') return { refused: 'MAIL_BY_ENVIRONMENT' }
      const now = await settingsNow(read)
      if (now.version !== expectedVersion) return { refused: 'CHANGED', data: { version: now.version, changed: ['mail'] } }
      if (wanted.tls === 'none' && !isLocal(wanted.host)) return { refused: 'MAIL_PLAIN' }
      const kept = wanted.user !== '' && !sealed
      if (kept && !(await sealedSecret(read, NAME, about(wanted)))) return { refused: 'MAIL_PASSWORD_MISSING' }
      return {
        facts: [{ type: 'mail.connected.v1', ...wanted, password: sealed ? 'new' : kept ? 'kept' : 'none' }], answer: { version: now.version + 1 },
        ...(kept ? {} : { aside: async (side) => { await (sealed ? keepSecret(side, NAME, about(wanted), sealed) : dropSecret(side, NAME)) } }),
      }
    })
  }),

  disconnectMail: api.disconnectMail.handler(async ({ input, context }) => {
    const { actor, commit } = context
    return commit<{ version: number }>({ id: input.orderId, kind: 'mail.disconnect.v1', streams: [STREAM], body: input, told: input.told }, async (read): Promise<Decision<MailDisconnected, SettingsRefused, { version: number }>> => {
      if (!(await mayManage(read, actor))) return { refused: 'FORBIDDEN' }
      if ((await needs.mail(read))?.by === 'environment') return { refused: 'MAIL_BY_ENVIRONMENT' }
      const now = await settingsNow(read)
      if (now.version !== input.expectedVersion) return { refused: 'CHANGED', data: { version: now.version, changed: ['mail'] } }
      if (!now.mail) return { refused: 'MAIL_OFF' }
      return { facts: [{ type: 'mail.disconnected.v1' }], answer: { version: now.version + 1 }, aside: async (side) => { await dropSecret(side, NAME) } }
    })
  }),

  testMail: api.testMail.handler(async ({ context }) => {
    await must(context)
    const { read, actor, lang } = context
    const mail = await needs.mail(read)
    if (!mail) throw new Refusal('MAIL_OFF')
    if (!mail.mailer) throw new Refusal('MAIL_PASSWORD_MISSING')
    const to = await needs.mailboxOf(read, actor.id)
    if (!to) throw new Refusal('MAIL_ADDRESS')
    const { subject, text } = TEST[lang]
    const sent = await mail.mailer.send({ to, subject, text: text(needs.address()), id: uuidv7() }).catch((error: unknown) => { throw refusalOf(error) })
    if (sent !== 'sent') throw new Refusal('MAIL_RECIPIENT', { address: to.address })
    return { sent: true }
  }),
})
