// usagebook profile show
import type { ShownProfile } from '../../app/profile/answers.ts'
import { showProfile } from '../../app/profile/show-profile.ts'
import { escapeTerminalUnsafe, formatJson, type JsonValue } from '../../base/json.ts'
import { addAll } from '../../base/lists.ts'
import { visibleText } from '../../base/safe-text.ts'
import { layOutList, listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { homeOf, isJson } from '../flags/profile-flags.ts'
import { writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['profile', 'show'],
  summary: 'one version of a profile',
  description: 'With --format json, the content of its file as it stands.',
  arguments: [{ name: 'id', help: 'brand_check (the newest), brand_check@1 or brand_check_v2' }],
  flags: [formatFlag(['text', 'json'])],
  examples: [
    ['usagebook profile show brand_check', 'its newest version'],
    ['usagebook profile show brand_check@1 --format json', 'the file of version 1'],
  ],
  exitCodes: { 1: 'the file could not be read' },
  async run(options, context, workspace) {
    const shown = await showProfile(options.id, homeOf(workspace, options, context))
    if (isJson(options)) context.stdout.write(context.isStdoutTerminal ? escapeTerminalUnsafe(shown.text) : shown.text)
    else writeLines(context, await formatShown(shown, context.columns))
    return 0
  },
})

async function formatShown({ value, ...shown }: ShownProfile, columns: number | undefined): Promise<string[]> {
  const { checks, ...rest } = value
  const age = shown.version === shown.newestVersion ? 'the newest' : `the newest is ${shown.newestVersion}`
  const lines = [`${shown.profileId}: version ${shown.version}, ${age}`, '']
  const rows = Object.entries(rest).filter(([key]) => key !== 'version')
  const entries = [
    ...rows.map(([key, item]) => [key, plainText(item)]),
    ['used by', shown.usedBy.join(', ') || 'nobody'],
  ]
  addAll(lines, await layOutList(entries.map(entry => entry.map(visibleText))))
  const named = typeof checks === 'object' && checks !== null ? Object.entries(checks) : []
  if (named.length === 0) return [...lines, '', 'no checks']
  const settings = named.map(([name, check]) => [name, settingsText(check)])
  return [...lines, '', ...(await listWithHeader(['check', 'settings'], settings, columns))]
}

function settingsText(check: JsonValue): string {
  if (typeof check !== 'object' || check === null || Array.isArray(check)) return plainText(check)
  return Object.entries(check)
    .map(([key, item]) => `${key} ${plainText(item as JsonValue)}`)
    .join(', ')
}

function plainText(value: JsonValue): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value.join(', ')
  return formatJson(value, 0)
}
