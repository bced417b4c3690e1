import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, Loaded, StateBar } from '../../../web/kit/kit.ts'
import { board as messages } from './messages.ts'

const FEW = 8

/** Which requirements hold the subtree up: most unmet first; those that hold nothing up are there when all are asked for. `every`: which filters of the board do not narrow it, in words. */
export function BoardRequirements({ unitId, programmeId, every }: { unitId: string; programmeId: string; every: readonly string[] }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const [all, setAll] = useState(false)
  const found = useQuery({ ...q.readiness.requirements.queryOptions({ input: { unitId, programmeId } }), meta: { topics: [`board:${unitId}`] } })
  return (
    <Card flush title={t('requirements')} side={[t('requirements.side'), ...every].join(' · ')}>
      <Loaded query={found} lines={6}>{({ items }) => {
        const sorted = items.toSorted((a, b) => b.counts.unmet - a.counts.unmet || b.counts.at_risk - a.counts.at_risk)
        const shown = all ? sorted : sorted.filter(({ counts }) => counts.unmet > 0 || counts.at_risk > 0).slice(0, FEW)
        return items.length === 0 ? <p className="soft board-pad">{t('requirements.none')}</p> : (
          <>
            {shown.length === 0 && <p className="soft board-pad">{t('requirements.clear')}</p>}
            <ul className="board-requirements">
              {shown.map((one) => (
                <li key={one.requirement}>
                  <span>{pick(one.name)}</span>
                  <span className="number">{one.counts.unmet > 0 ? <b className="bad">{format.number(one.counts.unmet)}</b> : <span className="faint">0</span>}</span>
                  <StateBar counts={one.counts} label={pick(one.name)} />
                </li>
              ))}
            </ul>
            {(all || shown.length < items.length) && <Button look="quiet" small className="board-more" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('requirements.less') : t('requirements.more', { n: items.length })}</Button>}
          </>
        )
      }}</Loaded>
    </Card>
  )
}
