import type { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { journals } from './messages.ts'

export type Story = Awaited<ReturnType<typeof api.journals.activity>>['items'][number]

/** Who did it, for whom, and on whose word: what was told by telephone is always shown as such. */
function useParts(): (story: Story) => [name: string, ...more: string[]] {
  const t = useT(journals)
  return ({ actor, onBehalfOf, told }) => {
    const how = told && (['telephone', 'paper', 'radio', 'in_person'] as const).find((one) => one === told.how)
    return [actor.kind === 'person' ? actor.name ?? t('erased') : t(actor.kind), ...(onBehalfOf ? [t('behalf', { name: onBehalfOf.name ?? t('erased') })] : []), ...(told && how ? [t(`told.${how}`, { name: told.by ?? t('erased') })] : [])]
  }
}
export function Who({ story }: { story: Story }) {
  const [name, ...more] = useParts()(story)
  return <>{name}{more.map((text) => <span key={text} className="soft">, {text}</span>)}</>
}
/** The same as plain text. */
export function useWho(): (story: Story) => string {
  const parts = useParts()
  return (story) => parts(story).join(', ')
}
