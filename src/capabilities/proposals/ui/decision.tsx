// The decision on a proposal: which option, in what words, by whom, told by whom, and the work that follows at once.
import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, ChoiceField, DateField, Dialog, Form, IconButton, SelectField, TextArea, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useWhose } from '../../plans/ui/whose.tsx'
import type { ProposalData } from './form.tsx'
import { proposals as messages } from './messages.ts'

type Given = { title: string; unit: UnitChoice | undefined; supporting: UnitChoice[]; due: string | undefined }
export function DecideDialog({ data, onClose, onDone }: { data: ProposalData; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const [verdict, setVerdict] = useState<string>('agreed')
  const [option, setOption] = useState(data.content?.chosen ?? '')
  const [text, setText] = useState('')
  const [tasks, setTasks] = useState<Given[]>([])
  const [tried, setTried] = useState(false)
  const whose = useWhose(data.sentAt)
  const order = useOrder(api.proposals.decide, ({ tasks: n }) => { toast(n > 0 ? t('decide.done.tasks', { n }) : t('decide.done')); onDone(); onClose() })
  const given = tasks.filter((one) => one.title.trim() || one.unit)
  const lacks = { text: verdict !== 'agreed' && !text.trim(), tasks: given.some((one) => !one.title.trim() || !one.unit) }
  const put = (i: number, more: Partial<Given>) => setTasks(tasks.map((one, at) => (at === i ? { ...one, ...more } : one)))
  const send = async () => {
    setTried(true)
    if (lacks.text || (lacks.tasks && verdict !== 'returned') || whose.lacks) return
    const files = await whose.sendFiles()
    if (files) await order.give({
      proposalId: data.id, expectedVersion: data.version, verdict: verdict as 'agreed', optionId: verdict === 'returned' ? null : option || null, files, ...(text.trim() ? { text: text.trim() } : {}), ...(whose.told ? { told: whose.told } : {}), ...(whose.on ? { decidedOn: whose.on } : {}),
      tasks: verdict === 'returned' ? [] : given.map((one) => ({ title: one.title.trim(), unitId: one.unit!.id, supportingUnitIds: one.supporting.filter(({ id }) => id !== one.unit!.id).map(({ id }) => id), ...(one.due ? { due: one.due } : {}) })),
    })
  }
  return (
    <Dialog open asks onClose={onClose} title={t('decide')} size="lg">
      <Form refused={order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={order.busy}>{t('decide.send')}</Button>}>
        <ChoiceField label={t('decide.verdict')} inline value={verdict} onValue={setVerdict} options={(['agreed', 'otherwise', 'returned'] as const).map((value) => ({ value, label: t(`verdict.${value}`) }))} />
        {verdict !== 'returned' && data.content && data.content.options.length > 0 && <SelectField label={t('decide.option')} optional value={option} onValue={setOption} empty={t('decide.option.none')} options={data.content.options.map((one) => ({ value: one.id, label: one.title }))} />}
        <TextArea label={t('decide.text')} optional={verdict === 'agreed'} rows={3} value={text} onValue={setText} maxLength={10_000} error={tried && lacks.text ? t('decide.text.must') : undefined} />
        {verdict !== 'returned' && <fieldset className="field proposal-options"><legend>{t('decide.tasks')}</legend>
          <ol>{tasks.map((one, i) => (
            <li key={i} aria-label={t('decide.task', { n: i + 1 })}><div className="proposal-option-head"><TextField label={`${i + 1}. ${t('decide.task.title')}`} value={one.title} onValue={(title) => put(i, { title })} maxLength={500} autoFocus={one.title === '' && i === tasks.length - 1} error={tried && lacks.tasks && !one.title.trim() ? t('missing') : undefined} /><IconButton icon="close" label={t('decide.task.drop', { n: i + 1 })} onClick={() => setTasks(tasks.filter((_, at) => at !== i))} /></div>
              <div className="field-row"><UnitField label={t('decide.task.unit')} value={one.unit} onValue={(unit) => put(i, { unit })} error={tried && lacks.tasks && !one.unit ? t('missing') : undefined} /><DateField label={t('decide.task.due')} optional value={one.due} onValue={(due) => put(i, { due })} /></div>
              <UnitField label={t('decide.task.supporting')} optional value={undefined} onValue={(unit) => { if (unit && unit.id !== one.unit?.id && !one.supporting.some(({ id }) => id === unit.id)) put(i, { supporting: [...one.supporting, unit] }) }} />
              {one.supporting.length > 0 && <ul className="plan-chips" aria-label={t('decide.task.supporting')}>{one.supporting.map((unit) => <li key={unit.id}>{unit.name}<IconButton icon="close" label={t('decide.task.supporting.drop', { name: unit.name })} onClick={() => put(i, { supporting: one.supporting.filter(({ id }) => id !== unit.id) })} /></li>)}</ul>}</li>
          ))}</ol>
          {tasks.length < 20 && <div><Button icon="plus" onClick={() => setTasks([...tasks, { title: '', unit: undefined, supporting: [], due: undefined }])}>{t('decide.task.add')}</Button></div>}
        </fieldset>}
        {whose.fields(tried)}
      </Form>
    </Dialog>
  )
}
