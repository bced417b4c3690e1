import type { IconName } from '../kit/kit.ts'

type Place = { to: string; name: 'nav.home' | 'nav.calendar' | 'nav.mine' | 'nav.board' | 'nav.inbox' | 'nav.units' | 'nav.journal' | 'nav.tasks' | 'nav.manage' | 'nav.bodies' | 'nav.papers' | 'nav.plans' | 'nav.reports'; icon: IconName; key: string; right?: string; /** Has its place in the bar of a phone. */ bar?: boolean; /** Other addresses that belong to it. */ within?: readonly string[] }

/** The places of the product, in the order of the day's work. The next capability adds a line. */
export const places: readonly Place[] = [
  { to: '/', name: 'nav.home', icon: 'home', key: 'g h', bar: true },
  { to: '/tasks', name: 'nav.mine', icon: 'tasks', key: 'g m', bar: true, within: ['/directives'] },
  { to: '/board', name: 'nav.board', icon: 'board', key: 'g b', bar: true },
  { to: '/calendar', name: 'nav.calendar', icon: 'event', key: 'g l' },
  { to: '/inbox', name: 'nav.inbox', icon: 'inbox', key: 'g i', bar: true },
  { to: '/plans', name: 'nav.plans', icon: 'edit', key: 'g k', right: 'plan.read', within: ['/proposals', '/received-plans'] },
  { to: '/papers', name: 'nav.papers', icon: 'file', key: 'g v', right: 'paper.read', within: ['/custodies'] },
  { to: '/reports', name: 'nav.reports', icon: 'upload', key: 'g r', right: 'report.read', within: ['/report-collections', '/report-forms'] },
  { to: '/units', name: 'nav.units', icon: 'units', key: 'g u' },
  { to: '/bodies', name: 'nav.bodies', icon: 'person', key: 'g o', right: 'body.read', within: ['/meetings'] },
  { to: '/journal', name: 'nav.journal', icon: 'journal', key: 'g j', right: 'journal.read' },
  { to: '/manage', name: 'nav.manage', icon: 'shield', key: 'g q', right: 'person.edit', within: ['/people', '/programmes', '/templates', '/packages'] },
]
