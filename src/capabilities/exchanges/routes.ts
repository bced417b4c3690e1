// Contract → commit → decide, for packages and keys. What the other capabilities send and take in comes from wiring.
import { implement } from '@orpc/server'
import type { Actor } from '../../kernel/access.ts'
import { sentence } from '../../kernel/contract.ts'
import type { Lang, Refusals } from '../../kernel/contract.ts'
import type { Job, Works } from '../../kernel/jobs.ts'
import { Refusal } from '../../kernel/order.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { exchangesContract } from './contract.ts'
import { ownKey, register, revoke } from './routes/keys.ts'
import { MAKE, count, make, makeNow } from './routes/make.ts'
import type { ExchangesNeeds } from './routes/needs.ts'
import { preview, receive } from './routes/receive.ts'
import { TAKE, take, takeNow } from './routes/take.ts'
import { mayAnywhere } from './store/access.ts'
import { listDocuments, listKeys, listPackages, originOf, showDocument, showPackage } from './store/read.ts'

type Asked = { actor: Actor; lang: Lang; packageId: string }
/** A refusal is an answer for whoever asked, not a job that broke. */
async function answered(job: Job, { lang, packageId }: Asked, sentences: Refusals, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ProblemError)) throw error
    const known = error instanceof ProblemError ? error : sentences[error.code]
    job.results([{ id: packageId, ok: false, code: error.code, message: known ? sentence(known.message as { vi: string; en: string }, lang, error.data as Record<string, unknown> | undefined) : error.code }])
  }
}
export const exchangesWorks = (needs: ExchangesNeeds, contextOf: (actor: Actor, lang: Lang, at: Date) => Context, sentences: Refusals): Works => ({
  [MAKE]: (asked: Asked, job: Job) => answered(job, asked, sentences, () => makeNow(needs, contextOf(asked.actor, asked.lang, new Date()), asked.packageId, job)),
  [TAKE]: (asked: Asked, job: Job) => answered(job, asked, sentences, () => takeNow(needs, () => contextOf(asked.actor, asked.lang, new Date()), asked.packageId, sentences, job)),
})

const found = <T>(one: T | undefined): T => { if (one === undefined) throw new Refusal('NOT_FOUND'); return one }

/** `sentences`: of every capability, since a record is refused by the one that it belongs to. */
export function exchangesRoutes(needs: ExchangesNeeds, sentences: Refusals) {
  const api = implement(exchangesContract).$context<Context>().use(refusals)
  return api.router({
    list: api.list.handler(async ({ input, context: { read, actor, at } }) => ({ ...await listPackages(read, actor, input), asOf: at.toISOString() })),
    get: api.get.handler(async ({ input, context: { read, actor } }) => found(await showPackage(read, actor, input.packageId))),
    count: api.count.handler(({ input, context }) => count(needs, context, input)),
    make: api.make.handler(({ input, context }) => make(needs, context, input)),
    receive: api.receive.handler(({ input, context }) => receive(needs, context, input)),
    preview: api.preview.handler(({ input, context }) => preview(needs, context, input)),
    take: api.take.handler(({ input, context }) => take(needs, context, input, sentences)),
    ownKey: api.ownKey.handler(async ({ context }) => {
      if (!await mayAnywhere(context.read, context.actor, 'exchange.read')) throw new Refusal('FORBIDDEN')
      return ownKey(needs, context)
    }),
    keys: api.keys.handler(async ({ context: { read, actor, at } }) => ({ items: await listKeys(read, actor), mayEdit: await mayAnywhere(read, actor, 'exchange.key'), asOf: at.toISOString() })),
    register: api.register.handler(({ input, context }) => register(needs, context, input)),
    revoke: api.revoke.handler(({ input, context }) => revoke(context, input)),
    documents: api.documents.handler(async ({ input, context: { read, actor, at } }) => ({ ...await listDocuments(read, actor, input), asOf: at.toISOString() })),
    document: api.document.handler(async ({ input, context: { read, actor } }) => found(await showDocument(read, actor, input.documentId))),
    origin: api.origin.handler(async ({ input, context: { read, actor } }) => ({ origin: await originOf(read, actor, input.localId) ?? null })),
  })
}
