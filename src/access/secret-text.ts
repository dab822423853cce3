// Secrets in the form in which people copy them: tokens, with a checksum that tells a mistyped token from a revoked one
// without a lookup, and random words. Only their SHA-256 is stored: they are too long to be guessed from it.
import { createHash, randomBytes } from 'node:crypto'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TOKEN = /^ub_[0-9A-Za-z]{30}$/
const RANDOM_LENGTH = 24
const CHECK_LENGTH = 6

/** `ub_`, 24 random characters (142 bits), and 6 that check them. */
export function makeToken(): string {
  const random = randomBase62(RANDOM_LENGTH)
  return `ub_${random}${checkOf(random)}`
}

/** Whether a text can be a token at all. */
export function isTokenText(text: string): boolean {
  if (!TOKEN.test(text)) return false
  const random = text.slice(3, 3 + RANDOM_LENGTH)
  return checkOf(random) === text.slice(3 + RANDOM_LENGTH)
}

/** A word of 40 random characters (238 bits), for sessions and links. */
export function makeSecret(): string {
  return randomBase62(40)
}

export function sha256Of(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex')
}

function randomBase62(length: number): string {
  let text = ''
  // Bytes of 248 or more are skipped: they would make the first characters of the alphabet more likely than the others.
  while (text.length < length) for (const byte of randomBytes(length)) if (byte < 248) text += BASE62[byte % 62]
  return text.slice(0, length)
}

function checkOf(random: string): string {
  let number = createHash('sha256').update(`ub_${random}`).digest().readUIntBE(0, 6)
  let text = ''
  for (let index = 0; index < CHECK_LENGTH; index++) {
    text += BASE62[number % 62]
    number = Math.floor(number / 62)
  }
  return text
}
