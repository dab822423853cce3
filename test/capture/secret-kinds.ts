// Forty kinds of what must never be in a log, made anew for each request. They are written without a look at what the
// scrubber knows.
import type { Random } from '../scan/random.ts'

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'
const HEX = `${DIGITS}abcdef`
const BASE62 = LOWER + UPPER + DIGITS
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const URL_SAFE = `${BASE62}-_`
const BASE64 = `${BASE62}+/`
const WORDS = 'zebra quilt anchor marble thistle walnut pelican harvest cobalt lantern juniper saddle'.split(' ')
const NAMES = 'Quirin Achleitner Oonagh Szymborska Ekaterina Njoroge Siobhan Przybylski'.split(' ')

/** A kind of secret; some are about people, and only secret where people are replaced. */
export interface SecretKind {
  readonly name: string
  readonly isOfPeople?: boolean
  readonly make: (random: Random) => string
}

export const SECRET_KINDS: readonly SecretKind[] = [
  kind('32 hexadecimal digits', random => text(random, HEX, 32)),
  kind('12 hexadecimal digits', random => text(random, HEX, 12)),
  kind('8 of base 62', random => text(random, BASE62, 8)),
  kind('22 of base 62', random => text(random, BASE62, 22)),
  kind('a nanoid', random => text(random, URL_SAFE, 21)),
  kind('10 small letters', random => text(random, LOWER, 10)),
  kind('12 letters', random => text(random, LOWER + UPPER, 12)),
  kind('8 capitals', random => text(random, UPPER, 8)),
  kind('a one-time code', random => text(random, DIGITS, 8)),
  kind('10 digits', random => text(random, DIGITS, 10)),
  kind('a UUID', random => [8, 4, 4, 4, 12].map(length => text(random, HEX, length)).join('-')),
  kind('a ULID', random => `01${text(random, '0123456789ABCDEFGHJKMNPQRSTVWXYZ', 24)}`),
  kind('a JWT', random => `eyJhbGciOiJIUzI1NiJ9.eyJ${text(random, BASE62, 30)}.${text(random, URL_SAFE, 43)}`),
  kind('an id with its signature', random => `${text(random, DIGITS, 5)}.${text(random, URL_SAFE, 27)}`),
  kind('base 64', random => `${text(random, BASE64, 22)}==`),
  kind('base 64 for URLs', random => text(random, URL_SAFE, 43)),
  kind('a card with spaces', random => cardNumber(random).replace(/(\d{4})(?=\d)/g, '$1 ')),
  kind('a card', cardNumber),
  kind('a card with dashes', random => cardNumber(random).replace(/(\d{4})(?=\d)/g, '$1-')),
  kind('an IBAN', random => `DE${text(random, DIGITS, 20)}`),
  kind('a social security number', random => [3, 2, 4].map(length => text(random, DIGITS, length)).join('-')),
  kind('a passphrase', random => `${random.pick(WORDS)} ${random.pick(WORDS)} ${text(random, LOWER, 7)}`),
  kind('words with dashes', random => `${random.pick(WORDS)}-${random.pick(WORDS)}-${text(random, LOWER, 7)}`),
  kind('a password', random => `${text(random, BASE62, 6)}$%&=+!${text(random, BASE62, 3)}`),
  kind('a password with quotes', random => `${text(random, BASE62, 5)}'"\\${text(random, BASE62, 4)}`),
  kind('a password in Cyrillic', random => `пароль${text(random, 'бвгджзклмн', 7)}`),
  kind(
    'a private key',
    random => `-----BEGIN PRIVATE KEY-----\n${text(random, BASE64, 64)}\n-----END PRIVATE KEY-----`,
  ),
  kind('a key of OpenAI', random => `sk-proj-${text(random, URL_SAFE, 40)}`),
  kind('a key of Stripe', random => `sk_live_${text(random, BASE62, 24)}`),
  kind('a token of GitHub', random => `ghp_${text(random, BASE62, 36)}`),
  kind('a key of AWS', random => `AKIA${text(random, UPPER + DIGITS, 16)}`),
  kind('a secret of AWS', random => text(random, BASE64, 40)),
  kind('a token of Slack', random => `xoxb-${text(random, DIGITS, 12)}-${text(random, BASE62, 24)}`),
  kind('a key of Google', random => `AIza${text(random, URL_SAFE, 35)}`),
  kind('a licence', random => Array.from({ length: 4 }, () => text(random, UPPER + DIGITS, 4)).join('-')),
  kind('a recovery code', random => Array.from({ length: 4 }, () => text(random, LOWER + DIGITS, 4)).join('-')),
  kind('a signed session', random => `s:${text(random, URL_SAFE, 32)}.${text(random, BASE64, 43)}`),
  kind('a magic link', random => text(random, BASE58, 14)),
  { ...kind('an e-mail address', random => `${text(random, LOWER, 9)}@diageo.example`), isOfPeople: true },
  { ...kind('a name', random => `${random.pick(NAMES)} ${text(random, LOWER, 8)}`), isOfPeople: true },
]

function kind(name: string, make: (random: Random) => string): SecretKind {
  return { name, make }
}

function text(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[random.below(alphabet.length)]).join('')
}

/** Sixteen digits of which the last one is right. */
function cardNumber(random: Random): string {
  const digits = `4${text(random, DIGITS, 14)}`
  const doubled = [...digits].map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1))
  const sum = doubled.reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
