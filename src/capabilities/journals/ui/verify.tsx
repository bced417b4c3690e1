import { useState } from 'react'
import { api, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Facts, Icon, Refusal } from '../../../web/kit/kit.ts'
import { journals } from './messages.ts'

type Result = Awaited<ReturnType<typeof api.journals.verify>>

export function Verify({ onClose }: { onClose: () => void }) {
  const t = useT(journals)
  const pick = usePick()
  const { number, date, seconds } = useFormat()
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<Result>()
  const [refused, setRefused] = useState<Refused>()
  const go = () => {
    setBusy(true)
    setRefused(undefined)
    void api.journals.verify({}).then(setResult, (error: unknown) => setRefused(refusalOf(error))).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={t('verify.title')} foot={<><Button onClick={onClose}>{t('close')}</Button><Button look="main" icon="shield" busy={busy} onClick={go}>{busy ? t('verify.busy') : t('verify.go')}</Button></>}>
      <p className="soft">{t('verify.text')}</p>
      <div aria-live="polite" className="stack">
        {result && (
          <>
            <p className={`note ${result.whole ? '' : 'bad'}`}><Icon name={result.whole ? 'check' : 'alert'} /><b>{pick(result.sentence)}</b></p>
            <Facts items={[[t('verify.lines'), number(result.lines)], [t('verify.streams'), number(result.streams)], [t('verify.anchors'), number(result.anchors)], [t('verify.at'), `${date(result.asOf)} ${seconds(result.asOf)}`],
              ...result.broken.map((one) => [t('verify.where'), `${one.stream} · ${one.seq}: ${pick(one.sentence)}`] as const)]} />
          </>
        )}
        <Refusal error={refused} />
      </div>
    </Dialog>
  )
}
