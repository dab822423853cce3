// The versions of a profile: when, who, why, what changed, and what each was used for.
import type { HistoryEntry } from '../../../app/profile/answers.ts'
import { seenHistory } from '../../../app/profile/seen-profiles.ts'
import { html, type MarkupPart, name } from '../../../render/html/markup.ts'
import { PAGE, pageOf } from '../../resources/list-page.ts'
import { canChange, homeOf, sightOf, withoutForeign } from '../../resources/profile-calls.ts'
import type { Call } from '../../route.ts'
import { pageRoute } from '../page-route.ts'
import { PAGE_ROWS, pager, pathTo, table, when } from '../parts.ts'
import { profilePath, profileViews } from './links.ts'
import { versionNumbers } from './version-numbers.ts'

export const HISTORY_PAGE = withoutForeign(
  pageRoute({
    page: 'profiles',
    path: '/profiles/:id/history',
    summary: 'the versions of a profile, and what each was used for',
    parameters: PAGE,
    async draw(call) {
      const { profile, versions } = await seenHistory(call.path.id!, sightOf(call), homeOf(call))
      const isEditable = await canChange(call, profile)
      const { items, counts } = pageOf(call, versions, PAGE_ROWS)
      return {
        title: `History of ${profile}`,
        tools: html`<div class="tools">${profileViews(call, profile, 'history')}</div>`,
        main: html`${table({
          caption: `Versions of ${profile}`,
          heads: ['Version', 'When', 'Who', 'What changed', 'Why', 'Used by', ''].map(title => ({ title })),
          rows: items.map(entry => rowOf(call, profile, entry, isEditable && entry !== versions[0])),
          empty: 'There are no versions.',
        })}${pager(call, counts)}${await versionNumbers(call, profile, items)}`,
      }
    },
  }),
)

function rowOf(
  call: Call,
  profile: string,
  { version, at, by, action, changes, message, clients, problem }: HistoryEntry,
  canComeBack: boolean,
): MarkupPart[] {
  const lines = problem === undefined ? changes : [problem]
  const compare = html`<a href="${pathTo(call, profilePath(profile, 'diff'), { to: version })}">Compare</a>`
  const back = html`<a href="${pathTo(call, profilePath(profile, 'rollback'), { to: version })}">Roll back<span class="hidden"> to version ${version}</span></a>`
  return [
    html`<a href="${pathTo(call, profilePath(`${profile}@${version}`))}">Version ${version}</a>`,
    when(at),
    by === null ? '–' : name(by),
    lines.length === 0
      ? (action ?? '–')
      : html`<ul class="plain">${lines.map(line => html`<li>${name(line)}</li>`)}</ul>`,
    message === null ? '–' : name(message),
    clients.length === 0 ? '–' : name(clients.join(', ')),
    html`<span class="actions">${version === 1 ? null : compare}${canComeBack ? back : null}</span>`,
  ]
}
