// What files and custody ask of the records that hold them: who may read one, and what it is called.
import type { Holders } from '../../kernel/http/files.ts'
import type { CustodiesNeeds } from '../../capabilities/custodies/routes.ts'
import { custody } from '../../capabilities/custodies/routes.ts'
import { accessMeeting } from '../../capabilities/meetings/store.ts'
import { packageSeen, showDocument } from '../../capabilities/exchanges/store/read.ts'
import type { Pdf } from '../../capabilities/papers/routes/pdf.ts'
import { paperNumbers, papersSeen } from '../../capabilities/papers/store/read.ts'
import { plansSeen } from '../../capabilities/plans/store/access.ts'
import { planTitles } from '../../capabilities/plans/store/read.ts'
import { mayFollowEvents } from '../../capabilities/programmes/store/events.ts'
import { proposalsSeen } from '../../capabilities/proposals/store.ts'
import { accessReport } from '../../capabilities/reports/store/access.ts'
import { collectionNames } from '../../capabilities/reports/store/named.ts'
import { accessTask } from '../../capabilities/tasks/store/access.ts'
import { ZONE } from '../../kernel/zone.ts'
import { keyed } from './keyed.ts'

/** A graded file is written down before it leaves, and leaves as a PDF that bears its reader on each page. */
export function holdersOf(pdf: Pdf): Holders {
  const { reading } = custody(ZONE)
  const graded = (kind: string, seen: (...of: Parameters<Holders[string]>) => Promise<boolean>): Holders[string] => async (read, actor, id, file) => {
    if (!await seen(read, actor, id, file)) return false
    const mark = await reading({ ...file, read, actor }, `${kind}:${id}`, 'file', `file:${file.id}`)
    return mark === undefined ? true : (bytes, type) => pdf.stamp({ bytes, type, mark }, file.at)
  }
  return keyed<Holders>({
    event: async (read, actor, id) => (await mayFollowEvents(read, actor, [id])).length > 0, task: async (read, actor, id) => Boolean(await accessTask(read, actor, 'task.read', id)), proposal: proposalsSeen,
    meeting: async (read, actor, id) => Boolean(await accessMeeting(read, actor, 'meeting.read', id)),
    package: packageSeen, document: async (read, actor, id) => Boolean(await showDocument(read, actor, id)),
    paper: graded('paper', async (read, actor, id) => (await papersSeen(read, actor, [id])).size > 0),
    plan: graded('plan', async (read, actor, id) => (await plansSeen(read, actor, [id])).size > 0),
    report: graded('report', async (read, actor, id) => Boolean(await accessReport(read, actor, 'report.read', id))),
  })
}

/** A paper is called by its number, which its register shows anyway; the name of a plan or a request is for who may read it. */
export const recordNames = (): CustodiesNeeds['called'] => async ({ read, actor }, kind, ids) => {
  if (kind === 'paper') return paperNumbers(read, ids)
  if (kind === 'collection') return collectionNames(read, actor, ids)
  return planTitles(read, [...await plansSeen(read, actor, ids)])
}
