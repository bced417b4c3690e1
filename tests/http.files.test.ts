// Attachments: what is let in, who may have it back, and what becomes of what nobody holds.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { eraseFiles, openBlobs } from '../src/kernel/blobs.ts'
import { keyOfHead, opened, sealer } from '../src/kernel/blobs/sealed.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { openKeys } from '../src/kernel/keys.ts'
import { ana, startToy, UNIT } from './http.toy.ts'
import type { Toy } from './http.toy.ts'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

/** A zip with stored entries of these names; `claim` is the unpacked size that its list tells. */
function zip(names: string[], claim = 1): Buffer {
  const locals: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const name of names) {
    const local = Buffer.alloc(30 + name.length)
    local.writeUInt32LE(0x04034b50, 0); local.writeUInt16LE(name.length, 26); local.write(name, 30)
    const entry = Buffer.alloc(46 + name.length)
    entry.writeUInt32LE(0x02014b50, 0); entry.writeUInt32LE(claim, 24); entry.writeUInt16LE(name.length, 28); entry.writeUInt32LE(at, 42); entry.write(name, 46)
    locals.push(local); list.push(entry); at += local.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(names.length, 8); end.writeUInt16LE(names.length, 10); end.writeUInt32LE(Buffer.concat(list).length, 12); end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...list, end])
}
const DOCX = zip(['[Content_Types].xml', 'word/document.xml'])

describe('attachments', () => {
  let toy: Toy
  before(async () => { toy = await startToy() })
  after(() => toy.close())
  const upload = (name: string, raw: Uint8Array, as: 'ana' | 'ida' | 'token' | null = 'ana') =>
    toy.ask('/api/v1/files', { method: 'POST', raw, as, headers: { 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` } })
  const shelves = () => globSync(`${toy.server.needs.blobs.folder}/??/*`)
  const attach = (files: string[], as: 'ana' | 'ida' = 'ana') => toy.ask(`/api/v1/units/${UNIT}/notes`, { method: 'POST', as, body: { orderId: uuidv7(), text: 'with file', files } })

  test('a file goes up, an order names it, and whoever may read the record gets it back as an attachment', async () => {
    const sent = await upload('Biên bản ký nhận.pdf', PDF)
    assert.equal(sent.status, 201)
    assert.deepEqual({ ...sent.body, id: '' }, { id: '', name: 'Biên bản ký nhận.pdf', type: 'application/pdf', size: PDF.length })
    assert.equal((await attach([String(sent.body.id)])).status, 200)
    const back = await fetch(`${toy.url}/api/v1/files/${String(sent.body.id)}`, { headers: { cookie: 'sansang=ana-secret' } })
    assert.deepEqual(Buffer.from(await back.arrayBuffer()), PDF)
    assert.ok(shelves().length > 0 && shelves().every((path) => keyOfHead(readFileSync(path)) === toy.server.needs.keys.ids()[0]))
    assert.match(back.headers.get('content-disposition')!, /^attachment; filename="Bien ban ky nhan\.pdf"; filename\*=UTF-8''Bi%C3%AAn/)
    assert.equal(back.headers.get('x-content-type-options'), 'nosniff')
    assert.match(back.headers.get('content-security-policy')!, /sandbox/)
    assert.equal((await toy.ask(`/api/v1/files/${String(sent.body.id)}`, { as: 'ida' })).status, 404)
    assert.deepEqual((await toy.ask(`/api/v1/files/${String(sent.body.id)}`, { as: 'ida' })).body, (await toy.ask(`/api/v1/files/${uuidv7()}`, { as: 'ida' })).body)
  })
  test('the fact holds a salted hash and no name', async () => {
    const sent = await upload('tên.pdf', PDF)
    await attach([String(sent.body.id)])
    const { rows } = await sql<{ body: string }>`select body from journal where body like ${`%${String(sent.body.id)}%`}`.execute(toy.db.db)
    assert.equal(rows.length, 1)
    assert.doesNotMatch(rows[0]!.body, new RegExp(`tên|${createHash('sha256').update(PDF).digest('hex')}`))
  })
  test('a PDF or picture is shown in place when asked, framed by our own pages alone; anything else is saved whatever is asked', async () => {
    const ask = async (name: string, raw: Uint8Array) => { const { headers } = await toy.ask(`/api/v1/files/${String((await upload(name, raw)).body.id)}?view=inline`); return [headers.get('content-disposition')!.split(';')[0], headers.get('content-security-policy'), headers.get('x-content-type-options')] }
    const closed = "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert.deepEqual(await ask('a.pdf', PDF), ['inline', "frame-ancestors 'self'", 'nosniff'])
    assert.deepEqual(await ask('a.png', PNG), ['inline', closed, 'nosniff'])
    assert.deepEqual(await ask('danh sách.csv', Buffer.from('mã,tên')), ['attachment', closed, 'nosniff'])
    assert.deepEqual(await ask('a.docx', DOCX), ['attachment', closed, 'nosniff'])
  })
  test('the same content twice lies on disk once', async () => {
    await upload('a.png', PNG)
    const before = shelves().length
    await upload('b.png', PNG)
    assert.equal(shelves().length, before)
  })
  test('nobody else can attach or read a file that is not held yet', async () => {
    const sent = await upload('a.pdf', PDF)
    assert.equal((await toy.ask(`/api/v1/files/${String(sent.body.id)}`)).status, 200)
    assert.equal((await toy.ask(`/api/v1/files/${String(sent.body.id)}`, { as: 'ida' })).status, 404)
    assert.equal((await upload('a.pdf', PDF, null)).status, 401)
    const hers = await upload('a.pdf', PDF, 'ida')
    assert.deepEqual([(await attach([String(hers.body.id)])).body.code, (await attach([uuidv7()])).body.code], ['FILE_UNKNOWN', 'FILE_UNKNOWN'])
  })
  test('only what it claims to be: by content, by ending, without macros, and not a bomb', async () => {
    const code = async (name: string, raw: Uint8Array) => { const { status, body } = await upload(name, raw); return status === 201 ? body.type : body.code }
    assert.equal(await code('kế hoạch.docx', DOCX), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
    assert.equal(await code('bảng.xlsx', zip(['[Content_Types].xml', 'xl/workbook.xml'])), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    assert.equal(await code('danh sách.csv', Buffer.from('mã,tên\n1,Hòa')), 'text/csv; charset=utf-8')
    assert.equal(await code('x.exe', Buffer.from('MZ\x90\0')), 'FILE_TYPE')
    assert.equal(await code('page.html', Buffer.from('<script>alert(1)</script>')), 'FILE_TYPE')
    assert.equal(await code('image.svg', Buffer.from('<svg/>')), 'FILE_TYPE')
    assert.equal(await code('a.zip', zip(['a.txt'])), 'FILE_TYPE')
    assert.equal(await code('photo.jpg', PNG), 'FILE_ENDING')
    assert.equal(await code('a.pdf', Buffer.from('only text')), 'FILE_ENDING')
    assert.equal(await code('a.txt', Buffer.from([0x61, 0xff, 0x62])), 'FILE_TYPE')
    assert.equal(await code('a.txt', Buffer.from('a\0b')), 'FILE_TYPE')
    assert.equal(await code('m.docx', zip(['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'])), 'FILE_MACRO')
    assert.equal(await code('b.xlsx', zip(['[Content_Types].xml', 'xl/workbook.xml'], 0x7fffffff)), 'FILE_BOMB')
    assert.equal(await code('cut.docx', DOCX.subarray(0, DOCX.length - 30)), 'FILE_TYPE')
    assert.equal(await code('empty.pdf', Buffer.alloc(0)), 'FILE_EMPTY')
  })
  test('too large is refused while it arrives, and nothing stays', async () => {
    const before = shelves().length
    assert.deepEqual([(await upload('big.pdf', Buffer.concat([PDF, Buffer.alloc(3_000_000)]))).body.code], ['FILE_LARGE'])
    assert.equal(shelves().length, before)
    assert.deepEqual(globSync(`${toy.server.needs.blobs.folder}/incoming/*`), [])
  })
  test('a name is cleaned, and without one there is no file', async () => {
    assert.equal((await upload('../../etc/pass\nwd\u202e.pdf', PDF)).body.name, '_.._etc_passwd.pdf')
    assert.equal((await toy.ask('/api/v1/files', { method: 'POST', raw: PDF, headers: { 'content-type': 'application/octet-stream' } })).status, 422)
    assert.equal((await toy.ask('/api/v1/files', { method: 'POST', raw: PDF, headers: { 'content-disposition': 'attachment; filename="plain name.pdf"' } })).body.name, 'plain name.pdf')
  })
  test('what no order came for goes after a day; what is held stays; what is erased goes, unless another holds the same', async () => {
    const { read, side } = toy.db.as(ana)
    const { blobs } = toy.server.needs
    const [held, loose, erased] = await Promise.all([Buffer.concat([PDF, Buffer.from('held')]), Buffer.concat([PDF, Buffer.from('loose')]), Buffer.concat([PDF, Buffer.from('erased')])].map((bytes) => upload('a.pdf', bytes)))
    await attach([String(held!.body.id), String(erased!.body.id)])
    await eraseFiles(side, [String(erased!.body.id)], new Date())
    await blobs.collect(read, side, new Date(Date.now() + 25 * 3600_000))
    const has = (text: string) => shelves().some((path) => path.endsWith(createHash('sha256').update(Buffer.concat([PDF, Buffer.from(text)])).digest('hex')))
    assert.deepEqual([has('held'), has('loose'), has('erased')], [true, false, false])
    assert.equal((await toy.ask(`/api/v1/files/${String(held!.body.id)}`)).status, 200)
    assert.equal((await toy.ask(`/api/v1/files/${String(loose!.body.id)}`)).status, 404)
    assert.equal((await toy.ask(`/api/v1/files/${String(erased!.body.id)}`)).status, 404)
  })
})

describe('attachments on the disk', () => {
  const [old, fresh] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const folder = mkdtempSync(join(tmpdir(), 'sansang-sealed-'))
  after(() => rmSync(folder, { recursive: true }))
  const keysOf = (...keys: Buffer[]) => openKeys(folder, keys)
  const digest = (plain: Buffer) => createHash('sha256').update(plain).digest()
  const pathOf = (plain: Buffer) => { const hex = digest(plain).toString('hex'); return join(folder, hex.slice(0, 2), hex) }
  const put = (plain: Buffer, onDisk: Buffer) => { mkdirSync(dirname(pathOf(plain)), { recursive: true }); writeFileSync(pathOf(plain), onDisk) }
  const sealed = (keys: ReturnType<typeof keysOf>, plain: Buffer, cut = 1000): Buffer => {
    const seal = sealer(keys)
    const parts = [seal.head]
    for (let at = 0; at < plain.length; at += cut) parts.push(...seal.push(plain.subarray(at, at + cut)))
    return Buffer.concat([...parts, seal.end(digest(plain))])
  }
  const readBack = async (bytes: AsyncIterable<Buffer>) => { const parts: Buffer[] = []; for await (const part of bytes) parts.push(part); return Buffer.concat(parts) }
  const fails = async (plain: Buffer, onDisk: Buffer, keys = keysOf(old)) => { put(plain, onDisk); await assert.rejects(readBack(opened(keys, pathOf(plain), digest(plain)))) }
  const CHUNK = 65_536

  test('what is written comes back, of any length and however it came, and nothing of it stands on the disk', async () => {
    for (const size of [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_000]) {
      const plain = Buffer.alloc(size, 'Phương án bảo vệ ')
      for (const cut of [1000, size]) {
        const lies = sealed(keysOf(old), plain, cut)
        assert.equal(lies.includes('Phương'), false)
        put(plain, lies)
        assert.ok((await readBack(opened(keysOf(fresh, old), pathOf(plain), digest(plain)))).equals(plain), `${size} in pieces of ${cut}`)
      }
    }
    assert.notDeepEqual(sealed(keysOf(old), PDF), sealed(keysOf(old), PDF), 'each has a key of its own')
  })
  test('a byte changed, a chunk cut off, moved or repeated, or another file in its place is not read', async () => {
    const plain = Buffer.alloc(2 * CHUNK + 9, 'a')
    const lies = sealed(keysOf(old), plain)
    const [head, chunk] = [30, CHUNK + 16]
    const first = lies.subarray(head, head + chunk)
    for (const at of [25, 31, lies.length - 1]) { const changed = Buffer.from(lies); changed[at]! ^= 1; await fails(plain, changed) }
    await fails(plain, lies.subarray(0, head + 2 * chunk))
    await fails(plain, lies.subarray(0, -1))
    await fails(plain, lies.subarray(0, head))
    await fails(plain, Buffer.concat([lies.subarray(0, head), first, first, lies.subarray(head + 2 * chunk)]))
    await fails(plain, Buffer.concat([lies.subarray(0, head), lies.subarray(head + chunk, head + 2 * chunk), first, lies.subarray(head + 2 * chunk)]))
    await fails(plain, sealed(keysOf(old), Buffer.alloc(2 * CHUNK + 9, 'b')))
    await fails(plain, lies, keysOf(fresh))
    rmSync(pathOf(plain))
  })
  test('what lies in clear or under an older key is read, and encrypted with today\'s; a key that is not here is named, and a damaged file is left', async () => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
    const [clear, older, lost, broken] = [Buffer.concat([PDF, Buffer.from('clear')]), Buffer.alloc(CHUNK, 'o'), Buffer.from('lost'), Buffer.from('broken')]
    const blobs = openBlobs(folder, 1e6, keysOf(fresh, old))
    put(clear, clear)
    put(older, sealed(keysOf(old), older))
    put(lost, sealed(openKeys(folder, [Buffer.alloc(32, 9)]), lost))
    put(broken, Buffer.from('bröken'))
    const [[foreign], [now]] = [openKeys(folder, [Buffer.alloc(32, 9)]).ids(), keysOf(fresh).ids()]
    assert.ok((await readBack(await blobs.open(digest(clear)))).equals(clear))
    assert.deepEqual(await blobs.seal(), { sealed: 2, unknown: { [foreign!]: 1 }, damaged: 1 })
    for (const plain of [clear, older]) {
      assert.equal(keyOfHead(readFileSync(pathOf(plain))), now)
      assert.ok((await readBack(await openBlobs(folder, 1e6, keysOf(fresh)).open(digest(plain)))).equals(plain))
    }
    assert.deepEqual(await blobs.seal(), { sealed: 0, unknown: { [foreign!]: 1 }, damaged: 1 })
    assert.deepEqual(readdirSync(join(folder, 'incoming')), [])
    await assert.rejects(blobs.open(digest(lost)), { code: 'FILE_SEALED', data: { key: foreign } })
    await assert.rejects(blobs.open(digest(Buffer.from('nowhere'))), { code: 'FILE_LOST' })
  })
})
