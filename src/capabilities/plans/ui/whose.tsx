// By whom something was decided: by the one who enters it, or told on paper, by telephone or in person; with the scan where there is one.
import { useState } from 'react'
import { useLang, useT } from '../../../web/i18n.tsx'
import { ChoiceField, DateField, FileDrop, TextField } from '../../../web/kit/kit.ts'
import { dayIn } from '../../../pure/calendar.ts'
import { useToday, useZone } from '../../../web/session.ts'
import { upload } from '../../../web/upload.ts'
import { WAYS } from './kinds.ts'
import { whoseWords as messages } from './whose-messages.ts'

type Way = (typeof WAYS)[number]
export type Whose = { lacks: boolean; failed: string | undefined; told: { by: string; how: Way } | undefined; /** The day, where it is entered later. */ on: string | undefined; sendFiles: () => Promise<string[] | undefined> }

/** Who told it and how, where somebody enters it for a unit that is not their own. */
export function useTold(needed: boolean): { lacks: boolean; told: { by: string; how: Way } | undefined; fields: (tried: boolean) => React.ReactNode } {
  const t = useT(messages)
  const [by, setBy] = useState('')
  const [how, setHow] = useState<string>('telephone')
  const lacks = needed && by.trim() === ''
  return {
    lacks, told: needed ? { by: by.trim(), how: how as Way } : undefined,
    fields: (tried) => needed && <div className="field-row"><TextField label={t('told.by')} hint={t('told.hint')} value={by} onValue={setBy} maxLength={120} error={tried && lacks ? t('missing') : undefined} /><ChoiceField label={t('told.how')} inline value={how} onValue={setHow} options={WAYS.map((value) => ({ value, label: t(`how.${value}`) }))} /></div>,
  }
}

/** `since`: the moment from which the day may be given where it is recorded later; without it no day is asked. */
export function useWhose(since?: string): Whose & { fields: (tried: boolean) => React.ReactNode } {
  const t = useT(messages)
  const { lang } = useLang()
  const [whose, setWhose] = useState<string>('mine')
  const [by, setBy] = useState('')
  const [on, setOn] = useState<string>()
  const today = useToday()
  const zone = useZone()
  const [files, setFiles] = useState<File[]>([])
  const [sent] = useState(() => new Map<File, string>())
  const [failed, setFailed] = useState<string>()
  const theirs = whose !== 'mine'
  const lacks = { by: theirs && by.trim() === '', scan: whose === 'paper' && files.length === 0 }
  return {
    lacks: lacks.by || lacks.scan, failed, told: theirs ? { by: by.trim(), how: whose as Way } : undefined, on: theirs && since ? on : undefined,
    sendFiles: async () => {
      setFailed(undefined)
      try {
        for (const file of files) if (!sent.has(file)) sent.set(file, await upload(file, lang))
        return files.map((file) => sent.get(file)!)
      } catch (error) { setFailed(error instanceof Error ? error.message : String(error)); return undefined }
    },
    fields: (tried) => <>
      <ChoiceField label={t('whose')} value={whose} onValue={setWhose} options={(['mine', ...WAYS] as const).map((way) => ({ value: way, label: t(`way.${way}`) }))} />
      {theirs && <TextField label={t('by')} value={by} onValue={setBy} maxLength={120} error={tried && lacks.by ? t('missing') : undefined} />}
      {theirs && since && <DateField label={t('on')} hint={t('on.hint')} optional value={on} onValue={setOn} {...(whose === 'paper' ? {} : { min: dayIn(new Date(since), zone) })} max={today} />}
      <FileDrop label={t(whose === 'paper' ? 'scan' : 'scan.any')} files={files} onFiles={setFiles} accept=".pdf,.png,.jpg,.jpeg,.webp" />
      {(failed ?? (tried && lacks.scan)) && <p className="field-error" role="alert">{failed ?? t('scan.missing')}</p>}
    </>,
  }
}
