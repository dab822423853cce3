// Plans the next version of a profile: its text, with the fields that usagebook maintains, and the clients that move to it.
import { type ErrorProblem, UsageError } from '../base/errors.ts'
import { addAll } from '../base/lists.ts'
import { type AuditLine, formatAuditLine, sha256Of } from './audit.ts'
import { type Clients, replaceVersions, versionsUsed } from './clients.ts'
import { newestOf, type Snapshot } from './folder.ts'
import type { Change } from './journal-text.ts'
import { findProfileProblems, type Profile, parseProfile } from './profile.ts'
import { type Difference, differencesBetween } from './profile-diff.ts'
import { profileSchema } from './profile-schema.ts'
import { clientsInReach, findOutOfReach, type Reach } from './reach.ts'
import { type Author, stampNextVersion } from './stamp.ts'
import { isVisibleTo } from './visibility.ts'

export interface VersionPlan {
  readonly profile: string
  readonly action: string
  /** The version that was edited. */
  readonly from: Profile
  readonly to: Profile
  readonly differences: readonly Difference[]
  /** Clients that go from any version of the profile to the new one. */
  readonly clientsMoved: readonly string[]
  /** Clients that used the profile and may not see it any more. */
  readonly clientsRemoved: readonly string[]
}

/** A wish for a next version: `text` is the content wanted, whatever it says of what usagebook keeps. */
export interface VersionWish {
  readonly action: string
  readonly from: Profile
  readonly text: string
  /** What was wrong with the wish before it became a text. */
  readonly problems?: readonly ErrorProblem[]
  readonly restoredFrom?: string
  /** Of who wishes. */
  readonly reach?: Reach | undefined
}

/** The plan; undefined where nothing would differ from the version that was edited, or where there are problems. */
export interface PlannedVersion {
  readonly plan: VersionPlan | undefined
  readonly problems: readonly ErrorProblem[]
}

/** Without writing anything; problems are named by flag and path. */
export function planVersion(snapshot: Snapshot, wish: VersionWish, author: Author): PlannedVersion {
  const { from } = wish
  const name = { profile: from.profile, version: newestOf(snapshot.shelf, from.profile).version + 1 }
  const to = parseProfile(stampNextVersion(wish.text, from, name.version, author, wish.restoredFrom), name)
  const differences = differencesBetween(from.value, to.value)
  const wrong = wish.problems ?? []
  if (differences.length === 0 && wrong.length === 0) return { plan: undefined, problems: [] }
  const problems = [...wrong, ...findProfileProblems(to, clientsInReach(snapshot.clients, wish.reach))]
  // The old version too: who edits it takes it away from those who use it.
  if (problems.length === 0)
    addAll(problems, [from, to].flatMap(version => findOutOfReach(snapshot.clients, version, wish.reach)).slice(0, 1))
  if (problems.length > 0) return { plan: undefined, problems: problems.map(placeInEdit) }
  const fields = profileSchema.parse(to.json.value)
  const users = [...snapshot.clients.all.values()].filter(client => versionsUsed(client, from.profile).length > 0)
  const plan = {
    profile: from.profile,
    action: wish.action,
    from,
    to,
    differences,
    clientsMoved: users.filter(client => isVisibleTo(client.id, fields)).map(client => client.id),
    clientsRemoved: users.filter(client => !isVisibleTo(client.id, fields)).map(client => client.id),
  }
  return { plan, problems: [] }
}

export function invalidProfile(what: string, problems: readonly ErrorProblem[]): UsageError {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  const { option, path } = problems[0]!.where ?? {}
  return new UsageError('invalid-profile', `${what} has ${count}; nothing was changed.`, {
    where: { ...(option !== undefined && { option }), ...(path !== undefined && { path }) },
    problems,
    hint: 'Fix these and try again.',
  })
}

/** The change that does all plans together. */
export function changeOfPlans(snapshot: Snapshot, plans: readonly VersionPlan[], author: Author): Change {
  let clients = snapshot.clients
  for (const plan of plans) {
    for (const id of plan.clientsMoved) clients = letUse(clients, id, plan.profile, plan.to.id)
    for (const id of plan.clientsRemoved) clients = letUse(clients, id, plan.profile, undefined)
  }
  const names = plans.map(plan => plan.profile).join(', ')
  return {
    title: `${plans[0]!.action} of ${names} by ${author.by} at ${author.at}`,
    versions: plans.map(plan => ({ id: plan.to.id, text: plan.to.text })),
    ...clientsChange(snapshot.clients, clients),
    auditText: plans.map(plan => formatAuditLine(auditOf(plan, author))).join(''),
  }
}

/** The part of a change that is about clients.json, where that changes. */
export function clientsChange(before: Clients, after: Clients): Pick<Change, 'clients'> {
  if (after.text === undefined || after.text === before.text) return {}
  return { clients: { before: before.text ?? null, text: after.text } }
}

/** Lets a client use one version of a profile, or with undefined none, instead of those it uses. */
export function letUse(clients: Clients, client: string, profile: string, id: string | undefined): Clients {
  return replaceVersions(clients, client, versionsUsed(clients.all.get(client)!, profile), id)
}

function auditOf(plan: VersionPlan, author: Author): AuditLine {
  return {
    at: author.at,
    actor: author.by,
    action: plan.action,
    profile: plan.profile,
    fromVersion: plan.from.version,
    toVersion: plan.to.version,
    sha256: sha256Of(plan.to.text),
    message: author.message ?? null,
    clientsMoved: [...plan.clientsMoved],
    ...(plan.clientsRemoved.length > 0 && { clientsRemoved: [...plan.clientsRemoved] }),
  }
}

// The version was not written, so its file and lines say nothing to who wished for it.
export function placeInEdit({ message, where }: ErrorProblem): ErrorProblem {
  return { message, where: { ...(where?.option !== undefined && { option: where.option }), path: where?.path ?? '' } }
}
