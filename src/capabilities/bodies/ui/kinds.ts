// The kinds and roles as the screens list them; the contract's own lists would bring its schemas to the browser.
export const BODY_KINDS = ['steering', 'subcommittee', 'helpers', 'inspection', 'appraisal'] as const
export const MEMBER_ROLES = ['chair', 'vice_chair', 'standing', 'member', 'secretary'] as const
