import { useId, useRef, useState } from 'react'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Icon } from './icons.tsx'
import { kit } from './messages.ts'

/** Files by dragging or by choosing; what is too big or of another kind is refused here, with the reason, before it is sent. */
export function FileDrop({ label, files, onFiles, accept, most = 20 * 1024 * 1024, several = true }: { label: string; files: readonly File[]; onFiles: (files: File[]) => void; accept?: string; most?: number; several?: boolean }) {
  const t = useT(kit)
  const { bytes } = useFormat()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [wrong, setWrong] = useState<string[]>([])
  const fits = (file: File) => !accept || accept.split(',').some((kind) => kind.trim().startsWith('.') ? file.name.toLowerCase().endsWith(kind.trim().toLowerCase()) : file.type.startsWith(kind.trim().replace('*', '')))
  const take = (given: Iterable<File>) => {
    const all = [...given]
    setWrong([...all.filter((file) => file.size > most).map((file) => t('file.tooBig', { name: file.name, size: bytes(file.size), most: bytes(most) })),
      ...all.filter((file) => !fits(file)).map((file) => t('file.kind', { name: file.name, kinds: accept ?? '' }))])
    const good = all.filter((file) => file.size <= most && fits(file))
    if (good.length > 0) onFiles(several ? [...files, ...good] : good.slice(0, 1))
  }
  return (
    <div className="field">
      <span className="label" id={`${id}-label`}>{label}</span>
      <div className={`drop${over ? ' over' : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files) }}>
        <Icon name="upload" /><span className="drop-word">{t('file.drop')}</span>
        <button type="button" className="button plain small" aria-describedby={Number.isFinite(most) ? `${id}-label ${id}-most` : `${id}-label`} onClick={() => input.current?.click()}><span>{t('file.pick')}</span></button>
        {Number.isFinite(most) && <span className="field-hint" id={`${id}-most`}>{t('file.most', { size: bytes(most) })}</span>}
        <input ref={input} type="file" hidden multiple={several} accept={accept} onChange={(event) => { take(event.target.files ?? []); event.target.value = '' }} />
      </div>
      {wrong.map((text) => <p key={text} className="field-error" role="alert"><Icon name="alert" size={14} />{text}</p>)}
      {files.length > 0 && (
        <ul className="drop-files" aria-label={t('file.chosen')}>{files.map((file, i) => (
          <li key={i}><Icon name="file" size={16} /><span className="clip">{file.name}</span><span className="soft nowrap">{bytes(file.size)}</span>
            <button type="button" className="icon-button" aria-label={t('file.remove', { name: file.name })} onClick={() => onFiles(files.filter((_, at) => at !== i))}><Icon name="close" size={14} /></button></li>
        ))}</ul>
      )}
    </div>
  )
}
