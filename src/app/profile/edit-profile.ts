// Edits a profile: its next version, with its clients moved to it. Or many profiles at once: all or none.
import { ConflictError, type ErrorProblem, UsageError } from '../../base/errors.ts'
import { formatJson } from '../../base/json.ts'
import { compileWildcard, hasWildcard } from '../../base/wildcard.ts'
import { sha256Of } from '../../profile/audit.ts'
import { findVersion, newestOf, readVersion, type Snapshot } from '../../profile/folder.ts'
import { layOutFile } from '../../profile/lay-out-json.ts'
import {
  changeOfPlans,
  invalidProfile,
  type PlannedVersion,
  planVersion,
  type VersionPlan,
} from '../../profile/plan-version.ts'
import { type Profile, parseProfile } from '../../profile/profile.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { isInReach } from '../../profile/reach.ts'
import { applyPathEdits, type PathEdit, parseSet, parseUnset } from '../../profile/set-path.ts'
import type { Author } from '../../profile/stamp.ts'
import { changeProfiles } from '../../profile/transaction.ts'
import type { ChangeStatus } from './answers.ts'
import {
  answerOf,
  authorOf,
  type ChangedVersion,
  type ChangeRequest,
  checkExpectedVersion,
  type GivenText,
  noteVersionsLeftOut,
  unchangedAnswer,
  type VersionRequest,
} from './change-request.ts'

export interface Edits {
  /** "path=value", as typed. */
  readonly sets: readonly string[]
  /** "path", as typed. */
  readonly unsets: readonly string[]
}

export interface EditRequest extends VersionRequest, Edits {
  /** The whole new content, to which sets and unsets are then applied. */
  readonly content?: GivenText | undefined
}

export interface BulkEditRequest extends ChangeRequest, Edits {
  /** "brand_*" */
  readonly pattern: string
  /** The effect that a dry run showed: where it would be another by now, nothing is changed. */
  readonly shown?: string | undefined
}

export interface BulkEditAnswer {
  readonly status: ChangeStatus
  readonly message: string
  readonly profiles: readonly ChangedVersion[]
}

/** Whether what was typed names many profiles, which `editProfiles` edits: it holds a `*`. */
export function namesMany(id: string): boolean {
  return hasWildcard(id)
}

export async function editProfile(request: EditRequest, home: ProfileHome): Promise<ChangedVersion> {
  const author = authorOf(request, home)
  return await changeProfiles(home, request.isDryRun, snapshot => {
    const from = readVersion(home, findVersion(snapshot.shelf, request.id))
    checkExpectedVersion(home, snapshot, from.profile, request.expectVersion)
    const content = request.content && contentOf(request.content, from)
    const { plan, problems } = planEdit(snapshot, from, content, request, author)
    if (problems.length > 0) throw invalidProfile(`The edit of ${from.id}`, problems)
    if (plan === undefined) {
      return {
        change: undefined,
        answer: unchangedAnswer(from, `Nothing to change: "${from.id}" is already like that`),
      }
    }
    noteVersionsLeftOut(home, snapshot, from)
    const done = `Profile updated to version ${plan.to.version}. Original kept as "${from.id}"`
    return { change: changeOfPlans(snapshot, [plan], author), answer: answerOf(plan, request, done) }
  })
}

export async function editProfiles(request: BulkEditRequest, home: ProfileHome): Promise<BulkEditAnswer> {
  const author = authorOf(request, home)
  return await changeProfiles(home, request.isDryRun, snapshot => {
    const edits = matchingProfiles(home, snapshot, request).map(from => {
      return { from, planned: planEdit(snapshot, from, undefined, request, author) }
    })
    const problems = edits.flatMap(({ from, planned }) =>
      planned.problems.map(({ message, where }) => ({ message, where: { ...where, file: from.file } })),
    )
    if (problems.length > 0) throw invalidProfile(`The edit of ${edits.length} profiles`, problems)
    const plans = edits.map(edit => edit.planned.plan).filter(plan => plan !== undefined)
    const profiles = edits.map(({ from, planned }) => answerOfOne(from, planned, request))
    if (request.shown !== undefined && request.shown !== effectOf(profiles)) throw changedMeanwhile()
    const change = plans.length === 0 ? undefined : changeOfPlans(snapshot, plans, author)
    return { change, answer: bulkAnswer(plans, profiles, request) }
  })
}

/** A text that is the same where the same would be changed in the same way. */
export function effectOf(profiles: readonly ChangedVersion[]): string {
  const effect = profiles.map(({ answer, changes }) => [
    answer.previousProfileId,
    answer.profileId,
    ...answer.clientsMoved,
    ...changes,
  ])
  return sha256Of(formatJson(effect))
}

function changedMeanwhile(): ConflictError {
  const message = 'Somebody else changed a profile or a client while you looked. Nothing was changed.'
  return new ConflictError('version-conflict', message, { hint: 'Look again: run the same command once more.' })
}

function contentOf({ text, file }: GivenText, from: Profile): string {
  const content = parseProfile(text, from, file).text
  // Where the original is on one line, that is how it is wanted.
  return from.text.trim().includes('\n') ? layOutFile(content) : content
}

function planEdit(
  snapshot: Snapshot,
  from: Profile,
  content: string | undefined,
  edits: Edits & Pick<ChangeRequest, 'reach'>,
  author: Author,
): PlannedVersion {
  const { parsed, problems } = parseEdits(edits)
  const applied = applyPathEdits(content ?? from.text, parsed)
  const wish = {
    action: 'edit',
    from,
    text: applied.text,
    problems: [...problems, ...applied.problems],
    reach: edits.reach,
  }
  return planVersion(snapshot, wish, author)
}

/** The edits that could be parsed, and what is wrong with the rest. */
export function parseEdits(edits: Edits): { parsed: PathEdit[]; problems: ErrorProblem[] } {
  const parsed: PathEdit[] = []
  const problems: ErrorProblem[] = []
  for (const edit of [...edits.sets.map(parseSet), ...edits.unsets.map(parseUnset)]) {
    if ('message' in edit) problems.push(edit)
    else parsed.push(edit)
  }
  return { parsed, problems }
}

// Those out of reach are as if they were not there.
function matchingProfiles(home: ProfileHome, snapshot: Snapshot, { pattern, reach }: BulkEditRequest): Profile[] {
  const matching = [...snapshot.shelf.profiles.keys()]
    .filter(compileWildcard(pattern))
    .map(profile => readVersion(home, newestOf(snapshot.shelf, profile)))
    .filter(from => isInReach(snapshot.clients, from, reach))
  if (matching.length > 0) return matching
  throw new UsageError('unknown-profile', `No profile's id matches ${JSON.stringify(pattern)}.`, {
    hint: 'See "usagebook profile list" for the profiles.',
  })
}

function answerOfOne(from: Profile, { plan }: PlannedVersion, request: ChangeRequest): ChangedVersion {
  if (plan === undefined) return unchangedAnswer(from, `Nothing to change: "${from.id}" is already like that`)
  return answerOf(plan, request, `Profile updated to version ${plan.to.version}. Original kept as "${from.id}"`)
}

function bulkAnswer(
  plans: readonly VersionPlan[],
  profiles: readonly ChangedVersion[],
  request: ChangeRequest,
): BulkEditAnswer {
  if (plans.length === 0)
    return { status: 'unchanged', message: 'Nothing to change: all are already like that', profiles }
  const done =
    plans.length === 1 ? '1 profile updated. Original kept' : `${plans.length} profiles updated. Originals kept`
  return request.isDryRun
    ? { status: 'dry-run', message: `Nothing was changed. Without --dry-run: ${done}`, profiles }
    : { status: 'success', message: done, profiles }
}
