import { Link } from '@tanstack/react-router'
import { useT } from '../../../../web/i18n.tsx'
import { Allowed, Icon, Page } from '../../../../web/kit/kit.ts'
import type { IconName } from '../../../../web/kit/kit.ts'
import { useMe } from '../../../../web/session.ts'
import { FirstSteps } from './first-steps.tsx'
import { manage } from './messages.ts'

const doors: readonly { id: 'people' | 'programmes' | 'units' | 'boundaries' | 'journal' | 'packages' | 'settings' | 'system'; to: string; icon: IconName; right: string }[] = [
  { id: 'people', to: '/people', icon: 'person', right: 'person.edit' }, { id: 'programmes', to: '/programmes', icon: 'event', right: 'programme.read' },
  { id: 'units', to: '/units/import', icon: 'units', right: 'unit.import' }, { id: 'boundaries', to: '/manage/boundaries', icon: 'globe', right: 'map.edit' },
  { id: 'journal', to: '/journal', icon: 'journal', right: 'journal.read' }, { id: 'packages', to: '/packages', icon: 'swap', right: 'exchange.read' },
  { id: 'settings', to: '/manage/settings', icon: 'edit', right: 'installation.manage' }, { id: 'system', to: '/manage/system', icon: 'shield', right: 'installation.manage' },
]

/** Everything that prepares the work, behind one place. */
export function Manage() {
  const t = useT(manage)
  const me = useMe()
  return (
    <Allowed right="person.edit">
      <Page title={t('title')} line={t('line')}>
        <FirstSteps />
        <nav className="doors" aria-label={t('title')}>{doors.filter((door) => me?.rights.includes(door.right)).map((door) => (
          <Link key={door.id} to={door.to as '/'} className="door"><Icon name={door.icon} size={20} /><span><b>{t(`door.${door.id}`)}</b><span className="soft small">{t(`door.${door.id}.text`)}</span></span></Link>
        ))}</nav>
      </Page>
    </Allowed>
  )
}
