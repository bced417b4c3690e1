// DOCX as LibreOffice shows it, where it is installed: an eye that is not ours.
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FONTS } from '../src/capabilities/papers/routes/measure.ts'

/** Where the program is; without it the reason why nothing is compared. */
const soffice = ['/usr/bin/soffice', '/usr/local/bin/soffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'].find((path) => existsSync(path))
export const noOffice = soffice ? false : 'LibreOffice is not on this machine (soffice)'

/** All files of a folder at once, as PDF beside them. It takes our Tinos where an office has Times New Roman: the same widths. Its own substitute lacks half of Vietnamese. */
export function toPdf(folder: string, names: string[]): void {
  writeFileSync(join(folder, 'fonts.conf'), `<fontconfig><dir>${FONTS}</dir><cachedir>${folder}/.fonts</cachedir><match target="pattern"><test name="family"><string>Times New Roman</string></test><edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match></fontconfig>`)
  execFileSync(soffice!, ['--headless', `-env:UserInstallation=file://${folder}/.office`, '--convert-to', 'pdf', '--outdir', folder, ...names.map((name) => join(folder, `${name}.docx`))], { stdio: 'pipe', env: { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') } })
}
