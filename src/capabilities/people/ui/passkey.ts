// The browser's side of passkeys; its library is fetched when it is first needed.
import { Refused } from '../../../web/client.ts'
import type { T } from '../../../web/i18n.tsx'
import type { people } from './messages.ts'

type Answer<K extends 'startAuthentication' | 'startRegistration'> = Awaited<ReturnType<(typeof import('@simplewebauthn/browser'))[K]>>

export const canPasskeys = (): boolean => typeof PublicKeyCredential === 'function'

/** What the browser says in English and by the name of an exception becomes one sentence. */
function because(error: unknown, t: T<typeof people.vi>): Refused {
  if (error instanceof Refused) return error
  const name = error instanceof Error ? (error.cause instanceof Error ? error.cause.name : error.name) : ''
  return new Refused('PASSKEY', 422, t(name === 'InvalidStateError' ? 'k.there' : name === 'NotAllowedError' || name === 'AbortError' ? 'k.stopped' : 'k.failed'))
}

export async function askPasskey(options: object, t: T<typeof people.vi>): Promise<Answer<'startAuthentication'>> {
  try {
    const { startAuthentication } = await import('@simplewebauthn/browser')
    return await startAuthentication({ optionsJSON: options as never })
  } catch (error) { throw because(error, t) }
}
export async function makePasskey(options: object, t: T<typeof people.vi>): Promise<Answer<'startRegistration'>> {
  try {
    const { startRegistration } = await import('@simplewebauthn/browser')
    return await startRegistration({ optionsJSON: options as never })
  } catch (error) { throw because(error, t) }
}
