/** A registry that is asked by a word from outside: it has what was put into it and nothing else, no `constructor` and no `__proto__`. */
export const keyed = <T extends object>(of: T): T => Object.assign(Object.create(null) as T, of)
