// Addresses that a request of ours must not reach because somebody wrote them down: the machine itself, the local network, the
// services of a cloud for its machines. They are refused where the connection is made, so no name can turn into one later.
import { lookup as lookUp } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const PRIVATE = new BlockList()
const SUBNETS_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const
// The last ones contain an address of the other family: translated, tunnelled.
const SUBNETS_6 = [
  ['::', 96],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const
for (const [net, prefix] of SUBNETS_4) PRIVATE.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of SUBNETS_6) PRIVATE.addSubnet(net, prefix, 'ipv6')

export class PrivateAddress extends Error {}

export function isPrivateAddress(address: string): boolean {
  // Of ::ffff:10.0.0.1 the list looks at the address of the fourth version.
  const plain = address.replace(/%.*$/, '')
  return PRIVATE.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

/** Looks a name up for a connection, which is then made to one of the addresses that were looked at. */
export const lookUpPublic: LookupFunction = (name, options, done) => {
  lookUp(name, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, [])
    if (addresses.some(({ address }) => isPrivateAddress(address))) return done(new PrivateAddress(), [])
    if (options.all === true) return done(null, addresses)
    const [first] = addresses
    return done(null, first!.address, first!.family)
  })
}
