// What a kind of unit is called. A kind that is not among these is shown as it is: kinds are data.
import { useLang } from '../../../web/i18n.tsx'

const names: Record<string, { vi: string; en: string }> = {
  nation: { vi: 'Trung ương', en: 'Nation' }, province: { vi: 'Tỉnh, thành phố', en: 'Province' }, district: { vi: 'Quận, huyện', en: 'District' }, commune: { vi: 'Xã, phường', en: 'Commune' },
  force: { vi: 'Lực lượng', en: 'Force' }, agency: { vi: 'Cơ quan', en: 'Agency' },
}
export function useKindName(): (kind: string) => string {
  const { lang } = useLang()
  return (kind) => names[kind]?.[lang] ?? kind
}
