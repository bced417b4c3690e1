import { useState } from 'react'
import { useT } from '../i18n.tsx'
import { allowKeys, keysAllowed } from '../keys.ts'
import { CheckField, Dialog } from '../kit/kit.ts'
import { shell } from './messages.ts'

export default function Help({ onClose }: { onClose: () => void }) {
  const t = useT(shell)
  const [single, setSingle] = useState(keysAllowed)
  const list = (title: string, lines: [string, string[]][]) => (
    <section className="stack tight"><h3>{title}</h3><dl className="shortcuts">{lines.map(([what, keys]) => <div key={what}><dt>{what}</dt><dd>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dd></div>)}</dl></section>
  )
  return (
    <Dialog open onClose={onClose} title={t('help')} size="md">
      {list(t('help.any'), [[t('help.find'), ['Ctrl K', '/']], [t('help.mine'), ['G', 'M']], [t('help.board'), ['G', 'B']], [t('help.inbox'), ['G', 'I']], [t('help.units'), ['G', 'U']], [t('help.journal'), ['G', 'J']], [t('help.manage'), ['G', 'Q']], [t('help.help'), ['?']]])}
      {list(t('help.table'), [[t('help.rows'), ['↑', '↓']], [t('help.ends'), ['Home', 'End']], [t('help.open'), ['Enter']], [t('help.pick'), ['Space']]])}
      {list(t('help.tasks'), [[t('help.x'), ['X']], [t('help.due'), ['E']], [t('help.all'), ['Ctrl A']], [t('help.copy'), ['Ctrl C']], [t('help.in'), ['Ctrl F']]])}
      <CheckField label={t('help.single')} hint={t('help.single.hint')} value={single} onValue={(on) => { allowKeys(on); setSingle(on) }} />
    </Dialog>
  )
}
