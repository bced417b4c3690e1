// How much room there is, and whether copies would lie on the disk that they are to outlive.
import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A folder that is not made yet lies where its parent does. */
async function deviceOf(folder: string): Promise<number | undefined> {
  for (let at = folder; ;) {
    const found = await stat(at).catch(() => undefined)
    if (found) return found.dev
    if (dirname(at) === at) return undefined
    at = dirname(at)
  }
}

export async function diskOf(data: string, copies: string): Promise<{ space: { free: number; total: number } | null; same: boolean }> {
  const [space, here, there] = await Promise.all([statfs(data).catch(() => undefined), deviceOf(data), deviceOf(copies)])
  return { space: space ? { free: space.bavail * space.bsize, total: space.blocks * space.bsize } : null, same: here === there }
}
