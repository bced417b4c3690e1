// The six states of a requirement. Colour, shape, pattern and word each say it alone; nothing else on a screen uses these colours.
import type { ReactNode } from 'react'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { kit } from './messages.ts'

export type State = 'unmet' | 'at_risk' | 'not_assessed' | 'waived' | 'not_due' | 'met'
export type Counts = Record<State, number>
/** Red first. */
export const stateOrder: readonly State[] = ['unmet', 'at_risk', 'not_assessed', 'waived', 'not_due', 'met']

const shapes: Record<State, ReactNode> = {
  unmet: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" />,
  at_risk: <path d="M6 1.2l5.3 9.6H.7z" fill="currentColor" strokeLinejoin="round" />,
  met: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  not_due: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  not_assessed: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="1.3 2" />,
  waived: <path d="M6 1l5 5-5 5-5-5z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />,
}

export const StateShape = ({ state, size = 12 }: { state: State; size?: number }) => (
  <svg className={`state-shape s-${state}`} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">{shapes[state]}</svg>
)

/** Shape and word. `bare`: the word only for those who listen (in a dense column whose head says what it is). */
export function StateMark({ state, bare, strong, children }: { state: State; bare?: boolean; strong?: boolean; children?: ReactNode }) {
  const t = useT(kit)
  const word = children ?? t(`state.${state}`)
  return (
    <span className={`state-mark s-${state}${strong ? ' strong' : ''}`} title={bare ? t(`state.${state}`) : undefined}>
      <StateShape state={state} />{bare ? <span className="hidden-visually">{word}</span> : <span>{word}</span>}
    </span>
  )
}

/** The numbers in words, red first. */
export function useCounts(): (counts: Counts) => string {
  const t = useT(kit)
  const { number } = useFormat()
  return (counts) => stateOrder.filter((state) => counts[state] > 0).map((state) => `${t(`state.${state}`)} ${number(counts[state])}`).join(' · ') || t('bar.none')
}

/** Shares of a whole, red first, each with its own pattern. Says the numbers to those who do not see it. */
export function StateBar({ counts, label, height }: { counts: Counts; label?: string; height?: number }) {
  const shown = stateOrder.filter((state) => counts[state] > 0)
  const said = useCounts()(counts)
  return (
    <span className="state-bar" role="img" aria-label={label ? `${label}: ${said}` : said} title={said} style={height ? { height } : undefined}>
      {shown.map((state) => <i key={state} className={`p-${state}`} style={{ flexGrow: counts[state] }} />)}
    </span>
  )
}

type Tile = { id: string; label: string; count: number; state?: State; note?: string }

/** Counts that are also filters: pressed, the list below shows only these. Pressed again, all. */
export function StatTiles({ tiles, chosen, onChoose, label }: { tiles: readonly Tile[]; chosen?: string | undefined; onChoose?: (id: string | undefined) => void; label?: string }) {
  const t = useT(kit)
  const { number } = useFormat()
  return (
    <div className="tiles" role="group" aria-label={label ?? t('tiles.filter')}>
      {tiles.map((tile) => {
        const inside = (
          <>
            <span className="tile-count">{tile.state && <StateShape state={tile.state} size={13} />}<b>{number(tile.count)}</b></span>
            <span className="tile-label">{tile.label}</span>
            {tile.note && <span className="tile-note">{tile.note}</span>}
          </>
        )
        const name = `tile ${tile.state ? `s-${tile.state}` : ''}`
        return onChoose
          ? <button key={tile.id} type="button" className={name} aria-pressed={chosen === tile.id} onClick={() => onChoose(chosen === tile.id ? undefined : tile.id)}>{inside}</button>
          : <div key={tile.id} className={name}>{inside}</div>
      })}
    </div>
  )
}

export function StateTiles({ counts, chosen, onChoose }: { counts: Counts; chosen?: State | undefined; onChoose?: (state: State | undefined) => void }) {
  const t = useT(kit)
  const tiles = stateOrder.map((state) => ({ id: state, state, count: counts[state], label: state === 'waived' ? t('state.waived.short') : t(`state.${state}`) }))
  return <StatTiles tiles={tiles} chosen={chosen} {...(onChoose ? { onChoose: (id) => onChoose(id as State | undefined) } : {})} />
}

export type Step = 'empty' | 'quarter' | 'half' | 'full' | 'done' | 'back' | 'no' | 'gone'
/** How far a piece of work is, in ink only: the state colours belong to readiness. `late` alone borrows the red. */
export function StepMark({ step, late, children }: { step: Step; late?: boolean; children: ReactNode }) {
  const ring = <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.3" strokeDasharray={step === 'gone' ? '2 2' : undefined} />
  const inside: Record<Step, ReactNode> = {
    empty: null, gone: <path d="M3.5 7h7" stroke="currentColor" strokeWidth="1.4" />, quarter: <path d="M7 7V3.2A3.8 3.8 0 0 1 10.8 7z" fill="currentColor" />,
    half: <path d="M7 3.2a3.8 3.8 0 0 1 0 7.6z" fill="currentColor" />, full: <circle cx="7" cy="7" r="3.8" fill="currentColor" />,
    done: <path d="M4.3 7.2l2 2 3.6-4.2" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />,
    back: <path d="M4.6 5.8h3.2a1.8 1.8 0 0 1 0 3.6H6M6.2 4L4.4 5.8l1.8 1.8" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" strokeLinejoin="round" />,
    no: <path d="M5 5l4 4M9 5L5 9" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />,
  }
  return <span className={`step-mark${late ? ' bad' : ''} step-${step}`}><svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">{ring}{inside[step]}</svg><span>{children}</span></span>
}
