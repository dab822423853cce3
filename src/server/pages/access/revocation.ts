// Taking something back that lets somebody in: a page that says what it is and what will happen, and the button.
import { html, name } from '../../../render/html/markup.ts'
import { ProblemError } from '../../problem.ts'
import type { Call, Route } from '../../route.ts'
import { formRoute } from '../forms.ts'
import type { PageContent } from '../frame.ts'
import { pageRoute } from '../page-route.ts'
import { pathTo } from '../parts.ts'
import { errorSummary, type Refusal } from '../refusal.ts'

export interface Revocation {
  readonly path: string
  /** Where it leads to, done or not. */
  readonly back: string
  readonly what: 'token' | 'link'
  readonly words: string
  find(call: Call): { readonly id: string; readonly name: string | null } | undefined
  revoke(call: Call): Promise<{ readonly id: string; readonly name: string | null }>
}

export function revocation({ path, back, what, words, find, revoke }: Revocation): readonly [Route, Route] {
  const draw = async (call: Call, refusal?: Refusal): Promise<PageContent> => {
    const found = find(call)
    if (found === undefined) {
      throw new ProblemError({ status: 404, code: `unknown-${what}`, title: `There is no such ${what}.` })
    }
    const named = found.name ?? found.id
    return {
      title: `Revoke ${what} ${named}`,
      main: html`${errorSummary(refusal)}<div class="panel slim"><p>${words}</p>
<form method="post" action="${pathTo(call, path.replace(':id', encodeURIComponent(found.id)))}"><p class="buttons"><button class="danger">Revoke ${name(named)}</button><a class="button" href="${pathTo(call, back)}">Cancel</a></p></form></div>`,
    }
  }
  return [
    pageRoute({
      page: 'access',
      path,
      summary: `what revoking a ${what} does, and the button for it`,
      draw: call => draw(call),
    }),
    formRoute({
      page: 'access',
      path,
      summary: `revoke a ${what} with the button`,
      async submit(call) {
        const { id, name: words } = await revoke(call)
        return { path: back, notice: `The ${what} ${words ?? id} is revoked.` }
      },
      redraw: draw,
    }),
  ]
}
