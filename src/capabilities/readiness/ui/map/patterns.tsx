// How a state fills an area: told apart without colour too (full, slanted, dotted, upright, plain, level lines, empty). One definition for map, tiles and legend.
import type { State } from '../../../../web/kit/kit.ts'

export type Fill = State | 'none'
const SIZE = 8
/** `ground` and `ink` are tokens; the path is drawn in a square of 8. */
const fills: Record<Fill, { ground: string; wash?: number; ink?: string; path?: string; width?: number }> = {
  unmet: { ground: '--unmet' },
  at_risk: { ground: '--risk', wash: 0.35, ink: '--risk', path: 'M-2 6L6 -2M-2 14L14 -2M2 10L10 2', width: 2 },
  not_assessed: { ground: '--na', wash: 0.12, ink: '--na', path: 'M2 2h.01M6 6h.01', width: 2 },
  waived: { ground: '--waived', wash: 0.2, ink: '--waived', path: 'M2 0V8M6 0V8', width: 1.4 },
  not_due: { ground: '--wait', wash: 0.3 },
  met: { ground: '--met', wash: 0.3, ink: '--met', path: 'M0 2H8M0 6H8', width: 1 },
  none: { ground: '--card' },
}
export const allFills = Object.keys(fills) as Fill[]

/** As `<defs>` of an SVG; `fill="url(#…)"` by `patternId`. */
export const patternId = (base: string, fill: Fill): string => `${base}-${fill}`
export const PatternDefs = ({ base }: { base: string }) => (
  <defs>{allFills.map((fill) => {
    const { ground, wash = 1, ink, path, width } = fills[fill]
    return (
      <pattern key={fill} id={patternId(base, fill)} width={SIZE} height={SIZE} patternUnits="userSpaceOnUse">
        <rect width={SIZE} height={SIZE} fill="var(--card)" /><rect width={SIZE} height={SIZE} fill={`var(${ground})`} fillOpacity={wash} />
        {path && <path d={path} stroke={`var(${ink!})`} strokeWidth={width} strokeLinecap={fill === 'not_assessed' ? 'round' : 'butt'} fill="none" />}
      </pattern>
    )
  })}</defs>
)

/** What a token is at this moment, light or dark, as the canvas wants it. */
export function colours(within: HTMLElement): (token: string) => string {
  const probe = within.appendChild(document.createElement('i'))
  probe.hidden = true
  const found = new Map<string, string>()
  for (const token of ['--card', '--sunk', '--ink', '--edge', '--press', '--map-land', '--map-water', '--map-green', '--map-road', '--map-road-edge', '--map-name', '--map-halo', ...Object.values(fills).map(({ ground }) => ground)]) {
    probe.style.color = `var(${token})`
    found.set(token, getComputedStyle(probe).color)
  }
  probe.remove()
  return (token) => found.get(token) ?? '#888'
}

/** The same as pictures, twice as fine as the screen's points. */
export function patternImage(fill: Fill, colour: (token: string) => string): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE * 2
  const pen = canvas.getContext('2d')!
  const { ground, wash = 1, ink, path, width = 1 } = fills[fill]
  pen.scale(2, 2)
  pen.fillStyle = colour('--card')
  pen.fillRect(0, 0, SIZE, SIZE)
  pen.globalAlpha = wash
  pen.fillStyle = colour(ground)
  pen.fillRect(0, 0, SIZE, SIZE)
  pen.globalAlpha = 1
  if (path) {
    pen.strokeStyle = colour(ink!)
    pen.lineWidth = width
    pen.lineCap = fill === 'not_assessed' ? 'round' : 'butt'
    pen.stroke(new Path2D(path))
  }
  return pen.getImageData(0, 0, SIZE * 2, SIZE * 2)
}

export const Swatch = ({ fill, base }: { fill: Fill; base: string }) => (
  <svg className="map-swatch" width="24" height="16" aria-hidden="true"><rect x=".5" y=".5" width="23" height="15" rx="2" fill={`url(#${patternId(base, fill)})`} stroke="var(--edge)" /></svg>
)
