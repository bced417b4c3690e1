// Accounts, sign-in, grants: what may be asked. Secrets travel in bodies and headers only, never in an address, and are answered once.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Instant, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta } from '../../kernel/contract.ts'
import { peopleRefusals } from './contract/refusals.ts'
import {
  AddPerson, ChangeMe, ChangePerson, ChangeSettings, Code, Contact, Delegate, EndGrant, ForPerson, GiveGrant, Grant, Held, IssueAccounts, IssueSlip, IssueSlips, MAX_STAFF_FILE, Me, Person, PersonDetail, Proof, RoleName, Scope, SecondCode,
  Passkey, Session, Settings, SignedIn, Slips, StaffFile, StaffPreview, Token,
} from './contract/shapes.ts'
import { ByProvider, NewPasskey, PasskeyAnswer, PasskeyOptions, ProveMe, ProviderStart, WaysIn } from './contract/ways.ts'

export { ROLES, allRights, personRights, roleNames } from './contract/roles.ts'
export type { Right, Role } from './contract/roles.ts'
export { peopleStories, peopleWords } from './contract/facts.ts'
export type * from './contract/facts.ts'
export { peopleRefusals } from './contract/refusals.ts'
export type { PeopleRefused } from './contract/refusals.ts'
export * from './contract/shapes.ts'
export * from './contract/ways.ts'

const base = oc.$meta<Meta>({ right: 'self' }).errors(errors(peopleRefusals))
const open = (path: `/${string}`, summary: string) => base.meta({ right: 'public' }).route({ method: 'POST', path, tags: ['sign-in'], summary })
const self = (method: 'GET' | 'POST' | 'PATCH', path: `/${string}`, summary: string) => base.meta({ right: 'self' }).route({ method, path, tags: ['me'], summary })
const other = (method: 'GET' | 'POST' | 'PATCH', path: `/${string}`, summary: string, right: Meta['right'], on?: string) =>
  base.meta({ right, ...(on ? { on } : {}) }).route({ method, path, tags: ['people'], summary })

const bring = (path: `/${string}`, summary: string) => base.meta({ right: 'person.edit', limit: 2 * MAX_STAFF_FILE }).route({ method: 'POST', path, tags: ['people'], summary })

const Secret = z.string().min(1).max(1024)
const Done = z.object({})
const RecoveryCodes = z.object({ codes: z.array(z.string()) })
const onePerson = z.object({ personId: z.uuid() })

export const peopleContract = {
  signIn: open('/sign-in', 'Sign in with account and password, or with the code of a printed slip')
    .input(z.object({ account: z.string().trim().min(1).max(80), password: Secret, code: SecondCode.optional() })).output(SignedIn),
  signInByLink: open('/sign-in/link', 'Sign in with a one-time link')
    .input(z.object({ token: z.string().min(20).max(200), code: SecondCode.optional() })).output(SignedIn),
  waysIn: base.meta({ right: 'public' }).route({ method: 'GET', path: '/sign-in/ways', tags: ['sign-in'], summary: 'Which ways to sign in there are here' }).input(Done.optional()).output(WaysIn),
  passkeyChallenge: open('/sign-in/passkey/challenge', 'What a passkey is to sign; good for five minutes and once').input(Done.optional()).output(PasskeyOptions),
  signInByPasskey: open('/sign-in/passkey', 'Sign in with a passkey: no account name, no password, no code').input(z.object({ answer: PasskeyAnswer })).output(SignedIn),
  providerStart: open('/sign-in/provider/start', 'Where the browser goes to sign in with the organisation’s identity provider').input(Done.optional()).output(ProviderStart),
  signInByProvider: open('/sign-in/provider', 'Finish a sign-in with the identity provider, by the address it sent the browser back to').input(ByProvider).output(SignedIn),
  signOut: self('POST', '/sign-out', 'End this session').input(Done.optional()).output(Done),

  me: self('GET', '/me', 'The signed-in account, its grants and rights').output(Me),
  held: self('GET', '/me/data', 'All personal data held on the asker, and who read it').output(Held),
  changeMe: self('PATCH', '/me', 'Correct one’s own name and contacts').input(ChangeMe).output(z.object({ version: z.int() })),
  changeSettings: self('PATCH', '/me/settings', 'Language of the account, and which mails it gets').input(ChangeSettings).output(Settings),
  setPassword: self('POST', '/me/password', 'Change the password, or set the first one after a slip or link')
    .input(z.object({ ...Proof.shape, next: Secret, endOthers: z.boolean().default(true) })).output(Done),
  prove: self('POST', '/me/prove', 'Show again who one is: by password and code, or by a passkey; counts for fifteen minutes').input(ProveMe).output(Done),
  passkeys: self('GET', '/me/passkeys', 'My passkeys').output(z.object({ items: z.array(Passkey) })),
  newPasskeyChallenge: self('POST', '/me/passkeys/challenge', 'What a device is to make a new passkey from').input(Proof).output(PasskeyOptions),
  addPasskey: self('POST', '/me/passkeys', 'Add the passkey that the device made').input(NewPasskey).output(Passkey),
  removePasskey: self('POST', '/me/passkeys/{passkeyId}/remove', 'Remove a passkey').input(Proof.extend({ passkeyId: z.uuid() })).output(Done),
  unlinkProvider: self('POST', '/me/provider/unlink', 'Forget which identity of the provider is mine').input(Proof).output(Done),
  sessions: self('GET', '/me/sessions', 'Where the account is signed in').output(z.object({ items: z.array(Session) })),
  endSession: self('POST', '/me/sessions/{sessionId}/end', 'End one session').input(Proof.extend({ sessionId: z.uuid() })).output(Done),
  endOtherSessions: self('POST', '/me/sessions/end-others', 'End all sessions but this one').input(Proof).output(z.object({ ended: z.int() })),
  startSecondFactor: self('POST', '/me/second-factor', 'A new secret for an authenticator app; on once a code confirms it').input(Proof).output(z.object({ secret: z.string(), uri: z.string() })),
  confirmSecondFactor: self('POST', '/me/second-factor/confirm', 'Turn the second factor on; answers ten recovery codes, shown once').input(z.object({ code: Code })).output(RecoveryCodes),
  newRecoveryCodes: self('POST', '/me/second-factor/codes', 'Ten new recovery codes, shown once; those of before no longer work').input(Proof).output(RecoveryCodes),
  removeSecondFactor: self('POST', '/me/second-factor/remove', 'Turn the second factor off').input(Proof).output(Done),
  tokens: self('GET', '/me/tokens', 'Personal access tokens').output(z.object({ items: z.array(Token) })),
  createToken: self('POST', '/me/tokens', 'A personal access token with scopes, shown once')
    .input(Proof.extend({ name: z.string().trim().min(1).max(80), scopes: z.array(Scope).min(1).max(60), days: z.int().min(1).max(366).default(30) }))
    .output(z.object({ id: z.uuid(), token: z.string(), until: Instant })),
  endToken: self('POST', '/me/tokens/{tokenId}/end', 'End a token').input(z.object({ tokenId: z.uuid() })).output(Done),

  list: other('GET', '/people', 'Accounts of a subtree', 'person.read')
    .input(z.object({ ...cursor, unitId: z.uuid().optional(), q: z.string().max(120).optional(), role: RoleName.optional(), access: z.enum(['none', 'slip', 'password', 'left']).optional() }))
    .output(page(Person)),
  get: other('GET', '/people/{personId}', 'One account and its grants', 'person.read', 'person').input(onePerson).output(PersonDetail),
  contact: other('GET', '/people/{personId}/contact', 'Telephone and mail of a person; the reading is logged', 'person.contact', 'person').input(onePerson).output(Contact),
  add: other('POST', '/people', 'A new account, with its first grant', 'person.edit', 'unit').input(AddPerson).output(z.object({ personId: z.uuid() })),
  change: other('PATCH', '/people/{personId}', 'Correct name, contacts, account name or unit', 'person.edit', 'person').input(ChangePerson).output(z.object({ version: z.int() })),
  leave: other('POST', '/people/{personId}/leave', 'The person leaves: grants and sessions end', 'person.edit', 'person').input(ForPerson).output(Done),
  erase: other('POST', '/people/{personId}/erase', 'Erase the personal data of one who left', 'person.erase', 'person').input(ForPerson).output(Done),
  countSessions: other('GET', '/people/{personId}/sessions/count', 'How many sessions and tokens of an account would end', 'person.reset', 'person').input(onePerson).output(z.object({ sessions: z.int(), tokens: z.int() })),
  endSessions: other('POST', '/people/{personId}/sessions/end', 'End all sessions and tokens of an account', 'person.reset', 'person').input(ForPerson).output(z.object({ ended: z.int() })),
  issueSlip: other('POST', '/people/{personId}/slip', 'A new slip for one account: its password no longer opens it', 'person.reset', 'person').input(IssueSlip).output(Slips),
  issueSlips: other('POST', '/people/slips', 'New slips for accounts of a subtree that have none in use', 'person.reset', 'unit').input(IssueSlips).output(Slips),
  countAccounts: other('GET', '/people/accounts/count', 'How many accounts a bulk issue would make', 'person.edit', 'unit')
    .input(z.object({ unitId: z.uuid(), kinds: z.array(z.string().max(32)).or(z.string().max(32).transform((kind) => [kind])), role: RoleName.default('head') }))
    .output(z.object({ units: z.int(), missing: z.int() })),
  issueAccounts: other('POST', '/people/accounts', 'Accounts in bulk, one a unit, with slips to print', 'person.edit', 'unit').input(IssueAccounts).output(Slips),
  previewStaff: bring('/people/imports/preview', 'What a staff list would add and change').input(StaffFile).output(StaffPreview),
  importStaff: bring('/people/imports', 'Take a staff list over, in one order')
    .input(StaffFile.extend({ orderId: order.orderId, seen: z.string().max(200) })).output(z.object({ importId: z.uuid(), added: z.int(), changed: z.int(), granted: z.int() })),
  undoStaff: other('POST', '/people/imports/{importId}/undo', 'Take a staff list back: accounts that nobody used or changed since are erased, roles that it gave to others end. What it corrected stays', 'person.edit')
    .input(z.object({ orderId: order.orderId, importId: z.uuid() })).output(z.object({ erased: z.int(), ended: z.int(), kept: z.int() })),

  grants: other('GET', '/grants', 'Grants at a unit and below it, or of a person; with acts, those that count at the unit: held there or above', 'person.read')
    .input(z.object({ ...cursor, unitId: z.uuid().optional(), personId: z.uuid().optional(), over: z.stringbool().or(z.boolean()).default(false), acts: z.stringbool().or(z.boolean()).default(false) })).output(page(Grant)),
  give: other('POST', '/grants', 'Grant a role at a unit', 'person.grant', 'unit').input(GiveGrant).output(z.object({ grantId: z.uuid() })),
  end: other('POST', '/grants/{grantId}/end', 'End a grant or a delegation', 'person.grant', 'grant').input(EndGrant).output(Done),
  delegate: other('POST', '/grants/{grantId}/delegate', 'Delegate one’s own role while away', 'person.delegate', 'grant').input(Delegate).output(z.object({ grantId: z.uuid() })),
}
