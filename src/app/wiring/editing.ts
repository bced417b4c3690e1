// Of what can be edited by two at once: who may read it.
import type { EditorsNeeds } from '../../capabilities/editors/routes.ts'
import { accessMeeting } from '../../capabilities/meetings/store.ts'
import { seesDraft } from '../../capabilities/papers/store/drafts.ts'
import { plansSeen } from '../../capabilities/plans/store/access.ts'
import { mayFollowDrafts } from '../../capabilities/programmes/store/drafts.ts'
import { mayFollowReports } from '../../capabilities/reports/store/access.ts'
import { seesForm } from '../../capabilities/reports/store/lists.ts'
import { mayFollowTasks } from '../../capabilities/tasks/store/access.ts'
import type { Actor } from '../../kernel/access.ts'
import type { Reader } from '../../kernel/db.ts'
import { isUuid } from '../../kernel/ids.ts'

type Ask = (read: Reader, actor: Actor, id: string) => Promise<boolean>
const ofUuid = (ask: Ask): Ask => async (read, actor, id) => isUuid(id) && ask(read, actor, id)

export const mayEditTogether: EditorsNeeds['mayRead'] = {
  template: async (read, actor, id) => (await mayFollowDrafts(read, actor, [id])).length > 0,
  plan: ofUuid(async (read, actor, id) => (await plansSeen(read, actor, [id])).size > 0),
  paper: async (read, actor, id) => { const [unitId = '', draftId = ''] = id.split('_'); return isUuid(unitId) && isUuid(draftId) && seesDraft(read, actor, unitId, draftId) },
  form: ofUuid(seesForm),
  task: ofUuid(async (read, actor, id) => (await mayFollowTasks(read, actor, [id])).length > 0),
  meeting: ofUuid(async (read, actor, id) => await accessMeeting(read, actor, 'meeting.edit', id) !== undefined),
  report: ofUuid(async (read, actor, id) => (await mayFollowReports(read, actor, [id])).length > 0),
}
