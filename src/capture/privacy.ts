// What keeps people and secrets out of the log: keyed hashes and shortened addresses.
import { createHmac } from 'node:crypto'
import { isIP, isIPv6 } from 'node:net'
import { rememberLast } from './remember.ts'

export const ADDRESS_MODES = ['drop', 'truncate', 'hash', 'keep'] as const
export type AddressMode = (typeof ADDRESS_MODES)[number]

const REMEMBERED = 2000
/** With brackets, zone and port. */
const MAX_ADDRESS = 100

/** A keyed hash of a text that stays the same as long as the key does: 22 characters, 128 bits. */
export function pseudonymizer(key: string): (text: string) => string {
  return rememberLast(REMEMBERED, text =>
    createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url'),
  )
}

/** How addresses are written; undefined means not at all. What is no address is never written. */
export function addressWriter(
  mode: AddressMode,
  pseudonym: ((text: string) => string) | undefined,
): (address: string) => string | undefined {
  return rememberLast(REMEMBERED, address => {
    const plain = plainAddress(address)
    if (plain === undefined || mode === 'drop') return undefined
    if (mode === 'keep') return plain
    return mode === 'hash' ? pseudonym?.(plain) : truncateAddress(plain)
  })
}

/** An address without port, brackets, zone and IPv4-in-IPv6 prefix, or undefined if the text is none. */
export function plainAddress(text: string): string | undefined {
  if (text.length > MAX_ADDRESS) return undefined
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? (/^([\d.]+):\d+$/.exec(text)?.[1] || text)
  const address = bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')
  return isIP(address) === 0 ? undefined : address
}

/** The network of an address: the first 24 bits of IPv4, the first 48 of IPv6. */
export function truncateAddress(address: string): string {
  if (!isIPv6(address)) return address.replace(/\d+$/, '0')
  const [left = '', right] = address.split('::')
  const first = left === '' ? [] : left.split(':')
  const last = right === undefined || right === '' ? [] : right.split(':')
  const zeros = right === undefined ? 0 : 8 - first.length - last.length
  const groups = [...first, ...Array<string>(Math.max(0, zeros)).fill('0'), ...last]
  return `${groups.slice(0, 3).map(shortGroup).join(':')}::`
}

function shortGroup(group: string): string {
  return group.toLowerCase().replace(/^0+(?=.)/, '')
}
