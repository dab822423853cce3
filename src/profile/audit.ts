// The audit: one line of JSON for every change, only ever appended.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { formatJson, type JsonValue } from '../base/json.ts'

const auditSchema = z.looseObject({
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  profile: z.string().nullable(),
  fromVersion: z.int().nullable(),
  toVersion: z.int().nullable(),
  sha256: z.string().nullable(),
  message: z.string().nullable(),
  clientsMoved: z.array(z.string()),
  clientsRemoved: z.array(z.string()).optional(),
  client: z.string().optional(),
})

/**
 * Who did what, when and why. `fromVersion` is the version that was changed, or that the client used before;
 * `sha256` that of the file of `toVersion`. `clientsRemoved` and `client` are there where there are any.
 */
export type AuditLine = z.infer<typeof auditSchema>

/** A line, or what is no line, with its number (from 1). */
export type AuditEntry = { readonly line: number } & ({ readonly change: AuditLine } | { readonly problem: string })

export function formatAuditLine(line: AuditLine): string {
  return `${formatJson(line as { readonly [key: string]: JsonValue | undefined }, 0)}\n`
}

export function parseAudit(text: string): AuditEntry[] {
  const entries: AuditEntry[] = []
  text.split('\n').forEach((line, index) => {
    if (line.trim() !== '') entries.push(parseLine(line, index + 1))
  })
  return entries
}

/** The changes of an audit, oldest first; lines that are none are left out. */
export function changesOf(entries: readonly AuditEntry[]): AuditLine[] {
  return entries.flatMap(entry => ('change' in entry ? [entry.change] : []))
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

function parseLine(text: string, line: number): AuditEntry {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return { line, problem: 'is not JSON' }
    throw error
  }
  const parsed = auditSchema.safeParse(value)
  if (parsed.success) return { line, change: parsed.data }
  const issue = parsed.error.issues[0]!
  return { line, problem: `${issue.path.join('.') || 'the line'}: ${issue.message}` }
}
