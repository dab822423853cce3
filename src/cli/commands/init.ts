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
  flags: [],
  examples: [
    ['usagebook init', 'make this folder a workspace'],
    ['usagebook init usage', 'make one in the folder usage'],
  ],
  exitCodes: {
    1: 'a folder or file could not be made',
    4: 'something else has the name of a folder or file',
  },
  async run(options, context) {
    const asked = (options.folder ?? options.root ?? '.') as string
    const parts = await initWorkspace(resolve(context.cwd, asked))
    context.stdout.write(await formatParts(parts, asked))
    return 0
  },
})

async function formatParts(parts: readonly MadePart[], folder: string): Promise<string> {
  const lines = await layOutList(parts.map(({ isNew, path, purpose }) => [isNew ? 'made' : 'there', path, purpose]))
  const program = folder === '.' ? 'usagebook' : `usagebook --root ${visibleText(folder)}`
  return [...lines, '', `Put your logs into usage_logs/, then run "${program}".`, ''].join('\n')
}
