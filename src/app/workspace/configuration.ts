// The configuration file: its schema, and reading it with an error that says which line is wrong.
import * as z from 'zod'
import { parseEditedJson } from '../../base/edited-json.ts'
import { ConfigError, optionName } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import { schemaProblems } from '../../base/schema-problems.ts'
import { formatsSchema } from '../../event/format-schema.ts'
import { mailSettings } from '../../notify/mail-settings.ts'
import { currenciesSchema } from '../../pricing/currency-schema.ts'

const logEntry = z.union([
  z.string(),
  z.strictObject({
    path: z.string().describe('a folder, file or glob, from the workspace'),
    format: z.string().optional().describe('the source format of these logs'),
  }),
])

const ageText = z.string().regex(/^\d{1,5}[dw]$/, 'use days or weeks, such as 90d or 12w')

const jwtSettings = z.strictObject({
  algorithms: z
    .array(z.enum(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA']))
    .min(1)
    .describe('how tokens may be signed; no other way is believed'),
  issuer: z.string().describe('who must have made them'),
  audience: z.string().describe('for whom they must be made'),
  keyFile: z.string().optional().describe('the public key (PEM) or a set of keys (JWKS), from the workspace'),
  secretEnvironment: z.string().optional().describe('the variable of the environment with the secret of HS256'),
  roleClaim: z.string().optional().describe('the claim with the role; default role'),
  clientsClaim: z.string().optional().describe('the claim with the clients, a list or *; default clients'),
  userClaim: z.string().optional().describe('the claim with the name of the user; default sub'),
})

const serveSettings = z.strictObject({
  host: z.string().optional().describe('the address that the server listens on; default 127.0.0.1'),
  port: z.number().int().min(0).max(65_535).optional().describe('the port; default 7183'),
  basePath: z.string().optional().describe('the path under which a proxy shows the server; default /'),
  allowHosts: z.array(z.string()).optional().describe('other hosts that it answers to, as browsers name them'),
  trustedProxies: z.array(z.string()).optional().describe('addresses of proxies whose headers are believed'),
  identityHeader: z.string().optional().describe('the header in which such a proxy says who asks'),
  origins: z.array(z.string()).optional().describe('other sites whose pages may ask'),
  shareLinks: z.boolean().optional().describe('whether share links work; default true'),
  jwt: jwtSettings.optional().describe('tokens of the host application'),
})

export const settingsSchema = z.strictObject({
  $schema: z.string().optional(),
  logs: z
    .union([logEntry, z.array(logEntry)])
    .optional()
    .describe('where the usage logs are; default usage_logs'),
  timezone: z.string().optional().describe('IANA time zone of days'),
  logTimezone: z.string().optional().describe('IANA time zone of log times without an offset'),
  format: z.string().optional().describe('the source format of all logs: how lines map to fields; default native'),
  dedupe: z.enum(['off', 'file', 'all']).optional().describe('where an id counts once'),
  top: z.number().int().min(0).optional().describe('rows a section'),
  cost: z.enum(['auto', 'logged', 'estimated']).optional().describe('which cost counts'),
  currency: z.string().optional().describe('currency of printed costs'),
  currencies: currenciesSchema.optional().describe('what a dollar is in other currencies, dated, by ISO 4217 code'),
  threads: z.number().int().min(1).optional().describe('threads that read logs'),
  cache: z.boolean().optional().describe('keep the sums of past days'),
  color: z.boolean().optional().describe('colour on a terminal'),
  retention: z
    .record(z.string().regex(/^[a-z_]+$/, 'use the name of a kind of event, or default'), ageText)
    .optional()
    .describe('how long log prune keeps events: by kind, and of all other kinds as default'),
  serve: serveSettings.optional().describe('the server'),
  mail: mailSettings.optional().describe('the server that takes mail'),
  formats: formatsSchema.optional().describe('source formats of your own, by name'),
})

export type Settings = z.infer<typeof settingsSchema>

/** The settings that a configuration text holds; every wrong key and value at once, with its line. */
export function parseSettings(text: string, file: string): Settings {
  const json = parseEditedJson(text, file)
  const parsed = settingsSchema.safeParse(json.value)
  if (parsed.success) return parsed.data
  const problems = schemaProblems(parsed.error, json, file, unknownSetting)
  throw new ConfigError('bad-configuration', `${file} has ${count(problems.length)}.`, {
    where: problems[0]?.where ?? { file },
    problems,
    hint: `Fix ${file}, or run with ${optionName('noConfig')}.`,
  })
}

function unknownSetting(key: string, path: readonly string[]): string {
  const near = path.length === 0 ? nearestNames(key, Object.keys(settingsSchema.shape), 1)[0] : undefined
  return near === undefined ? 'there is no such setting' : `there is no such setting; did you mean ${near}?`
}

function count(problems: number): string {
  return problems === 1 ? 'a wrong setting' : `${problems} wrong settings`
}
