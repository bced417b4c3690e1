// Who edits what, in this process's memory alone: half a minute at a time, and a restart forgets everybody. Nothing of it reaches the database.
const FORGOTTEN_MS = 30_000

type Person = { id: string; name: string }
type There = Map<string, { name: string; until: number }>

export function openDesk() {
  const desk = new Map<string, There>()
  return {
    /** The name under which somebody is known to be there still. */
    named(topic: string, personId: string, now: number): string | undefined {
      for (const [one, there] of desk) {
        for (const [id, { until }] of there) if (until <= now) there.delete(id)
        if (there.size === 0) desk.delete(one)
      }
      return desk.get(topic)?.get(personId)?.name
    },
    stay(topic: string, { id, name }: Person, now: number): void {
      const there: There = desk.get(topic) ?? new Map()
      desk.set(topic, there.set(id, { name, until: now + FORGOTTEN_MS }))
    },
    leave: (topic: string, personId: string): void => { desk.get(topic)?.delete(personId) },
    others: (topic: string, personId: string): Person[] => [...desk.get(topic) ?? []].flatMap(([id, { name }]) => (id === personId ? [] : [{ id, name }])),
  }
}
