// Files of a report looked at in place: pictures and PDFs one after the other, anything else saved.
import { useState } from 'react'
import { url } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Icon } from '../../../web/kit/kit.ts'
import type { Grade } from '../../../pure/grades.ts'
import { GradeMark } from '../../custodies/ui/grade.tsx'
import { tasks as messages } from './messages.ts'

type File = { id: string; name: string; type: string; size: number; /** Of a file of a graded record. */ grade?: Grade }
const isImage = (file: File): boolean => /^image\/(png|jpeg|webp)$/.test(file.type)
const address = (file: File, inline = false): string => url(`api/v1/files/${file.id}${inline ? '?view=inline' : ''}`)
/** Some phones and some offices' browsers show no PDF in a page. */
const showsPdf = (): boolean => navigator.pdfViewerEnabled !== false

export function Evidence({ files }: { files: readonly File[] }) {
  const t = useT(messages)
  const { bytes } = useFormat()
  const [at, setAt] = useState<number>()
  const looked = files.filter((file) => isImage(file) || file.type === 'application/pdf')
  const shown = at === undefined ? undefined : looked[at]
  const go = (by: number) => setAt((was) => ((was ?? 0) + by + looked.length) % looked.length)
  return (
    <>
      <Dialog open={shown !== undefined} onClose={() => setAt(undefined)} size="lg" title={shown?.name ?? ''} foot={shown && <>
        {looked.length > 1 && <><Button icon="left" onClick={() => go(-1)}>{t('file.before')}</Button><span className="soft" role="status">{t('file.at', { at: (at ?? 0) + 1, n: looked.length })}</span><Button icon="right" onClick={() => go(1)}>{t('file.next')}</Button></>}
        {shown.type === 'application/pdf' && <a className="button plain" href={address(shown, true)} target="_blank" rel="noopener">{t('file.tab')}</a>}<a className="button plain" href={address(shown)} download>{t('file.download')}</a>
      </>}>
        {shown && (isImage(shown) ? <img className="task-image-whole" src={address(shown)} alt={shown.name} />
          : showsPdf() ? <iframe className="task-pdf" src={address(shown, true)} title={shown.name} /> : <p>{t('file.noPdf')}</p>)}
      </Dialog>
      <ul className="task-files">{files.map((file) => {
        const n = looked.indexOf(file)
        return (
          <li key={file.id}>
            {isImage(file) && <button type="button" className="task-image" onClick={() => setAt(n)}><img src={address(file)} alt={t('file.show', { name: file.name })} loading="lazy" /></button>}
            {n >= 0 && !isImage(file) ? <button type="button" className="plain-link press" aria-haspopup="dialog" onClick={() => setAt(n)}><Icon name="file" size={14} /> {file.name}</button> : <a href={address(file)} download>{file.name}</a>} <span className="faint">{bytes(file.size)}</span> <GradeMark grade={file.grade ?? 'none'} />
          </li>
        )
      })}</ul>
    </>
  )
}
