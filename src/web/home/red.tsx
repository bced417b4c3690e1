import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { api } from '../client.ts'
import { useFormat } from '../format.ts'
import { useLang, usePick, useT } from '../i18n.tsx'
import { Card, Loaded, StateMark, StateShape, kitMessages, stateOrder } from '../kit/kit.ts'
import { severalProgrammes } from '../several.ts'
import type { State } from '../kit/kit.ts'
import { home as messages } from './messages.ts'

type Brief = Awaited<ReturnType<typeof api.readiness.brief>>
const several = ({ red, next }: Brief) => severalProgrammes([...red, ...next])
const verdicts: Record<'go' | 'no_go' | 'undecided', State> = { go: 'met', no_go: 'unmet', undecided: 'at_risk' }

/** Where we are not ready, why, and whom to ask. */
export function RedPanel({ query }: { query: UseQueryResult<Brief> }) {
  const t = useT(messages)
  const k = useT(kitMessages)
  const pick = usePick()
  const format = useFormat()
  return (
    <Card flush id="red" title={t('red')} side={query.data && query.data.events[0]! > query.data.red.length ? <Link to="/board" search={{ view: 'events', state: 'unmet' } as never}>{t('red.all', { n: format.number(query.data.events[0]!) })}</Link> : undefined}>
      <Loaded query={query} lines={5}>{(data) => {
        const many = several(data)
        return <>
          <nav className="home-counts" aria-label={t('counts')}>{(['unmet', 'at_risk', 'not_assessed', 'met'] as const).map((state) => <Link key={state} to="/board" search={{ view: 'events', state } as never} className={`s-${state}`}><StateShape state={state} /><b>{format.number(data.events[stateOrder.indexOf(state)]!)}</b><span className="soft small">{k(`state.${state}`)}</span></Link>)}</nav>
          {data.over > 0 && <p className="home-line soft small">{t('red.over', { n: format.number(data.over) })}</p>}
          {data.red.length === 0 ? <p className="home-line"><StateMark state={(['at_risk', 'not_assessed', 'not_due'] as const).find((state) => data.events[stateOrder.indexOf(state)]! > 0) ?? 'met'}>{t('red.none')}</StateMark></p> : (
            <ul className="home-list">{data.red.map((one) => (
              <li key={one.eventId} className="ruled">
                <Link className="home-name s-unmet" to="/events/$eventId" params={{ eventId: one.eventId }}>{one.unitName}</Link>
                <span className="nowrap small soft">{one.dayOn ? t('red.day', { day: format.day(one.dayOn) }) : t('red.noDay')}</span>
                <span className="home-why">{many && one.programmeName && <span className="soft">{pick(one.programmeName)} · </span>}{pick(one.requirement)}: {pick(one.sentence)}{one.more > 0 && ` (${t('red.more', { n: one.more })})`}</span>
                <small><WhoHelps one={one} /></small>
              </li>
            ))}</ul>
          )}
        </>
      }}</Loaded>
    </Card>
  )
}

/** The head of that unit, the unit above, the professional line. On a unit's page its people's contacts can be asked for; each reading is logged. */
function WhoHelps({ one }: { one: Brief['red'][number] }) {
  const t = useT(messages)
  const { lang } = useLang()
  const all = [
    { how: 'own' as const, unitId: one.unitId, unit: one.unitName, head: one.owner },
    ...one.help.map(({ how, unitId, unitName, unitNameEn, head }) => ({ how, unitId, unit: (lang === 'en' && unitNameEn) || unitName, head })),
  ]
  return <>{all.map(({ how, unitId, unit, head }, i) => (
    <span key={`${how} ${unitId}`}>{i > 0 && ' · '}{t(`ask.${how}`)} <Link to="/units/$unitId" params={{ unitId }} search={{ tab: 'people' }}>{head ? t('ask.head', { name: head, unit }) : unit}</Link></span>
  ))}</>
}

export function NextPanel({ query }: { query: UseQueryResult<Brief> }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  if (!query.data) return null
  const { next } = query.data
  const many = several(query.data)
  return (
    <Card flush id="next" title={t('next')}>
      {next.length === 0 ? <p className="home-line soft">{t('next.none')}</p> : (
        <ul className="home-list">{next.map((one) => (
          <li key={one.eventId} className="ruled">
            <Link className="home-name" to="/events/$eventId" params={{ eventId: one.eventId }}>{one.unitName}</Link><span className="nowrap soft small">{one.dayOn ? format.day(one.dayOn) : t('red.noDay')}</span>
            <span className="home-why" title={pick(one.sentence)}>{many && one.programmeName && <span className="soft">{pick(one.programmeName)} · </span>}<StateMark state={verdicts[one.concluded ?? one.verdict]}>{one.concluded ? t(`concluded.${one.concluded}`) : t(one.verdict)}</StateMark></span>
          </li>
        ))}</ul>
      )}
    </Card>
  )
}
