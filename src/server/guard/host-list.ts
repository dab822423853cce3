// Which host names a request may be for. If the name of another site is made to point at this machine (DNS rebinding), its
// pages send that name here, and are refused before anything else is checked.

/** `port` is the one the server listens on; `names` are those of `--allow-host`, with a port unless it is that of http or https. */
export function hostList(host: string, port: number, names: readonly string[]): ReadonlySet<string> {
  const own = isLoopback(host)
    ? ['127.0.0.1', 'localhost', '[::1]']
    : isAny(host)
      ? []
      : [host.includes(':') ? `[${host}]` : host]
  return new Set([...own.map(name => `${name}:${port}`), ...names].map(name => name.toLowerCase()))
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function isAny(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** The address of a peer, with the mapped form of IPv4 as IPv4. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
}
