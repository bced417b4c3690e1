// What every contract says in the same way. Runs in the browser too.
import * as z from 'zod'
import { plural } from '../pure/plural.ts'
import { isZone } from '../pure/calendar.ts'

/** The sender makes it (UUIDv7). Sent twice, an order happens once and gives the same answer; so the id that a program has before it made one (all zeros, all ones) is none. */
export const orderId = z.uuid().refine((id) => !/^[0-]+$|^[f-]+$/.test(id), { params: { vi: 'Phải là mã mới của lệnh này (UUID), không phải mã trống.', en: 'Must be a new id for this order (a UUID), not an empty one.' } })

export const Lang = z.enum(['vi', 'en'])
export type Lang = z.infer<typeof Lang>
/** A text of a template or a refusal, by language. */
export const Text = z.object({ vi: z.string().min(1), en: z.string().min(1) })
export type Text = z.infer<typeof Text>

/** Entering for someone who told it by telephone or on paper. The name is kept as a private text. */
export const Told = z.object({ by: z.string().trim().min(1).max(120), how: z.enum(['telephone', 'paper', 'radio', 'in_person']) })
export type Told = z.infer<typeof Told>

export const order = { orderId, told: Told.optional() }

/** Days are civil dates of the event's zone, instants are UTC. */
export const Day = z.iso.date().refine((day) => day >= '0001' && day < '9999', { params: { vi: 'Phải là một ngày có thật.', en: 'Must be a day that there was.' } }) // PostgreSQL has no year 0, and what is counted from a day must still be one
export const Instant = z.iso.datetime({ offset: true })
/** A time zone by its IANA name. */
export const Zone = z.string().max(60).refine(isZone, { params: { vi: 'Phải là tên múi giờ (như Asia/Ho_Chi_Minh).', en: 'Must be the name of a time zone (such as Europe/Paris).' } })

export const cursor = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }
/** `total` is exact to 1,000; beyond that it is 1001 and shown as "1,000+". `asOf`: the moment that the answer describes. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), asOf: z.iso.datetime(), total: z.number().int().optional() })

export const BulkResult = z.object({
  results: z.array(z.object({ id: z.string(), ok: z.boolean(), code: z.string().optional(), message: z.string().optional() })),
})
export type BulkResult = z.infer<typeof BulkResult>

/** Every way an order can be refused: its status and its sentence; `{name}` is filled from the refusal's data. */
export type Refusals = Record<string, { status: number; message: { vi: string; en: string } }>

/** A list in the query of an address: with commas between, or named again for each. */
export const many = <T extends z.ZodType<string, string>>(item: T, most: number) =>
  z.union([z.array(item).max(most), z.string().transform((list) => list.split(',').filter(Boolean)).pipe(z.array(item).max(most))])

export const commonRefusals = {
  NOT_FOUND: { status: 404, message: { vi: 'Không tìm thấy mục này, hoặc bạn không có quyền xem.', en: 'This does not exist, or you may not see it.' } },
  FORBIDDEN: { status: 403, message: { vi: 'Bạn không có quyền làm việc này.', en: 'You may not do this.' } },
  SIGN_IN: { status: 401, message: { vi: 'Bạn cần đăng nhập.', en: 'You need to sign in.' } },
  CHANGED: {
    status: 409,
    message: { vi: 'Mục này đã được người khác sửa (phiên bản {version}). Tải lại để xem thay đổi rồi làm tiếp.', en: 'Someone else changed this (version {version}). Reload to see the change, then go on.' },
  },
  ORDER_REUSED: { status: 422, message: { vi: 'Mã lệnh này đã dùng cho một việc khác. Gửi lại với mã mới.', en: 'This order id was used for something else. Send again with a new id.' } },
  INVALID: { status: 422, message: { vi: 'Dữ liệu chưa hợp lệ.', en: 'The data is not valid.' } },
} as const satisfies Refusals

/** The shape oRPC's `.errors()` wants; the sentence travels as `message` and is chosen by the asker's language on the server. */
export const errors = <R extends Refusals>(refusals: R) =>
  ({ ...commonRefusals, ...refusals }) as unknown as { [K in keyof R | keyof typeof commonRefusals]: { status: number; data: z.ZodType<Record<string, unknown> | undefined> } }

/** What a procedure's meta says, so that the matrix of rights can be generated: the right it needs and on whose unit it is counted. */
export type Meta = {
  /** `public`: no sign-in; `self`: any signed-in account, about itself; else the right. */
  right: 'public' | 'self' | `${string}.${string}`
  /** The kind of record in the path or input that the right is counted on; none: the answer is filtered by right. */
  on?: string
  /** Largest body in bytes, where 1 MiB is too little. */
  limit?: number
}

/** Fills the braces of a refusal's sentence; what is given in both languages is said in the reader's, a day as dd/MM/yyyy. */
export const sentence = (message: { vi: string; en: string }, lang: Lang, data: Record<string, unknown> = {}): string =>
  plural(message[lang], data).replace(/\{(\w+)\}/g, (whole, key: string) => (key in data ? String(said(data[key], lang)) : whole))
const said = (value: unknown, lang: Lang): unknown =>
  (value && typeof value === 'object' && lang in value ? (value as Record<Lang, unknown>)[lang] : typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.split('-').reverse().join('/') : value)
