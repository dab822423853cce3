// The settings of a server: from flags, and from `serve` in the configuration.
import type { Settings } from '../app/workspace/configuration.ts'

export interface ServeSettings {
  readonly host: string
  readonly port: number
  /** Begins and ends with a slash. */
  readonly basePath: string
  readonly allowHosts: readonly string[]
  readonly trustedProxies: readonly string[]
  readonly identityHeader: string | undefined
  readonly origins: readonly string[]
  readonly jwt: NonNullable<Settings['serve']>['jwt']
  readonly hasShareLinks: boolean
}

export const DEFAULT_PORT = 7183

export interface ServeOptions {
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly basePath?: string | undefined
  readonly allowHost?: readonly string[] | undefined
}

/** Flags win over the configuration. */
export function serveSettings(options: ServeOptions, { serve = {} }: Settings): ServeSettings {
  return {
    host: options.host ?? serve.host ?? '127.0.0.1',
    port: options.port ?? serve.port ?? DEFAULT_PORT,
    basePath: slashed(options.basePath ?? serve.basePath ?? '/'),
    allowHosts: options.allowHost ?? serve.allowHosts ?? [],
    trustedProxies: serve.trustedProxies ?? [],
    identityHeader: serve.identityHeader?.toLowerCase(),
    origins: serve.origins ?? [],
    jwt: serve.jwt,
    hasShareLinks: serve.shareLinks !== false,
  }
}

function slashed(path: string): string {
  const inner = path
    .split('/')
    .filter(part => part !== '')
    .join('/')
  return inner === '' ? '/' : `/${inner}/`
}
