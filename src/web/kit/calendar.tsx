import { DatePicker } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/vi'

const names = {
  vi: { previousMonth: 'Tháng trước', nextMonth: 'Tháng sau', previousYear: 'Năm trước', nextYear: 'Năm sau', previousDecade: 'Mười năm trước', nextDecade: 'Mười năm sau' },
  en: { previousMonth: 'Month before', nextMonth: 'Month after', previousYear: 'Year before', nextYear: 'Year after', previousDecade: 'Ten years before', nextDecade: 'Ten years after' },
}

export default function Calendar({ lang, value, min, max, onPick }: { lang: 'vi' | 'en'; value: string | undefined; min?: string; max?: string; onPick: (on: string) => void }) {
  return (
    <DatePicker locale={lang} ariaLabels={names[lang]} hideOutsideDates firstDayOfWeek={1} value={value ?? null} {...(value ? { defaultDate: value } : {})} {...(min ? { minDate: min } : {})} {...(max ? { maxDate: max } : {})}
      monthLabelFormat={lang === 'vi' ? '[Tháng] M, YYYY' : 'MMMM YYYY'} monthsListFormat={lang === 'vi' ? '[Th] M' : 'MMM'} onChange={(on) => on && onPick(on)} />
  )
}
