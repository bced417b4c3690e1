// Addresses that the program itself may ask.

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
/** The name of this very machine. */
export const isLocal = (host: string): boolean => LOCAL.test(host)

/** Over TLS, or on this very machine. An address in the organisation's own network is the usual case, so it is not refused; only an administrator sets one. */
export function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username, search, hash } = new URL(address)
  return (protocol === 'https:' || (protocol === 'http:' && isLocal(hostname))) && !username && !search && !hash
}
