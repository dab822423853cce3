// Who is asking: by a token, the host application's JWT, the proxy's header, a session or a share link. A request with a bad
// token is refused, even if it also has a good cookie.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { JWTPayload } from 'jose'
import { type Identity, ROLES, type Role } from '../../access/identity.ts'
import { ConfigError } from '../../base/errors.ts'
import { ProblemError } from '../problem.ts'
import type { Services } from '../services.ts'
import { readCookie } from './cookies.ts'
import type { Passed } from './guard.ts'

/** What is needed to know whose a token is. */
export type TokenCheck = Pick<Services, 'doorkeeper' | 'root' | 'host'> & {
  readonly settings: Pick<Services['settings'], 'jwt'>
}

/** Undefined for nobody. */
export async function whoAsks(headers: Headers, passed: Passed, services: Services): Promise<Identity | undefined> {
  const { doorkeeper } = services
  const authorization = headers.get('authorization')
  // The password that somebody gave to the proxy often comes along.
  const isForProxy = passed.proxyName !== undefined && authorization !== null && !/^Bearer /i.test(authorization)
  if (authorization !== null && !isForProxy) return await byAuthorization(authorization, services)
  if (passed.proxyName !== undefined) {
    const known = doorkeeper.byName(passed.proxyName, 'proxy')
    if (known === undefined) throw refused('There is no user with that name.')
    return known
  }
  const cookie = headers.get('cookie') ?? undefined
  const session = readCookie(cookie, services.cookie(passed.isHttps).name)
  const identity = session === undefined ? undefined : doorkeeper.bySession(session)
  if (identity !== undefined) return identity
  // Programs that keep their token in a cookie send no Origin.
  const token = passed.hasOrigin ? undefined : readCookie(cookie, 'auth_token')
  return token === undefined ? undefined : await byAuthorization(`Bearer ${token}`, services)
}

/** By the header `Authorization`. */
export async function byAuthorization(text: string, services: TokenCheck): Promise<Identity> {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(text) ?? []
  if (bearer === undefined) throw refused('Only bearer tokens are accepted.')
  const { jwt } = services.settings
  const isJwt = jwt !== undefined && bearer.split('.').length === 3
  const identity = isJwt ? await byJwt(bearer, services) : services.doorkeeper.byToken(bearer)
  if (identity === undefined) throw refused('The token is unknown, revoked or expired.')
  return identity
}

async function byJwt(text: string, { settings, root, host }: TokenCheck): Promise<Identity | undefined> {
  const jwt = settings.jwt!
  const { algorithms, issuer, audience, keyFile, secretEnvironment } = jwt
  const jose = await import('jose')
  const checks = {
    algorithms: [...algorithms],
    issuer,
    audience,
    requiredClaims: ['exp'],
    clockTolerance: 30,
    currentDate: new Date(host.now()),
  }
  try {
    if (secretEnvironment !== undefined) {
      const secret = host.environment[secretEnvironment]
      if (secret === undefined || secret.length < 32)
        throw badKey(`${secretEnvironment} has no secret of 32 characters or more`)
      return identityOf((await jose.jwtVerify(text, new TextEncoder().encode(secret), checks)).payload, jwt)
    }
    if (keyFile === undefined) throw badKey('serve.jwt names neither keyFile nor secretEnvironment')
    const key = readFileSync(resolve(root, keyFile), 'utf8')
    const { payload } = key.trimStart().startsWith('{')
      ? await jose.jwtVerify(text, jose.createLocalJWKSet(JSON.parse(key)), checks)
      : await jose.jwtVerify(text, await jose.importSPKI(key, algorithms[0]!), checks)
    return identityOf(payload, jwt)
  } catch (error) {
    if (error instanceof jose.errors.JOSEError) return undefined
    throw error
  }
}

function identityOf(claims: JWTPayload, jwt: NonNullable<Services['settings']['jwt']>): Identity | undefined {
  const { roleClaim = 'role', clientsClaim = 'clients', userClaim = 'sub' } = jwt
  const role = claims[roleClaim]
  const name = claims[userClaim]
  const clients = claims[clientsClaim]
  if (!ROLES.some(one => one === role) || typeof name !== 'string' || name === '') return undefined
  const list = Array.isArray(clients) ? clients.filter(one => typeof one === 'string') : []
  const isAll = clients === '*' || role === 'user'
  return {
    role: role as Role,
    clients: isAll ? '*' : list,
    user: role === 'user' ? name : null,
    actor: name,
    via: 'jwt',
  }
}

function badKey(why: string): ConfigError {
  return new ConfigError('bad-jwt-key', `JWTs cannot be checked: ${why}.`, {
    hint: 'Set serve.jwt in the configuration.',
  })
}

export function refused(title: string): ProblemError {
  return new ProblemError(
    {
      status: 401,
      code: 'not-logged-in',
      title,
      hint: 'Log in again, or ask the person who runs this server for a token.',
    },
    { 'WWW-Authenticate': 'Bearer realm="usagebook"' },
  )
}
