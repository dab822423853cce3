// usagebook completion: prints the completion script of a shell.
import { UsageError } from '../../base/errors.ts'
import { type Command, type CommandEntry, defineCommand } from '../command.ts'
import { formatBashCompletion } from '../completion/bash.ts'
import { type CompletionTable, loadCompletionTable } from '../completion/completion-table.ts'
import { formatFishCompletion } from '../completion/fish.ts'
import { formatZshCompletion } from '../completion/zsh.ts'

const SHELLS: ReadonlyMap<string, (table: CompletionTable) => string> = new Map([
  ['bash', formatBashCompletion],
  ['zsh', formatZshCompletion],
  ['fish', formatFishCompletion],
])

/** `catalogue` is all commands, this one among them; `fallback` the words of that which runs where none is named. */
export function completionCommand(catalogue: readonly CommandEntry[], fallback: readonly string[]): Command {
  return defineCommand({
    words: ['completion'],
    summary: 'print a shell completion script',
    arguments: [{ name: 'shell', help: 'bash, zsh or fish', choices: [...SHELLS.keys()] }],
    flags: [],
    examples: [
      ['source <(usagebook completion bash)', 'complete in this shell; add the line to ~/.bashrc to keep it'],
      ['usagebook completion fish > ~/.config/fish/completions/usagebook.fish', 'complete in every fish shell'],
    ],
    async run(options, context) {
      const shell = options.shell
      const format = SHELLS.get(shell)
      if (format === undefined) {
        throw new UsageError('unknown-shell', `There is no completion script for ${JSON.stringify(shell)}.`, {
          hint: `Use one of ${[...SHELLS.keys()].join(', ')}.`,
        })
      }
      context.stdout.write(format(await loadCompletionTable(catalogue, fallback)))
      return 0
    },
  })
}
