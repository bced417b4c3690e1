import { implement } from '@orpc/server'
import { sql } from 'kysely'
import { Refusal } from '../commit.ts'
import { rows } from '../db.ts'
import { refusals } from '../rpc.ts'
import type { Context } from '../rpc.ts'
import { jobsContract } from './contract.ts'
import type { JobProgress } from './contract.ts'

const api = implement(jobsContract).$context<Context>().use(refusals)
const FIELDS = sql`id, name, state, done, total, problem, to_json(created_at at time zone 'UTC') #>> '{}' || 'Z' as "createdAt", to_json(ended_at at time zone 'UTC') #>> '{}' || 'Z' as "endedAt"`

export const jobsRoutes = api.router({
  get: api.get.handler(async ({ input, context: { read, actor } }) => {
    const [job] = await rows<JobProgress>(read, sql`select ${FIELDS}, results from job_progress where id = ${input.jobId} and (asked_by = ${actor.id} or ${actor.kind !== 'person'})`)
    if (!job) throw new Refusal('NOT_FOUND')
    return job
  }),
  mine: api.mine.handler(async ({ context: { read, actor, at } }) => ({
    items: await rows<Omit<JobProgress, 'results'>>(read, sql`select ${FIELDS} from job_progress where asked_by = ${actor.id} order by created_at desc limit 50`), asOf: at.toISOString(),
  })),
})
