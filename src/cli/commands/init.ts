// usagebook init: makes a workspace.
import { resolve } from 'node:path'
import { initWorkspace, type MadePart } from '../../app/workspace/init-workspace.ts'
import { visibleText } from '../../base/safe-text.ts'
import { layOutList } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'

export const command = defineCommand({
  words: ['init'],
  summary: 'make the folders and files of a workspace',
  description: 'Makes what is missing and says what each is for. What is there stays as it is.',
  arguments: [{ name: 'folder', help: 'where; default this folder', isOptional: true }],
  flags: [
    {
      name: 'schedule',
      group: 'Output',
      help: 'also schedule.json, with exports, reports and clean-ups by day, week and month',
    },
  ],
  examples: [
    ['usagebook init', 'make this folder a workspace'],
    ['usagebook init usage', 'make one in the folder usage'],
    ['usagebook init --schedule', 'with jobs, for "usagebook schedule" to run'],
  ],
  exitCodes: {
    1: 'a folder or file could not be made',
    4: 'something else has the name of a folder or file',
  },
  async run(options, context) {
    const asked = (options.folder ?? options.root ?? '.') as string
    const parts = await initWorkspace(resolve(context.cwd, asked), options.schedule === true)
    context.stdout.write(await formatParts(parts, asked))
    if (options.schedule === true) context.stdout.write(nextOfSchedule(asked))
    return 0
  },
})

async function formatParts(parts: readonly MadePart[], folder: string): Promise<string> {
  const lines = await layOutList(parts.map(({ isNew, path, purpose }) => [isNew ? 'made' : 'there', path, purpose]))
  return [...lines, '', `Put your logs into usage_logs/, then run "${wordsIn('', folder)}".`, ''].join('\n')
}

function nextOfSchedule(folder: string): string {
  const jobs = wordsIn(' schedule list', folder)
  const install = wordsIn(' schedule install', folder)
  return `See the jobs with "${jobs}"; nothing runs before "${install}" or "usagebook serve".\n`
}

/** As it is typed. */
function wordsIn(words: string, folder: string): string {
  return folder === '.' ? `usagebook${words}` : `usagebook${words} --root ${visibleText(folder)}`
}
