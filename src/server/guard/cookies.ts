// The cookie of a session. Its name includes the port, because cookies ignore ports: two servers on one machine would log
// each other's users out.

export function cookieName(port: number): string {
  return `usagebook_${port}`
}

/** The value of a cookie; undefined if it was not sent. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

export interface CookieSettings {
  readonly name: string
  readonly path: string
  readonly isHttps: boolean
}

/** `seconds` is how long the browser keeps it; 0 deletes it. */
export function sessionCookie(value: string, seconds: number, { name, path, isHttps }: CookieSettings): string {
  const secure = isHttps ? '; Secure' : ''
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}
