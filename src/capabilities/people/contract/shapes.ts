// What goes in and out about people.
import * as z from 'zod'
import { Instant, Lang, Text, order } from '../../../kernel/contract.ts'
import { roleNames } from './roles.ts'

/** What is typed to sign in: small letters, digits, dot and hyphen. A unit's head usually gets the unit's code. */
export const Account = z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)
export const PersonName = z.string().trim().min(1).max(120)
const Title = z.string().trim().max(120)
const Phone = z.string().trim().regex(/^\+?[0-9][0-9 .()-]{3,24}$/)
const Email = z.email().max(200)
export const RoleName = z.enum(roleNames)
/** A code of the authenticator app. */
export const Code = z.string().trim().regex(/^[0-9]{6}$/)
/** That, or one of the recovery codes on paper: twelve letters and digits, with or without hyphens. */
export const SecondCode = Code.or(z.string().trim().max(24).regex(/^[0-9A-Za-z]{4}[ -]*[0-9A-Za-z]{4}[ -]*[0-9A-Za-z]{4}$/))
/** Taken as typed, up to a bound that stops a flood. */
const Secret = z.string().min(1).max(1024)
export const Scope = z.string().regex(/^[a-z_]+\.[a-z_]+$/).max(60)

/** Asked again before what would let somebody in: the password, and the code where a second factor is on. */
export const Proof = z.object({ password: Secret.optional(), code: SecondCode.optional() })
export type Proof = z.infer<typeof Proof>

export const UnitName = z.object({ id: z.uuid(), code: z.string(), name: z.string(), kind: z.string() })
export const PersonRef = z.object({ id: z.uuid(), name: z.string().nullable() })

/** `unit` null: the whole forest. `delegatedBy`: holds while that person's own grant does. `state`: to come, in force, over. */
export const Grant = z.object({
  id: z.uuid(), person: PersonRef, role: RoleName, unit: UnitName.nullable(), startsAt: Instant, endsAt: Instant.nullable(),
  delegatedBy: PersonRef.nullable(), fromGrantId: z.uuid().nullable(), state: z.enum(['coming', 'in_force', 'over']),
})
export type Grant = z.infer<typeof Grant>

/** `access`: none (nothing issued yet), slip (issued, not used), password, link (demonstration), left, erased. `blocked`: too many failures; a new slip opens it. */
export const Person = z.object({
  id: z.uuid(), name: z.string().nullable(), title: z.string().nullable(), account: z.string().nullable(), unit: UnitName.nullable(), roles: z.array(RoleName),
  access: z.enum(['none', 'slip', 'password', 'left', 'erased']), blocked: z.boolean(), secondFactor: z.boolean(), signedInOn: z.iso.date().nullable(), version: z.int(),
})
export type Person = z.infer<typeof Person>
export const PersonDetail = Person.extend({ grants: z.array(Grant) })
export const Contact = z.object({ phone: z.string().nullable(), email: z.string().nullable(), until: Instant, version: z.int() })

/** Which mails: reminders and the like as they come, and each morning what is due (`all`); only the morning's (`daily`); none (`off`). */
export const Mails = z.enum(['all', 'daily', 'off'])
/** `lang` null: never chosen. `mailed`: this installation has a mail server and the account an address. */
export const Settings = z.object({ lang: Lang.nullable(), mails: Mails, mailed: z.boolean() })
export type Settings = z.infer<typeof Settings>
export const ChangeSettings = z.object({ lang: Lang.optional(), mails: Mails.optional() })

/** A signed-in account. `mustSetPassword`: came by a slip or a first link; until then nothing else may be done. */
export const Me = z.object({
  id: z.uuid(), name: z.string().nullable(), title: z.string().nullable(), account: z.string().nullable(), unit: UnitName.nullable(), grants: z.array(Grant), rights: z.array(z.string()),
  secondFactor: z.boolean(), /** Recovery codes that are left. */ recoveryCodes: z.int(), mustSetPassword: z.boolean(), hasPassword: z.boolean(), demo: z.boolean(), sessionUntil: Instant.nullable(), version: z.int(), settings: Settings, /** Whose midnight ends a day of this installation. */ zone: z.string(),
})
export type Me = z.infer<typeof Me>
/** `code`: the password was right, a second factor is on: send the same again with its code; by the identity provider, with the `ticket` given here. */
export const SignedIn = z.discriminatedUnion('next', [z.object({ next: z.literal('code'), ticket: z.string().optional() }), z.object({ next: z.literal('done'), me: Me })])
export type SignedIn = z.infer<typeof SignedIn>

export const Session = z.object({
  id: z.uuid(), current: z.boolean(), by: z.enum(['password', 'slip', 'link', 'demo', 'passkey', 'provider']), secondFactor: z.boolean(), startedAt: Instant, seenAt: Instant, until: Instant,
  address: z.string().nullable(), agent: z.string().nullable(),
})
export const Token = z.object({ id: z.uuid(), name: z.string(), scopes: z.array(z.string()), createdAt: Instant, usedAt: Instant.nullable(), until: Instant })

/** `blocked`: its counter went back, so it may have been copied; it opens nothing. `synced`: its owner may have it on several devices. */
export const Passkey = z.object({ id: z.uuid(), name: z.string(), createdAt: Instant, usedAt: Instant.nullable(), synced: z.boolean(), blocked: z.boolean() })
export type Passkey = z.infer<typeof Passkey>

/** All that is held on the asker, and who read it. */
export const Held = z.object({
  contact: z.object({ name: z.string().nullable(), title: z.string().nullable(), account: z.string().nullable(), phone: z.string().nullable(), email: z.string().nullable(),
    lang: Lang.nullable(), mails: Mails, purpose: Text, retention: Text, until: Instant }),
  grants: z.array(Grant), sessions: z.array(Session), tokens: z.array(Token), passkeys: z.array(Passkey), secondFactor: z.boolean(), recoveryCodes: z.int(),
  provider: z.object({ issuer: z.string(), linkedAt: Instant, usedAt: Instant }).nullable(),
  /** What the record says of my own acts: how many lines, from when to when, and of which kinds. What they say stays in the record of the work. */
  acts: z.object({ lines: z.int(), firstAt: Instant.nullable(), lastAt: Instant.nullable(), types: z.array(z.object({ type: z.string(), lines: z.int() })) }),
  readBy: z.array(z.object({ person: PersonRef, at: Instant, what: Text })),
  calendars: z.array(z.object({ name: z.string(), madeAt: Instant, usedAt: Instant.nullable(), until: Instant })), /** When home was last looked at. */ lookedAt: Instant.nullable(),
  /** My own readings of graded records, in the log of their keepers. */ readings: z.object({ count: z.int(), firstAt: Instant.nullable(), lastAt: Instant.nullable() }),
})

/** One printed slip. The code is shown once; it opens the account until a password is set or `until`. */
export const Slip = z.object({ personId: z.uuid(), account: z.string(), name: z.string().nullable(), role: RoleName.nullable(), unit: UnitName.nullable(), parents: z.array(z.string()), code: z.string(), until: Instant })
export type Slip = z.infer<typeof Slip>
export const Slips = z.object({ slips: z.array(Slip), address: z.string() })

const contact = { name: PersonName.nullable(), title: Title.nullable(), phone: Phone.nullable(), email: Email.nullable() }
export const ContactFields = z.object(contact)
const dates = { startsAt: Instant.optional(), endsAt: Instant.nullable().optional() }

export const AddPerson = z.object({
  ...order, unitId: z.uuid().nullable(), account: Account, name: PersonName, title: Title.nullable().default(null), phone: Phone.nullable().default(null), email: Email.nullable().default(null),
  role: RoleName.optional(), ...dates,
})
export const ChangePerson = z.object({
  ...order, personId: z.uuid(), expectedVersion: z.int().min(1), account: Account.optional(), unitId: z.uuid().optional(), ...z.object(contact).partial().shape,
})
/** A mail address may be what an identity provider's account is known by: who changes it proves who they are. */
export const ChangeMe = z.object({ ...Proof.shape, orderId: order.orderId, expectedVersion: z.int().min(1), ...z.object(contact).partial().shape })
export const ForPerson = z.object({ ...order, personId: z.uuid() })
export const IssueSlip = ForPerson.extend({ removeSecondFactor: z.boolean().default(false), days: z.int().min(1).max(30).default(14) })

/** Most accounts made or slips issued by one order. */
export const MOST_AT_ONCE = 5000
/** One account for each unit of these kinds below `unitId` that has none of this role: named by the unit's code. */
export const IssueAccounts = z.object({
  ...order, unitId: z.uuid(), kinds: z.array(z.string().max(32)).min(1).max(20), role: RoleName.exclude(['administrator']).default('head'), days: z.int().min(1).max(30).default(14),
})
/** New slips for accounts below `unitId`: for those that never signed in, or for all that are named. */
export const IssueSlips = z.object({ ...order, unitId: z.uuid(), personIds: z.array(z.uuid()).min(1).max(MOST_AT_ONCE).optional(), days: z.int().min(1).max(30).default(14) })

export const GiveGrant = z.object({ ...order, personId: z.uuid(), role: RoleName, unitId: z.uuid().nullable(), ...dates })
export const EndGrant = z.object({ ...order, grantId: z.uuid(), endsAt: Instant.optional(), reason: z.string().trim().min(1).max(500).optional() })
export const MOST_DELEGATED_DAYS = 90
export const Delegate = z.object({ ...order, grantId: z.uuid(), toPersonId: z.uuid(), startsAt: Instant.optional(), endsAt: Instant })

/** 4 MiB is forty thousand lines. */
export const MAX_STAFF_FILE = 4 * 1024 * 1024
/** Columns `account,name,unit_code[,title,phone,email,role,until]`: the file's own bytes in base64, so that its encoding is judged, or its text. */
export const StaffFile = z.object({ base64: z.base64().max(Math.ceil(MAX_STAFF_FILE / 3) * 4).optional(), csv: z.string().max(MAX_STAFF_FILE).optional(), scheme: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/).default('admin'), /** Leading zeros that a spreadsheet dropped from unit codes are put back. */ zeros: z.boolean().default(false) })
export const StaffProblem = z.object({ line: z.int().nullable(), code: z.string(), message: z.string() })
export const StaffPreview = z.object({
  listed: z.int(), added: z.int(), changed: z.int(), same: z.int(), granted: z.int(), /** Lines whose unit code seems to have lost its zeros. */ zeros: z.int(), problems: z.array(StaffProblem),
  /** The first fifty, to look at before it is done. */
  sample: z.array(z.object({ line: z.int(), account: z.string(), name: z.string(), unit: z.string(), role: RoleName.nullable(), does: z.enum(['add', 'change', 'same']) })),
  seen: z.string(),
})

export type AddPerson = z.infer<typeof AddPerson>
export type ChangePerson = z.infer<typeof ChangePerson>
export type ChangeMe = z.infer<typeof ChangeMe>
export type GiveGrant = z.infer<typeof GiveGrant>
export type EndGrant = z.infer<typeof EndGrant>
export type Delegate = z.infer<typeof Delegate>
export type IssueAccounts = z.infer<typeof IssueAccounts>
export type StaffPreview = z.infer<typeof StaffPreview>
export type Session = z.infer<typeof Session>
export type Token = z.infer<typeof Token>
export type PersonDetail = z.infer<typeof PersonDetail>
export type Held = z.infer<typeof Held>
