// The drawn part of a timeline: an axis, a line a row. It says nothing that the words beside it do not say.
import { useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { at, offsAt, ticks } from '../../decide/timeline.ts'
import type { Off, Scale } from '../../decide/timeline.ts'
import { useOffWords } from './holidays.tsx'

const x = (scale: Scale, day: string) => ({ left: `${at(scale, day)}%` })
const short = (day: string): string => day.slice(5).split('-').reverse().join('/')

export function Axis({ scale, children }: { scale: Scale; children?: ReactNode }) {
  const written = ticks(scale).filter(({ day }) => at(scale, day) < 89)
  // Of many, every other one where the chart is narrow: they would run into each other.
  const dense = written.length > 1 && at(scale, written[1]!.day) - at(scale, written[0]!.day) < 9
  return (
    <div className={`gantt-axis${dense ? ' dense' : ''}`}>
      {written.map(({ day, month }) => <span key={day} className={at(scale, day) > 80 ? 'far end' : at(scale, day) > 40 ? 'far' : ''} style={x(scale, day)} aria-hidden="true">{month ? `${Number(day.slice(5, 7))}/${day.slice(2, 4)}` : short(day)}</span>)}
      {children}
    </div>
  )
}

export type Arrow = { from: string; fromDay: string; to: string; toDay: string; critical: boolean }
/** From the end of one bar to the end of the one that waits for it, over the rows between. Words beside each row say the same. */
export function Arrows({ scale, arrows }: { scale: Scale; arrows: readonly Arrow[] }) {
  const svg = useRef<SVGSVGElement>(null)
  const [drawn, draw] = useState<{ width: number; height: number; paths: { d: string; critical: boolean }[] }>()
  useLayoutEffect(() => {
    const box = svg.current?.parentElement
    if (!box) return undefined
    const measure = () => {
      const origin = box.getBoundingClientRect()
      const place = (line: string, day: string) => {
        const track = box.querySelector(`[data-line="${line}"] .gantt-track`)?.getBoundingClientRect()
        return track && { x: track.left - origin.left + box.scrollLeft + (at(scale, day) / 100) * track.width, y: track.top - origin.top + track.height / 2 }
      }
      draw({ width: box.scrollWidth, height: box.scrollHeight, paths: arrows.flatMap(({ from, fromDay, to, toDay, critical }) => {
        const [a, b] = [place(from, fromDay), place(to, toDay)]
        if (!a || !b) return []
        // Down from the end of one, across, and into the other from above or below.
        const edge = b.y - Math.sign(b.y - a.y) * 7
        return [{ d: `M${a.x} ${a.y}V${(edge + b.y) / 2 - Math.sign(b.y - a.y) * 6}H${b.x}V${edge}m-3 ${-4 * Math.sign(b.y - a.y)}l3 ${4 * Math.sign(b.y - a.y)}l3 ${-4 * Math.sign(b.y - a.y)}`, critical }]
      }) })
    }
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(box)
    return () => watch.disconnect()
  }, [scale, arrows])
  return <svg ref={svg} className="gantt-arrows" aria-hidden="true" width={drawn?.width ?? 0} height={drawn?.height ?? 0}>{drawn?.paths.map(({ d, critical }, i) => <path key={i} d={d} className={critical ? 'critical' : ''} />)}</svg>
}

export type Look = 'done' | 'reported' | 'open' | 'late'
/** `ghost`: where it would go. */
export function Track({ scale, today, day, ghostDay, bar, chain, points = [], ghosts = [], offs }: {
  scale: Scale; today: string; offs: readonly Off[]; day: string | null; ghostDay?: string | null; bar?: { from: string; until: string; look: Look; critical?: boolean } | undefined
  /** What is left of the critical path: from the milestone that holds the day, up to the day. */
  chain?: { from: string; until: string; late: boolean } | undefined; points?: readonly { day: string; look: 'reached' | 'ahead' | 'late'; span?: string }[]; ghosts?: readonly string[]
}) {
  const words = useOffWords()
  const point = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    event.currentTarget.title = words(offsAt(scale, offs, ((event.clientX - box.left) / box.width) * 100, 200 / box.width))
  }
  return (
    <div className="gantt-track" aria-hidden="true" onPointerMove={point}>
      {ticks(scale).map((tick) => <i key={tick.day} className="gantt-grid" style={x(scale, tick.day)} />)}
      <i className="gantt-today" style={x(scale, today)} />
      {day && <i className="gantt-day" style={x(scale, day)} />}
      {ghostDay && <i className="gantt-day ghost" style={x(scale, ghostDay)} />}
      {bar && <i className={`gantt-bar ${bar.look}${bar.critical ? ' critical' : ''}`} style={{ left: `${at(scale, bar.from)}%`, width: `${Math.max(0.6, at(scale, bar.until) - at(scale, bar.from))}%` }} />}
      {chain && <i className={`gantt-chain${chain.late ? ' late' : ''}`} style={{ left: `${at(scale, chain.from)}%`, width: `${Math.max(0.4, at(scale, chain.until) - at(scale, chain.from))}%` }} />}
      {points.map((one, i) => one.span && one.span !== one.day
        ? <i key={i} className={`gantt-span ${one.look}`} style={{ left: `${at(scale, one.day)}%`, width: `${Math.max(0.8, at(scale, one.span) - at(scale, one.day))}%` }} />
        : <i key={i} className={`gantt-point ${one.look}`} style={x(scale, one.day)} />)}
      {ghosts.map((one, i) => <i key={`g${i}`} className="gantt-point ghost" style={x(scale, one)} />)}
    </div>
  )
}
