// What a browser is told of a report that is shown as a page.
import { createHash } from 'node:crypto'
import type { Reply } from '../route.ts'

/** The page has its style and script in it, as a file has that is sent. They and nothing else may run. */
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
