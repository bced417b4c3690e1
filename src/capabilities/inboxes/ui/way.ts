/** Where a thing lives. What has no screen yet opens its journal. */
export const wayTo = (about: { kind: string; id: string }): { to: string; search?: Record<string, string> } =>
  ({ task: { to: `/tasks/${about.id}` }, event: { to: `/events/${about.id}` }, unit: { to: `/units/${about.id}` }, paper: { to: `/papers/${about.id}` }, report: { to: `/reports/${about.id}` }, plan: { to: `/plans/${about.id}` }, proposal: { to: `/proposals/${about.id}` }, webhook: { to: '/manage/webhooks' } })[about.kind] ?? { to: '/journal', search: { subject: `${about.kind}:${about.id}` } }
