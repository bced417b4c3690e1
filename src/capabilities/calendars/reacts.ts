// Calendars and views of many events hear that dates below a unit moved: once for all that moved in two seconds, since a nation's month takes a tenth of a second to read.
import type { Hub } from '../../kernel/live.ts'

const WINDOW_MS = 2000

/** `touch` collects, by follower, units below which something is about to move; `flush`, once that follower has committed, tells those that somebody looks at. */
export function openDates({ hub, clock, windowMs = WINDOW_MS }: { hub: Pick<Hub, 'publish' | 'followed'>; clock: () => Date; windowMs?: number }) {
  const held = new Map<string, Set<string>>()
  const touched = new Set<string>()
  let waiting: NodeJS.Timeout | undefined
  let lastAt = -Infinity
  function tell(): void {
    waiting = undefined
    lastAt = performance.now()
    for (const topic of hub.followed('dates')) {
      const unit = topic.slice('dates:'.length)
      if (touched.has(unit)) hub.publish(topic, unit, clock().getTime())
    }
    touched.clear()
  }
  return {
    touch(by: string, unitIds: Iterable<string>): void {
      const units = held.get(by) ?? new Set<string>()
      for (const unit of unitIds) units.add(unit)
      held.set(by, units)
    },
    flush(by: string): void {
      for (const unit of held.get(by) ?? []) touched.add(unit)
      held.delete(by)
      if (touched.size > 0) waiting ??= setTimeout(tell, Math.max(0, lastAt + windowMs - performance.now())).unref()
    },
  }
}
