// What exchange asks of the others; wiring hands it in. What is sent is read by the asker's rights; what is taken in is given to each capability's own orders.
import type { Blobs } from '../../../kernel/blobs.ts'
import type { Signer } from '../../../kernel/signing.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Shapes, UnitRef } from '../contract/package.ts'
import type { ReportHere, TaskHere } from '../decide/judge.ts'

/** Without `home` and with units and files by their ids here: this capability names both as a package does. */
type Sent<R, Units extends keyof R> = Omit<R, 'home' | 'grade' | Units>
export type TaskSent = Sent<Shapes['task'], 'issuer' | 'unit' | 'supporting' | 'directive'> & { issuerId: string; unitId: string; supportingIds: string[]; directiveId: string | null }
export type DirectiveSent = Sent<Shapes['directive'], 'issuer'> & { issuerId: string }
export type WorkSent = Sent<Shapes['work'], 'unit' | 'task' | 'files' | 'title'> & { taskId: string; fileIds: string[] }
export type RequestSent = Sent<Shapes['request'], 'unit' | 'units'> & { unitId: string; unitIds: string[] }
export type ReportSent = Sent<Shapes['report'], 'unit' | 'request' | 'files'> & { unitId: string; collectionId: string; fileIds: string[] }
export type PlanSent = Sent<Shapes['plan'], 'unit' | 'files'> & { unitId: string; fileIds: string[] }
/** `path`: of the unit whose subtree is sent. Days in the installation's zone, both included. */
export type Asked = { unitId: string; path: string; programme: string | null; from: Date | null; until: Date | null }

export type GivenTask = { orderId: string; record: Shapes['task']; issuerUnitId: string; unitId: string; supportingUnitIds: string[]; directiveId: string | undefined; programmeId: string | undefined }
export type Told = { by: string; how: 'paper' }
export type ExchangesNeeds = {
  zone: string
  program: string
  origin: () => Promise<string>
  signer: () => Signer
  blobs: () => Blobs
  /** Absent where nothing goes on after the answer: then the answer waits. */
  enqueue?: ((name: string, payload: object, options: { askedBy: string; key: string; attempts: number }) => Promise<string | undefined>) | undefined
  /** Ids first, at most one more than may be sent; then the records, some hundreds at a time. */
  send: {
    taskIds: (c: Context, asked: Asked, most: number) => Promise<string[]>
    tasks: (c: Context, ids: string[]) => Promise<TaskSent[]>
    work: (c: Context, taskIds: string[]) => Promise<WorkSent[]>
    directives: (c: Context, ids: string[]) => Promise<DirectiveSent[]>
    reportIds: (c: Context, asked: Asked, most: number) => Promise<string[]>
    reports: (c: Context, ids: string[]) => Promise<ReportSent[]>
    requests: (c: Context, asked: Asked) => Promise<RequestSent[]>
    planIds: (c: Context, asked: Asked, most: number) => Promise<string[]>
    plans: (c: Context, ids: string[]) => Promise<PlanSent[]>
  }
  here: {
    tasks: (read: Reader, ids: string[]) => Promise<Map<string, TaskHere>>
    /** In the order of the asks. `collectionId`: the request, where it is known here; else any of this form. */
    reports: (read: Reader, asks: { collectionId: string | null; form: string; unitId: string; on: string }[]) => Promise<(ReportHere | undefined)[]>
    programme: (read: Reader, code: string) => Promise<string | undefined>
  }
  take: {
    directive: (c: Context, order: { orderId: string; record: Shapes['directive']; issuerUnitId: string }) => Promise<string>
    giveTask: (c: Context, order: GivenTask) => Promise<string>
    editTask: (c: Context, order: GivenTask & { taskId: string; version: number }) => Promise<unknown>
    act: (c: Context, order: { orderId: string; taskId: string; act: NonNullable<Shapes['task']['act']>; said: string }) => Promise<unknown>
    answer: (c: Context, order: { orderId: string; taskId: string; answer: NonNullable<Shapes['task']['answer']>; said: string; told: Told }) => Promise<unknown>
    asking: (c: Context, order: { orderId: string; taskId: string; asking: NonNullable<Shapes['task']['asking']>; said: string; told: Told }) => Promise<unknown>
    extended: (c: Context, order: { orderId: string; taskId: string; extended: NonNullable<Shapes['task']['extended']>; said: string }) => Promise<unknown>
    work: (c: Context, order: { orderId: string; taskId: string; record: Shapes['work']; files: string[]; told: Told }) => Promise<unknown>
    request: (c: Context, order: { orderId: string; record: Shapes['request']; unitId: string; unitIds: string[] }) => Promise<string>
    report: (c: Context, order: { orderId: string; reportId: string; version: number; values: Record<string, unknown>; reason: string | undefined; told: Told }) => Promise<unknown>
  }
}
export type { UnitRef }
