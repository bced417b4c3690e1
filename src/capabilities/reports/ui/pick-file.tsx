// A button that opens the computer's choice of files: the field itself is never seen, nor reached by Tab.
import { useRef } from 'react'
import { Button } from '../../../web/kit/kit.ts'

export function PickFile({ label, accept, several, busy, small, onFiles }: { label: string; accept?: string; several?: boolean; busy?: boolean; small?: boolean; onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button icon="upload" {...(small ? { small } : {})} {...(busy ? { busy } : {})} onClick={() => input.current?.click()}>{label}</Button>
      <input ref={input} type="file" hidden multiple={several} accept={accept} onChange={(event) => { onFiles([...(event.target.files ?? [])]); event.target.value = '' }} />
    </>
  )
}
