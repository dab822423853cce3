// The page of who is not logged in, and the way out.
import { html, type Markup } from '../../render/html/markup.ts'
import { ProblemError } from '../problem.ts'
import type { Call, Reply, Route } from '../route.ts'
import { logInByPassword, logOutOf, withSession } from '../routes/session.ts'
import { hiddenField, textField } from './forms.ts'
import { hrefOf, type PageContent } from './frame.ts'
import { pageReply } from './page-route.ts'
import { errorSummary, type Refusal } from './refusal.ts'

const NEXT = { next: { value: 'PATH', help: 'where to go then' } } as const satisfies Route['parameters']

export const LOGIN_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/login',
    roles: ['anybody'],
    summary: 'the form to log in with',
    group: 'Pages',
    isPage: true,
    parameters: NEXT,
    async handle(call) {
      const next = call.options.next as string | undefined
      if (call.identity !== undefined) return { status: 303, headers: { Location: safePath(call, next) } }
      return pageReply(call, loginPage(call, next, '', undefined))
    },
  },
  {
    method: 'POST',
    path: '/login',
    roles: ['anybody'],
    summary: 'log in with the form',
    group: 'Pages',
    isPage: true,
    takesForm: true,
    redirects: true,
    async handle(call) {
      const [name = '', password = '', next] = ['name', 'password', 'next'].map(key => call.form.get(key) ?? undefined)
      try {
        if (name === '' || password === '') throw unfilled()
        const session = await logInByPassword(call, name.slice(0, 200), password.slice(0, 1024))
        return withSession(call, session, { status: 303, headers: { Location: safePath(call, next) } })
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        const reply = pageReply(call, loginPage(call, next, name, { problem: error.problem, field: undefined }))
        return { ...reply, headers: error.headers }
      }
    },
  },
  {
    method: 'POST',
    path: '/logout',
    roles: ['anybody'],
    summary: 'log out with the button',
    group: 'Pages',
    isPage: true,
    takesForm: true,
    redirects: true,
    async handle(call): Promise<Reply> {
      const headers = await logOutOf(call)
      return { status: 303, headers: { ...headers, Location: hrefOf(call.services, '/login') } }
    },
  },
]

/** Where a browser without a login is sent, to come back to what it asked for. */
export function loginPath({ services, url }: Pick<Call, 'services' | 'url'>): string {
  const asked = `${url.pathname}${url.search}`
  const query = asked === services.settings.basePath ? '' : `?${new URLSearchParams({ next: asked })}`
  return `${hrefOf(services, '/login')}${query}`
}

function loginPage(
  { services }: Call,
  next: string | undefined,
  name: string,
  refusal: Refusal | undefined,
): PageContent {
  const main: Markup = html`<div class="login"><form class="panel" method="post" action="${hrefOf(services, '/login')}">
${errorSummary(refusal)}${next === undefined ? null : hiddenField('next', next)}
${textField({ name: 'name', label: 'Name', value: name, isRequired: true, autocomplete: 'username' })}
${textField({ name: 'password', label: 'Password', type: 'password', isRequired: true, autocomplete: 'current-password' })}
<p class="buttons"><button class="first">Log in</button></p></form>
<p class="hint">No name yet? Ask who keeps this server for one, or for a one-time link: an address that logs you in when you open it, once and within ten minutes. Who keeps it makes one with <code>usagebook access login-link</code>.</p></div>`
  return { title: 'Log in', main, status: refusal?.problem.status ?? 200 }
}

// Only a place on this server: an address that was sent around must not lead elsewhere after the login.
function safePath({ services, url }: Call, next: string | undefined): string {
  const { basePath } = services.settings
  if (next === undefined || !next.startsWith(basePath)) return basePath
  const there = new URL(next, url)
  return there.origin === url.origin && there.pathname.startsWith(basePath)
    ? `${there.pathname}${there.search}`
    : basePath
}

function unfilled(): ProblemError {
  return new ProblemError({ status: 400, code: 'bad-body', title: 'Fill in name and password.' })
}
