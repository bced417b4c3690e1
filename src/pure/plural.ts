/** `{count} [count:task|tasks]`: English says one thing otherwise than many; Vietnamese does not. Filled before the braces are. */
export const plural = (sentence: string, given: Record<string, unknown>): string =>
  sentence.replace(/\[(\w+):([^|\]]*)\|([^\]]*)\]/g, (_, name: string, one: string, many: string) => (Number(given[name]) === 1 ? one : many))

/** "1 row", "2 rows": for English sentences put together in code. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`
