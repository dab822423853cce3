// What a browser is told about a report that is shown as a page.
import { createHash } from 'node:crypto'
import type { Reply } from '../route.ts'

/** The page contains its style and script, like a report that is sent as a file. These, and nothing else, may run. */
export function pageHeaders(body: Uint8Array): NonNullable<Reply['headers']> {
  const text = Buffer.from(body).toString()
  const hashes = (tag: string) =>
    [...text.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))]
      .map(([, inner]) => `'sha256-${createHash('sha256').update(inner!).digest('base64')}'`)
      .join(' ')
  const allowed = (directive: string, list: string) => (list === '' ? '' : `; ${directive} ${list}`)
  const policy = `default-src 'none'${allowed('style-src', hashes('style'))}${allowed('script-src', hashes('script'))}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return { 'Content-Security-Policy': policy, 'X-Robots-Tag': 'noindex' }
}
