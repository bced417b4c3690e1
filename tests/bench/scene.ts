// What the large benchmarks stand on: five levels of units, and a template of nineteen tasks and thirteen requirements for each event.
export const LEVELS = ['village', 'commune', 'district', 'province', 'nation'] as const
/** Accounts with rights on the whole tree: a live screen's account may hold twenty connections. */
export const PEOPLE = Array.from({ length: 128 }, (_, i) => i)
export const personId = (n: number): string => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/** At scale 1: 1 + 63 + 705 + 10,599 + 41,632 = 53,000 units. */
export const unitCounts = (scale: number): Record<(typeof LEVELS)[number], number> =>
  ({ nation: 1, province: 63, district: Math.max(63, Math.round(705 * scale)), commune: Math.max(63, Math.round(10_599 * scale)), village: Math.round(41_632 * scale) })

export function unitsCsv(scale: number): string {
  const n = unitCounts(scale)
  const lines = ['code,name,kind,parent_code', 'N,Nation,nation,']
  const level = (kind: string, letter: string, count: number, above: string, of: number) => {
    for (let i = 0; i < count; i++) lines.push(`${letter}${i},${kind} ${i},${kind},${above}${above === 'N' ? '' : Math.floor((i * of) / count)}`)
  }
  level('province', 'p', n.province, 'N', 1)
  level('district', 'd', n.district, 'p', n.province)
  level('commune', 'c', n.commune, 'd', n.district)
  level('village', 'v', n.village, 'c', n.commune)
  return `${lines.join('\n')}\n`
}

export function template(): string {
  const milestones = ['body', 'drafted', 'appraised', 'approved', 'surveyed', 'posts', 'inspected', 'drilled', 'rostered', 'closed', 'noticed', 'mustered', 'final']
  const name = (text: string) => ({ vi: text, en: text })
  return JSON.stringify({
    code: 'bench', name: name('Bench'), levels: [...LEVELS],
    workstreams: Array.from({ length: 15 }, (_, i) => ({ code: `w${i}`, name: name(`Workstream ${i}`) })),
    milestones: [...milestones.map((code, i) => ({ code, name: name(code), day: -120 + i * 9 })), { code: 'opening', name: name('opening'), day: 0 }],
    classes: [{ code: 'small', name: name('Small') }],
    tasks: Array.from({ length: 19 }, (_, i) => ({ code: `T${i + 1}`, stream: `w${i % 15}`, level: 'all', due: milestones[i % milestones.length], evidence: 'paper', name: name(`Task number ${i + 1} of an event`), ...(i % 5 === 0 ? { target: { unit: 'patrol', count: 20 } } : {}) })),
    requirements: milestones.map((by, i) => ({
      code: `R${i + 1}`, by, name: name(`Requirement ${i + 1}`),
      check: i === 9 ? { kind: 'no_overdue' } : i === 10 ? { kind: 'milestone', milestone: 'posts' } : i === 11 ? { kind: 'target', item: 'T1' } : i === 12 ? { kind: 'none', needs: 'sites' } : { kind: 'evidence', item: `T${i + 1}`, max_age_days: 60 },
    })),
  })
}
