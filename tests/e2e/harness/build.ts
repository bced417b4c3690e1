// The web app as `npm start` builds it: once for all test files of a run, and only when its sources changed.
import { buildWeb } from '../../../src/app/web.ts'

export const build = (): Promise<void> => buildWeb()
