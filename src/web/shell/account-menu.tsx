import { useNavigate } from '@tanstack/react-router'
import { api } from '../client.ts'
import { useLang, useT } from '../i18n.tsx'
import { Icon, IconButton, Menu, initialsOf } from '../kit/kit.ts'
import { forgetAll, forgetTyped, useMe } from '../session.ts'
import { useTheme } from '../theme/theme.tsx'
import { shell } from './messages.ts'

/** Whoever is signed in chooses for the account: its mails and its next sign-in speak it too. The demonstration's accounts are everybody's. */
function useOwnLang() {
  const { lang, setLang } = useLang()
  const me = useMe()
  return { lang, setLang: (next: typeof lang) => { setLang(next); if (me && !me.demo) api.people.changeSettings({ lang: next }).catch(() => {}) } }
}

/** Says the other language in that language: who needs it cannot read this one. */
export function LangSwitch() {
  const { lang, setLang } = useOwnLang()
  const t = useT(shell)
  return (
    <button type="button" className="lang" lang={lang === 'vi' ? 'en' : 'vi'} title={t('lang.switch')} onClick={() => setLang(lang === 'vi' ? 'en' : 'vi')}>
      {lang === 'vi' ? 'EN' : 'VI'}<span className="hidden-visually">: {t('lang.switch')}</span>
    </button>
  )
}

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme()
  const t = useT(shell)
  const dark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  return <IconButton className="theme-switch" icon={dark ? 'sun' : 'moon'} label={dark ? t('theme.toggle.light') : t('theme.toggle.dark')} onClick={() => setTheme(dark ? 'light' : 'dark')} />
}

export function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const t = useT(shell)
  const me = useMe()
  const { theme, setTheme } = useTheme()
  const { lang, setLang } = useOwnLang()
  const navigate = useNavigate()
  const leave = async () => {
    await api.people.signOut({}).catch(() => {})
    forgetAll()
    await navigate({ to: '/sign-in', search: {} })
    forgetTyped()
  }
  const name = me?.name ?? me?.account ?? ''
  return (
    <Menu items={[
      { heading: [name, me?.unit?.name].filter(Boolean).join(' · ') },
      { label: t('account.self'), icon: 'person', run: () => void navigate({ to: '/account', search: {} }) },
      { label: t('account.password'), icon: 'key', run: () => void navigate({ to: '/account', search: { tab: 'password' } }) },
      { label: t('help'), icon: 'keyboard', hint: '?', run: onHelp },
      'line', { heading: t('theme') },
      { label: t('theme.auto'), checked: theme === 'auto', run: () => setTheme('auto') }, { label: t('theme.light'), checked: theme === 'light', run: () => setTheme('light') }, { label: t('theme.dark'), checked: theme === 'dark', run: () => setTheme('dark') },
      'line', { heading: t('lang') },
      { label: t('lang.vi'), checked: lang === 'vi', run: () => setLang('vi') }, { label: t('lang.en'), checked: lang === 'en', run: () => setLang('en') },
      'line', { label: t('account.out'), icon: 'out', run: () => void leave() },
    ]}>
      <button type="button" className="who" title={name} data-initials={initialsOf(name)}><span className="hidden-visually">{t('account')}: {name}</span><Icon name="down" size={12} /></button>
    </Menu>
  )
}
