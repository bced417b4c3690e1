import type { Lang } from '../../kernel/contract.ts'
import { useLang, useT } from '../i18n.tsx'
import { TextField } from './fields.tsx'
import { kit } from './messages.ts'

export type Names = Record<Lang, string>
/** One language is enough: what has no name in the other is called the same there. */
export const inBoth = ({ vi, en }: Names): Names => ({ vi: vi.trim() || en.trim(), en: en.trim() || vi.trim() })

/** A name in the language of the screen, and, who likes, in the other one. */
export function NameFields({ label, value, onValue, error, maxLength }: { label?: string; value: Names; onValue: (value: Names) => void; error?: string | undefined; maxLength?: number }) {
  const t = useT(kit)
  const { lang } = useLang()
  const other = lang === 'vi' ? 'en' : 'vi'
  const field = (of: Lang) => ({ value: value[of], onValue: (name: string) => onValue({ ...value, [of]: name }), ...(maxLength ? { maxLength } : {}) })
  return <div className="field-row"><TextField label={label ?? t('name')} {...field(lang)} error={error} /><TextField label={t('name.other')} optional {...field(other)} /></div>
}
