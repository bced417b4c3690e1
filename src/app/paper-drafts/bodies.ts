// A body and who sits in it, for the decision that forms it.
import { showBody } from '../../capabilities/bodies/store.ts'
import type { PapersNeeds } from '../../capabilities/papers/routes/needs.ts'

const written = (day: string): string => day.split('-').reverse().join('/')

export const bodyDraft: PapersNeeds['body'] = async (c, bodyId) => {
  const found = await showBody(c.read, c.actor, bodyId)
  return found && {
    unitId: found.unit.id,
    body: {
      kind: found.kind, name: found.name, office: found.unit.name, above: found.parent?.name ?? null, basis: found.legalBasis, mandate: found.mandate, until: found.until && written(found.until), changed: found.version > 1,
      members: found.members.map(({ unit, person, named, role }) => ({ unit, name: person?.name ?? named?.name ?? null, office: named?.office ?? null, role })),
    },
  }
}
