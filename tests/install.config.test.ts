// What the program is told at its start: variables, usage lines, the lock of a data folder.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readArguments, readUsage } from '../src/app/usage.ts'
import { PROGRAM, readConfig, Refused, VARIABLES } from '../src/kernel/config.ts'
import { lockFolder, readHolder } from '../src/kernel/lock.ts'
import { newFolder } from './folder.ts'

const refused = (env: Record<string, string>): string => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof Refused) return `${error.text.vi}\n${error.text.en}`
    throw error
  }
  return ''
}

describe('variables', () => {
  test('the table of docs/operations.md is the table of the code', () => {
    const shown = [...readFileSync(join(PROGRAM, 'docs/operations.md'), 'utf8').matchAll(/^\| `(SANSANG_\w+)` \| (.*?) \| (.*) \|$/gm)].map(([, name, standard, what]) => ({ name, standard, what }))
    const real = Object.values(VARIABLES).map(({ name, standard, what }) => ({ name, standard: standard === '' ? '–' : `\`${standard}\``, what }))
    assert.deepEqual(shown, real)
  })
  test('every wrong value is refused by a sentence in both languages that names its variable', () => {
    const wrong: Record<string, string> = {
      SANSANG_DATA: 'a\0b', SANSANG_PORT: '70000', SANSANG_HOST: 'a b', SANSANG_PUBLIC_URL: 'example.vn', SANSANG_DATABASE_URL: 'mysql://x', SANSANG_CONNECTIONS: '1', SANSANG_TRUST_PROXY: '10.0.0.0/40',
      SANSANG_SMTP_URL: 'mail', SANSANG_MAIL_FROM: 'nobody', SANSANG_ZONE: 'Hanoi', SANSANG_MAX_FILE_MB: '0', SANSANG_MAX_BASEMAP_MB: '0', SANSANG_METRICS_TOKEN: 'short', SANSANG_WEBHOOK_PRIVATE: 'maybe', SANSANG_SECRET_KEY: 'c2hvcnQ=', SANSANG_SECRET_KEY_FILE: '/nowhere/key', SANSANG_LOG: 'loud', SANSANG_LANG: 'fr',
      SANSANG_OIDC_ISSUER: 'http://id.example.vn', SANSANG_OIDC_CLIENT_ID: 'x'.repeat(201), SANSANG_OIDC_CLIENT_SECRET: 'x'.repeat(401), SANSANG_OIDC_ACCOUNT_CLAIM: 'hai từ', SANSANG_BACKUP_DIR: 'a\0b',
    }
    for (const { name } of Object.values(VARIABLES)) {
      if (name === 'SANSANG_CHROMIUM') continue // any path may be one
      const text = refused({ [name]: wrong[name]! })
      assert.equal(text.split(name).length - 1, 2, `${name}: ${text}`)
    }
  })
  test('several mistakes are named at once, and an unknown variable too', () => {
    const text = refused({ SANSANG_PORT: 'x', SANSANG_LOG: 'y', SANSANG_PROT: '1' })
    for (const name of ['SANSANG_PORT', 'SANSANG_LOG', 'SANSANG_PROT']) assert.match(text, new RegExp(name))
  })
  test('a password in an address or a token is not repeated in a refusal', () => {
    assert.doesNotMatch(refused({ SANSANG_DATABASE_URL: 'mysql://u:secret@h/d', SANSANG_SMTP_URL: 'http://u:secret@h', SANSANG_METRICS_TOKEN: 'secret', SANSANG_SECRET_KEY: 'secret' }), /secret/)
  })
  test('keys are 32 bytes in base64, from the variable or from a file that it names, not from both', () => {
    const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    assert.deepEqual(readConfig({ SANSANG_SECRET_KEY: `${one.toString('base64')}, ${two.toString('base64url')}` }).secretKey, [one, two])
    const folder = newFolder()
    const file = join(folder, 'key')
    writeFileSync(file, `${two.toString('base64')}\n`)
    assert.deepEqual(readConfig({ SANSANG_SECRET_KEY_FILE: file }).secretKey, [two])
    assert.match(refused({ SANSANG_SECRET_KEY_FILE: file, SANSANG_SECRET_KEY: one.toString('base64') }), /SANSANG_SECRET_KEY and SANSANG_SECRET_KEY_FILE/)
    assert.equal(readConfig({}).secretKey, null)
    rmSync(folder, { recursive: true })
  })
  test('the zone of the office is an IANA name', () => {
    assert.equal(readConfig({}).zone, 'Asia/Ho_Chi_Minh')
    assert.equal(readConfig({ SANSANG_ZONE: 'Europe/Paris' }).zone, 'Europe/Paris')
  })
  test('mail without a sender is refused, and so is a sender without a mail server', () => {
    assert.match(refused({ SANSANG_SMTP_URL: 'smtp://h' }), /SANSANG_MAIL_FROM/)
    assert.match(refused({ SANSANG_MAIL_FROM: 'a@example.vn' }), /SANSANG_SMTP_URL/)
  })
  test('the path of the public address is the prefix, without its last slash', () => {
    assert.equal(readConfig({ SANSANG_PUBLIC_URL: 'https://ready.example.vn/ss/' }).prefix, '/ss')
    assert.equal(readConfig({ SANSANG_PUBLIC_URL: 'https://ready.example.vn' }).prefix, '')
    assert.equal(readConfig({}).prefix, '')
  })
  test('proxies are addresses, networks or loopback', () => {
    const { trustProxy } = readConfig({ SANSANG_TRUST_PROXY: 'loopback, 10.1.0.0/16,2001:db8::/32' })
    assert.deepEqual(['127.0.0.1', '10.1.2.3', '10.2.0.1'].map((address) => trustProxy!.check(address)), [true, true, false])
    assert.deepEqual(['::1', '2001:db8::5', '2001:db9::5'].map((address) => trustProxy!.check(address, 'ipv6')), [true, true, false])
  })
  test('--data goes before SANSANG_DATA; a relative variable counts from the program, a relative option from where one stands', () => {
    assert.equal(readConfig({ SANSANG_DATA: 'x' }).data, join(PROGRAM, 'x'))
    assert.equal(readConfig({ SANSANG_DATA: '/a' }, '/b').data, '/b')
    assert.equal(readConfig({}, 'y').data, join(process.cwd(), 'y'))
  })
})

describe('usage lines', () => {
  const usage = readUsage('FILE.csv --as-of DATE [--scheme S] [--dry-run] [MORE...]')
  const read = (...typed: string[]) => readArguments(usage, typed, [{ name: 'data', takes: 'DIR', needed: false }])
  test('words, needed options, options and switches are read from the line', () => assert.deepEqual(usage, {
    words: [{ name: 'FILE.csv', needed: true, many: false }, { name: 'MORE', needed: false, many: true }],
    options: [{ name: 'as-of', takes: 'DATE', needed: true }, { name: 'scheme', takes: 'S', needed: false }, { name: 'dry-run', takes: undefined, needed: false }],
  }))
  test('what fits is read', () => assert.deepEqual(read('a.csv', '--as-of', '2020-06-01', '--dry-run', 'b', 'c', '--data=/x'),
    { words: ['a.csv', 'b', 'c'], options: Object.assign(Object.create(null), { 'as-of': '2020-06-01', 'dry-run': true, data: '/x' }) }))
  test('a missing word, a missing option, an unknown option and a word too many are each named', () => {
    const wrong = (...typed: string[]) => { const got = read(...typed); return 'wrong' in got ? got.wrong.en : '' }
    assert.match(wrong('--as-of', 'x'), /FILE\.csv is missing/)
    assert.match(wrong('a.csv'), /--as-of DATE is missing/)
    assert.match(wrong('a.csv', '--as-of', 'x', '--fast'), /--fast/)
    const one = readArguments(readUsage('[--json]'), ['x'], [])
    assert.match('wrong' in one ? one.wrong.en : '', /Too much: x/)
  })
})

describe('the lock of a data folder', () => {
  test('the second comes to nothing and learns who holds it; after its end the folder is free', async () => {
    const data = newFolder()
    const first = await lockFolder(data, 'server')
    assert.ok('tell' in first)
    first.tell({ ready: true, url: 'http://here' })
    const second = await lockFolder(data, 'command')
    assert.ok('holder' in second)
    assert.deepEqual([second.holder?.pid, second.holder?.what, second.holder?.url], [process.pid, 'server', 'http://here'])
    await first.release()
    const third = await lockFolder(data, 'command')
    assert.ok('tell' in third)
    await third.release()
    rmSync(data, { recursive: true })
  })
  test('a holder that was killed with -9 holds nothing, though its file still stands', async () => {
    const data = newFolder()
    const child = spawn(process.execPath, ['-e', `import('${join(PROGRAM, 'src/kernel/lock.ts')}').then(async ({ lockFolder }) => { await lockFolder('${data}', 'server'); console.log('held'); setInterval(() => {}, 1000) })`], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((held) => child.stdout.once('data', held))
    assert.ok('holder' in await lockFolder(data, 'server'))
    child.kill('SIGKILL')
    await new Promise((gone) => child.once('exit', gone))
    assert.equal(readHolder(data), undefined)
    const lock = await lockFolder(data, 'server')
    assert.ok('tell' in lock)
    await lock.release()
    rmSync(data, { recursive: true })
  })
})

test('another major version of Node is refused with a sentence', () => {
  const { status, stderr } = spawnSync(process.execPath, ['-e', `Object.defineProperty(process, 'versions', { value: { node: '22.1.0' } }); import('${join(PROGRAM, 'src/app/version.ts')}')`], { encoding: 'utf8' })
  assert.equal(status, 1)
  assert.match(stderr, /runs on Node 24/)
})

test('wrong usage ends with 2 and the usage line, a refusal with 1 and its sentence, help with 0', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [join(PROGRAM, 'src/app/cli.ts'), ...args], { encoding: 'utf8', env: { PATH: process.env['PATH'], LANG: 'vi_VN.UTF-8' } })
  assert.equal(run('help').status, 0)
  assert.match(run('help').stdout, /sansang journal verify/)
  assert.equal(run('nothing').status, 2)
  assert.match(run('backup').stderr, /Thiếu DIR[\s\S]*sansang backup DIR/)
  assert.equal(run('serve', '--demo', '1999').status, 1)
})
