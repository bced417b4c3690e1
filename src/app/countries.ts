// The country files: public holidays and working days, as facts. One file a country in countries/.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { PROGRAM } from '../kernel/config.ts'
import { readCountry } from '../pure/calendar-country.ts'
import type { Country } from '../pure/calendar-country.ts'

const FOLDER = join(PROGRAM, 'countries')
let read: Map<string, Country> | undefined

/** By code, in the order of their names. */
export function countries(): ReadonlyMap<string, Country> {
  return read ??= new Map(readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')).toSorted().map((name) => {
    const country = readCountry(parse(readFileSync(join(FOLDER, name), 'utf8')))
    return [country.code, country]
  }))
}
