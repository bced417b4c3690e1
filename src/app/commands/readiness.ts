// Where a unit stands: its own event with each requirement and why, and the units below it, red first.
import { call } from '@orpc/server'
import { Refused } from '../../kernel/config.ts'
import { unitNamed } from '../../capabilities/readiness/store/units.ts'
import { STATES, stateNames } from '../../capabilities/readiness/contract.ts'
import type { BoardRow, Check, Counts } from '../../capabilities/readiness/contract.ts'
import { readinessRoutes } from '../../capabilities/readiness/routes.ts'
import type { Command } from '../commands.ts'
import { judging } from '../wiring.ts'

const figures = (row: BoardRow) => ({ code: row.code, name: row.name, kind: row.kind, state: STATES.find((s) => row.events[s] > 0) ?? null, events: row.events, requirements: row.checks, tasks: row.tasks, change: row.change, nextMilestone: row.nextMilestone })

export const commands: Command[] = [{
  name: 'readiness',
  usage: '--unit CODE [--programme CODE] [--at DATE] [--json]',
  about: { vi: 'mức độ sẵn sàng của một đơn vị: điều kiện của sự kiện, và các đơn vị bên dưới', en: 'how ready a unit is: the requirements of its event, and the units below' },
  async run({ option, flag, lang, at, installation, print, json }) {
    await installation.settle()
    const context = installation.context(at, lang)
    const routes = readinessRoutes(judging)
    const code = option('unit')!
    const unit = await unitNamed(context.read, code)
    if (!unit) throw new Refused({ vi: `Không có đơn vị nào mang mã "${code}".`, en: `No unit has the code "${code}".` })
    const whole = await call(routes.board, { unitId: unit }, { context })
    const wanted = option('programme')
    const programme = wanted ? whole.programmes.find((p) => p.code === wanted) : undefined
    if (wanted && !programme) throw new Refused({ vi: `Đơn vị này không có sự kiện nào của đợt "${wanted}".`, en: `This unit has no event of the programme "${wanted}".` })
    const on = option('at')
    const board = programme || on ? await call(routes.board, { unitId: unit, ...(programme ? { programmeId: programme.id } : {}), ...(on ? { at: on } : {}) }, { context }) : whole
    const own = (await call(routes.events, { unitId: unit, limit: 200, ...(programme ? { programmeId: programme.id } : {}) }, { context })).items.filter((e) => e.unitId === unit)
    const events = on ? [] : await Promise.all(own.map((e) => call(routes.event, { eventId: e.eventId }, { context })))
    if (flag('json')) {
      json({
        asOf: board.asOf, on: board.on, unit: figures(board.unit),
        events: events.map((e) => ({ id: e.eventId, programme: whole.programmes.find((p) => p.id === e.programmeId)?.code ?? null, day: e.dayOn, phase: e.phase, class: e.class, state: e.state, requirements: e.checks.map((c) => line(c)) })),
        below: board.rows.map(figures),
      })
      return
    }
    const states = (counts: Counts) => STATES.filter((s) => counts[s] > 0).map((s) => `${counts[s]} ${stateNames[s][lang]}`).join(', ') || (lang === 'vi' ? 'không có sự kiện' : 'no event')
    print(`${board.unit.name} (${board.unit.code}): ${states(board.unit.events)}`)
    for (const e of events) {
      print(`  ${e.dayOn ?? '—'} · ${stateNames[e.state][lang]}`)
      for (const c of e.checks) print(`    ${c.requirement} ${stateNames[c.state][lang]}: ${c.name[lang]}. ${c.sentence[lang]}`)
    }
    for (const row of board.rows) print(`  ${row.code} ${row.name}: ${states(row.events)}`)
  },
}]

const line = (c: Check) => ({
  code: c.requirement, name: c.name, state: c.state, why: c.sentence, owner: c.owner.name, by: c.byAt, expires: c.expiresAt, links: c.links.map(({ kind, id }) => ({ kind, id })),
  waiver: c.waiver && { by: c.waiver.by.name, why: c.waiver.reason, until: c.waiver.until },
})
