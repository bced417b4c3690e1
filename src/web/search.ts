// What an address may carry after its `?`: named texts, everything else is dropped.
export const texts = <K extends string>(...names: K[]) => (search: Record<string, unknown>): { [N in K]?: string } =>
  Object.fromEntries(names.flatMap((name) => {
    const value = search[name]
    return typeof value === 'string' && value !== '' ? [[name, value]] : typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : []
  })) as { [N in K]?: string }
