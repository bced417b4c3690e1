// What this screen is for, from docs/help, and the keys: beside every screen, in the language of the page.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useLang, useT } from '../i18n.tsx'
import { allowKeys, keysAllowed } from '../keys.ts'
import { CheckField, Dialog } from '../kit/kit.ts'
import { useMe } from '../session.ts'
import { shell } from './messages.ts'
import { places } from './places.ts'

const texts = { vi: () => import('../../../docs/help/vi.md?raw'), en: () => import('../../../docs/help/en.md?raw') }

/** The lines of one screen, by its address as the router writes it. */
function linesOf(text: string | undefined, path: string): string[] {
  const part = text?.split(/^## /m).find((one) => one.slice(0, one.indexOf('\n')).trim() === path)
  return part?.split('\n').filter((line) => line.startsWith('- ')).map((line) => line.slice(2)) ?? []
}
const Line = ({ text }: { text: string }) => <>{text.split(/\*\*(.+?)\*\*/).map((part, i) => (i % 2 ? <b key={i}>{part}</b> : part))}</>

export default function Help({ onClose }: { onClose: () => void }) {
  const t = useT(shell)
  const me = useMe()
  const { lang } = useLang()
  const [single, setSingle] = useState(keysAllowed)
  const path = useRouterState({ select: (state) => state.matches.at(-1)?.fullPath ?? '/' })
  const found = useQuery({ queryKey: ['help', lang], queryFn: async () => (await texts[lang]()).default, staleTime: Infinity })
  const here = linesOf(found.data, path === '/' ? '/' : path.replace(/\/$/, ''))
  const list = (title: string, lines: [string, string[]][]) => (
    <section className="stack tight"><h3>{title}</h3><dl className="shortcuts">{lines.map(([what, keys]) => <div key={what}><dt>{what}</dt><dd>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dd></div>)}</dl></section>
  )
  return (
    <Dialog open onClose={onClose} title={t('help')} size="md">
      {here.length > 0 && <section className="stack tight"><h3>{t('help.here')}</h3><ul className="help-lines">{here.map((text) => <li key={text}><Line text={text} /></li>)}</ul></section>}
      {list(t('help.any'), [[t('help.find'), ['Ctrl K', '/']], ...places.filter((place) => !place.right || me?.rights.includes(place.right)).map((place): [string, string[]] => [t(place.name), place.key.toUpperCase().split(' ')]), [t('help.help'), ['?']]])}
      {list(t('help.table'), [[t('help.rows'), ['↑', '↓']], [t('help.ends'), ['Home', 'End']], [t('help.open'), ['Enter']], [t('help.pick'), ['Space']]])}
      {list(t('help.tasks'), [[t('help.x'), ['X']], [t('help.due'), ['E']], [t('help.all'), ['Ctrl A']], [t('help.copy'), ['Ctrl C']], [t('help.in'), ['Ctrl F']]])}
      <CheckField label={t('help.single')} hint={t('help.single.hint')} value={single} onValue={(on) => { allowKeys(on); setSingle(on) }} />
    </Dialog>
  )
}
