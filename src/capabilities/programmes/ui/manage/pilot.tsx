import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, Card, EmptyState, Form, Loaded, Refusal, SelectField, TextArea, toast, useConfirm } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import type { Programme } from './programme.tsx'
import { plans } from './words.ts'

/** What the pilot taught, and the word that lets the others go. */
export function Pilot({ programme: p }: { programme: Programme }) {
  const t = useT(plans)
  const { dateTime } = useFormat()
  const confirm = useConfirm()
  const [text, setText] = useState('')
  const [version, setVersion] = useState(String(p.template.newest))
  const lessons = useQuery(q.programmes.programmes.lessons.queryOptions({ input: { code: p.code } }))
  const again = () => queries.invalidateQueries({ queryKey: q.programmes.key() })
  const add = useOrder(api.programmes.programmes.addLesson, () => { setText(''); toast(t('l.done')); void again() })
  const release = useOrder(api.programmes.programmes.release, () => { toast(t('l.released')); void again() })
  const go = async () => {
    if (await confirm({ title: t('l.release.title'), text: t('l.release.text', { version }), yes: t('l.release') })) await release.give({ code: p.code, expectedVersion: p.version, templateVersion: Number(version) })
  }
  return (
    <div className="two">
      <Card title={t('l.title')}>
        <div className="stack">
          <Loaded query={lessons} lines={2}>{({ items }) => items.length === 0 ? <EmptyState icon="info" title={t('l.none')} /> : <ul className="stack tight">{items.map((one) => <li key={one.id}><p>{one.text}</p><p className="soft small">{dateTime(one.at)}</p></li>)}</ul>}</Loaded>
          <Form onSend={() => { if (text.trim()) void add.give({ code: p.code, eventId: null, text: text.trim() }) }} refused={add.refused} foot={<Button type="submit" busy={add.busy} aria-disabled={!text.trim()}>{t('l.add')}</Button>}>
            <TextArea label={t('l.text')} hint={t('l.hint')} value={text} onValue={setText} />
          </Form>
        </div>
      </Card>
      <Card title={t('l.release')}>
        {p.gate !== 'pilot' ? <p>{t('l.over')}</p> : (
          <div className="stack">
            {(lessons.data?.items.length ?? 0) === 0 && <p className="soft">{t('l.need')}</p>}
            <SelectField label={t('l.version')} value={version} onValue={setVersion} options={Array.from({ length: p.template.newest }, (_, i) => String(p.template.newest - i)).map((n) => ({ value: n, label: t('version', { version: n }) }))} />
            <Refusal error={release.refused} />
            <div className="row"><Button look="main" busy={release.busy} aria-disabled={(lessons.data?.items.length ?? 0) === 0} onClick={() => { if ((lessons.data?.items.length ?? 0) > 0) void go() }}>{t('l.release')}</Button></div>
          </div>
        )}
      </Card>
    </div>
  )
}
