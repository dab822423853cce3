// Share links: a report for somebody without a login. What it shows is fixed by who made the link; nothing that is asked
// beside it counts.
import { createHash } from 'node:crypto'
import type { Identity } from '../../access/identity.ts'
import { LINK_PARAMETERS } from '../../app/access/link-parameters.ts'
import type { DashboardOptions, ReportOptions } from '../../app/request/parameters.ts'
import { readTexts } from '../../app/request/read-texts.ts'
import { ProblemError } from '../problem.ts'
import { optionOf } from '../read-request.ts'
import type { Call, Reply, Route } from '../route.ts'
import { scopeOf } from '../scope-of.ts'
import type { OwnQuestion } from './documents.ts'
import { ask } from './documents.ts'
import { TYPES, withEnding } from './forms.ts'

export const SHARE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/share/:secret',
    roles: ['anybody'],
    summary: 'what a share link shows: a page, or with .csv, .json, .md or .txt behind it that form',
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
    title: 'This link is not known, was taken back, or is over.',
    hint: 'Ask who sent it for another.',
  })
}

// The page has its style and script in it, as a file has that is sent. They and nothing else may run.
function pageHeaders(body: Uint8Array): NonNullable<Reply['headers']> {
  const text = Buffer.from(body).toString()
  const hashes = (tag: string) =>
    [...text.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))]
      .map(([, inner]) => `'sha256-${createHash('sha256').update(inner!).digest('base64')}'`)
      .join(' ')
  const allowed = (directive: string, list: string) => (list === '' ? '' : `; ${directive} ${list}`)
  const policy = `default-src 'none'${allowed('style-src', hashes('style'))}${allowed('script-src', hashes('script'))}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return { 'Content-Security-Policy': policy, 'X-Robots-Tag': 'noindex' }
}
