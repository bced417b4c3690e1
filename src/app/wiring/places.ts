// Of which unit a record is: for whoever reads its history.
import type { Parts, Places } from '../../capabilities/journals/contract.ts'
import type { Origins } from '../../capabilities/tasks/store/detail.ts'
import { keyed } from './keyed.ts'

/** Of which unit a stream or subject is: whose reader may read its history. */
export const places: Places = keyed({
  unit: { view: 'access_units', id: 'unit_id', unit: 'unit_id' },
  event: { view: 'public_programmes_events', id: 'event_id', unit: 'unit_id', right: 'event.read' },
  programme: { view: 'public_programmes_programmes', id: 'programme_id', unit: 'unit_id', right: 'programme.read', title: { view: 'public_programmes_programmes', column: 'name' } },
  person: { view: 'public_people_names', id: 'person_id', unit: 'unit_id' },
  template: { view: 'public_programmes_templates', id: 'code', unit: 'unit_id', right: 'template.read', coded: true },
  task: { view: 'public_tasks_places', id: 'task_id', unit: 'unit_id', right: 'task.read', title: { view: 'public_tasks_titles', column: 'title' } },
  directive: { view: 'public_tasks_directives', id: 'directive_id', unit: 'unit_id' },
  papers: { view: 'access_units', id: 'unit_id', unit: 'unit_id' },
  letterhead: { view: 'access_units', id: 'unit_id', unit: 'unit_id' },
  layout: { view: 'public_papers_layouts', id: 'layout_id', unit: 'unit_id' },
  paper: { view: 'public_papers_places', id: 'paper_id', unit: 'unit_id', right: 'paper.read' },
  body: { view: 'public_bodies_bodies', id: 'body_id', unit: 'unit_id', right: 'body.read', readers: 'public_bodies_readers', title: { view: 'public_bodies_bodies', column: 'name' } },
  proposal: { view: 'public_proposals_proposals', id: 'proposal_id', unit: 'unit_id', right: 'proposal.read' },
  plan: { view: 'public_plans_plans', id: 'plan_id', unit: 'unit_id', right: 'plan.read', title: { view: 'public_plans_plans', column: 'title' } },
  collection: { view: 'public_reports_collections', id: 'collection_id', unit: 'unit_id', right: 'report.read', title: { view: 'public_reports_requests', column: 'title' } },
  report: { view: 'public_reports_places', id: 'report_id', unit: 'unit_id', right: 'report.read', title: { view: 'public_reports_titles', column: 'title' } },
  reports: { view: 'access_units', id: 'unit_id', unit: 'unit_id' },
  report_form: { view: 'public_reports_forms', id: 'form_id', unit: 'unit_id' },
  custody: { view: 'public_custodies_places', id: 'record_id', unit: 'unit_id', right: 'custody.keep' },
  exchange: { view: 'access_units', id: 'unit_id', unit: 'unit_id', right: 'exchange.read' },
  package: { view: 'public_exchanges_packages', id: 'package_id', unit: 'unit_id', right: 'exchange.read' },
  key: { view: 'public_exchanges_keys', id: 'key_id', unit: 'unit_id', right: 'exchange.read' },
  document: { view: 'public_exchanges_documents', id: 'document_id', unit: 'unit_id', right: 'plan.read' },
  meeting: { view: 'public_meetings_meetings', id: 'meeting_id', unit: 'unit_id', right: 'meeting.read', readers: 'public_meetings_readers', title: { view: 'public_meetings_meetings', column: 'title' } },
})
/** What makes tasks besides a directive and a template. */
export const origins: Origins = [{ kind: 'plan', view: 'public_plans_tasks', right: 'plan.read' }, { kind: 'proposal', view: 'public_proposals_tasks', right: 'proposal.read' }, { kind: 'meeting', view: 'public_meetings_tasks', right: 'meeting.read' }]
const retemplated = { programme: { column: 'programme_id', types: ['programme.retemplated.v1'] } }
/** What changes an event or a task together with others. */
export const parts: Parts = keyed({
  event: { view: 'public_programmes_events', id: 'event_id', above: retemplated },
  task: {
    view: 'public_tasks_origins', id: 'task_id', since: 'assigned_at',
    above: { event: { column: 'event_id', types: ['event.moved.v1', 'event.postponed.v1', 'event.cancelled.v1', 'event.upgraded.v1', 'event.handed_over.v1'] }, ...retemplated },
  },
})
