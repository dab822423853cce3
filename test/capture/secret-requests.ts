// Requests with a secret in one of the places that a request and its failure have.
import type { Random } from '../scan/random.ts'
import { SECRET_KINDS, type SecretKind } from './secret-kinds.ts'

export interface SecretRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** The text that is in no log, and how that came about, for a report. */
  readonly secret: string
  readonly kind: string
  readonly place: string
  /** What the handler throws, where it is asked to. */
  readonly failure: (() => unknown) | undefined
}

type Parts = Partial<Pick<SecretRequest, 'method' | 'target' | 'headers' | 'body' | 'failure'>>

const JSON_TYPE = { 'content-type': 'application/json' }

/** Each place with what a request has there. Paths begin with a plain segment: the first one is logged where no pattern is. */
const PLACES: Readonly<Record<string, (secret: string) => Parts>> = {
  'a parameter of a route': secret => ({ target: `/reset/${encodeURIComponent(secret)}` }),
  'a parameter of a mount': secret => ({ target: `/accounts/${encodeURIComponent(secret)}/keys/1` }),
  'a parameter of a nested router': secret => ({ target: `/accounts/7/keys/${encodeURIComponent(secret)}` }),
  'a path that no route takes': secret => ({ target: `/nowhere/${encodeURIComponent(secret)}/x` }),
  'a path of one segment': secret => ({ target: `/${encodeURIComponent(secret)}` }),
  'a wrong method': secret => ({ method: 'DELETE', target: `/reset/${encodeURIComponent(secret)}` }),
  'a parameter behind a semicolon': secret => ({ target: `/brands;jsessionid=${encodeURIComponent(secret)}/logo` }),
  'a path with two slashes': secret => ({ target: `//${encodeURIComponent(secret)}//x` }),
  'a broken escape': secret => ({ target: `/reset/%zz${encodeURIComponent(secret)}` }),
  'the query': secret => ({ target: `/brands?page=2&token=${encodeURIComponent(secret)}` }),
  'the name of a query parameter': secret => ({ target: `/brands?${encodeURIComponent(secret)}` }),
  'the authorization': secret => ({ headers: { authorization: `Bearer ${encodeURIComponent(secret)}` } }),
  'a cookie': secret => ({ headers: { cookie: `theme=dark; sid=${encodeURIComponent(secret)}` } }),
  'a header for a key': secret => ({ headers: { 'x-api-key': encodeURIComponent(secret) } }),
  'the referrer': secret => ({ headers: { referer: `https://brands.example/?t=${encodeURIComponent(secret)}` } }),
  'a forwarded address': secret => ({ headers: { 'x-forwarded-for': encodeURIComponent(secret) } }),
  'a body': secret => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ password: secret }) }),
  'a broken body': secret => ({ method: 'POST', headers: JSON_TYPE, body: `[${JSON.stringify(secret)},]` }),
  'a bare body': secret => ({ method: 'POST', headers: JSON_TYPE, body: secret }),
  'a body that the schema refuses': secret => ({
    method: 'POST',
    target: '/checked',
    headers: JSON_TYPE,
    body: JSON.stringify({ pin: secret }),
  }),
}

/** What applications write into messages, as other people do. */
const MESSAGES: readonly ((secret: string) => string)[] = [
  secret => `password is: ${secret}`,
  secret => `password => ${secret}`,
  secret => `wrong password "${secret.replaceAll('"', '')}" for anna`,
  secret => `Invalid password ${secret}`,
  secret => `login failed (user=anna, pwd=${secret})`,
  secret => `passphrase: ${secret}`,
  secret => `DB_PASSWORD=${secret}`,
  secret => `Cookie: theme=dark; csrf=${secret}`,
  secret => `Set-Cookie: sid=${secret}; HttpOnly`,
  secret => `request had Authorization: Bearer ${secret}`,
  secret => `Bearer ${secret.split(/\s/)[0]} is not known`,
  secret => `cannot connect to postgres://app:${encodeURIComponent(secret)}@db.example/brands`,
  secret => `GET https://blob.example/logo.png?sig=${encodeURIComponent(secret)} failed`,
  secret => `api key ${secret} was refused`,
  secret => `Incorrect API key provided: ${secret}.`,
  secret => `client_secret -> ${secret}`,
  secret => `invalid token ${secret}`,
  secret => `token for anna is ${secret}`,
  secret => `CSRF token mismatch: ${secret}`,
  secret => `no session ${secret}`,
  secret => `the verification code ${secret} has expired`,
  secret => `OTP ${secret} was used twice`,
  secret => `secret: ${secret}`,
  secret => `Server=db;User Id=app;Password=${secret}`,
  secret => `400 {"error":{"message":${JSON.stringify(secret)}}}`,
  secret => `payload: ${secret}`,
]

/** Errors of parsers and validators, which quote what they were given. */
const FAILURES: readonly ((secret: string) => unknown)[] = [
  secret => thrownBy(() => JSON.parse(`[${JSON.stringify(secret)},]`)),
  secret => thrownBy(() => JSON.parse(secret.replace(/^[\d\s-]+$/, '{$&'))),
  secret => thrownBy(() => decodeURIComponent(`%zz${secret}`)),
  secret => thrownBy(() => new URL(secret.replaceAll(':', ''))),
  secret => Object.assign(new Error(`${secret} is too short`), { name: 'ValidationError' }),
  secret => Object.assign(new Error(`expected pin, received ${secret}`), { issues: [{ received: secret }] }),
  secret => Object.assign(new Error(`cannot read ${secret}`), { type: 'entity.parse.failed', body: secret }),
  secret => Object.assign(new Error(`body/pin ${secret}`), { code: 'FST_ERR_VALIDATION', validation: [] }),
  secret => new Error('no logo', { cause: new Error(secret) }),
  secret => Object.assign(new Error('no logo'), { stack: secret, config: { headers: { cookie: secret } } }),
  secret => Object.assign(new Error('no logo'), { name: `password: ${secret}` }),
]

export function secretRequest(random: Random): SecretRequest {
  const kind = random.pick(SECRET_KINDS)
  const secret = kind.make(random)
  if (random.chance(0.5)) {
    const place = random.pick(Object.keys(PLACES))
    return whole({ kind, secret, place, parts: PLACES[place]!(secret) })
  }
  const isMessage = random.chance(0.7)
  const index = random.below(isMessage ? MESSAGES.length : FAILURES.length)
  const failure = isMessage ? () => new Error(MESSAGES[index]!(secret)) : () => FAILURES[index]!(secret)
  const place = `${isMessage ? 'message' : 'failure'} ${index}`
  return whole({ kind, secret, place, parts: { target: '/fail', failure } })
}

function whole(made: { kind: SecretKind; secret: string; place: string; parts: Parts }): SecretRequest {
  const { kind, secret, place, parts } = made
  return {
    method: 'GET',
    target: '/brands',
    headers: {},
    body: undefined,
    failure: undefined,
    ...parts,
    kind: kind.name,
    secret,
    place,
  }
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work() === undefined ? undefined : new Error('nothing was thrown')
  } catch (error) {
    return error
  }
}
