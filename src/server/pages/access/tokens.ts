// Tokens of programs: made, shown this once, and revoked.
import { TOKEN } from '../../../app/access/parameters.ts'
import { createToken, type ListedToken, listTokens, revokeToken } from '../../../app/access/tokens.ts'
import { html, type Markup, name } from '../../../render/html/markup.ts'
import { askerOf, type Call } from '../../route.ts'
import { buttons, formRoute, textField, textIn, typedField } from '../forms.ts'
import type { PageContent } from '../frame.ts'
import { pageRoute } from '../page-route.ts'
import { pathTo, table, when } from '../parts.ts'
import { errorSummary, type Refusal } from '../refusal.ts'
import { revocation } from './revocation.ts'
import { ACCESS_PATHS, accessViews, askerIn, grantFields, grantIn, scopeWords } from './views.ts'

const PATH = ACCESS_PATHS.tokens

export const TOKENS_PAGE = pageRoute({
  page: 'access',
  summary: 'the tokens of programs',
  parameters: { made: { value: 'ID', help: 'a token that was just made' } },
  draw: async call => tokensPage(call, undefined),
})

export const MAKE_TOKEN_FORM = formRoute({
  page: 'access',
  path: PATH,
  summary: 'make a token with the form',
  async submit(call) {
    const expires = textIn(call, 'expires')
    const expiresInMs = expires === undefined ? null : TOKEN.expires.parse(expires, 'expires')
    const request = { ...askerIn(call), ...grantIn(call), name: textIn(call, 'name'), expiresInMs }
    const { token } = await createToken(request, call.services.access)
    const made = call.services.notices.leave(askerOf(call).actor, token)
    return { path: `${PATH}?made=${made}` }
  },
  redraw: async (call, refusal) => tokensPage(call, refusal),
})

export const [REVOKE_TOKEN_PAGE, REVOKE_TOKEN_FORM] = revocation({
  path: `${PATH}/tokens/:id/revoke`,
  back: PATH,
  what: 'token',
  words: 'Programs that send this token are refused from their next request on. It cannot be undone.',
  find: call => listTokens(call.services.access).tokens.find(({ id }) => id === call.path.id),
  revoke: call => revokeToken({ ...askerIn(call), id: call.path.id! }, call.services.access),
})

function tokensPage(call: Call, refusal: Refusal | undefined): PageContent {
  return {
    title: 'Access',
    tools: accessViews(call, 'tokens'),
    main: html`${errorSummary(refusal)}${madeToken(call)}${table({
      caption: 'Tokens',
      heads: ['Token', 'State', 'Role', 'Clients', 'User', 'Made', 'Expires', 'Last use', ''].map(title => ({ title })),
      rows: listTokens(call.services.access)
        .tokens.toReversed()
        .map(token => rowOf(call, token)),
      empty: 'There are no tokens yet.',
    })}<h2>Make a token</h2><form class="panel slim" method="post" action="${pathTo(call, PATH)}">
${textField(typedField(call, refusal, 'name', 'Name', TOKEN.name.help))}${grantFields(call, refusal)}
${textField({ ...typedField(call, refusal, 'expires', 'Expires', TOKEN.expires.help), isShort: true })}${buttons('Make token')}</form>`,
  }
}

// The secret is told once: who loads the page again does not see it.
function madeToken(call: Call): Markup | null {
  const id = call.options.made as string | undefined
  const token = id === undefined ? undefined : call.services.notices.take(id, askerOf(call).actor)
  if (token === undefined) return null
  return html`<div class="notice done" role="status"><p>The token is made. Keep it now: it is not shown again.</p><p><code>${token}</code></p></div>`
}

function rowOf(
  call: Call,
  { id, name: words, state, role, clients, user, createdAt, expiresAt, lastUsedAt }: ListedToken,
) {
  return [
    html`${name(words ?? id)}${words === null ? null : html`<small class="id">${id}</small>`}`,
    state,
    role,
    scopeWords(clients),
    user === null ? '–' : name(user),
    when(createdAt),
    expiresAt === null ? 'never' : when(expiresAt),
    when(lastUsedAt),
    state === 'active'
      ? html`<a href="${pathTo(call, `${PATH}/tokens/${encodeURIComponent(id)}/revoke`)}">Revoke<span class="hidden"> ${words ?? id}</span></a>`
      : null,
  ]
}
