// Facts of keys, packages and what they brought into their tables.
import { sql } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import { fold } from '../../../pure/text.ts'
import type { DocumentReceived, ExchangeFact, KeyRegistered, KeyRevoked, PackageBegun, PackageMade, PackageReceived, PackageTaken, RecordTaken } from '../contract/facts.ts'

export const tables = ['exchange_keys', 'exchange_packages', 'exchange_records', 'exchange_documents']

const each = <F extends ExchangeFact>(step: (write: Writer, r: Recorded<F>) => Promise<unknown>) => [async (write: Writer, facts: Recorded<F>[]) => { for (const r of facts) await step(write, r) }]

export const project = {
  'key.registered.v1': each<KeyRegistered>((write, { fact: f, at, actorId }) => sql`
    insert into exchange_keys (id, installation_id, public_key, fingerprint, name, unit_id, since, until, registered_at, registered_by)
    values (${f.keyId}, ${f.installationId}, ${f.publicKey}, ${f.fingerprint}, ${f.name}, ${f.unitId}, ${f.since}, ${f.until}, ${at}, ${actorId})`.execute(write)),
  'key.revoked.v1': each<KeyRevoked>((write, { fact: f, at, actorId }) => sql`update exchange_keys set revoked_at = ${at}, revoked_by = ${actorId}, reason_id = ${f.reason.id} where id = ${f.keyId}`.execute(write)),
  'package.begun.v1': each<PackageBegun>((write, { fact: f, at, actorId }) => sql`
    insert into exchange_packages (id, direction, unit_id, at, by_id, choices, programme, from_on, until_on, purpose_id, files)
    values (${f.packageId}, 'made', ${f.unitId}, ${at}, ${actorId}, ${f.choices}::text[], ${f.programme}, ${f.from}, ${f.until}, ${f.purpose?.id ?? null}, ${f.files})`.execute(write)),
  'package.made.v1': each<PackageMade>((write, { fact: f }) => sql`
    update exchange_packages set hash = ${f.hash}, made_at = ${f.madeAt}, counts = ${JSON.stringify(f.counts)}, file_id = ${f.file.id}, size = ${f.file.size} where id = ${f.packageId}`.execute(write)),
  'package.received.v1': each<PackageReceived>((write, { fact: f, at, actorId }) => sql`
    insert into exchange_packages (id, direction, unit_id, key_id, installation_id, hash, of_name, made_at, at, by_id, choices, programme, from_on, until_on, purpose_id, files, counts, file_id, size)
    values (${f.packageId}, 'received', ${f.unitId}, ${f.keyId}, ${f.installationId}, ${f.hash}, ${f.of}, ${f.madeAt}, ${at}, ${actorId}, ${f.choices}::text[], ${f.programme}, ${f.from}, ${f.until}, ${f.purpose?.id ?? null}, true,
      ${JSON.stringify(f.counts)}, ${f.file.id}, ${f.file.size})`.execute(write)),
  'package.taken.v1': each<PackageTaken>((write, { fact: { packageId, taken, here, refused }, at }) => sql`
    update exchange_packages set taken = ${JSON.stringify({ taken, here, refused })}, taken_at = ${at} where id = ${packageId}`.execute(write)),
  // Thousands of one package share transactions: one statement for a batch.
  'record.taken.v1': [async (write: Writer, facts: Recorded<RecordTaken>[]) => {
    const col = <V>(of: (r: Recorded<RecordTaken>) => V): V[] => facts.map(of)
    await sql`insert into exchange_records (home_id, kind, record_id, local_id, unit_id, hash, changed_at, package_id, from_name, taken_at)
      select * from unnest(${col((r) => r.fact.home)}::uuid[], ${col((r) => r.fact.kind)}::text[], ${col((r) => r.fact.recordId)}::uuid[], ${col((r) => r.fact.localId)}::uuid[], ${col((r) => r.fact.unitId)}::uuid[], ${col((r) => r.fact.hash)}::text[],
        ${col((r) => r.fact.changedAt)}::timestamptz[], ${col((r) => r.fact.packageId)}::uuid[], ${col((r) => r.fact.from)}::text[], ${col((r) => r.at)}::timestamptz[])
      on conflict (home_id, kind, record_id) do update set hash = excluded.hash, changed_at = excluded.changed_at, package_id = excluded.package_id, from_name = excluded.from_name, unit_id = excluded.unit_id, taken_at = excluded.taken_at`.execute(write)
  }],
  'document.received.v1': each<DocumentReceived>((write, { fact: f, at }) => sql`
    insert into exchange_documents (id, unit_id, of_unit_id, kind, lang, title, fold, n, number, in_force_from, content_id, files, received_at)
    values (${f.documentId}, ${f.unitId}, ${f.ofUnitId}, ${f.kind}, ${f.lang}, ${f.title}, ${fold(`${f.number ?? ''} ${f.title}`)}, ${f.n}, ${f.number}, ${f.inForceFrom}, ${f.content.id}, ${f.files.map((file) => file.id)}::uuid[], ${at})
    on conflict (id) do update set unit_id = excluded.unit_id, of_unit_id = excluded.of_unit_id, lang = excluded.lang, title = excluded.title, fold = excluded.fold, n = excluded.n, number = excluded.number, in_force_from = excluded.in_force_from,
      content_id = excluded.content_id, files = excluded.files, received_at = excluded.received_at`.execute(write)),
}
