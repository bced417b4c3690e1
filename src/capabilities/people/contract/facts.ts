// What the journal keeps of people: ids, roles, units, dates. Never a name, an address, an account name or a reason in clear.
import type { Role } from './roles.ts'

/** A text about a person lives in private_texts; the fact proves it. */
export type TextRef = { id: string; hash: string }

/** `unitId` null: the whole forest, also roots that come later. `from`: the grant that a delegation rests on. */
export type GrantFields = { grantId: string; role: Role; unitId: string | null; startsAt: string; endsAt: string | null }

/** Stream `people`, about `person:<id>`. `unitId` is the unit whose level above looks after the account; null: none above. `importId`: the list that brought it. */
export type PersonAdded = { type: 'person.added.v1'; personId: string; unitId: string | null; grants: GrantFields[]; importId?: string }
/** Name, contacts, account name or unit changed; only which fields, never their content. */
export type PersonChanged = { type: 'person.changed.v1'; personId: string; unitId: string | null; fields: string[] }
/** Another gave a new way in: a printed slip or a one-time link. */
export type AccessIssued = { type: 'person.access_issued.v1'; personId: string; by: 'slip' | 'link'; secondFactor: 'kept' | 'removed' }
/** No longer works here: every grant ends, nobody signs in with the account. */
export type PersonLeft = { type: 'person.left.v1'; personId: string }
/** Names, contacts, account and secrets are gone; ids stay. Applied again after every restore. */
export type PersonErased = { type: 'person.erased.v1'; personId: string; why: 'asked' | 'retention' }
export type GrantGiven = { type: 'grant.given.v1'; personId: string; importId?: string } & GrantFields
/** `grantId` stands on `fromGrantId` and is in force only while that one is. */
export type GrantDelegated = { type: 'grant.delegated.v1'; personId: string; fromGrantId: string; fromPersonId: string } & GrantFields
export type GrantEnded = { type: 'grant.ended.v1'; personId: string; grantId: string; endsAt: string; reason: TextRef | null }

/** A way in that its owner turned on or off; blocked by the system, for a passkey that seems to be copied. What it is called and its keys stand beside the journal. */
export type FactorChanged = { type: 'person.factor_changed.v1'; personId: string; what: keyof typeof peopleWords; factorId: string | null }

export type PeopleFact = FactorChanged | PersonAdded | PersonChanged | AccessIssued | PersonLeft | PersonErased | GrantGiven | GrantDelegated | GrantEnded

/** Words of the codes above. */
export const peopleWords = {
  app_added: { vi: 'bật xác thực hai lớp', en: 'turned the second factor on' }, app_removed: { vi: 'tắt xác thực hai lớp', en: 'turned the second factor off' }, recovery_codes_renewed: { vi: 'tạo bộ mã dự phòng mới', en: 'made new recovery codes' },
  passkey_added: { vi: 'thêm một khóa truy cập', en: 'added a passkey' }, passkey_removed: { vi: 'bỏ một khóa truy cập', en: 'removed a passkey' }, passkey_blocked: { vi: 'một khóa truy cập bị chặn vì nghi bị sao chép', en: 'a passkey was blocked, perhaps copied' },
  provider_linked: { vi: 'gắn với hệ thống định danh của cơ quan', en: 'linked to the identity provider' }, provider_unlinked: { vi: 'bỏ gắn với hệ thống định danh của cơ quan', en: 'unlinked from the identity provider' },
} as const

export const peopleStories: Record<PeopleFact['type'], { vi: string; en: string }> = {
  'person.added.v1': { vi: 'Lập tài khoản cho một người tham gia nhiệm vụ', en: 'Added an account for a person' },
  'person.changed.v1': { vi: 'Sửa thông tin của một người tham gia nhiệm vụ', en: 'Changed the details of a person' },
  'person.access_issued.v1': { vi: 'Cấp lại cách đăng nhập ({by})', en: 'Issued a new way to sign in ({by})' },
  'person.factor_changed.v1': { vi: 'Cách đăng nhập của tài khoản: {what}', en: 'Ways to sign in: {what}' },
  'person.left.v1': { vi: 'Thôi tham gia: kết thúc mọi phân quyền và phiên đăng nhập', en: 'Left: every grant and session ended' },
  'person.erased.v1': { vi: 'Xóa dữ liệu cá nhân', en: 'Erased personal data' },
  'grant.given.v1': { vi: 'Phân quyền {role} từ {startsAt}', en: 'Granted the role {role} from {startsAt}' },
  'grant.delegated.v1': { vi: 'Ủy quyền {role} từ {startsAt} đến {endsAt}', en: 'Delegated the role {role} from {startsAt} until {endsAt}' },
  'grant.ended.v1': { vi: 'Kết thúc phân quyền từ {endsAt}', en: 'Ended a grant from {endsAt}' },
}
