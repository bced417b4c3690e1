// The second factor: a code of the authenticator app, or one of those on paper. Each works once.
import { Refusal } from '../../../kernel/commit.ts'
import { Refused } from '../../../kernel/config.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { Keys } from '../../../kernel/keys.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { forgetSeeds, sealedSeeds, sealSeed, spendRecovery, spendStep } from '../store/second-factors.ts'
import type { Second } from '../store/second-factors.ts'
import { hashRecovery, newRecovery, recoveryAsPrinted, saltRecovery, stepOf } from './secrets.ts'

export const whose = (personId: string): string => `second_factor:${personId}`

/** Spends the code. Refused where the secret cannot be read, which whoever runs the server must hear about as much as its owner. */
export async function isCode({ side, at }: Context, keys: Keys, personId: string, second: Second, code: string): Promise<boolean> {
  if (!/^\d{6}$/.test(code)) {
    const printed = recoveryAsPrinted(code)
    return printed !== undefined && second.recoveryWith !== null && spendRecovery(side, personId, await hashRecovery(printed, second.recoveryWith))
  }
  const seed = keys.open(second.sealed, whose(personId))
  if (!seed) throw new Refusal('SECOND_FACTOR_LOST')
  const step = stepOf(seed, code, at)
  return step !== undefined && spendStep(side, personId, step, undefined)
}

/** Ten codes to print, and what is kept of them. */
export async function makeRecovery(): Promise<{ codes: string[]; kept: { with: string; hashes: Buffer[] } }> {
  const codes = newRecovery()
  const salted = saltRecovery()
  return { codes, kept: { with: salted, hashes: await Promise.all(codes.map((code) => hashRecovery(code, salted))) } }
}

/**
 * At the start of a server: what stands in clear, or under an older key, is encrypted with today's. A server whose key is not the one of what it finds
 * must not start as if nothing were wrong.
 */
export async function sealSeeds(read: Reader, side: SideWriter, keys: Keys): Promise<void> {
  const found = await sealedSeeds(read)
  if (found.length === 0) return
  const known = keys.ids()
  const foreign = found.filter(({ sealed }) => sealed.keyId !== null && !known.includes(sealed.keyId))
  if (foreign.length > 0) throw wrongKey(keys, foreign.map(({ sealed }) => sealed.keyId!))
  for (const { personId, sealed } of found) {
    const plain = sealed.keyId === null || sealed.keyId !== known[0] ? keys.open(sealed, whose(personId)) : undefined
    if (plain) await sealSeed(side, personId, sealed, keys.seal(plain, whose(personId)))
  }
}

function wrongKey({ from }: Keys, ids: string[]): Refused {
  const named = [...new Set(ids)].join(', ')
  return new Refused({
    vi: `${from}: không phải khóa đã mã hóa ${ids.length} xác thực hai lớp trong cơ sở dữ liệu (khóa ${named}). Đặt lại đúng khóa đó. Nếu đã mất khóa: chạy "sansang accounts forget-secrets"; chủ các tài khoản ấy đăng nhập bằng mã dự phòng, hoặc được đơn vị cấp trên cấp lại phiếu, rồi bật lại xác thực hai lớp.`,
    en: `${from}: not the key that encrypts ${ids.length} second factor(s) in the database (key ${named}). Put that key back. If it is lost: run "sansang accounts forget-secrets"; those accounts sign in with a recovery code, or get a new slip from the unit above, and set the second factor up anew.`,
  })
}

/** The key is lost: what it encrypted goes. The second factor stays on, so that a password alone opens nothing. Answers how many. */
export async function forgetSecrets(read: Reader, side: SideWriter, keys: Keys): Promise<number> {
  const known = keys.ids()
  const lost = (await sealedSeeds(read)).filter(({ sealed }) => sealed.keyId !== null && !known.includes(sealed.keyId)).map(({ personId }) => personId)
  if (lost.length > 0) await forgetSeeds(side, lost)
  return lost.length
}
