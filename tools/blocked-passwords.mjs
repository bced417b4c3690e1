// Makes src/capabilities/people/routes/blocked-passwords.bin: `node tools/blocked-passwords.mjs FOLDER`, where FOLDER has @zxcvbn-ts/language-common 4.1.3
// installed (MIT; its list "passwords-common": the 49,233 most used passwords of published leaks, in small letters). Kept: those of 6 letters or more, each as
// the first 4 bytes of its SHA-256, sorted: no leaked password stands in this repository, and a wrong hit is rarer than one in 100,000.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

const { dictionary } = createRequire(join(resolve(process.argv[2]), 'x.js'))('@zxcvbn-ts/language-common')
const list = dictionary['passwords-common']
const words = (typeof list === 'function' ? list() : list).filter((word) => [...word].length >= 6)
const prefixes = [...new Set(words.map((word) => createHash('sha256').update(word.normalize('NFC')).digest().readUInt32BE(0)))].sort((a, b) => a - b)
const bytes = Buffer.alloc(prefixes.length * 4)
prefixes.forEach((prefix, i) => bytes.writeUInt32BE(prefix, i * 4))
writeFileSync(new URL('../src/capabilities/people/routes/blocked-passwords.bin', import.meta.url), bytes)
console.log(`${words.length} words, ${bytes.length} bytes`)
