// Passwords as scrypt hashes. A hash takes 16 MB and a quarter of a second on purpose, so only one is computed at a time:
// a thousand login attempts at once must not use up the server's memory.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const COST = 16_384
const BLOCK = 8
// What OWASP recommends for scrypt with 16 MB.
const LANES = 5
const KEY_BYTES = 32
/** Shorter ones are too easy to guess. */
export const SHORTEST_PASSWORD = 10
/** Longer ones only cost time. */
export const LONGEST_PASSWORD = 1024
const AT_ONCE = 2
/** How many checks may wait; any more are refused at once. */
const MOST_WAITING = 32

/** Why this cannot be a password; undefined if it can. Counts characters as people see them when they type. */
export function passwordFault(password: string): 'too short' | 'too long' | undefined {
  if (password.length > 2 * LONGEST_PASSWORD) return 'too long'
  const length = [...password.normalize('NFKC')].length
  if (length < SHORTEST_PASSWORD) return 'too short'
  return length > LONGEST_PASSWORD ? 'too long' : undefined
}

/** `scrypt$16384$8$5$SALT$KEY`, in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, { cost: COST, block: BLOCK, lanes: LANES })
  return ['scrypt', COST, BLOCK, LANES, salt.toString('base64'), key.toString('base64')].join('$')
}

/** Whether the password matches the hash. A text that cannot be a password never matches, but takes just as long to check. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, cost, block, lanes, salt = '', key = ''] = (hash ?? NOBODY).split('$')
  const wanted = Buffer.from(key, 'base64')
  const canBe = hash !== null && passwordFault(password) === undefined
  const given = await derive(canBe ? password : '', Buffer.from(salt, 'base64'), {
    cost: Number(cost),
    block: Number(block),
    lanes: Number(lanes),
  })
  return given.length === wanted.length && timingSafeEqual(given, wanted) && canBe
}

/** Too many passwords are waiting to be checked. */
export class PasswordsBusy extends Error {}

const NOBODY = `scrypt$${COST}$${BLOCK}$${LANES}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(KEY_BYTES).toString('base64')}`

interface Effort {
  readonly cost: number
  readonly block: number
  readonly lanes: number
}

const waiting: (() => void)[] = []
let running = 0

async function derive(password: string, salt: Buffer, { cost, block, lanes }: Effort): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) throw new PasswordsBusy()
    await new Promise<void>(resolve => waiting.push(resolve))
  } else running++
  try {
    return await new Promise<Buffer>((resolve, reject) =>
      scrypt(
        password.normalize('NFKC'),
        salt,
        KEY_BYTES,
        { N: cost, r: block, p: lanes, maxmem: 256 * cost * block },
        (error, key) => (error === null ? resolve(key) : reject(error)),
      ),
    )
  } finally {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
}
