import { createContext, use, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Modal } from '@mantine/core'
import { useT } from '../i18n.tsx'
import { Button } from './buttons.tsx'
import { kit } from './messages.ts'

/** Escape is heard by every dialog that is open: it is for the one in front, also where that closes by it. */
let inFront = 0

/** One thing in front of the page. Esc and the cross close it (`asks`: with a question, once something was entered); beside it one may press only while nothing was. The focus goes in and comes back to where it was. */
export function Dialog({ open, onClose, title, size = 'md', asks = false, front = false, foot, children }: { open: boolean; onClose: () => void; title: ReactNode; size?: 'sm' | 'md' | 'lg'; asks?: boolean; /** Before another dialog: a question about it. */ front?: boolean; foot?: ReactNode; children: ReactNode }) {
  const t = useT(kit)
  const [typed, setTyped] = useState(false)
  const confirm = useConfirm()
  const asking = useRef(false)
  const leave = async () => {
    if (asking.current || (!front && inFront > 0)) return
    asking.current = true
    const drop = !asks || !typed || await confirm({ title: t('drop.title'), text: t('drop.text'), yes: t('drop.do'), danger: true })
    asking.current = false
    if (drop) onClose()
  }
  useLayoutEffect(() => {
    if (!front || !open) return
    inFront++
    return () => void setTimeout(() => { inFront-- })
  }, [front, open])
  // Most callers mount a dialog open and drop it, which Mantine's own return of the focus does not see.
  useLayoutEffect(() => {
    if (!open) return
    const from = document.activeElement
    return () => {
      setTyped(false)
      if (from instanceof HTMLElement && from.isConnected && document.activeElement?.closest('[role=dialog]') !== from.closest('[role=dialog]')) from.focus()
    }
  }, [open])
  return (
    <Modal.Root opened={open} {...(front ? { zIndex: 250 } : {})} onClose={() => void leave()} closeOnClickOutside={!typed} size={{ sm: 420, md: 560, lg: 820 }[size]} lockScroll={false} yOffset="10vh" transitionProps={{ duration: 120, transition: 'fade-down' }} padding={0} classNames={{ content: 'dialog' }}>
      <Modal.Overlay color="var(--veil)" backgroundOpacity={1} />
      <Modal.Content>
        {/* Else the header element would be a second banner of the page. */}
        <Modal.Header role="none" className="dialog-head"><Modal.Title className="dialog-title">{title}</Modal.Title><Modal.CloseButton aria-label={t('dialog.close')} /></Modal.Header>
        <Modal.Body><div className="dialog-content" onInput={() => setTyped(true)}>{children}</div>{foot && <div className="dialog-foot">{foot}</div>}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

type Question = { title: string; text: ReactNode; yes: string; danger?: boolean }
const ConfirmContext = createContext<(question: Question) => Promise<boolean>>(() => Promise.resolve(false))

/** `if (await confirm({ title, text, yes: 'Thu hồi', danger: true })) …`: the button says the deed, never just "OK". */
export const useConfirm = () => use(ConfirmContext)

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const t = useT(kit)
  const [question, setQuestion] = useState<Question>()
  const [open, setOpen] = useState(false)
  const answer = useRef<(yes: boolean) => void>(() => {})
  const ask = useCallback((next: Question) => new Promise<boolean>((resolve) => { answer.current = resolve; setQuestion(next); setOpen(true) }), [])
  const close = (yes: boolean) => { setOpen(false); answer.current(yes) }
  return (
    <ConfirmContext value={ask}>
      {children}
      <Dialog open={open} onClose={() => close(false)} title={question?.title ?? ''} size="sm" front
        foot={<><Button onClick={() => close(false)} data-autofocus={question?.danger || undefined}>{t('dialog.cancel')}</Button><Button look={question?.danger ? 'danger' : 'main'} onClick={() => close(true)}>{question?.yes ?? t('dialog.ok')}</Button></>}>
        {typeof question?.text === 'string' ? <p>{question.text}</p> : question?.text}
      </Dialog>
    </ConfirmContext>
  )
}
