// A secret of the installation, opened: encrypted with the key outside the database, bound to what it was kept for.
import type { Reader } from '../../../kernel/db.ts'
import { resealSecret, sealedSecret } from '../store.ts'
import type { Needs } from './api.ts'

/** `lost`: it was kept under a key that is not here. */
export async function openedSecret(needs: Pick<Needs, 'keys' | 'side'>, read: Reader, name: string, about: string, whose: string): Promise<{ opened: string | undefined; state: 'kept' | 'none' | 'lost' }> {
  const sealed = await sealedSecret(read, name, about)
  if (!sealed) return { opened: undefined, state: 'none' }
  const keys = needs.keys()
  const opened = keys.open(sealed, whose)
  // A new key was put before the one that sealed it: sealed anew, so that the old one may go.
  if (opened && keys.ids()[0] !== sealed.keyId) await resealSecret(needs.side, name, sealed.bytes, keys.seal(opened, whose))
  return { opened: opened?.toString(), state: opened ? 'kept' : 'lost' }
}
