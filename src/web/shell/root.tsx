import { useEffect } from 'react'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { ConfirmProvider, Toasts, leaveOpened } from '../kit/kit.ts'

export function Root() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  useEffect(leaveOpened, [path])
  return <ConfirmProvider><Outlet /><Toasts /></ConfirmProvider>
}
