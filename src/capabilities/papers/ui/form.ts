// The form of a paper as it is typed, and the paper that it says; kept at the server while it is written.
import { useEffect, useRef, useState } from 'react'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { Annex, Block, Letter, Letterhead } from '../contract/letter.ts'
import type { LinkRelation, MadeFrom } from '../contract/facts.ts'
import type { DraftKind } from '../contract.ts'
import { typedBlocks, typedLines, typedText } from '../decide/typed.ts'

/** `label`: what the form shows of a paper or task that is linked. */
export type FormLink = { relation: LinkRelation; paperId: string | null; directiveId: string | null; taskId: string | null; about?: MadeFrom | null | undefined; text: string | null; label?: string | undefined }
/** As an order takes them. */
export const given = (links: FormLink[]) => links.map(({ label: _, ...link }) => link)
/** As typed: lists are lines of one field. */
export type Form = {
  kind: Letter['kind']; subject: string; day: string | undefined; to: string; grounds: string; authority: string; body: string; rest: Block[]; signAs: string; signer: string; secondAs: string; second: string; recipients: string; drafter: string; urgency: '' | NonNullable<Letter['urgency']>; /** Drafts from before have neither. */ circulation?: string; copies?: string
  annexes: Annex[]; sentTo: { id: string; name: string }[]; filing: string; first: string; links: FormLink[]; withTasks: boolean; bodyId: string | null; /** Drafts from before have none. */ grade?: Grade; head: Letterhead
}
export const letterOf = (form: Form): Letter => ({
  kind: form.kind, lang: form.head.profile === 'international' ? 'en' : 'vi', head: form.head, drafter: form.drafter.trim(), subject: form.subject.trim() || '…', day: form.day ?? null, urgency: form.urgency || null, circulation: form.circulation?.trim() ?? '',
  to: typedLines(form.to), grounds: typedLines(form.grounds), authority: form.authority.trim(), body: typedBlocks(form.body, form.rest), signAs: typedLines(form.signAs), signer: form.signer.trim(),
  second: form.secondAs.trim() || form.second.trim() ? { signAs: typedLines(form.secondAs), signer: form.second.trim() } : null, recipients: typedLines(form.recipients), copies: Number(form.copies) > 0 ? Number(form.copies) : null, annexes: form.annexes,
})
export const formOf = (letter: Omit<Letter, 'head'>, head: Letterhead): Omit<Form, 'sentTo' | 'links'> => {
  const { text, rest } = typedText(letter.body, letter.lang)
  return {
    kind: letter.kind, subject: letter.subject, day: letter.day ?? undefined, to: letter.to.join('\n'), grounds: letter.grounds.join('\n'), authority: letter.authority, body: text, rest, signAs: letter.signAs.join('\n'), signer: letter.signer,
    secondAs: letter.second?.signAs.join('\n') ?? '', second: letter.second?.signer ?? '', recipients: letter.recipients.join('\n'), drafter: letter.drafter, urgency: letter.urgency ?? '', circulation: letter.circulation, copies: letter.copies ? String(letter.copies) : '', annexes: letter.annexes, filing: '', first: '', withTasks: false, bodyId: null, head,
  }
}
export const EMPTY: Omit<Letter, 'head'> = { kind: 'letter', lang: 'vi', drafter: '', subject: '', day: null, urgency: null, circulation: '', to: [], grounds: [], authority: '', body: [], signAs: [], signer: '', second: null, recipients: ['Như trên'], copies: null, annexes: [] }
/** To each of several units before a session: begun with words, which the office changes as it likes. What stands in braces is filled in for each. */
export const chasing = (lang: 'vi' | 'en'): Omit<Letter, 'head'> => ({
  ...EMPTY, ...(lang === 'vi' ? {
    lang, subject: 'Đôn đốc thực hiện nhiệm vụ quá hạn, nộp báo cáo', body: [
      'Để chuẩn bị phiên họp, đề nghị {đơn vị} tập trung hoàn thành các nhiệm vụ đã quá thời hạn (danh mục tại Phụ lục, nếu có), nộp đủ báo cáo đã đến hạn (danh mục tại Phụ lục, nếu có) và báo cáo kết quả trước phiên họp; việc nào chưa hoàn thành thì nêu rõ lý do, người chịu trách nhiệm và thời hạn hoàn thành.',
      'Đề nghị {đơn vị} quan tâm, phối hợp thực hiện.',
    ].map((text) => ({ type: 'text' as const, text })),
  } : { lang, recipients: ['As above'], subject: 'Overdue tasks and reports', body: ['In preparation of the session, {unit} is asked to complete its overdue tasks (listed in the annex, if any), to submit the reports that are due (listed in the annex, if any), and to report before the session; for what cannot be done, please give the reason, who answers for it and a new date.'].map((text) => ({ type: 'text' as const, text })) }),
})

export type Keeping = { state: 'idle' | 'saving' | 'kept' | 'failed' | 'changed'; at?: string; /** Saves over what somebody else saved. */ over: () => void; /** Saves what is still open, before an order that rests on it; false: it did not work. */ flush: () => Promise<boolean>; stop: () => void }
const PAUSE = 1200

/** Saved a moment after the last key, and when one leaves before that; nothing is made by looking. What stands at the server is never overwritten unseen. */
export function useDraft<Typed extends { kind: DraftKind; subject: string; grade?: Grade }>(place: { unitId: string; draftId: string; version: number }, form: Typed): Keeping {
  const [state, setState] = useState<Keeping['state']>('idle')
  const [at, setAt] = useState<string>()
  const version = useRef(place.version)
  const kept = useRef(form)
  const latest = useRef(form)
  const work = useRef<Promise<boolean>>(Promise.resolve(true))
  const stopped = useRef(false)
  latest.current = form
  const asked = useRef(false)
  asked.current = state === 'changed'
  const same = (now: Typed) => now === kept.current || JSON.stringify(now) === JSON.stringify(kept.current)
  const save = (expected?: number): Promise<boolean> => {
    work.current = work.current.then(async () => {
      const now = latest.current
      if (stopped.current || (same(now) && expected === undefined)) return true
      setState('saving')
      try {
        const done = await api.papers.saveDraft({ unitId: place.unitId, draftId: place.draftId, expectedVersion: expected ?? version.current, kind: now.kind, grade: now.grade ?? 'none', subject: now.subject.trim().slice(0, 500), form: JSON.stringify(now) })
        version.current = done.version
        kept.current = now
        setAt(done.savedAt)
        setState('kept')
        return true
      } catch (error) {
        setState(refusalOf(error).code === 'CHANGED' ? 'changed' : 'failed')
        return false
      }
    })
    return work.current
  }
  useEffect(() => {
    if (same(form) || state === 'changed') return
    if (state === 'kept') setState('idle') // what was typed since is not saved yet
    const timer = setTimeout(() => void save(), PAUSE)
    return () => clearTimeout(timer)
  }, [form, state]) // eslint-disable-line react-hooks/exhaustive-deps -- the place of one editor never changes
  // Left in the middle of a word: saved on the way out, unless a colleague's stands there.
  useEffect(() => () => {
    if (!asked.current && !stopped.current && !same(latest.current)) void save().then(() => queries.invalidateQueries({ queryKey: q.papers.drafts.key() }))
  }, []) // eslint-disable-line react-hooks/exhaustive-deps -- once, at the end
  const over = () => void (async () => {
    const { draft } = await api.papers.draft({ unitId: place.unitId, draftId: place.draftId })
    await save(draft?.version ?? 0)
  })().catch(() => setState('failed'))
  return { state, ...(at ? { at } : {}), over, flush: () => save(), stop: () => { stopped.current = true } }
}
