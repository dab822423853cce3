// The audit of access: who came in, and what was done, the newest first.
import { AUDIT_ENTRIES, readAccessLog } from '../../../app/access/audit.ts'
import { AUDIT } from '../../../app/access/parameters.ts'
import { html, type MarkupPart, name } from '../../../render/html/markup.ts'
import { pageRoute } from '../page-route.ts'
import { button, pathTo, table, when } from '../parts.ts'
import { ACCESS_PATHS, accessViews } from './views.ts'

export const LOG_PAGE = pageRoute({
  page: 'access',
  path: ACCESS_PATHS.log,
  summary: 'who came in and what was done, the newest first',
  parameters: AUDIT,
  async draw(call) {
    const { limit = AUDIT_ENTRIES } = call.options as { readonly limit?: number }
    const { entries, unreadableLines } = readAccessLog(limit, call.services.access)
    const more = pathTo(call, ACCESS_PATHS.log, { limit: limit * 4 })
    return {
      title: 'Access',
      tools: accessViews(call, 'log'),
      main: html`${unreadableLines === 0 ? null : html`<p class="notice warn">Warning: ${unreadableLines} of the last lines cannot be read. Somebody else wrote into the file.</p>`}${table(
        {
          caption: 'Log of access',
          heads: ['When', 'Who', 'What', 'Details', 'Request'].map(title => ({ title })),
          rows: entries
            .toReversed()
            .map(({ at, actor, action, detail, requestId }) => [
              when(at),
              name(actor),
              action,
              name(detailText(detail)),
              requestId === null ? '–' : html`<code>${requestId}</code>`,
            ]),
          empty: 'Nothing happened yet.',
        },
      )}${entries.length < limit ? null : html`<p class="buttons">${button(more, 'Show more')}</p>`}`,
    }
  },
})

function detailText(detail: unknown): string & MarkupPart {
  const parts = Object.entries((detail ?? {}) as Readonly<Record<string, unknown>>)
  return parts
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}
