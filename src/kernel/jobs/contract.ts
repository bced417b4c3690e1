// How far a job has come, for whoever began it.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { BulkResult, errors } from '../contract.ts'
import type { Meta } from '../contract.ts'

export const JobProgress = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.int(),
  total: z.int().nullable(),
  results: BulkResult.shape.results,
  problem: z.string().nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})
export type JobProgress = z.infer<typeof JobProgress>

const own = oc.$meta<Partial<Meta>>({ right: 'self' }).errors(errors({}))
export const jobsContract = {
  get: own.route({ method: 'GET', path: '/jobs/{jobId}', tags: ['jobs'], summary: 'Progress of a job that I began, and what became of each row' }).input(z.object({ jobId: z.uuid() })).output(JobProgress),
  mine: own.route({ method: 'GET', path: '/jobs', tags: ['jobs'], summary: 'The jobs that I began, newest first' })
    .input(z.object({})).output(z.object({ items: z.array(JobProgress.omit({ results: true })), asOf: z.iso.datetime() })),
}
