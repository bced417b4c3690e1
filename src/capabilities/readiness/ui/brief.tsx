// One screen of a phone for whoever decides: where are we not ready, who answers for it, by when, and what is decided next.
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Card, Loaded, Page, StateMark, StateShape, kitMessages, stateOrder } from '../../../web/kit/kit.ts'
import type { State } from '../../../web/kit/kit.ts'
import { severalProgrammes } from '../../../web/several.ts'
import { brief as messages } from './brief-messages.ts'
import './board.css'

const route = getRouteApi('/inside/board/brief')
const verdictState: Record<'go' | 'no_go' | 'undecided', State> = { go: 'met', no_go: 'unmet', undecided: 'at_risk' }

export function BoardBrief() {
  const t = useT(messages)
  const k = useT(kitMessages)
  const pick = usePick()
  const { lang } = useLang()
  const format = useFormat()
  const { unit, programme } = route.useSearch()
  const found = useQuery({ ...q.readiness.brief.queryOptions({ input: { ...(unit ? { unitId: unit } : {}), ...(programme ? { programmeId: programme } : {}) } }), ...(unit ? { meta: { topics: [`board:${unit}`] } } : { refetchInterval: 60_000 }) })
  return (
    <Loaded query={found} lines={9}>{(data) => {
      const [unmet, risk] = [data.events[0]!, data.events[1]!]
      const ahead = { unit: data.unit.unitId, ...(programme ? { programme } : {}) }
      const several = severalProgrammes([...data.red, ...data.next])
      const moved = data.change > 0 ? t('week.up', { n: data.change }) : data.change < 0 ? t('week.down', { n: -data.change }) : t('week.same')
      return (
        <Page title={(lang === 'en' && data.unit.nameEn) || data.unit.name} line={`${t('title')} · ${moved}`} width="text" crumbs={[{ label: t('board'), to: '/board', search: ahead as never }]}>
          <ul className="brief-counts">{(['unmet', 'at_risk', 'not_assessed', 'met'] as const).map((state) => (
            <li key={state}><Link to="/board" search={{ ...ahead, state } as never} className={`s-${state}`}><b><StateShape state={state} size={13} />{format.number(data.events[stateOrder.indexOf(state)]!)}</b><span>{k(`state.${state}`)}</span></Link></li>
          ))}</ul>
          <Card flush title={t('red')} side={unmet > data.red.length ? <Link to="/board" search={{ ...ahead, view: 'events', state: 'unmet' } as never}>{t('red.all', { n: format.number(unmet) })}</Link> : undefined}>
            {data.over > 0 && <p className="board-pad soft small">{t('red.over', { n: format.number(data.over) })}</p>}
            {data.red.length === 0 ? <p className="board-pad"><StateMark state={risk > 0 ? 'at_risk' : (['not_assessed', 'not_due'] as const).find((state) => data.events[stateOrder.indexOf(state)]! > 0) ?? 'met'}>{t('red.none')}</StateMark></p> : (
              <ul className="brief-list">{data.red.map((one) => (
                <li key={one.eventId}>
                  <Link to="/events/$eventId" params={{ eventId: one.eventId }}><StateShape state="unmet" /> {one.unitName}</Link>
                  <span className="brief-why" title={pick(one.sentence)}>{pick(one.requirement)}: {pick(one.sentence)}{one.more > 0 && ` (${t('more', { n: one.more })})`}</span>
                  <small className="soft">{[several && one.programmeName && pick(one.programmeName), one.owner ? t('owner', { name: one.owner }) : t('owner.unit', { unit: one.unitName }), one.byAt && Date.parse(one.byAt) > Date.now() ? t('by', { at: format.date(one.byAt) }) : undefined, one.dayOn ? t('held', { day: format.day(one.dayOn) }) : t('noDay')].filter(Boolean).join(' · ')}</small>
                </li>
              ))}</ul>
            )}
          </Card>
          <Card flush title={t('next')}>
            {data.next.length === 0 ? <p className="board-pad soft">{t('next.none')}</p> : (
              <ul className="brief-list">{data.next.map((one) => (
                <li key={one.eventId} className="brief-next">
                  <Link to="/events/$eventId" params={{ eventId: one.eventId }}>{one.unitName}</Link><span className="nowrap soft small">{one.dayOn ? format.day(one.dayOn) : t('noDay')}</span>
                  <span className="small" title={pick(one.sentence)}>{several && one.programmeName && <span className="soft">{pick(one.programmeName)} · </span>}<StateMark state={verdictState[one.concluded ?? one.verdict]}>{one.concluded ? t(`concluded.${one.concluded}`) : t(one.verdict)}</StateMark></span>
                </li>
              ))}</ul>
            )}
          </Card>
        </Page>
      )
    }}</Loaded>
  )
}
