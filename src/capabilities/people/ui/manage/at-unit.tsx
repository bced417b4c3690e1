import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { q } from '../../../../web/client.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, Card, listProps, listRows } from '../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../web/kit/kit.ts'
import { useMay } from '../../../../web/session.ts'
import { GiveRole, GrantTable } from './grants.tsx'
import { Accounts, Actions } from './list.tsx'
import { staff } from './messages.ts'
import type { Slips } from './parts.tsx'
import { SlipSheets } from './slips.tsx'

/** Who may act at a unit, by a role held there or above it, and the accounts it looks after. */
export default function PeopleAtUnit({ unit }: { unit: UnitChoice }) {
  const t = useT(staff)
  const mayGrant = useMay('person.grant')
  const [giving, setGiving] = useState(false)
  const [slips, setSlips] = useState<Slips>()
  const grants = useInfiniteQuery(q.people.grants.infiniteOptions({
    input: (cursor: string | undefined) => ({ unitId: unit.id, acts: true, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }))
  if (slips) return <SlipSheets slips={slips} onClose={() => setSlips(undefined)} />
  return (
    <div className="stack">
      <Card title={t('here')} flush side={mayGrant && <Button small icon="plus" onClick={() => setGiving(true)}>{t('give')}</Button>}>
        <GrantTable caption={t('here')} grants={listRows(grants)} at={unit.id} list={listProps(grants)} />
      </Card>
      <div className="row between"><h2>{t('people.here')}</h2><div className="row"><Actions unit={unit} onSlips={setSlips} /></div></div>
      <Accounts unitId={unit.id} onSlips={setSlips} />
      {giving && <GiveRole unit={unit} onClose={() => setGiving(false)} />}
    </div>
  )
}
