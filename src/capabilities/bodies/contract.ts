// Steering committees, sub-committees, helper groups, inspection delegations, appraisal teams: who sits in them, on what basis, until when.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Day, commonRefusals, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'

export const BODY_KINDS = ['steering', 'subcommittee', 'helpers', 'inspection', 'appraisal'] as const
export const MEMBER_ROLES = ['chair', 'vice_chair', 'standing', 'member', 'secretary'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

const text = (most: number) => z.string().trim().min(1).max(most)
/** Who sits there without an account: name and office, kept until the body's last day and nowhere in the journal. `seatId` where the same person sat there before. */
const Named = z.object({ seatId: z.uuid().optional(), name: text(120), office: text(200).nullable().default(null) })
export const MemberInput = z.object({ unitId: z.uuid(), personId: z.uuid().nullable().default(null), role: z.enum(MEMBER_ROLES), named: Named.nullable().default(null) })
export type MemberInput = z.infer<typeof MemberInput>
const Fields = z.object({
  kind: z.enum(BODY_KINDS), name: text(300), parentId: z.uuid().nullable().default(null), legalBasis: text(500).nullable().default(null), mandate: text(4000).nullable().default(null),
  from: Day.nullable().default(null), until: Day.nullable().default(null), members: z.array(MemberInput).max(200), /** What every session deals with. */ standingItems: z.array(text(500)).max(20).default([]),
})
export type TextRef = { id: string; hash: string }
/** `seat`: of a member without an account; its name is a private text. */
export type SeatedMember = Omit<MemberInput, 'named'> & { seat?: { id: string; name: TextRef } }
export type BodyFields = Omit<z.infer<typeof Fields>, 'members'> & { members: SeatedMember[] }
export const FormBody = z.object({ ...order, unitId: z.uuid(), ...Fields.shape })
export const ChangeBody = z.object({ ...order, bodyId: z.uuid(), expectedVersion: z.int().min(1), ...Fields.shape })
export const EndBody = z.object({ ...order, bodyId: z.uuid(), on: Day })

const Place = z.object({ id: z.uuid(), name: z.string() })
export const Body = z.object({
  id: z.uuid(), kind: z.enum(BODY_KINDS), name: z.string(), /** The standing office. */ unit: Place, parent: Place.nullable(), legalBasis: z.string().nullable(), mandate: z.string().nullable(),
  from: Day.nullable(), until: Day.nullable(), endedOn: Day.nullable(), version: z.int(),
  members: z.array(z.object({ unit: Place, person: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(), /** Without an account; the name is null once its time is over. */ named: z.object({ seatId: z.uuid(), name: z.string().nullable(), office: z.string().nullable() }).nullable(), role: z.enum(MEMBER_ROLES) })), standingItems: z.array(z.string()), /** The asker may change it: readers at members' units only read. */ mayEdit: z.boolean(),
})
export type Body = z.infer<typeof Body>
export const BodyLine = z.object({ id: z.uuid(), kind: z.enum(BODY_KINDS), name: z.string(), unit: Place, members: z.int(), chair: z.string().nullable(), endedOn: Day.nullable() })

/** Stream `body:<id>`. */
type Whole = { bodyId: string; unitId: string } & BodyFields
export type BodyFormed = { type: 'body.formed.v1' } & Whole
export type BodyChanged = { type: 'body.changed.v1' } & Whole
export type BodyEnded = { type: 'body.ended.v1'; bodyId: string; on: string }
/** `office`: its standing office passes. `member`: a unit among its members does. */
export type BodyHandedOver = { type: 'body.handed_over.v1'; bodyId: string; fromUnitId: string; toUnitId: string; office: boolean; member: boolean }
export type BodyFact = BodyHandedOver | BodyFormed | BodyChanged | BodyEnded
export const bodiesStories: Record<BodyFact['type'], { vi: string; en: string }> = {
  'body.formed.v1': { vi: 'Thành lập {name}', en: 'Formed {name}' },
  'body.changed.v1': { vi: 'Kiện toàn {name}', en: 'Changed {name}' },
  'body.handed_over.v1': { vi: 'Đơn vị kế thừa thay đơn vị đã sáp nhập trong ban', en: 'The unit that took over stands in for the closed one' },
  'body.ended.v1': { vi: 'Kết thúc hoạt động từ ngày {on}', en: 'Ended on {on}' },
}
export const bodyRights = ['body.read', 'body.edit'] as const

export const bodyRefusals = {
  MEMBER_UNKNOWN: { status: 422, message: { vi: 'Thành viên thứ {n}: không có đơn vị hoặc người này.', en: 'Member {n}: there is no such unit or person.' } },
  MEMBER_TWICE: { status: 422, message: { vi: 'Thành viên thứ {n} đã có trong danh sách.', en: 'Member {n} stands in the list already.' } },
  MEMBER_NAMED: { status: 422, message: { vi: 'Thành viên thứ {n} đã chọn tài khoản thì không ghi tên riêng.', en: 'Member {n} has an account, so no name beside it.' } },
  NAMES_END: { status: 422, message: { vi: 'Danh sách có {n} người ghi tên không qua tài khoản; tên chỉ giữ đến ngày kết thúc của ban. Chọn ngày kết thúc, muộn nhất {most}.', en: 'The list names {n} [n:person|people] without an account; names are kept until the body’s last day only. Choose that day, {most} at the latest.' } },
  ONE_CHAIR: { status: 422, message: { vi: 'Phải có đúng một trưởng ban; danh sách có {found}.', en: 'There must be exactly one chair; the list has {found}.' } },
  BODY_PARENT: { status: 422, message: { vi: 'Không có ban cấp trên này, hoặc nó nằm dưới chính ban đang sửa.', en: 'There is no such body above, or it stands below this one.' } },
  BODY_ENDED: { status: 409, message: { vi: '{name} đã kết thúc hoạt động.', en: '{name} has ended.' } },
  NOTHING_CHANGED: { status: 422, message: { vi: 'Không có gì thay đổi.', en: 'Nothing would change.' } },
  DAYS_ORDER: { status: 422, message: { vi: 'Ngày kết thúc phải sau ngày bắt đầu.', en: 'The last day must be after the first.' } },
} as const satisfies Refusals
export type BodyRefused = keyof typeof bodyRefusals | 'NOT_FOUND' | 'CHANGED'

const meta = (right: Meta['right'], on?: string): Meta => (on ? { right, on } : { right })
const tags = ['bodies']
const read = oc.errors(errors(commonRefusals))
const write = oc.errors(errors(bodyRefusals))
const Done = z.object({ bodyId: z.uuid(), version: z.int() })
export const bodiesContract = {
  list: read.meta(meta('body.read')).route({ method: 'GET', path: '/bodies', tags, summary: 'List bodies by name' })
    .input(z.object({ ...cursor, q: z.string().trim().max(100).optional(), kind: z.enum(BODY_KINDS).optional(), ended: z.stringbool().optional() })).output(page(BodyLine)),
  get: read.meta(meta('body.read', 'body')).route({ method: 'GET', path: '/bodies/{bodyId}', tags, summary: 'One body and its members' }).input(z.object({ bodyId: z.uuid() })).output(Body),
  form: write.meta(meta('body.edit', 'unit')).route({ method: 'POST', path: '/bodies', tags, summary: 'Form a body with its members' }).input(FormBody).output(Done),
  change: write.meta(meta('body.edit', 'body')).route({ method: 'PATCH', path: '/bodies/{bodyId}', tags, summary: 'Change a body or its members' }).input(ChangeBody).output(Done),
  end: write.meta(meta('body.edit', 'body')).route({ method: 'POST', path: '/bodies/{bodyId}/end', tags, summary: 'End a body' }).input(EndBody).output(Done),
}
