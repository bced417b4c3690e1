// Work that goes on after the answer: big cascades and upgrades.
import type { Actor } from '../../../kernel/access.ts'
import type { Works } from '../../../kernel/jobs.ts'
import type { Lang } from '../../../kernel/contract.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { adoptVersion, cascade, upgradeEvents } from './cascade.ts'
import type { CascadeOrder, UpgradeOrder } from './cascade.ts'
import { redatable, redateEvents } from './calendar.ts'
import type { Needs } from './programmes.ts'

type Asked<O> = { actor: Actor; lang: Lang; order: O }

/** `contextOf`: a context as the asker would have, for now. Stopped in between, a job begins again and adds only what is missing. */
export function programmesWorks(needs: Needs, contextOf: (actor: Actor, lang: Lang, at: Date) => Context): Works {
  return {
    'programmes.cascade': async ({ actor, lang, order }: Asked<CascadeOrder>, job) => { await cascade(needs, contextOf(actor, lang, job.at), order, { progress: job.progress }) },
    'programmes.redate': async ({ actor, lang, order }: Asked<{ orderId: string; code: string }>, job) => { const context = contextOf(actor, lang, job.at); await redateEvents(needs, context, order.orderId, await redatable(context, order.code), job.progress) },
    'programmes.upgrade': async ({ actor, lang, order }: Asked<UpgradeOrder>, job) => {
      const context = contextOf(actor, lang, job.at)
      const { programme, versionId, events } = await adoptVersion(context, order)
      await upgradeEvents(needs, context, order.orderId, programme, versionId, events, job.progress)
    },
  }
}
