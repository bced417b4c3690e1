import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import type { LinkProps } from '@tanstack/react-router'
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'

export type Look = 'plain' | 'main' | 'quiet' | 'danger'
type Common = { look?: Look; icon?: IconName; small?: boolean; children: ReactNode }

/** `main`: the one thing to do here; `plain`: another; `quiet`: inside rows and bars; `danger`: cannot be undone. `busy` keeps the focus and says so. */
export function Button({ look = 'plain', icon, small, busy, children, className, ...rest }: Common & { busy?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button type="button" {...rest} className={`button ${look}${small ? ' small' : ''}${busy ? ' busy' : ''} ${className ?? ''}`} aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}>
      {icon && <Icon name={icon} size={16} />}<span>{children}</span>
    </button>
  )
}

export function LinkButton({ look = 'plain', icon, small, children, ...rest }: Common & LinkProps) {
  return <Link {...rest} className={`button ${look}${small ? ' small' : ''}`}>{icon && <Icon name={icon} size={16} />}<span>{children}</span></Link>
}

/** Only a picture, so `label` is its name for everybody: spoken, and shown under the pointer. */
export function IconButton({ icon, label, ...rest }: { icon: IconName; label: string } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type="button" {...rest} className={`icon-button ${rest.className ?? ''}`} aria-label={label} title={label}><Icon name={icon} /></button>
}
