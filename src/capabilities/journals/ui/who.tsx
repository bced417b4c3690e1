import type { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { journals } from './messages.ts'

export type Story = Awaited<ReturnType<typeof api.journals.activity>>['items'][number]

/** Who did it, for whom, and on whose word: what was told by telephone is always shown as such. */
export function Who({ story }: { story: Story }) {
  const t = useT(journals)
  const { actor, onBehalfOf, told } = story
  const name = actor.kind === 'person' ? actor.name ?? t('erased') : t(actor.kind)
  const how = told && (['telephone', 'paper', 'radio', 'in_person'] as const).find((one) => one === told.how)
  return (
    <>{name}{onBehalfOf && <span className="soft">, {t('behalf', { name: onBehalfOf.name ?? t('erased') })}</span>}{told && how && <span className="soft">, {t(`told.${how}`, { name: told.by ?? t('erased') })}</span>}</>
  )
}
