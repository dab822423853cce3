// What the routes of profiles and clients share: who is asking and for which clients, which version they know, and errors
// that name nothing that they may not see.
import type { ClientScope } from '../../access/identity.ts'
import type { ChangeRequest } from '../../app/profile/change-request.ts'
import { profileHome } from '../../app/profile/home.ts'
import { mayChange, showSeen } from '../../app/profile/seen-profiles.ts'
import type { Parameter } from '../../app/request/parameters.ts'
import { ConfigError, UsagebookError } from '../../base/errors.ts'
import type { Problem } from '../answers/question.ts'
import { ProblemError } from '../problem.ts'
import { askerOf, type Call, hasRole, type Route } from '../route.ts'
import { scopeOf } from '../scope-of.ts'

/** Who may change profiles, and which of them clients use. */
export const EDITORS = ['admin', 'manager'] as const

/** How messages name the body. */
export const BODY = 'the body'
/** What was typed as JSON into a form. */
export const TYPED = 'what you typed'

export const CHANGE = {
  message: { value: 'TEXT', help: 'why' },
  dryRun: { help: 'say what would be done and change nothing' },
} as const satisfies Readonly<Record<string, Parameter>>

/** What a body can also say about a change. */
export interface AskedInBody {
  readonly message?: string | undefined
  readonly dryRun?: boolean | undefined
}

/** `notes` collects what a change reports on the side; the server's own log has it in any case. */
export function homeOf({ services, requestId }: Call, notes: string[] = []) {
  return profileHome(services.root, services.host, note => {
    notes.push(note)
    services.say(`${requestId}: ${note}`)
  })
}

export function sightOf(call: Call): ClientScope {
  return scopeOf(askerOf(call)).clients
}

export function changeOf(call: Call, body: AskedInBody = {}): ChangeRequest {
  const { message, dryRun } = call.options as { readonly message?: string; readonly dryRun?: boolean }
  const sight = sightOf(call)
  return {
    by: askerOf(call).actor,
    message: body.message ?? message,
    isDryRun: body.dryRun === true || dryRun === true,
    ...(sight !== '*' && { reach: sight }),
  }
}

/** A profile that the caller may not see is "not found"; one that also belongs to other clients can be seen but not changed. */
export async function checkMayChange(call: Call, id: string): Promise<void> {
  const home = homeOf(call)
  await showSeen(id, sightOf(call), home)
  if (await mayChange(id, sightOf(call), home)) return
  throw new ProblemError({
    status: 403,
    code: 'not-allowed',
    title: 'You may not change this profile.',
    hint: 'It is not only for your clients. Ask an admin.',
  })
}

/** Whether a page offers to change a profile that can be seen. */
export async function canChange(call: Call, id: string): Promise<boolean> {
  return hasRole(call, EDITORS) && (await mayChange(id, sightOf(call), homeOf(call)))
}

/** `"brand_check@3"` */
export function tagOf({ profile, version }: { readonly profile: string; readonly version: number }): string {
  return `"${profile}@${version}"`
}

/** The newest version that the caller knows, from If-Match; undefined if any version will do. */
export async function expectedVersion(call: Call, id: string, isDemanded: boolean): Promise<number | undefined> {
  const header = call.headers.get('if-match')
  if (header === null && !isDemanded) return undefined
  const { profile, newestVersion } = await showSeen(id, sightOf(call), homeOf(call))
  const newest = tagOf({ profile, version: newestVersion })
  if (header === null) {
    throw new ProblemError({
      status: 428,
      code: 'if-match-needed',
      title: 'Say in If-Match which version you know, so that no change by others is lost.',
      hint: `Read the profile, and send its ETag: "If-Match: ${newest}".`,
    })
  }
  const tags = header.split(',').map(tag => tag.trim())
  if (tags.includes('*')) return undefined
  if (tags.includes(newest)) return newestVersion
  const known = tags.flatMap(tag => /^"([^"@]+)@(\d{1,9})"$/.exec(tag) ?? []).at(0)
  const version = /@(\d+)"$/.exec(known ?? '')?.[1]
  // The change then says who made the newer one.
  if (version !== undefined && known === tagOf({ profile, version: Number(version) })) return Number(version)
  throw stale(`If-Match names no version of ${profile}.`)
}

function stale(title: string): ProblemError {
  return new ProblemError({
    status: 412,
    code: 'version-conflict',
    title,
    hint: 'Read the profile again, and send the ETag that it has now.',
  })
}

// Used instead of the original errors: their texts would name other clients to somebody who may see only some, and their
// hints name commands, which nobody has here.
export function withoutForeign(route: Route): Route {
  return { ...route, handle: call => tellingNothingForeign(call, () => route.handle(call)) }
}

export async function tellingNothingForeign<Done>(call: Call, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work()
  } catch (error) {
    throw problemFor(error, sightOf(call) !== '*')
  }
}

const PROFILE: Problem = {
  status: 404,
  code: 'unknown-profile',
  title: 'There is no such profile, or it is not for you.',
  hint: 'See /api/v1/profiles.',
}

/** The same whether it does not exist or may not be seen. */
const PLAIN: Readonly<Record<string, Problem>> = {
  'unknown-profile': PROFILE,
  'unknown-version': PROFILE,
  'unknown-client': {
    status: 404,
    code: 'unknown-client',
    title: 'There is no such client, or it is not yours.',
    hint: 'See /api/v1/clients.',
  },
  'profile-exists': { status: 409, code: 'profile-exists', title: 'This id is taken.', hint: 'Choose another.' },
  'not-visible': {
    status: 400,
    code: 'not-visible',
    title: 'The client may not see this profile.',
    hint: 'Let it see the profile first.',
  },
}

function problemFor(error: unknown, isScoped: boolean): unknown {
  if (!(error instanceof UsagebookError)) return error
  if (error.code === 'version-conflict') return stale(error.message)
  // The body that was sent is wrong, not a file in the workspace.
  if (error instanceof ConfigError && [BODY, TYPED].includes(error.where?.file ?? '')) {
    return new ProblemError({ status: 400, code: error.code, title: error.message, hint: error.hint })
  }
  const plain = isScoped ? PLAIN[error.code] : undefined
  return plain === undefined ? error : new ProblemError(plain)
}
