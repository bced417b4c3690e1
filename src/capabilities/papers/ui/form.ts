// The form of a paper as it is typed, and the paper that it says.
import { useEffect } from 'react'
import type { Annex, Block, Letter, Letterhead } from '../contract/letter.ts'
import { typedBlocks, typedLines, typedText } from '../decide/typed.ts'

/** As typed: lists are lines of one field. */
export type Form = {
  kind: Letter['kind']; subject: string; day: string | undefined; to: string; grounds: string; authority: string; body: string; rest: Block[]; signAs: string; signer: string; secondAs: string; second: string; recipients: string; drafter: string; urgency: '' | NonNullable<Letter['urgency']>
  annexes: Annex[]; sentTo: { id: string; name: string }[]; filing: string; first: string; directiveId: string | null; head: Letterhead
}
export const letterOf = (form: Form): Letter => ({
  kind: form.kind, lang: form.head.profile === 'international' ? 'en' : 'vi', head: form.head, drafter: form.drafter.trim(), subject: form.subject.trim() || '…', day: form.day ?? null, urgency: form.urgency || null, circulation: '',
  to: typedLines(form.to), grounds: typedLines(form.grounds), authority: form.authority.trim(), body: [...typedBlocks(form.body), ...form.rest], signAs: typedLines(form.signAs), signer: form.signer.trim(), second: form.secondAs.trim() || form.second.trim() ? { signAs: typedLines(form.secondAs), signer: form.second.trim() } : null, recipients: typedLines(form.recipients), copies: null, annexes: form.annexes,
})
export const formOf = (letter: Omit<Letter, 'head'>, head: Letterhead): Omit<Form, 'sentTo' | 'directiveId'> => {
  const { text, rest } = typedText(letter.body)
  return {
    kind: letter.kind, subject: letter.subject, day: letter.day ?? undefined, to: letter.to.join('\n'), grounds: letter.grounds.join('\n'), authority: letter.authority, body: text, rest, signAs: letter.signAs.join('\n'), signer: letter.signer, secondAs: letter.second?.signAs.join('\n') ?? '', second: letter.second?.signer ?? '',
    recipients: letter.recipients.join('\n'), drafter: letter.drafter, urgency: letter.urgency ?? '', annexes: letter.annexes, filing: '', first: '', head,
  }
}
export const EMPTY: Omit<Letter, 'head'> = { kind: 'letter', lang: 'vi', drafter: '', subject: '', day: null, urgency: null, circulation: '', to: [], grounds: [], authority: '', body: [], signAs: [], signer: '', second: null, recipients: ['Như trên'], copies: null, annexes: [] }

export function useKept(key: string | undefined, form: Form): void {
  useEffect(() => {
    if (!key) return
    const timer = setTimeout(() => { try { sessionStorage.setItem(key, JSON.stringify(form)) } catch { /* a private window forgets it */ } }, 400)
    return () => clearTimeout(timer)
  }, [key, form])
}
