// Share links: a report for somebody without a login. Whoever made the link decided what it shows; parameters in the address
// are ignored.
import type { Identity } from '../../access/identity.ts'
import { LINK_PARAMETERS } from '../../app/access/link-parameters.ts'
import type { DashboardOptions, ReportOptions } from '../../app/request/parameters.ts'
import { readTexts } from '../../app/request/read-texts.ts'
import { ProblemError } from '../problem.ts'
import { optionOf } from '../read-request.ts'
import type { Call, Route } from '../route.ts'
import { scopeOf } from '../scope-of.ts'
import { ask, type OwnQuestion } from './documents.ts'
import { TYPES, withEnding } from './forms.ts'
import { pageHeaders } from './page-headers.ts'

export const SHARE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/share/:secret',
    roles: ['anybody'],
    summary: 'what a share link shows: a page, or another format if .csv, .json, .md or .txt is appended',
    group: 'Session',
    types: Object.values(TYPES),
    async handle(call) {
      const { name: secret, ending: form = 'html' } = withEnding(call.path.secret!)
      const identity = openLink(call, secret)
      const { report, parameters } = identity.locked!
      const texts = Object.entries(parameters).map(([flag, values]) => [optionOf(flag), values] as const)
      const options = readTexts(LINK_PARAMETERS, new Map(texts))
      const question: OwnQuestion =
        report === 'dashboard'
          ? { kind: 'dashboard', options: options as DashboardOptions, format: form }
          : { kind: 'report', options: { ...(options as ReportOptions), name: report }, format: form }
      const { body, etag } = await ask(call, question, scopeOf(identity))
      return { bytes: body, type: TYPES[form], etag, headers: form === 'html' ? pageHeaders(body) : {} }
    },
  },
]

function openLink({ services, passed }: Call, secret: string): Identity {
  const keys = [`address ${passed.address}`]
  const now = services.host.now()
  const waitMs = services.throttle.waitOf(keys, now)
  const identity = services.settings.hasShareLinks && waitMs <= 0 ? services.doorkeeper.byLink(secret) : undefined
  if (identity !== undefined) return identity
  services.throttle.refuse(keys, now)
  throw new ProblemError({
    status: 404,
    code: 'link-over',
    title: 'This link is unknown, revoked or expired.',
    hint: 'Ask the person who sent it for a new one.',
  })
}
