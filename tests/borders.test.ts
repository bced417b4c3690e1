// Who may import whom, what a file may be called, and whose tables a store may name. Each rule carries something that it must catch, so a rule that
// went blind fails too.
import assert from 'node:assert/strict'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, test } from 'node:test'

type Edge = { from: string; to: string; typeOnly: boolean }
const IMPORT = /^(?:import|export)\s+(type\s+)?(?:[\w\s{},*$]+?\sfrom\s+)?'([^']+)'/gm
const LATER = /\bimport\(\s*'([^']+)'\s*\)/g
const files = globSync('src/**/*.{ts,tsx}').sort()
const text = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
const resolve = (from: string, to: string) => (to.startsWith('.') ? join(dirname(from), to) : to)
const edges: Edge[] = files.flatMap((from) => [
  ...[...text.get(from)!.matchAll(IMPORT)].map(([, type, to]) => ({ from, to: resolve(from, to!), typeOnly: Boolean(type) })),
  ...[...text.get(from)!.matchAll(LATER)].map(([, to]) => ({ from, to: resolve(from, to!), typeOnly: false })),
])

const cap = (path: string) => /^src\/capabilities\/([^/]+)\//.exec(path)?.[1]
/** The fixed file of a capability, or a file of the folder that it grew into. */
const is = (file: string) => new RegExp(`^src/capabilities/[^/]+/${file}(\\.ts|/[\\w/-]+\\.ts)$`)
const edge = (from: string, to: string, typeOnly = false): Edge => ({ from, to, typeOnly })
const isTest = (file: string) => /\.test\.tsx?$/.test(file)
/** Does nothing but compute, in browser and server alike. */
const PURE_LIBRARIES = /^(zod|yaml|diff|dayjs(\/.*)?)$/
const BROWSER_KERNEL = /^src\/kernel\/(contract|jobs\/contract)\.ts$/
const SQL_LIBRARIES = /^(kysely|pg|pg-copy-streams)(\/|$)/

const rules: { name: string; forbids: (e: Edge) => boolean; catches: Edge[] }[] = [
  { name: 'the kernel knows no capability',
    forbids: (e) => e.from.startsWith('src/kernel/') && /^src\/(capabilities|app|web|field)\//.test(e.to),
    catches: [edge('src/kernel/a.ts', 'src/capabilities/rosters/store.ts'), edge('src/kernel/http/a.ts', 'src/app/wiring.ts', true)] },
  { name: 'capabilities meet only in contracts',
    forbids: (e) => Boolean(cap(e.from)) && Boolean(cap(e.to)) && cap(e.from) !== cap(e.to) && !is('contract').test(e.to) && !isTest(e.from) && !is('ui').test(e.from) && !/\/ui\//.test(e.from),
    catches: [edge('src/capabilities/alerts/store.ts', 'src/capabilities/rosters/decide.ts', true), edge('src/capabilities/alerts/routes/list.ts', 'src/capabilities/rosters/store/list.ts')] },
  { name: 'screens of one capability use of another its contract, its pure rules and its screens',
    forbids: (e) => /\/ui\//.test(e.from) && Boolean(cap(e.to)) && cap(e.from) !== cap(e.to) && !is('contract').test(e.to) && !is('decide').test(e.to) && !/\/ui\//.test(e.to),
    catches: [edge('src/capabilities/alerts/ui/list.tsx', 'src/capabilities/rosters/reacts.ts', true)] },
  { name: 'a contract runs in the browser',
    forbids: (e) => is('contract').test(e.from) && !/^(zod|@orpc\/contract)$/.test(e.to) && !is('contract').test(e.to) && !BROWSER_KERNEL.test(e.to) && !(e.to.startsWith('src/pure/') || e.typeOnly),
    catches: [edge('src/capabilities/alerts/contract.ts', 'kysely'), edge('src/capabilities/alerts/contract/facts.ts', 'src/kernel/db.ts')] },
  { name: 'decide is pure',
    forbids: (e) => is('decide').test(e.from) && !isTest(e.from) && !e.typeOnly && !is('contract').test(e.to) && !is('decide').test(e.to) && !e.to.startsWith('src/pure/') && !BROWSER_KERNEL.test(e.to) && !PURE_LIBRARIES.test(e.to),
    catches: [edge('src/capabilities/alerts/decide.ts', 'src/kernel/commit.ts'), edge('src/capabilities/alerts/decide/rules.ts', 'node:fs')] },
  { name: 'what is pure stays pure',
    forbids: (e) => e.from.startsWith('src/pure/') && !isTest(e.from) && !e.typeOnly && !e.to.startsWith('src/pure/') && !BROWSER_KERNEL.test(e.to) && !/^(csv-parse.*|hucre.*|@orpc\/contract)$/.test(e.to) && !PURE_LIBRARIES.test(e.to),
    catches: [edge('src/pure/calendar.ts', 'node:fs'), edge('src/pure/calendar.ts', 'src/kernel/db.ts')] },
  { name: 'SQL lives in stores, the kernel, and what is about the whole installation',
    forbids: (e) => SQL_LIBRARIES.test(e.to) && !e.typeOnly && !/^src\/kernel\/|^src\/app\/[\w-]+\.ts$|^src\/app\/demo\//.test(e.from) && !is('store').test(e.from) && !isTest(e.from),
    catches: [edge('src/capabilities/alerts/routes.ts', 'kysely'), edge('src/app/commands/units.ts', 'kysely'), edge('src/capabilities/alerts/reacts.ts', 'pg')] },
  { name: 'screens know no server',
    forbids: (e) => (/^src\/(web|field)\//.test(e.from) || /\/ui\//.test(e.from)) && !isTest(e.from) && !e.typeOnly && (/^src\/(kernel|app)\//.test(e.to) && !BROWSER_KERNEL.test(e.to) || is('(store|routes|reacts)').test(e.to) || /^node:/.test(e.to)),
    catches: [edge('src/capabilities/alerts/ui/list.tsx', 'src/capabilities/alerts/store.ts'), edge('src/web/main.tsx', 'src/kernel/db.ts')] },
  { name: 'no server file knows a screen',
    forbids: (e) => (/^src\/(web|field)\//.test(e.to) || /\/ui\//.test(e.to)) && !/^src\/(web|field)\//.test(e.from) && !/\/ui\//.test(e.from) && !isTest(e.from),
    catches: [edge('src/capabilities/alerts/routes.ts', 'src/capabilities/alerts/ui/messages.ts'), edge('src/app/server.ts', 'src/web/shell.ts')] },
  { name: 'only app mounts routes',
    forbids: (e) => is('routes').test(e.to) && !is('routes').test(e.from) && !e.from.startsWith('src/app/') && !isTest(e.from),
    catches: [edge('src/capabilities/alerts/store.ts', 'src/capabilities/alerts/routes.ts'), edge('src/web/client.ts', 'src/capabilities/alerts/routes.ts', true)] },
  { name: 'only commit and follow make write handles: nobody imports the pool in a capability',
    forbids: (e) => Boolean(cap(e.from)) && !isTest(e.from) && /^(pg|graphile-worker|nodemailer)$|^src\/kernel\/(postgres|migrate|lock|http)\.ts$/.test(e.to) && !e.typeOnly,
    catches: [edge('src/capabilities/alerts/store.ts', 'pg'), edge('src/capabilities/alerts/reacts.ts', 'graphile-worker')] },
]

test('imports were found at all', () => assert.ok(edges.length > 200, `${edges.length} imports`))
for (const rule of rules) test(rule.name, () => {
  for (const bad of rule.catches) assert.ok(rule.forbids(bad), `the rule no longer catches ${bad.from} → ${bad.to}`)
  assert.deepEqual(edges.filter(rule.forbids).map((e) => `${e.from} → ${e.to}`), [])
})

function cycle(all: Edge[]): string | undefined {
  const next = Map.groupBy(all.filter((e) => !e.typeOnly), (e) => e.from)
  const seen = new Set<string>()
  const walk = (file: string, path: string[]): string | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(' → ')
    if (seen.has(file)) return undefined
    for (const e of next.get(file) ?? []) { const found = walk(e.to, [...path, file]); if (found) return found }
    seen.add(file)
    return undefined
  }
  for (const file of next.keys()) { const found = walk(file, []); if (found) return found }
  return undefined
}
test('no file reaches itself', () => {
  assert.ok(cycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'a')]), 'the rule no longer catches a cycle')
  assert.equal(cycle(edges), undefined)
})

test('every import leads to a file', () => {
  const lost = (e: Edge) => e.to.startsWith('src/') && !existsSync(e.to.replace(/\?.*$/, ''))
  assert.ok(lost(edge('src/a.ts', 'src/nowhere.ts')))
  assert.deepEqual(edges.filter(lost), [])
})

describe('files', () => {
  const tooLong = ([file, body]: [string, string]) => body.split('\n').length - 1 > 300 && !/\/generated\//.test(file)
  test('are at most 300 lines long', () => {
    assert.ok(tooLong(['src/a.ts', 'x\n'.repeat(301)]))
    const tests = globSync('tests/**/*.ts').map((file): [string, string] => [file, readFileSync(file, 'utf8')])
    assert.deepEqual([...text, ...tests].filter(tooLong).map(([file]) => file), [])
  })

  const FIXED = /^(README\.md|(contract|decide|store|routes|reacts)\.ts|(contract|decide|store|routes|reacts)\/[\w/-]+\.(ts|bin)|schema\/\d{3}-[a-z0-9-]+\.sql|ui\/[\w/.-]+\.(tsx?|css)|([\w-]+\.)*test\.ts)$/
  const misnamed = (file: string) => !FIXED.test(file.replace(/^src\/capabilities\/[^/]+\//, ''))
  test('of a capability have the fixed names', () => {
    for (const bad of ['src/capabilities/alerts/helpers.ts', 'src/capabilities/alerts/schema/init.sql', 'src/capabilities/alerts/notes.md']) assert.ok(misnamed(bad), bad)
    const all = globSync('src/capabilities/*/**/*').filter((file) => /\.\w+$/.test(basename(file)))
    assert.ok(all.length > 20)
    assert.deepEqual(all.filter(misnamed), [])
  })

  const VAGUE = /(^|\/)(utils?|helpers?|services?|managers?|common|misc|index)(\.tsx?|\/)/
  test('have names that say something', () => {
    for (const bad of ['src/web/utils.ts', 'src/kernel/helpers/a.ts', 'src/pure/index.ts']) assert.ok(VAGUE.test(bad), bad)
    assert.deepEqual(files.filter((file) => VAGUE.test(file)), [])
  })

  const capabilities = readdirSync('src/capabilities', { withFileTypes: true }).filter((d) => d.isDirectory()).map((d) => d.name)
  test('README, contract, store and routes are there in every capability, and the README is short', () => {
    for (const name of capabilities) {
      const has = (file: string) => existsSync(`src/capabilities/${name}/${file}`)
      for (const part of ['contract', 'store', 'routes']) assert.ok(has(`${part}.ts`) || has(part), `${name} has no ${part}`)
      assert.ok(has('README.md'), `${name} has no README.md`)
      assert.ok(readFileSync(`src/capabilities/${name}/README.md`, 'utf8').split('\n').length <= 40, `${name}/README.md is long`)
    }
  })
})

describe('tables', () => {
  const created = (sql: string, what: 'table' | 'view' | 'type' | 'function') => [...sql.matchAll(new RegExp(`create\\s+(?:or\\s+replace\\s+)?(?:unlogged\\s+)?${what}\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)`, 'gi'))].map(([, name]) => name!)
  const schemaOf = (folder: string) => globSync(`${folder}/*.sql`).map((file) => readFileSync(file, 'utf8')).join('\n')
  const owner = new Map<string, string>()
  for (const folder of globSync('src/capabilities/*/schema')) for (const name of [...created(schemaOf(folder), 'table'), ...created(schemaOf(folder), 'view')]) owner.set(name, cap(`${folder}/`)!)
  const kernelTables = new Set(created(schemaOf('src/kernel/schema'), 'table'))
  /** Of the kernel's tables a store may read these: names of files, private texts, progress of jobs, the record itself. */
  const SHARED = new Set(['private_texts', 'file_blobs', 'job_progress', 'journal', 'journal_heads', 'journal_anchors', 'journal_orders', 'follower_cursors'])

  /** Words after from, join, into, update, table in SQL, and the first argument of kysely's builders. */
  const named = (code: string) => [
    ...[...code.matchAll(/\b(?:from|join|into|update|using|table)\s+(?:only\s+)?([a-z_]\w*)\b(?!\s*\()/g)].map(([, name]) => name!),
    ...[...code.matchAll(/\.(?:selectFrom|innerJoin|leftJoin|insertInto|updateTable|deleteFrom|using)\(\s*'(\w+)/g)].map(([, name]) => name!),
  ]
  const foreign = (file: string, code: string) => [...new Set(named(code))].filter((name) =>
    owner.has(name) ? owner.get(name) !== cap(file) && !/^(public|access)_/.test(name) : kernelTables.has(name) && !SHARED.has(name))

  test('a store names its own tables, public views, and no other\'s', () => {
    const [[name, by]] = [...owner].filter(([table]) => !/^(public|access)_/.test(table)) as [[string, string]]
    const other = by === 'units' ? 'tasks' : 'units'
    assert.deepEqual(foreign(`src/capabilities/${other}/store.ts`, `sql\`select * from ${name} join public_x on true\``), [name])
    assert.deepEqual(foreign(`src/capabilities/${other}/store.ts`, `read.selectFrom('${name} as n')`), [name])
    const stores = files.filter((file) => is('store').test(file) && !isTest(file))
    assert.ok(stores.length > 5)
    assert.deepEqual(stores.flatMap((file) => foreign(file, text.get(file)!).map((table) => `${file}: ${table} (of ${owner.get(table) ?? 'kernel'})`)), [])
  })
  test('a view for others is called public_ or access_, and built on own tables and such views', () => {
    const views = globSync('src/capabilities/*/schema/*.sql').flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/create\s+(?:or\s+replace\s+)?view\s+(\w+)[\s\S]*?;/gi)].map(([body, name]) => ({ file, name: name!, body })))
    assert.ok(views.length > 5)
    assert.deepEqual(views.flatMap(({ file, body }) => foreign(file, body).map((table) => `${file}: ${table}`)), [])
  })
  test('a name belongs to one capability', () => {
    const all = globSync('src/capabilities/*/schema').flatMap((folder) => created(schemaOf(folder), 'table').map((name) => ({ name, folder })))
    assert.deepEqual(all.filter(({ name }, i) => kernelTables.has(name) || all.findIndex((one) => one.name === name) !== i), [])
  })
})
