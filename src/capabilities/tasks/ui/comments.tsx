// What was said about a task. @ and the beginning of a name offers the people of its units; who is chosen finds it in the inbox.
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { atOnce, shown } from '../../../web/at-once.ts'
import { api, q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { isComposing } from '../../../web/keys.ts'
import { Button, Card, Field, Form, useDebounced } from '../../../web/kit/kit.ts'
import { uuidv7 } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import { asking, parted } from './mentions.ts'
import { tasks as messages } from './messages.ts'
import type { TaskDetail } from './task.tsx'

type Person = { id: string; name: string }

export function Comments({ task, may, onSent }: { task: TaskDetail; may: boolean; onSent: () => void }) {
  const t = useT(messages)
  const format = useFormat()
  const me = useMe()
  const [text, setText] = useState('')
  const [named, setNamed] = useState<readonly Person[]>([])
  const [going, setGoing] = useState<string>()
  const send = async () => {
    const said = text.trim()
    if (!said) return
    const orderId = uuidv7()
    const mentions = named.filter((one) => said.includes(`@${one.name}`)).slice(0, 20)
    setText('')
    setGoing(orderId)
    const answer = await atOnce(() => [shown<TaskDetail>(q.tasks.get.key({ input: { taskId: task.id } }), (data) => ({ ...data, comments: [...data.comments, { id: orderId, at: new Date().toISOString(), byId: me?.id ?? orderId, byName: me?.name ?? null, text: said, mentions }] }))],
      () => api.tasks.comment({ orderId, taskId: task.id, text: said, mentions: mentions.map(({ id }) => id) }))
    setGoing((now) => (now === orderId ? undefined : now))
    if (answer) { setNamed([]); onSent() } else setText((now) => now || said)
  }
  return (
    <Card title={t('comments')}>
      {task.comments.length === 0 ? <p className="soft">{t('comments.none')}</p> : <ol className="task-said">{task.comments.map((one) => <li key={one.id}>
        <p className="soft">{one.byName ?? t('someone')} · {one.id === going ? t('comment.going') : format.dateTime(one.at)}</p>
        <Said text={one.text} mentions={one.mentions} />
      </li>)}</ol>}
      {may && <Form onSend={() => void send()} foot={<Button type="submit">{t('comment.send')}</Button>}><MentionArea taskId={task.id} value={text} onValue={setText} named={named} onNamed={setNamed} /></Form>}
    </Card>
  )
}

/** A name that was changed since does not stand in the words as it is now: it is told below them. */
function Said({ text, mentions }: Pick<TaskDetail['comments'][number], 'text' | 'mentions'>) {
  const t = useT(messages)
  if (text === null) return <p className="task-text">{t('erased')}</p>
  const names = mentions.flatMap(({ name }) => (name ? [`@${name}`] : []))
  const others = names.filter((name) => !text.includes(name)).map((name) => name.slice(1))
  return (
    <>
      <p className="task-text">{parted(text, names).map((one, i) => (one.name ? <b key={i} className="task-mention">{one.text}</b> : one.text))}</p>
      {others.length > 0 && <p className="soft small">{t('comment.named', { names: others.join(', ') })}</p>}
    </>
  )
}

/** A text field whose list of names opens at @. Letters under composition (Telex, VNI) belong to the input method: it keeps Enter and the arrows as long as it is at work. */
function MentionArea({ taskId, value, onValue, named, onNamed }: { taskId: string; value: string; onValue: (text: string) => void; named: readonly Person[]; onNamed: (people: readonly Person[]) => void }) {
  const t = useT(messages)
  const list = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const composing = useRef(false)
  // Where the caret goes with the name, before the next letter comes.
  const put = useRef<number>(undefined)
  useLayoutEffect(() => { if (put.current !== undefined) field.current?.setSelectionRange(put.current, put.current); put.current = undefined }, [value])
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(0)
  const [shut, setShut] = useState<number>()
  const found = asking(value, caret, named.map(({ name }) => name))
  const asked = found && found.at !== shut ? found : undefined
  const wanted = useDebounced(asked?.words ?? '', 120)
  const people = useQuery({ ...q.tasks.people.queryOptions({ input: { taskId, q: wanted } }), enabled: asked !== undefined, placeholderData: keepPreviousData })
  // Never what was found for other letters.
  const settled = asked !== undefined && wanted === asked.words && people.isSuccess && !people.isPlaceholderData
  const hits = settled ? people.data.items : []
  const open = hits.length > 0 || (settled && asked.words !== '' && !asked.words.includes(' '))
  // At the foot of a page the list would open out of sight.
  useEffect(() => { if (open) document.getElementById(list)?.scrollIntoView({ block: 'nearest' }) }, [open, hits.length, list])
  const choose = (person: Person) => {
    const input = field.current
    if (!input || !asked) return
    // Leaving the field ends a composition: what it held is in the text then, and is not put in twice.
    if (composing.current) { input.blur(); input.focus() }
    const now = input.value
    const end = Math.max(input.selectionStart, asked.at + 1)
    const next = `${now.slice(0, asked.at)}@${person.name} ${now.slice(end).replace(/^ /, '')}`
    onNamed([...named.filter(({ id }) => id !== person.id), { id: person.id, name: person.name }])
    onValue(next)
    const to = asked.at + person.name.length + 2
    setAt(0)
    input.focus()
    put.current = to
    setCaret(to)
  }
  // Enter pressed faster than the names come waits for them; where there are none it makes the line that it asked for.
  const [entered, setEntered] = useState(false)
  // eslint-disable-next-line react-hooks/exhaustive-deps -- whenever it settles
  useEffect(() => {
    if (!entered || (asked && !settled && !people.isError)) return
    setEntered(false)
    const input = field.current
    if (hits[at]) choose(hits[at])
    else if (input) { const to = input.selectionStart + 1; onValue(`${input.value.slice(0, to - 1)}\n${input.value.slice(input.selectionEnd)}`); put.current = to; setCaret(to) }
  })
  const keys = (event: React.KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Enter' && asked && asked.words !== '' && !settled && !people.isError) { event.preventDefault(); setEntered(true) }
    if (!open) return
    if (event.key === 'ArrowDown') { event.preventDefault(); setAt(Math.min(at + 1, hits.length - 1)) }
    else if (event.key === 'ArrowUp') { event.preventDefault(); setAt(Math.max(at - 1, 0)) }
    else if (event.key === 'Enter' && hits[at]) { event.preventDefault(); choose(hits[at]) }
    else if (event.key === 'Escape') { event.stopPropagation(); setShut(asked?.at) }
  }
  return (
    <Field label={t('comment.write')} hint={t('comment.hint')}>{(wiring) => (
      <div className="combo" onBlur={(event) => { if (!composing.current && !event.currentTarget.contains(event.relatedTarget)) setShut(found?.at) }}>
        <textarea {...wiring} ref={field} className="input" rows={2} maxLength={4000} value={value} aria-autocomplete="list" aria-haspopup="listbox" aria-controls={list} aria-activedescendant={open && hits[at] ? `${list}-${at}` : undefined}
          onChange={(event) => { onValue(event.target.value); setCaret(event.target.selectionStart); setAt(0); setShut(undefined); setEntered(false) }} onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onCompositionStart={() => { composing.current = true }} onCompositionEnd={() => { composing.current = false }} onKeyDown={keys} />
        <span className="hidden-visually" role="status">{open ? t(hits.length > 0 ? 'comment.found' : 'comment.nobody', { n: hits.length }) : ''}</span>
        <ul className="menu combo-list" role="listbox" id={list} aria-label={t('comment.people')} hidden={!open}>
          {hits.map((person, i) => (
            <li key={person.id} id={`${list}-${i}`} role="option" aria-selected={i === at} onPointerMove={() => setAt(i)} onPointerDown={(event) => event.preventDefault()} onClick={() => choose(person)}><span>{person.name}</span><small className="soft">{person.unit}</small></li>
          ))}
          {open && hits.length === 0 && <li className="combo-none soft" role="option" aria-selected="false" aria-disabled="true">{t('comment.nobody')}</li>}
        </ul>
      </div>
    )}</Field>
  )
}
