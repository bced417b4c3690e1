// Ways to sign in beside the password: passkeys, and the organisation's own identity provider.
import * as z from 'zod'
import { Lang } from '../../../kernel/contract.ts'
import { Proof, SecondCode } from './shapes.ts'

/** What a browser's WebAuthn call takes, as JSON; read by the browser's own library. */
export const PasskeyOptions = z.object({ options: z.record(z.string(), z.unknown()) })
const Bytes = z.string().regex(/^[\w-]*={0,2}$/)
const answered = { id: Bytes.min(1).max(1400), rawId: Bytes.min(1).max(1400), type: z.literal('public-key'), authenticatorAttachment: z.string().max(40).nullish() }
/** What the device signed, as the browser gives it. */
export const PasskeyAnswer = z.object({ ...answered, response: z.object({ clientDataJSON: Bytes.min(1).max(4000), authenticatorData: Bytes.min(1).max(4000), signature: Bytes.min(1).max(8000), userHandle: Bytes.max(200).nullish() }) })
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>
export const NewPasskey = z.object({
  name: z.string().trim().min(1).max(60),
  answer: z.object({ ...answered, response: z.object({ clientDataJSON: Bytes.min(1).max(4000), attestationObject: Bytes.min(1).max(20_000), transports: z.array(z.string().max(40)).max(10).nullish() }) }),
})
/** `passkeys`: this address can have them (a name, and TLS or this machine). `provider`: what the button says. `lang`: of who never chose. */
export const WaysIn = z.object({ passkeys: z.boolean(), provider: z.object({ name: z.string().nullable() }).nullable(), lang: Lang })
/** `address`: where the browser goes; `ticket` stays in it and finishes what it began. */
export const ProviderStart = z.object({ address: z.string(), ticket: z.string() })
/** `query`: of the address that the provider sent the browser back to. With the ticket of `next: code`, only the code. */
export const ByProvider = z.object({ ticket: z.string().min(20).max(100), query: z.string().max(8000).optional(), code: SecondCode.optional() })
export const ProveMe = Proof.extend({ passkey: PasskeyAnswer.optional() })
