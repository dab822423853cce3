// Two versions of a profile side by side.
import { seenDiff, seenHistory } from '../../../app/profile/seen-profiles.ts'
import { wholeNumber } from '../../../app/request/parse-option.ts'
import { html, type Markup } from '../../../render/html/markup.ts'
import { homeOf, sightOf, withoutForeign } from '../../resources/profile-calls.ts'
import type { Call } from '../../route.ts'
import { selectField } from '../forms.ts'
import { pageRoute } from '../page-route.ts'
import { differenceTable } from './differences.ts'
import { profileViews } from './links.ts'
import { versionNumbers } from './version-numbers.ts'

export const DIFF_PAGE = withoutForeign(
  pageRoute({
    page: 'profiles',
    path: '/profiles/:id/diff',
    summary: 'what differs between two versions of a profile, side by side',
    parameters: {
      from: { value: 'N', help: 'a version; default the one before', parse: wholeNumber(1, 999_999_999) },
      to: { value: 'N', help: 'a version; default the newest', parse: wholeNumber(1, 999_999_999) },
    },
    async draw(call) {
      const { profile, versions } = await seenHistory(call.path.id!, sightOf(call), homeOf(call))
      const numbers = versions.map(({ version }) => version)
      const { to = numbers[0]!, from = numbers.find(number => number < to) ?? to } = call.options as {
        readonly from?: number
        readonly to?: number
      }
      const request = { a: `${profile}@${from}`, b: `${profile}@${to}` }
      const { differences } = await seenDiff(request, sightOf(call), homeOf(call))
      const shown = versions.filter(({ version }) => version === from || version === to)
      return {
        title: `${profile}: version ${from} and version ${to}`,
        tools: html`<div class="tools">${profileViews(call, profile, 'diff')}</div>`,
        main: html`${chooser(call, numbers, from, to)}${differenceTable(differences, {
          caption: `What differs between version ${from} and version ${to}`,
          before: `Version ${from}`,
          after: `Version ${to}`,
          empty:
            numbers.length === 1 ? 'There is one version only.' : 'They are the same, but for who made them and when.',
        })}${await versionNumbers(call, profile, shown.toReversed())}`,
      }
    },
  }),
)

function chooser(call: Call, numbers: readonly number[], from: number, to: number): Markup {
  const choices = numbers.map(number => ({ value: String(number), label: `Version ${number}` }))
  return html`<form class="filter" method="get" action="${call.url.pathname}">
${selectField({ name: 'from', label: 'From', value: String(from), choices })}
${selectField({ name: 'to', label: 'To', value: String(to), choices })}<button>Compare</button></form>`
}
