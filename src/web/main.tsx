import { createRoot } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import './theme/all.css'
import { queries } from './client.ts'
import { LangProvider } from './i18n.tsx'
import { router } from './router.tsx'
import { ThemeProvider } from './theme/theme.tsx'

// After an update of the server the old parts are gone: fetch the page anew, once.
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('sansang.reloaded') ?? 0)
  if (Date.now() - last < 30_000) return
  sessionStorage.setItem('sansang.reloaded', String(Date.now()))
  event.preventDefault()
  location.reload()
})

createRoot(document.getElementById('app')!).render(
  <LangProvider>
    <ThemeProvider>
      <QueryClientProvider client={queries}><RouterProvider router={router} /></QueryClientProvider>
    </ThemeProvider>
  </LangProvider>,
)
