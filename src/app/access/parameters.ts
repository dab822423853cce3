// The options for tokens, users and links, once for every door: names, help texts and values.
import { ROLES } from '../../access/identity.ts'
import { SHORTEST_PASSWORD } from '../../access/password.ts'
import type { Parameter } from '../request/parameters.ts'
import { listOfValues, oneOf, optionError, type ParseOption, wholeNumber } from '../request/parse-option.ts'
import { AUDIT_ENTRIES } from './audit.ts'

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

/** How long something is valid, in milliseconds: "12h", "90d", "12w". */
export function parseLifetime(text: string, option: string): number {
  const match = /^([1-9]\d{0,5})([hdw])$/.exec(text)
  if (match !== null) return Number(match[1]) * UNIT_MS[match[2]!]!
  throw optionError(option, text, 'not a length of time', 'Give hours, days or weeks, such as 12h, 90d or 12w.')
}

/** The same, or null for "never". */
const parseLifetimeOrNever: ParseOption<number | null> = (text, option) =>
  text === 'never' ? null : parseLifetime(text, option)

export const GRANT = {
  role: {
    value: 'ROLE',
    help: 'admin: everything; manager: reports and profiles of its clients; viewer: reports of its clients; user: its own activity',
    parse: oneOf(ROLES),
    choices: ROLES,
  },
  client: {
    value: 'A,B',
    help: "the clients that are shown; '*' for all; default none",
    parse: listOfValues,
    repeats: true,
  },
  user: { value: 'NAME', help: 'for the role user: whose activity it is, as the logs name them' },
} as const satisfies Readonly<Record<string, Parameter>>

export const TOKEN = {
  name: { value: 'NAME', help: 'what it is for' },
  expires: {
    value: 'TIME',
    help: 'how long it is valid: 12h, 90d, 12w; by default it never expires',
    parse: parseLifetimeOrNever,
  },
} as const satisfies Readonly<Record<string, Parameter>>

export const LINK = {
  client: { value: 'A,B', help: "the clients that it shows; '*' for all", parse: listOfValues, repeats: true },
  name: { value: 'NAME', help: 'who it is for' },
  expires: { value: 'TIME', help: 'how long it is valid: 12h, 90d, 12w; default 30d', parse: parseLifetime },
} as const satisfies Readonly<Record<string, Parameter>>

export const PASSWORD = {
  passwordStdin: { help: `take the password from standard input; at least ${SHORTEST_PASSWORD} characters` },
} as const satisfies Readonly<Record<string, Parameter>>

export const AUDIT = {
  limit: {
    value: 'N',
    help: `how many entries to show; default ${AUDIT_ENTRIES}`,
    parse: wholeNumber(1, 1_000_000),
  },
} as const satisfies Readonly<Record<string, Parameter>>
