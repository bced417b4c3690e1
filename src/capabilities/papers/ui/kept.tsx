// Whether what is typed is safe at the server, said in words beside the form; and what to do when a colleague saved the same draft.
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Editors } from '../../../web/kit/kit.ts'
import type { Keeping } from './form.ts'
import { writing } from './write-messages.ts'

/** `draft`: which it is, and the version that was opened; 0: nobody else can have it before it is saved. */
export function DraftState({ kept, draft, again }: { kept: Keeping; draft: { unitId: string; draftId: string; version: number }; again: () => void }) {
  const t = useT(writing)
  const { time } = useFormat()
  if (kept.state === 'changed') return (
    <div className="note" role="alert"><div className="stack"><b>{t('draft.changed')}</b><p>{t('draft.changed.text')}</p>
      <div className="row"><Button small onClick={again}>{t('draft.take')}</Button><Button small look="danger" onClick={kept.over}>{t('draft.over')}</Button></div></div></div>
  )
  return <><p className={kept.state === 'failed' ? 'bad small' : 'soft small'} role="status">{kept.state === 'kept' && kept.at ? t('draft.kept', { at: time(kept.at) }) : kept.state === 'saving' ? t('draft.saving') : kept.state === 'failed' ? t('draft.failed') : t('draft.idle')}</p><Editors kind="paper" id={draft.version > 0 || kept.at ? `${draft.unitId}_${draft.draftId}` : undefined} /></>
}
