// Who called: the nearest address that is not a trusted proxy.
import { BlockList, isIPv6 } from 'node:net'
import { wrongOption } from './check-options.ts'
import { plainAddress } from './privacy.ts'

const NAMED_NETWORKS: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10', '169.254.0.0/16'],
}

/** A function from the address of the connection and its X-Forwarded-For header to the address of the caller. */
export function callerAddress(
  trustedProxies: readonly string[],
): (remote: string | undefined, forwardedFor: string | undefined) => string | undefined {
  if (trustedProxies.length === 0) return remote => remote
  const trusted = networksOf(trustedProxies)
  return (remote, forwardedFor) => {
    const hops = forwardedFor === undefined ? [] : forwardedFor.split(',').map(hop => plainAddress(hop.trim()))
    let address = remote === undefined ? undefined : plainAddress(remote)
    // From the nearest hop outward: each hop is as good as the trusted one that reported it.
    while (address !== undefined && hops.length > 0 && isWithin(trusted, address)) address = hops.pop()
    return address
  }
}

function isWithin(networks: BlockList, address: string): boolean {
  return networks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

function networksOf(names: readonly string[]): BlockList {
  const networks = new BlockList()
  for (const network of names.flatMap(name => NAMED_NETWORKS[name] ?? [name])) {
    const [address = '', bits] = network.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    const most = family === 'ipv6' ? 128 : 32
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
    if (plainAddress(address) === undefined || prefix < 0 || prefix > most)
      throw wrongOption('trustedProxies', network, 'Give addresses, networks such as 10.0.0.0/8, loopback or private.')
    networks.addSubnet(address, prefix, family)
  }
  return networks
}
