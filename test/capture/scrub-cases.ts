// What becomes of messages: the table in docs/capture.md is made of it. Messages by what they are about; what is not
// secret in them stays.

export interface ScrubCase {
  readonly message: string
  readonly logged: string
  /** Only where people are replaced. */
  readonly isOfPeople?: boolean
}

const words: ScrubCase[] = [
  { message: 'password is: hunter two', logged: 'password is: [redacted]' },
  { message: 'password => hunter', logged: 'password => [redacted]' },
  { message: 'wrong password hunter', logged: 'wrong password [redacted]' },
  { message: 'password: "a b c" is wrong', logged: 'password: [redacted] is wrong' },
  { message: "passwd='x', host=db", logged: 'passwd=[redacted], host=db' },
  { message: 'the passphrase was correct horse', logged: 'the passphrase was [redacted]' },
  { message: 'DB_PASSWORD=hunter', logged: 'DB_PASSWORD=[redacted]' },
  { message: 'Incorrect API key provided: abcdef', logged: 'Incorrect API key provided: [redacted]' },
  { message: 'client secret → abc', logged: 'client secret → [redacted]' },
  { message: 'verification code 493817 was used twice', logged: 'verification code [redacted]' },
  { message: 'PIN 4938 is wrong', logged: 'PIN [redacted]' },
  { message: 'token for anna is abc', logged: 'token for [redacted]' },
  { message: 'no session guinness', logged: 'no session [redacted]' },
  { message: "received 'hunter' for the field", logged: 'received [redacted] for the field' },
  { message: 'the password must contain 12 characters', logged: 'the password must contain 12 characters' },
  { message: 'the token has expired', logged: 'the token has expired' },
  { message: 'primary key constraint failed', logged: 'primary key constraint failed' },
]

const places: ScrubCase[] = [
  { message: 'Cookie: a=1; csrf=x', logged: 'Cookie: [redacted]' },
  { message: 'Set-Cookie: sid=x; Path=/', logged: 'Set-Cookie: [redacted]' },
  { message: 'Authorization: Digest username="anna"', logged: 'Authorization: [redacted]' },
  { message: 'x-api-key: a b', logged: 'x-api-key: [redacted]' },
  { message: 'Bearer abc was refused', logged: 'Bearer [redacted] was refused' },
  { message: 'postgres://app:pa/ss@wo#rd@db/brands is away', logged: 'postgres://[redacted]@db/brands is away' },
  { message: 'redis://:hunter@cache:6379 is away', logged: 'redis://[redacted]@cache:6379 is away' },
  { message: 'Server=db;User Id=app;Password=x', logged: 'Server=db;User Id=app;[redacted]' },
  { message: 'GET https://a:b@x.example/y?k=v failed', logged: 'GET https://[redacted]@x.example/y?[redacted] failed' },
  { message: '400 {"error":{"pin":"493817"}}', logged: '400 [redacted]' },
  { message: 'Unexpected token h, "hunter2 in"... is not valid JSON', logged: '[redacted]' },
  { message: "Failed to decode param '%zzhunter'", logged: '[redacted]' },
]

const forms: ScrubCase[] = [
  { message: 'card 4111 1111 1111 1111 declined', logged: 'card [redacted] declined' },
  { message: 'charge of 5555555555554444 failed', logged: 'charge of [redacted] failed' },
  { message: 'order 4111111111111112 failed', logged: 'order 4111111111111112 failed' },
  { message: 'no 078-05-1120 in the books', logged: 'no [redacted] in the books' },
  { message: 'transfer from DE89 3704 0044 0532 0130 00', logged: 'transfer from [redacted]' },
  {
    message: 'cannot sign: -----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY----- is old',
    logged: 'cannot sign: [redacted] is old',
  },
  { message: 'bad eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.c2ln', logged: 'bad [redacted]' },
  { message: 'sk-proj-abcdef is out of money', logged: '[redacted] is out of money' },
  { message: 'user AKIAIOSFODNN7EXAMPLE may not', logged: 'user [redacted] may not' },
  { message: 'no row 8d0f4c1a-5b8e-4c8f-9c0a-111111111111', logged: 'no row [redacted]' },
  { message: 'used up: k7f2-9x3m-h4wq-b8zt', logged: 'used up: [redacted]' },
  { message: 'no file aBcDeFgHiJkLmNoPqRsT', logged: 'no file [redacted]' },
]

const people: ScrubCase[] = [
  { message: 'no account anna@diageo.com', logged: 'no account [redacted]', isOfPeople: true },
  { message: 'blocked 203.0.113.77:443', logged: 'blocked [redacted]', isOfPeople: true },
  { message: 'blocked 2001:db8::1.', logged: 'blocked [redacted]', isOfPeople: true },
  { message: 'called +44 20 7946 0958', logged: 'called [redacted]', isOfPeople: true },
  { message: 'closed at 10:00:00', logged: 'closed at 10:00:00', isOfPeople: true },
]

const harmless: ScrubCase[] = [
  'Cannot read properties of undefined (reading "logo")',
  'no profile brand_check_v2 in profiles/brand_check.json',
  'connect ECONNREFUSED 127.0.0.1:5432',
  'https://brands.example/by/anna@diageo.com',
  'Request failed with status code 500',
  'UnsupportedOperationException: no more logos',
  'gpt-4o-mini-2024-07-18 is overloaded',
].map(message => ({ message, logged: message }))

export const SCRUB_CASES: Readonly<Record<string, readonly ScrubCase[]>> = { words, places, forms, people, harmless }
