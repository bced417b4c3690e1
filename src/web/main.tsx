import { createRoot } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import './theme/all.css'
import { queries } from './client.ts'
import { LangProvider } from './i18n.tsx'
import { router } from './router.tsx'
import { ThemeProvider } from './theme/theme.tsx'

createRoot(document.getElementById('app')!).render(
  <LangProvider>
    <ThemeProvider>
      <QueryClientProvider client={queries}><RouterProvider router={router} /></QueryClientProvider>
    </ThemeProvider>
  </LangProvider>,
)
