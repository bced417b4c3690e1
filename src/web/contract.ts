// All that the browser may ask. vite.config.ts turns it into bare routes; the schemas stay on the server.
import { bodiesContract } from '../capabilities/bodies/contract.ts'
import { calendarsContract } from '../capabilities/calendars/contract.ts'
import { inboxesContract } from '../capabilities/inboxes/contract.ts'
import { journalsContract } from '../capabilities/journals/contract.ts'
import { mapsContract } from '../capabilities/maps/contract.ts'
import { meetingsContract } from '../capabilities/meetings/contract.ts'
import { papersContract } from '../capabilities/papers/contract.ts'
import { peopleContract } from '../capabilities/people/contract.ts'
import { programmesContract } from '../capabilities/programmes/contract.ts'
import { readinessContract } from '../capabilities/readiness/contract.ts'
import { reportsContract } from '../capabilities/reports/contract.ts'
import { settingsContract } from '../capabilities/settings/contract.ts'
import { tasksContract } from '../capabilities/tasks/contract.ts'
import { unitsContract } from '../capabilities/units/contract.ts'
import { jobsContract } from '../kernel/jobs/contract.ts'

export const contract = { units: unitsContract, people: peopleContract, programmes: programmesContract, tasks: tasksContract, readiness: readinessContract, journals: journalsContract, inboxes: inboxesContract, maps: mapsContract, calendars: calendarsContract, settings: settingsContract, papers: papersContract, bodies: bodiesContract, meetings: meetingsContract, reports: reportsContract, jobs: jobsContract }
