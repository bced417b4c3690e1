// Reminders by mail, as jobs: one mail for each person gathers what came in the meantime, and one each morning says what is due. Without a mail server nothing leaves.
import { rightsOfRole } from '../../../kernel/access.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Job, Works } from '../../../kernel/jobs.ts'
import type { Logger } from '../../../kernel/log.ts'
import type { Mailer } from '../../../kernel/mail.ts'
import { dayIn, timeIn } from '../../../pure/calendar.ts'
import type { DigestPart, DigestSource, InboxSource } from '../contract.ts'
import { composeMail, mailed } from '../decide/mail.ts'
import type { MailedKind, MailGroup } from '../decide/mail.ts'
import { sentenceOf } from '../decide/words.ts'
import type { Sentences } from '../decide/words.ts'
import { claimMorning, claimNews, giveBackMorning, giveBackNews, itemsToTell, passMorning, personsOfMorning, personsToTell } from '../store/mail.ts'

export type MailNeeds = {
  /** The one in force as a run begins; undefined: no mail is sent. */
  mailer: () => Promise<Mailer | undefined>; read: Reader; side: SideWriter; log: Logger; zone: string
  /** The public address, without a slash at the end. */
  address: string
  sources: InboxSource[]
  digests: DigestSource[]
  /** Names and addresses of those who want mail, asked as it leaves. */
  mailboxes: (read: Reader, personIds: string[]) => Promise<{ personId: string; name: string; address: string }[]>
}
type Letter = { personId: string; id: string; subject: string; text: string; claim: () => Promise<boolean>; giveBack: () => Promise<unknown> }

/** What is older than a day is no news; the morning's mail says what is still to do. */
const NEWS_MS = 24 * 3600_000
const [FROM_HOUR, UNTIL_HOUR] = ['07:00', '12:00']
const PAGE = 200
const LINES = 5
const FIRST = '00000000-0000-0000-0000-000000000000'
const KINDS = Object.keys(mailed) as MailedKind[]

/** How many people have news that no mail told them of; a full page is as many as are counted. */
export const mailsWaiting = async (read: Reader, at: Date): Promise<number> => (await personsToTell(read, new Date(at.getTime() - NEWS_MS), KINDS, FIRST, PAGE)).length

export function mailWorks(needs: MailNeeds): Works {
  const { read, side, zone, address } = needs
  const sentences = Object.assign({}, ...needs.sources.map((source) => source.sentences)) as Sentences

  const news = async (at: Date, after: string) => {
    const since = new Date(at.getTime() - NEWS_MS)
    const persons = await personsToTell(read, since, KINDS, after, PAGE)
    const items = Map.groupBy(persons.length > 0 ? await itemsToTell(read, since, KINDS, persons, LINES) : [], (item) => item.personId)
    const letters = persons.flatMap((person): Letter[] => {
      const mine = Map.groupBy(items.get(person.personId) ?? [], (item) => item.kind)
      const groups = KINDS.flatMap((kind): MailGroup[] => {
        const found = mine.get(kind)
        return found ? [{
          heading: mailed[kind], count: found[0]!.count, more: `/inbox?kind=${kind}`,
          lines: found.map((item) => ({ text: sentenceOf({ ...item, count: item.n }, sentences, person.lang), due: item.due_at, about: { kind: item.about_kind, id: item.about_id } })),
        }] : []
      })
      const mail = composeMail('news', groups, { lang: person.lang, at, zone, address })
      return mail ? [{ personId: person.personId, id: derivedId(new Date(0), 'mail', 'news', person.personId, person.from), ...mail, claim: () => claimNews(side, person), giveBack: () => giveBackNews(side, person) }] : []
    })
    return { letters, last: persons.length === PAGE ? persons.at(-1)!.personId : undefined }
  }

  const morning = async (at: Date, after: string) => {
    const today = dayIn(at, zone)
    const persons = await personsOfMorning(read, today, after, PAGE)
    const units = [...new Set(persons.flatMap((person) => person.held.map(({ unit }) => unit)))]
    const parts: (DigestPart & { heading: { vi: string; en: string } })[] = []
    for (const source of units.length > 0 ? needs.digests : []) {
      const told = await source.tell(read as never, units, at, persons.map((person) => person.personId))
      for (const [section, heading] of Object.entries(source.sections)) parts.push(...told.filter((part) => part.section === section).map((part) => ({ ...part, heading })))
    }
    const letters: Letter[] = []
    const idle: string[] = []
    for (const { personId, lang, held } of persons) {
      const mine = Map.groupBy(parts.filter((part) => (part.personId ? part.personId === personId : held.some(({ unit, role }) => unit === part.unitId && (!part.right || rightsOfRole(role).includes(part.right))))), (part) => part.section)
      const groups = [...mine.values()].map((some): MailGroup => ({
        heading: some[0]!.heading, count: some.reduce((sum, part) => sum + part.count, 0), more: some[0]!.more,
        lines: some.flatMap((part) => part.lines).slice(0, LINES).map((line) => ({ text: line.text[lang], due: line.due, about: line.about })),
      }))
      const mail = composeMail('digest', groups, { lang, at, zone, address })
      if (!mail) idle.push(personId)
      else letters.push({ personId, id: derivedId(new Date(0), 'mail', 'digest', personId, today), ...mail, claim: () => claimMorning(side, personId, today), giveBack: () => giveBackMorning(side, personId, today) })
    }
    if (idle.length > 0) await passMorning(side, idle, today)
    return { letters, last: persons.length === PAGE ? persons.at(-1)!.personId : undefined }
  }

  /** Page by page. What the mail server puts off stays to be told: the job fails, and the queue comes again. */
  const all = (page: typeof news) => async (_: never, { at, signal }: Job): Promise<void> => {
    const mailer = await needs.mailer()
    if (!mailer) return
    let waits = 0
    for (let after: string | undefined = FIRST; after !== undefined;) {
      const { letters, last } = await page(at, after)
      waits += await post(mailer, needs, letters, signal)
      after = last
    }
    if (waits > 0) throw new Error(`mails that wait: ${waits}`)
  }
  return {
    'inboxes.mail': all(news),
    'inboxes.morning': async (payload, job) => {
      const time = timeIn(job.at, zone)
      if (time >= FROM_HOUR && time < UNTIL_HOUR) await all(morning)(payload, job)
    },
  }
}

/** Two at a time. Answers how many must be tried again; a mail server that is away ends the run. */
async function post(mailer: Mailer, { mailboxes, read, log }: MailNeeds, letters: Letter[], signal: AbortSignal): Promise<number> {
  if (letters.length === 0) return 0
  const boxes = new Map((await mailboxes(read, letters.map((letter) => letter.personId))).map((box) => [box.personId, box]))
  const left = letters.values()
  let waits = 0
  // Both have ended before the run does: what one of them had claimed is given back by then.
  const ended = await Promise.allSettled([1, 2].map(async () => {
    for (const { personId, claim, giveBack, ...mail } of left) {
      if (signal.aborted) throw new Error('the server stops')
      const box = boxes.get(personId)
      if (!box || !(await claim())) continue
      const done = await mailer.send({ ...mail, to: box }).catch(async (error: unknown) => { await giveBack(); throw error })
      if (done === 'later') { await giveBack(); waits++ }
      if (done === 'refused') log.warn('mail.refused', { person: personId })
    }
  }))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return waits
}
