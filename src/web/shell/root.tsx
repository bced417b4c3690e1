import { Outlet } from '@tanstack/react-router'
import { ConfirmProvider, Toasts } from '../kit/kit.ts'

export function Root() {
  return <ConfirmProvider><Outlet /><Toasts /></ConfirmProvider>
}
