// Without a boundary file: each unit a rectangle, as large as its share of the events or tasks.
import { memo, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useFormat } from '../../../../web/format.ts'
import { alike, stateOf, strengthOf, treemap } from '../../decide/places.ts'
import type { Place, Spot } from '../../decide/places.ts'
import type { CanvasProps } from './canvas.tsx'
import { PatternDefs, patternId } from './patterns.tsx'

type Props = Pick<CanvasProps, 'places' | 'selected' | 'onSelect' | 'onOpen' | 'onSpots'> & { by: 'events' | 'tasks' }
const count = (place: Place, by: 'events' | 'tasks') => (by === 'tasks' ? place.tasks : place.events.reduce((sum, n) => sum + n, 0))

const cut = (line: string, letters: number): string => (line.length > letters ? `${line.slice(0, letters - 1).trimEnd()}…` : line)
/** One line, or two where the tile is high enough. */
function linesOf(name: string, letters: number, high: boolean): string[] {
  const at = name.lastIndexOf(' ', letters)
  return name.length <= letters || !high || at < 1 ? [cut(name, letters)] : [name.slice(0, at), cut(name.slice(at + 1), letters)]
}

export const MapTiles = memo(function MapTiles({ places, selected, onSelect, onOpen, onSpots, by }: Props) {
  const base = useId().replace(/\W/g, '')
  const { number } = useFormat()
  const box = useRef<HTMLDivElement>(null)
  const [{ w, h }, setSize] = useState({ w: 0, h: 0 })
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => { const { width, height } = entry!.contentRect; setSize({ w: Math.round(width), h: Math.round(height) }) })
    watch.observe(box.current!)
    return () => watch.disconnect()
  }, [])
  // Tiles keep their place while figures move: sizes are made anew when other units, or another measure, are shown.
  const key = [...places.keys()].join()
  const tiles = useMemo(() => (w > 0 && h > 0 ? treemap([...places.values()].map((place) => ({ id: place.unitId, size: count(place, by) })), w, h) : []), [key, by, w, h]) // eslint-disable-line react-hooks/exhaustive-deps -- see above
  const short = useMemo(() => alike([...places.values()].map((place) => place.name)), [key]) // eslint-disable-line react-hooks/exhaustive-deps -- names stay while figures move
  const latest = useRef(onSpots)
  latest.current = onSpots
  useEffect(() => {
    const spots = new Map(tiles.map((tile): [string, Spot] => [tile.id, [tile.x + tile.w / 2, tile.y + tile.h / 2]]))
    latest.current(spots, (id) => spots.get(id))
  }, [tiles])
  const at = (event: React.PointerEvent | React.MouseEvent): Spot => { const { left, top } = box.current!.getBoundingClientRect(); return [event.clientX - left, event.clientY - top] }
  const idOf = (event: React.PointerEvent | React.MouseEvent) => (event.target as Element).closest('[data-unit]')?.getAttribute('data-unit') ?? undefined
  const mark = tiles.find((tile) => tile.id === selected)
  return (
    <div ref={box} className="map-canvas" data-drawn={tiles.length || undefined}>
      <svg width={w} height={h} aria-hidden="true"
        onPointerMove={(event) => { if (event.pointerType === 'mouse') onSelect(idOf(event), at(event)) }}
        onClick={(event) => { const id = idOf(event); if (id) { onSelect(id, at(event)); if (matchMedia('(hover: hover)').matches) onOpen(id) } }}>
        <PatternDefs base={base} />
        {tiles.map((tile) => {
          const place = places.get(tile.id)!
          const letters = Math.floor((tile.w - 12) / 7)
          const lines = linesOf(place.name.length > letters ? short(place.name) : place.name, letters, tile.h >= 56)
          return (
            <g key={tile.id} data-unit={tile.id}>
              <rect x={tile.x + 0.5} y={tile.y + 0.5} width={Math.max(0, tile.w - 1)} height={Math.max(0, tile.h - 1)} fill={`url(#${patternId(base, stateOf(place.events) ?? 'none')})`} fillOpacity={strengthOf(place.events)} stroke="var(--card)" />
              {letters >= 7 && tile.h >= 22 && lines.map((line, i) => <text key={i} x={tile.x + 6} y={tile.y + 16 * (i + 1)}>{line}</text>)}
              {letters >= 7 && tile.h >= 40 && <text x={tile.x + 6} y={tile.y + 17 + 16 * lines.length} className="map-number">{number(count(place, by))}</text>}
            </g>
          )
        })}
        {mark && <rect className="map-mark" x={mark.x + 1.5} y={mark.y + 1.5} width={Math.max(0, mark.w - 3)} height={Math.max(0, mark.h - 3)} />}
      </svg>
    </div>
  )
})
