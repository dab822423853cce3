// A page as a route: what it draws is put into the frame, with the message that a form has left for it.
import type { Parameter } from '../../app/request/parameters.ts'
import type { Call, Reply, Route, RouteRole } from '../route.ts'
import { TYPES } from '../routes/forms.ts'
import { type PageContent, renderFrame } from './frame.ts'
import { NAVIGATION, type PageName } from './navigation.ts'
import { type Refusal, refusalOf } from './refusal.ts'

export interface Page {
  /** Its link; the roles are those of the link. */
  readonly page: PageName
  /** Where it is not that of the link. */
  readonly path?: string
  /** Where they are not those of the link. */
  readonly roles?: readonly [RouteRole, ...RouteRole[]]
  readonly summary: string
  readonly parameters?: Readonly<Record<string, Parameter>>
  draw(call: Call): Promise<PageContent>
  /** The page with the form in it as it was sent, where what was asked cannot be answered. */
  redraw?(call: Call, refusal: Refusal): PageContent | Promise<PageContent>
}

/** Names a message that a form has left; see notices.ts. */
const NOTICE = { notice: { value: 'ID', help: 'a message to show' } } as const satisfies Route['parameters']

export function pageRoute({ page, path, roles, summary, parameters = {}, draw, redraw }: Page): Route {
  const refuse =
    redraw === undefined ? undefined : (call: Call, error: unknown) => refusedReply(call, error, { page, redraw })
  return {
    method: 'GET',
    path: path ?? NAVIGATION[page].path,
    roles: roles ?? NAVIGATION[page].roles,
    summary,
    group: 'Pages',
    isPage: true,
    types: [TYPES.html],
    parameters: { ...parameters, ...NOTICE },
    async handle(call) {
      try {
        return pageReply(call, { page, ...(await draw(call)) })
      } catch (error) {
        if (refuse === undefined) throw error
        return await refuse(call, error)
      }
    },
    ...(refuse === undefined ? {} : { whenRefused: refuse }),
  }
}

/** The page with the form that was refused, and why; a fault of the server is thrown on. */
export async function refusedReply(
  call: Call,
  error: unknown,
  { page, redraw }: Pick<Page, 'page'> & Required<Pick<Page, 'redraw'>>,
): Promise<Reply> {
  const refusal = refusalOf(call, error)
  const { status } = refusal.problem
  if (status >= 500) throw error
  return pageReply(call, { page, status, ...(await redraw(call, refusal)) })
}

/** Content in its frame, as an answer. */
export function pageReply(call: Call, content: PageContent): Reply {
  const { identity, services, options } = call
  const id = options.notice as string | undefined
  const notice = id === undefined ? undefined : services.notices.textOf(id, identity?.actor)
  return {
    bytes: renderFrame(content, { identity, services, notice }),
    type: TYPES.html,
    status: content.status ?? 200,
  }
}
