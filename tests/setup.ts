// One PostgreSQL for the whole run; each test file makes its own database on it (kernel/testing.ts).
import { startTestPostgres } from '../src/kernel/testing.ts'

let stop: (() => Promise<void>) | undefined

export async function globalSetup(): Promise<void> {
  const server = await startTestPostgres()
  process.env['SANSANG_TEST_CONNECT'] = JSON.stringify(server.connect)
  stop = server.stop
}

export async function globalTeardown(): Promise<void> {
  await stop?.()
}
