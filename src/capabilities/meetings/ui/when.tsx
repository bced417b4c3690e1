// Name, day, hour, place and link of a session, as they are typed where it is prepared and where it is changed.
import { instantOf } from '../../../pure/calendar.ts'
import { useT } from '../../../web/i18n.tsx'
import { DateField, TextField } from '../../../web/kit/kit.ts'
import { meetings as messages } from './messages.ts'

const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/
export type When = { title: string; day: string | undefined; time: string; place: string; link: string }
/** What is sent; undefined while something is missing. */
export const sentOf = ({ title, day, time, place, link }: When, zone: string, visit: boolean, name: string) =>
  (!day || !TIME.test(time) || (visit && !place.trim()) ? undefined : { title: title.trim() || name, startsAt: instantOf(day, time.padStart(5, '0'), zone).toISOString(), zone, place: place.trim() || null, link: link.trim() || null })

export function WhenFields({ when, onWhen, visit, name, tried, linkError }: { when: When; onWhen: (when: When) => void; visit: boolean; /** Where none is given. */ name: string; tried: boolean; linkError?: string | undefined }) {
  const t = useT(messages)
  const put = (key: keyof When) => (value: string | undefined) => onWhen({ ...when, [key]: value })
  return <>
    <TextField label={t('name')} placeholder={name} optional value={when.title} onValue={put('title')} maxLength={300} />
    <div className="field-row">
      <DateField label={t('day')} value={when.day} onValue={put('day')} error={tried && !when.day ? t('missing') : undefined} />
      <TextField label={t('time')} inputMode="numeric" value={when.time} onValue={put('time')} error={tried && !TIME.test(when.time) ? t('time.bad') : undefined} />
      <TextField label={visit ? t('place.visit') : t('place')} optional={!visit} value={when.place} onValue={put('place')} maxLength={300} error={tried && visit && !when.place.trim() ? t('missing') : undefined} />
    </div>
    <TextField label={t('link')} hint={t('link.hint')} optional inputMode="url" value={when.link} onValue={put('link')} maxLength={500} error={linkError} />
  </>
}
