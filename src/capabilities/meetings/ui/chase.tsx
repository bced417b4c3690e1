// Whom to chase before a session: in the app with the order that sets it up, by telephone, or by a letter to each.
import { useState } from 'react'
import type { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, EmptyState, LinkButton, TextArea } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { meetings as messages } from './messages.ts'
import { PhoneList } from './phones.tsx'

type Units = Awaited<ReturnType<typeof api.meetings.propose>>['chase']
export function Chase({ bodyId, officeId, units, chosen, onChosen, text, onText }: { bodyId: string; officeId: string; units: Units; chosen: ReadonlySet<string>; onChosen: (ids: ReadonlySet<string>) => void; text: string; onText: (text: string) => void }) {
  const t = useT(messages)
  const mayIssue = useMay('paper.issue')
  const [calling, setCalling] = useState(false)
  if (units.length === 0) return <EmptyState icon="check" title={t('chase.none')} />
  const choose = (id: string, yes: boolean) => { const next = new Set(chosen); if (yes) next.add(id); else next.delete(id); onChosen(next) }
  const ids = units.flatMap(({ unit }) => (chosen.has(unit.id) ? [unit.id] : []))
  return (
    <div className="stack">
      <fieldset className="field"><legend>{t('chase.title')}</legend>
        <div className="chase">
          {units.length > 1 && <label><input type="checkbox" checked={ids.length === units.length} onChange={(event) => onChosen(new Set(event.target.checked ? units.map((one) => one.unit.id) : []))} /><b>{t('chase.all', { n: units.length })}</b></label>}
          {units.map(({ unit, overdue, unreported }) => (
            <label key={unit.id}><input type="checkbox" checked={chosen.has(unit.id)} onChange={(event) => choose(unit.id, event.target.checked)} />
              <span>{unit.name}</span><span>{[overdue > 0 && t('chase.n', { n: overdue }), unreported > 0 && t('chase.reports', { n: unreported })].filter(Boolean).join(' · ')}</span></label>
          ))}
        </div></fieldset>
      {ids.length > 0 && <>
        <div className="row">
          <Button icon="phone" onClick={() => setCalling(true)}>{t('phone')}</Button>
          {/* In a window of its own: what is being prepared here stays. */}
          {mayIssue && <LinkButton icon="file" to={'/papers/new' as '/'} search={{ each: 'yes', unit: officeId, units: ids.join(',') } as never} target="_blank">{t('chase.letter', { n: ids.length })}</LinkButton>}
        </div>
        <TextArea label={t('chase.text')} rows={2} value={text} onValue={onText} maxLength={2000} />
      </>}
      {calling && <PhoneList bodyId={bodyId} unitIds={ids} onClose={() => setCalling(false)} />}
    </div>
  )
}
