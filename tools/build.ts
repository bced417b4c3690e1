// `npm run build`: the browser's part, into dist/web. A start does the same by itself.
import { buildWeb } from '../src/app/web.ts'

await buildWeb()
