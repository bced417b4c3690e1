import { useNavigate, useSearch } from '@tanstack/react-router'
import { useT } from '../../../../web/i18n.tsx'
import { Allowed, Page, Tabs } from '../../../../web/kit/kit.ts'
import { ImportList } from './list.tsx'
import { importing } from './messages.ts'
import { ImportSuccessors } from './successors.tsx'

/** A whole list of units, or who took over from whom, taken over from a file after a look at what it does. */
export function ImportUnits() {
  const t = useT(importing)
  const navigate = useNavigate()
  const { tab = 'list' } = useSearch({ from: '/inside/units/import' })
  return (
    <Allowed right="unit.import">
      <Page title={t('title')} line={t('line')} crumbs={[{ label: t('units'), to: '/units' }]}>
        <Tabs label={t('tabs')} chosen={tab} onChoose={(id) => void navigate({ to: '/units/import', search: { tab: id }, replace: true })} tabs={[
          { id: 'list', label: t('tab.list'), content: () => <ImportList /> },
          { id: 'successors', label: t('tab.successors'), content: () => <ImportSuccessors /> },
        ]} />
      </Page>
    </Allowed>
  )
}
