// Light, dark, or as the machine says. Mantine's parts get the same tokens, and their one style element the page's nonce.
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { MantineProvider, createTheme } from '@mantine/core'
import type { CSSVariablesResolver } from '@mantine/core'

export type Theme = 'auto' | 'light' | 'dark'
const ThemeContext = createContext<{ theme: Theme; setTheme: (theme: Theme) => void }>({ theme: 'auto', setTheme: () => {} })
export const useTheme = () => useContext(ThemeContext)

const mantine = createTheme({
  fontFamily: 'var(--font)', headings: { fontFamily: 'var(--font)' }, defaultRadius: 'md', radius: { md: '8px', sm: '5px' }, respectReducedMotion: true, cursorType: 'pointer',
  fontSizes: { xs: '.75rem', sm: '.875rem', md: '.875rem' }, focusRing: 'auto',
})

const tokens = {
  '--mantine-color-body': 'var(--card)', '--mantine-color-text': 'var(--ink)', '--mantine-color-dimmed': 'var(--soft)', '--mantine-color-placeholder': 'var(--faint)',
  '--mantine-color-default': 'var(--card)', '--mantine-color-default-color': 'var(--ink)', '--mantine-color-default-border': 'var(--edge)', '--mantine-color-default-hover': 'var(--sunk)',
  '--mantine-color-error': 'var(--unmet)', '--mantine-color-anchor': 'var(--press)', '--mantine-primary-color-filled': 'var(--press)', '--mantine-primary-color-contrast': 'var(--press-ink)',
  '--mantine-primary-color-filled-hover': 'var(--press)', '--mantine-primary-color-light': 'var(--press-wash)', '--mantine-primary-color-light-color': 'var(--press)',
}
const resolver: CSSVariablesResolver = () => ({ variables: tokens, light: tokens, dark: tokens })
const nonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

const night = matchMedia('(prefers-color-scheme: dark)')
const watchNight = (watch: () => void) => { night.addEventListener('change', watch); return () => night.removeEventListener('change', watch) }

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [theme, set] = useState<Theme>(() => (document.documentElement.dataset['theme'] as Theme | undefined) ?? 'auto')
  const dark = useSyncExternalStore(watchNight, () => night.matches)
  useEffect(() => {
    const root = document.documentElement
    if (theme === 'auto') delete root.dataset['theme']
    else root.dataset['theme'] = theme
  }, [theme])
  const value = useMemo(() => ({
    theme,
    setTheme: (next: Theme) => {
      try { localStorage.setItem('sansang.theme', next) } catch { /* a private window forgets it */ }
      set(next)
    },
  }), [theme])
  return (
    <ThemeContext value={value}>
      <MantineProvider theme={mantine} cssVariablesResolver={resolver} getStyleNonce={nonce} forceColorScheme={theme === 'auto' ? (dark ? 'dark' : 'light') : theme}>
        {children}
      </MantineProvider>
    </ThemeContext>
  )
}

declare module 'react' {
  interface CSSProperties { [token: `--${string}`]: string | number | undefined }
}
