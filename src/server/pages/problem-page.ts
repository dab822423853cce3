// A problem for somebody at a browser: what is wrong, what to do about it, and the way back; or the way to the login.
import type { Identity } from '../../access/identity.ts'
import { html } from '../../render/html/markup.ts'
import type { Problem } from '../answers/question.ts'
import type { Passed } from '../guard/guard.ts'
import type { Services } from '../services.ts'
import { hrefOf, renderFrame } from './frame.ts'
import { loginPath } from './login.ts'

export interface ProblemPage {
  readonly body: string
  /** Where to go instead. */
  readonly location?: string
}

export interface AskedPage {
  readonly request: Request
  readonly passed: Passed
  readonly identity: Identity | undefined
  readonly services: Services
  readonly requestId: string
}

/** Undefined for who asks for something else than a page. */
export function problemPage(problem: Problem, asked: AskedPage): ProblemPage | undefined {
  const { request, identity, services, passed, requestId } = asked
  if (request.headers.get('accept')?.includes('text/html') !== true) return undefined
  const url = new URL(request.url)
  const isToLogIn = problem.code === 'not-logged-in' && request.method === 'GET' && passed.proxyName === undefined
  if (isToLogIn && !url.pathname.startsWith(hrefOf(services, '/api/')))
    return { body: '', location: loginPath({ services, url }) }
  const { status, title } = problem
  // What is said to programs of an address that is none does not help a person.
  const hint = problem.code === 'not-found' ? undefined : problem.hint
  const main = html`<div class="problem"><p class="lead">${title}</p>${hint === undefined ? null : html`<p>${hint}</p>`}
<p><a class="button" href="${hrefOf(services, '/')}">${identity === undefined ? 'Log in' : 'To the overview'}</a></p>
<p class="hint">Error ${status}, <code>${problem.code}</code>. Request <code>${requestId}</code>.</p></div>`
  return { body: renderFrame({ title: headingOf(status), main }, { identity, services }) }
}

function headingOf(status: number): string {
  if (status === 404) return 'Nothing is here'
  if (status === 401) return 'You are not logged in'
  if (status === 403) return 'You may not do that'
  if (status === 503 || status === 429) return 'Try again in a moment'
  return status >= 500 ? 'Something went wrong' : 'That did not work'
}
