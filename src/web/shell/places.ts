import type { IconName } from '../kit/kit.ts'

type Place = { to: string; name: 'nav.mine' | 'nav.board' | 'nav.inbox' | 'nav.units' | 'nav.journal' | 'nav.tasks' | 'nav.manage'; icon: IconName; key: string; right?: string; /** Has its place in the bar of a phone. */ bar?: boolean; /** Other addresses that belong to it. */ within?: readonly string[] }

/** The places of the product, in the order of the day's work. The next capability adds a line. */
export const places: readonly Place[] = [
  { to: '/tasks', name: 'nav.mine', icon: 'tasks', key: 'g m', bar: true },
  { to: '/board', name: 'nav.board', icon: 'board', key: 'g b', bar: true },
  { to: '/inbox', name: 'nav.inbox', icon: 'inbox', key: 'g i', bar: true },
  { to: '/units', name: 'nav.units', icon: 'units', key: 'g u' },
  { to: '/journal', name: 'nav.journal', icon: 'journal', key: 'g j', right: 'journal.read' },
  { to: '/manage', name: 'nav.manage', icon: 'shield', key: 'g q', right: 'person.edit', within: ['/people', '/programmes', '/templates'] },
]
