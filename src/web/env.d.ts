/// <reference types="vite/client" />
declare module 'virtual:contract' {
  import type { AnyContractRouter } from '@orpc/contract'
  /** The contracts without their schemas: routes only, so that the first page carries no validator. */
  export const contract: AnyContractRouter
}
