import type { Letter } from '../contract/letter.ts'

/** Across a paper that was withdrawn, wherever it is shown, printed or taken out. */
export const goneMark = (lang: Letter['lang'], on: string): string => `${lang === 'en' ? 'WITHDRAWN' : 'ĐÃ THU HỒI'} ${on.split('-').reverse().join('/')}`
