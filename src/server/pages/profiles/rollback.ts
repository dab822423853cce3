// Brings an old version back, after what that changes was shown.
import type { ChangedVersion } from '../../../app/profile/change-request.ts'
import { rollbackProfile } from '../../../app/profile/rollback-profile.ts'
import { showSeen } from '../../../app/profile/seen-profiles.ts'
import { wholeNumber } from '../../../app/request/parse-option.ts'
import { html } from '../../../render/html/markup.ts'
import {
  checkMayChange,
  EDITORS,
  homeOf,
  sightOf,
  tellingNothingForeign,
  withoutForeign,
} from '../../resources/profile-calls.ts'
import { changeFrom, versionToBringBack } from '../../resources/version-changes.ts'
import type { Call } from '../../route.ts'
import { buttons, formRoute, hiddenField, textIn } from '../forms.ts'
import type { PageContent } from '../frame.ts'
import { pageRoute } from '../page-route.ts'
import { pathTo } from '../parts.ts'
import { errorSummary, type Refusal } from '../refusal.ts'
import { differenceTable } from './differences.ts'
import { whyField } from './editor.ts'
import { profilePath, profileViews } from './links.ts'

const PATH = '/profiles/:id/rollback'
const VERSION = wholeNumber(1, 999_999_999)

export const ROLLBACK_PAGE = withoutForeign(
  pageRoute({
    page: 'profiles',
    path: PATH,
    roles: EDITORS,
    summary: 'what a rollback would change, and the button for it',
    parameters: { to: { value: 'N', help: 'the version to bring back; default the one before', parse: VERSION } },
    draw: call => rollbackPage(call, call.options.to as number | undefined, undefined),
  }),
)

export const ROLLBACK_FORM = formRoute({
  page: 'profiles',
  path: PATH,
  roles: EDITORS,
  summary: 'bring an old version of a profile back, as a new one',
  submit: call =>
    tellingNothingForeign(call, async () => {
      const asked = toIn(call)
      const expectVersion = VERSION(call.form.get('version') ?? '', 'version')
      const { answer } = await rollBack(call, await versionToBringBack(call, asked), expectVersion, false)
      return { path: profilePath(call.path.id!), notice: answer.message }
    }),
  redraw: (call, refusal) => tellingNothingForeign(call, () => rollbackPage(call, toIn(call), refusal)),
})

function toIn({ form }: Call): number {
  return VERSION(form.get('to') ?? '', 'to')
}

async function rollBack(
  call: Call,
  to: number | undefined,
  expectVersion: number | undefined,
  isDryRun: boolean,
): Promise<ChangedVersion> {
  const body = { message: textIn(call, 'message'), dryRun: isDryRun }
  return await changeFrom(call, { action: 'profile.rollback', body, expectVersion }, (request, home) =>
    rollbackProfile({ ...request, to }, home),
  )
}

async function rollbackPage(call: Call, asked: number | undefined, refusal: Refusal | undefined): Promise<PageContent> {
  await checkMayChange(call, call.path.id!)
  const { profile, version } = await showSeen(call.path.id!, sightOf(call), homeOf(call))
  const to = (await versionToBringBack(call, asked)) ?? version - 1
  const { differences, answer } = await rollBack(call, to, undefined, true)
  const isNothing = answer.status === 'unchanged'
  return {
    title: `Roll back ${profile} to version ${to}`,
    tools: html`<div class="tools">${profileViews(call, profile, 'other')}</div>`,
    main: html`${errorSummary(refusal)}<p>${isNothing ? answer.message : `This makes version ${version + 1}, which equals version ${to}. Nothing is taken away.`}</p>
${differenceTable(differences, {
  caption: 'What the rollback changes',
  before: `Version ${version}, the newest`,
  after: `Version ${answer.version}, as version ${to} was`,
  empty: 'Nothing would change.',
})}
<form method="post" action="${pathTo(call, profilePath(profile, 'rollback'))}">${hiddenField('to', String(to))}${hiddenField('version', String(version))}
${isNothing ? null : html`<div class="panel">${whyField(call, refusal)}</div>${buttons('Roll back', html`<a class="button" href="${pathTo(call, profilePath(profile, 'history'))}">Cancel</a>`)}`}</form>`,
  }
}
