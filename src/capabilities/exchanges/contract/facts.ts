// What the journal keeps of keys, of packages made and received, and of each record that a package brought.
import type { FileFact } from '../../../kernel/blobs.ts'
import type { Counts, RecordKind } from './package.ts'

export type TextRef = { id: string; hash: string }
/** Stream `exchange:keys`, about `key:<id>`. `unitId`: for which unit, and what is below it, the key may speak. */
export type KeyRegistered = { type: 'key.registered.v1'; keyId: string; installationId: string; publicKey: string; fingerprint: string; name: string; unitId: string; since: string; until: string | null }
export type KeyRevoked = { type: 'key.revoked.v1'; keyId: string; reason: TextRef }

/** Stream `exchange:<unitId>`, about `package:<id>`; so for the next three. `hash`: SHA-256 of the manifest. */
type Chosen = { choices: string[]; programme: string | null; from: string | null; until: string | null }
/** Whoever asked for it asked then; it is made by a job. */
export type PackageBegun = { type: 'package.begun.v1'; packageId: string; unitId: string; files: boolean; purpose: TextRef | null } & Chosen
export type PackageMade = { type: 'package.made.v1'; packageId: string; unitId: string; hash: string; madeAt: string; counts: Counts; file: FileFact }
export type PackageReceived = { type: 'package.received.v1'; packageId: string; unitId: string; keyId: string; installationId: string; hash: string; madeAt: string; of: string; purpose: TextRef | null; counts: Counts; file: FileFact } & Chosen
export type PackageTaken = { type: 'package.taken.v1'; packageId: string; taken: number; here: number; refused: number }

/** Beside the fact of the order that took the record in, on the same stream and about the same thing. `home`, `recordId`: whose it is and its id there. */
export type RecordTaken = { type: 'record.taken.v1'; packageId: string; kind: RecordKind; home: string; recordId: string; localId: string; unitId: string; hash: string; changedAt: string; /** Of the sender. */ from: string }
/** Stream `document:<id>`, about itself: a plan of another installation, to be read here and not changed. Its text is private text. */
export type DocumentReceived = { type: 'document.received.v1'; documentId: string; unitId: string; ofUnitId: string; kind: 'plan' | 'scheme'; lang: 'vi' | 'en'; title: string; n: number; number: string | null; inForceFrom: string; content: TextRef; files: FileFact[] }

export type ExchangeFact = KeyRegistered | KeyRevoked | PackageBegun | PackageMade | PackageReceived | PackageTaken | RecordTaken | DocumentReceived
export const exchangesStories: Record<ExchangeFact['type'], { vi: string; en: string }> = {
  'key.registered.v1': { vi: 'Đăng ký khóa ký của “{name}” ({fingerprint})', en: 'Registered the signing key of “{name}” ({fingerprint})' },
  'key.revoked.v1': { vi: 'Thu hồi khóa ký', en: 'Revoked a signing key' },
  'package.begun.v1': { vi: 'Yêu cầu lập gói trao đổi', en: 'Asked for an exchange package' },
  'package.made.v1': { vi: 'Lập gói trao đổi (mã kiểm tra bản kê {hash})', en: 'Made an exchange package (its manifest has the hash {hash})' },
  'package.received.v1': { vi: 'Nhận gói trao đổi để xem trước (mã kiểm tra bản kê {hash})', en: 'Received an exchange package to look at (its manifest has the hash {hash})' },
  'package.taken.v1': { vi: 'Nhập gói trao đổi: {taken} mục được nhận, {here} mục đã có, {refused} mục không nhận', en: 'Took an exchange package in: {taken} taken, {here} here already, {refused} not taken' },
  'record.taken.v1': { vi: 'Nhận từ gói trao đổi của “{from}”', en: 'Came with an exchange package of “{from}”' },
  'document.received.v1': { vi: 'Nhận kế hoạch, phương án “{title}” (bản {n}) từ nơi khác', en: 'Received the plan “{title}” (version {n}) from elsewhere' },
}
