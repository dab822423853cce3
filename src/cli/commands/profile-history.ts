// usagebook profile history
import type { HistoryEntry } from '../../app/profile/answers.ts'
import { readHistory } from '../../app/profile/profile-history.ts'
import { largestOf } from '../../base/lists.ts'
import { visibleText } from '../../base/safe-text.ts'
import { cutText } from '../../base/text-width.ts'
import { layOutList } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { homeOf, isJson } from '../flags/profile-flags.ts'
import { colorOf, writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['profile', 'history'],
  summary: 'the versions of a profile: when, who, why, and what changed',
  arguments: [{ name: 'id', help: 'brand_check' }],
  flags: [formatFlag(['text', 'json'])],
  examples: [
    ['usagebook profile history brand_check', 'newest first'],
    ['usagebook profile history brand_check --format json', 'for a program'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace) {
    const history = await readHistory(options.id, homeOf(workspace, options, context))
    if (isJson(options)) {
      writeJson(context, history)
      return 0
    }
    const color = colorOf(options, context)
    const versionWidth = largestOf(history.versions.map(entry => String(entry.version).length)) + 1
    const indent = ' '.repeat(versionWidth + 2)
    const heads = await layOutList(
      history.versions.map(({ version, at, by, action, clients }) => [
        color.bold(`v${version}`),
        (at ?? '?').slice(0, 16).replace('T', ' '),
        visibleText(by ?? '?'),
        visibleText(action ?? '?'),
        color.cyan(visibleText(clients.join(', '))),
      ]),
    )
    const lines = history.versions.flatMap((entry, index) => {
      const what = visibleText(whatText(entry))
      const cut = context.columns === undefined ? what : cutText(what, context.columns - indent.length)
      return [heads[index]!, ...(cut === '' ? [] : [indent + cut])]
    })
    writeLines(context, lines)
    return 0
  },
})

function whatText(entry: HistoryEntry): string {
  if (entry.problem !== undefined) return `broken: ${entry.problem}`
  const why = entry.message === null ? [] : [entry.message]
  const changes = entry.changes.length === 0 ? [] : [entry.changes.join(', ')]
  return [...why, ...changes].join(': ')
}
