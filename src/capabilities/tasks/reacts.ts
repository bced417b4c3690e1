// After commit: the counts that boards read.
import type { Follower } from '../../kernel/follow.ts'
import type { Recorded } from '../../kernel/journal.ts'
import { dayIn } from '../../pure/calendar.ts'
import type { ProgrammeCascaded } from '../programmes/contract/facts.ts'
import { countCascade, countDeltas, openSums } from './decide/counts.ts'
import type { Above } from './decide/counts.ts'
import { addGains, ancestorsNow, readTree, recount, takeDeltas, tick, unknownUnits, watermarkNow, workstreamsOf } from './store/totals.ts'

export type TasksFollowerNeeds = {
  /** In whose days past days are kept. */
  zone: string
  /** The units whose counts moved. */
  touched?: (unitIds: Iterable<string>) => void
  /** The tasks that facts of their own were about, and the last line's position. */
  changed?: (taskIds: string[], position: number) => void
}

const TREE = ['units.imported.v1', 'unit.opened.v1', 'unit.changed.v1', 'unit.closed.v1']
const COUNTED = [
  'task.assigned.v1', 'task.accepted.v1', 'task.started.v1', 'task.reported.v1', 'task.verified.v1', 'task.returned.v1', 'task.refused.v1', 'task.extension_granted.v1',
  'task.withdrawn.v1', 'task.edited.v1', 'task.handed_over.v1', 'tasks.recalled.v1', 'programme.cascaded.v1', 'event.moved.v1', 'event.postponed.v1', 'event.cancelled.v1', 'event.upgraded.v1',
]
/** Count for nothing, and are seen by whoever has the task open. */
const SEEN = ['task.extension_asked.v1', 'task.extension_declined.v1', 'task.commented.v1', 'task.reminded.v1', 'task.split.v1']
const TICK_MS = 1000

export function followers({ zone, touched = () => {}, changed = () => {} }: TasksFollowerNeeds): Follower[] {
  // The tree as this process last read it; the database's own copy decides.
  let above: Above | undefined
  const streams = new Map<string, Map<string, string>>()
  // Under constant traffic no empty batch comes: the clock is moved by its own time.
  let ticked = 0
  return [{
    name: 'tasks.totals',
    types: [...TREE, ...COUNTED, ...SEEN],
    tickEvery: TICK_MS, share: 1,
    handle: async (batch, fold, at) => {
      const moment = { today: dayIn(at, zone), position: Math.max(0, ...batch.map((r) => r.position)) }
      const cascades = batch.filter((r): r is Recorded<ProgrammeCascaded> => r.type === 'programme.cascaded.v1')
      const positions = batch.filter((r) => !TREE.includes(r.type) && !SEEN.includes(r.type) && r.type !== 'programme.cascaded.v1').map((r) => r.position)
      const treeMoved = batch.some((r) => TREE.includes(r.type))
      const units = cascades.flatMap((r) => [...r.fact.events.units, ...r.fact.handed.units])
      let anew = false
      if (treeMoved || (batch.length > 0 && await unknownUnits(fold, units, positions))) { anew = await readTree(fold); above = undefined }
      const moved = new Set<string>()
      // Order does not matter to sums; the watermark moves only after all of them.
      if (batch.length > 0 && positions.length + cascades.length > 0) {
        above ??= await ancestorsNow(fold)
        const sums = openSums()
        countDeltas(sums, await takeDeltas(fold, [...positions, ...cascades.map((r) => r.position)]), above)
        const watermark = cascades.length > 0 ? await watermarkNow(fold) : 0
        for (const { fact } of cascades) {
          const version = fact.templateVersionId
          if (!streams.has(version)) streams.set(version, await workstreamsOf(fold, version))
          countCascade(sums, fact, above, streams.get(version)!, watermark)
        }
        for (const id of await addGains(fold, sums.all(), moment)) moved.add(id)
      }
      if (anew) await recount(fold, moment)
      if (batch.length === 0 || at.getTime() - ticked >= TICK_MS) {
        ticked = at.getTime()
        for (const id of await tick(fold, at, moment) ?? []) moved.add(id)
      }
      if (moved.size > 0) touched(moved)
      // What a part has done shows on the tasks above it too.
      const about = batch.filter((r) => r.subject.startsWith('task:')).flatMap((r) => [r.subject.slice('task:'.length), ...((r.fact as { above?: string[] }).above ?? [])])
      if (about.length > 0) changed([...new Set(about)], moment.position)
    },
  }]
}
