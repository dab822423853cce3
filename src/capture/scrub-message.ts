// Removes what may be secret from error messages. Nobody can tell every secret from a word, so what follows a word
// such as "password" is kept only if all of it is harmless. The cases are listed in docs/capture.md.
import { isIP } from 'node:net'

const REDACTED = '[redacted]'
/** Of a longer message only the beginning is looked at: what attackers send to a parser comes back in its messages. */
const MAX_MESSAGE = 2000

/** The message without what may be secret; with `hidesPeople` also without e-mail addresses, addresses and telephones. */
export function scrubMessage(message: string, hidesPeople = false): string {
  const beginning = beginningOf(message)
  if (PARSER_MESSAGE.test(beginning)) return REDACTED
  const scrubbed = beginning
    .replace(PRIVATE_KEY, REDACTED)
    .replace(JSON_TEXT, REDACTED)
    .replace(CREDENTIALS_OF_URL, `$1${REDACTED}@`)
    .replace(HEADER, `$1: ${REDACTED}`)
    .replace(/\b(bearer|basic|digest|negotiate)\s+[^\s"',;]+/gi, `$1 ${REDACTED}`)
    .split('\n')
    .map(scrubLine)
    .join('\n')
    .replace(/[?&;][^\s"'<>]*/g, query => (query.includes('=') ? `${query[0]}${REDACTED}` : query))
    .replace(KNOWN_TOKEN, REDACTED)
    .replace(/(?<!\w)(?:\d[ -]?){12,18}\d(?!\w)/g, digits => (isCardNumber(digits) ? REDACTED : digits))
    .replace(/\b(?:\d{3}-\d{2}-\d{4}|[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?)\b/g, REDACTED)
    .replace(/[\w+/=.~-]{10,}/g, token => (isOpaque(token) ? REDACTED : token))
  return hidesPeople ? withoutPeople(scrubbed) : scrubbed
}

// Without a word that would be cut: a piece of a key does not look like one.
function beginningOf(message: string): string {
  if (message.length <= MAX_MESSAGE) return message
  const beginning = message.slice(0, MAX_MESSAGE)
  const end = beginning.search(/\s\S*$/)
  return end === -1 ? REDACTED : beginning.slice(0, end)
}

/** What parsers say of what they were given, with a piece of it. */
const PARSER_MESSAGE =
  /\bnot valid JSON\b|\bJSON (?:at|input|parse)\b|\b(?:in|after|of|before|while parsing|invalid|malformed|parse) JSON\b|\bURI malformed\b|\bfailed to decode\b|\bunexpected (?:token|end|string|number|identifier|non-whitespace)\b/i

const PRIVATE_KEY = /-----BEGIN[^-\n]{0,60}-----[\s\S]*?(?:-----END[^-\n]{0,60}-----|$)/g
/** A piece of a body, and what comes after it. */
const JSON_TEXT = /[[{]\s*(?:["{[]|\w+["']?\s*:)[\s\S]*$/
const CREDENTIALS_OF_URL = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)(?:[^\s/?#@"':]*:[^\s"]*|[^\s/?#@"']*)@/gi
const HEADER =
  /(?<![\w-])((?:set-)?cookie2?|(?:proxy-)?authorization|x-[\w-]{0,40}(?:key|token|auth|secret|csrf|session)[\w-]{0,40})["']?\s*[:=][^\n]*/gi
const KNOWN_TOKEN =
  /\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}|\b(?:sk|pk|rk|ak|whsec|gh[pousr]|glpat|github_pat|xox[a-z]|npm|hf|dop_v1|shp[a-z]{2}|sq0[a-z]{3}|ya29|SG)[-_.][\w.-]{6,}|\b(?:AIza|AKIA|ASIA|EAAC)[\w-]{8,}/g

/** Words that a secret comes after; after those of `value` only where it is quoted, or where a separator is between. */
const SECRET_WORD = new RegExp(
  `(?:${[
    'pass(?:words?|wd|phrases?|codes?|keys?)|passw(?:or|ör)t(?:e|er)?|kennwort|mot de passe|contraseña|secrets?|credentials?',
    '(?:api|access|private|signing|encryption|master|shared)[-_ ]?keys?|(?:auth|verification|security|one[- ]time|recovery|backup|reset|invite|mfa|2fa)[-_ ]?codes?',
    '(?:card|account|social security|insurance|passport)[-_ ]?(?:number|no\\.?)|[cx]srf(?:[-_ ]?token)?|authorization|cookies?',
    'tokens?|(?<![a-z])(?:keys?|sessions?(?:[-_ ]?id)?|sid|signature|sig|jwt|nonce)(?![a-z])',
    '(?<![a-z])(?:pwd?|pass|pins?|otp|totp|cvv2?|cvc2?|ssn|iban)(?![a-z])',
  ].join('|')})|` +
    '(?<value>(?<![a-z])(?:values?|received|got|input|body|payload|given|entered|headers?|parameters?|params)(?![a-z]))',
  'giu',
)
const REST_OF_WORD = /^[\w-]{0,30}["'`\])]{0,3}/
const SEPARATOR =
  /^\s*(?:(?:provided|given|supplied|entered|used|received|sent)\s*)?(?:(?:is|was|are|were|equals|ist|lautet|est)\b\s*[:=]?|[:=]{1,2}>?|->|→|–|—|-(?=\s))\s*/i
const QUOTED = /^\s*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|`[^`]*(?:`|$)|“[^”]*(?:”|$)|«[^»]*(?:»|$))/

/** A line without what its words of secrets are about. */
function scrubLine(line: string): string {
  let scrubbed = ''
  let rest = line
  for (;;) {
    SECRET_WORD.lastIndex = 0
    const word = SECRET_WORD.exec(rest)
    if (word === null) return scrubbed + rest
    const after = rest.slice(word.index + word[0].length)
    const begun = REST_OF_WORD.exec(after)![0]
    const separator = SEPARATOR.exec(after.slice(begun.length))?.[0] ?? ''
    const end = word.index + word[0].length + begun.length + separator.length
    scrubbed += rest.slice(0, end)
    rest = rest.slice(end)
    const quoted = QUOTED.exec(rest)
    if (quoted !== null) {
      scrubbed += `${/^\s/.test(rest) ? ' ' : ''}${REDACTED}`
      rest = rest.slice(quoted[0].length)
      continue
    }
    if (separator === '' && word.groups?.value !== undefined) continue
    // What follows a separator may begin with a harmless word and be a secret as a whole.
    const kept = separator !== '' && !isHarmless(rest) ? '' : harmlessBeginning(rest)
    const isSecret = kept.length < rest.length
    return `${scrubbed}${kept}${isSecret ? `${/^\s/.test(rest.slice(kept.length)) ? ' ' : ''}${REDACTED}` : ''}`
  }
}

/** What is said of secrets and is none. */
const HARMLESS = new Set(
  `a again already an and are as at be been blank but by can cannot changed character characters check constraint contain
  contains correct could deleted denied did different digit digits do does doesn't duplicate empty exceeded exist exists
  expected expired failed field fields for format found from had has hasn't have header headers if in incorrect invalid is isn't
  issued it its least length less letter letters limit long longer lowercase malformed match matches maximum may minimum mismatch
  missing more most must need needs never new no not null of old on one only or permitted please policy present reached refused
  rejected required reset revoked same set short shorter should string strong supported symbol symbols than that the there this
  times to too try twice type undefined unique unknown unsupported uppercase used valid verification was weak were will with
  within without wrong yet you your`.split(/\s+/),
)

function isHarmless(text: string): boolean {
  return harmlessBeginning(text).length === text.length
}

/** The words up to the first that could be a secret, without the space before it. */
function harmlessBeginning(text: string): string {
  let end = 0
  for (const { 0: piece, index } of text.matchAll(/\s*\S+\s*$|\s*\S+/g)) {
    const word = piece
      .trim()
      .replace(/^[("'`[]+|[)"'`\].,;:!?]+$/g, '')
      .toLowerCase()
    if (word !== '' && !HARMLESS.has(word) && !/^\d{1,2}$/.test(word) && word !== REDACTED.slice(1, -1)) break
    end = index + piece.length
  }
  return text.slice(0, /^\s*$/.test(text) ? text.length : end)
}

/** The check digit that every payment card has. */
function isCardNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number)
  const sum = digits.reduce((total, digit, at) => {
    const doubled = at % 2 === 1 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

// Letters and digits mixed, or cases, as keys have them, and neither words nor dates nor versions nor file names.
function isOpaque(token: string): boolean {
  return token.split(/[/.]/).some(part => {
    const runs = part.split(/[-_=]/)
    if (part.length >= 16 && runs.some(run => run.length > 3 && /\d/.test(run) && /[a-z]/i.test(run))) return true
    return runs.some(run => {
      if (run.length < 10) return false
      const changes = run.match(/\d(?=[a-z])|[a-z](?=\d)/gi)?.length ?? 0
      const rises = run.match(/[a-z](?=[A-Z])/g)?.length ?? 0
      return changes >= 3 || rises * 5 >= run.length
    })
  })
}

function withoutPeople(text: string): string {
  return text
    .replace(/[\w.!#$%&'*+/=?^{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)*/g, REDACTED)
    .replace(/[\da-f.:%]{3,60}/gi, address => (hasAddress(address) ? REDACTED : address))
    .replace(/(?<!\w)(?:\+|00)\d[\d ().-]{6,20}\d/g, REDACTED)
}

function hasAddress(text: string): boolean {
  const bare = text.replace(/[.:]+$/, '')
  return isIP(bare) !== 0 || isIP(bare.replace(/:\d+$/, '')) !== 0
}
