// usagebook access log
import { AUDIT_ENTRIES, readAccessLog } from '../../app/access/audit.ts'
import { AUDIT } from '../../app/access/parameters.ts'
import { formatJson, type JsonValue } from '../../base/json.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { homeOf, LIST_FLAGS } from '../flags/access-flags.ts'
import { flagsOfParameters } from '../flags/flag.ts'
import { isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['access', 'log'],
  summary: 'who logged in, and what was done to tokens, users and links',
  description: 'The newest entry comes last.',
  flags: [...flagsOfParameters('Access', AUDIT), ...LIST_FLAGS],
  examples: [
    ['usagebook access log', `the last ${AUDIT_ENTRIES} entries`],
    ['usagebook access log --limit 1000 --format json', 'for a program'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace) {
    const log = readAccessLog(options.limit ?? AUDIT_ENTRIES, homeOf(workspace, options, context))
    const rows = log.entries.map(({ at, actor, action, detail = {} }) => [
      at.replace(/\.\d+Z$/, 'Z'),
      actor,
      action,
      detailText(detail),
    ])
    if (isJson(options)) writeJson(context, log)
    else if (rows.length === 0) writeLines(context, ['There are no entries yet.'])
    else writeLines(context, await listWithHeader(['at', 'who', 'what', 'detail'], rows, context.columns))
    if (log.unreadableLines > 0 && options.quiet !== true) {
      const lines =
        log.unreadableLines === 1
          ? '1 line is not an entry and was'
          : `${log.unreadableLines} lines are not entries and were`
      context.stderr.write(`warning: ${lines} left out; somebody else has written into the audit\n`)
    }
    return 0
  },
})

function detailText(detail: Readonly<Record<string, unknown>>): string {
  const known = Object.entries(detail).filter(([, value]) => value !== null && value !== undefined)
  return known.map(([name, value]) => `${name}=${valueText(value)}`).join(' ')
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join(',') || 'none' : formatJson(value as JsonValue, 0)
}
