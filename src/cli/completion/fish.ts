// The completion script for fish: one `complete` line per flag, under a condition on the words before it.
import { groupsOf, nextWords } from '../command-words.ts'
import type { CompletionCommand, CompletionTable } from './completion-table.ts'

/** The whole script, for `usagebook completion fish | source`. */
export function formatFishCompletion(table: CompletionTable): string {
  const names = nextWords(table.commands, [])
  const lines = [[], ...groupsOf(table.commands)].flatMap(group => {
    const condition = ['__usagebook_at', ...group].join(' ')
    return nextWords(table.commands, group).map(({ word, summary }) =>
      line(condition, ['-a', quoted(word), '-d', quoted(summary)]),
    )
  })
  for (const command of table.commands) lines.push(...formatCommand(command, table.fallback))
  return `# fish completion of usagebook. Load it with: usagebook completion fish | source

# The words typed so far that are no flags, at most three.
function __usagebook_words
    set -l words (commandline -opc)
    string match -v -- '-*' $words[2..] | head -n 3
end

# True where exactly these words were typed.
function __usagebook_at
    set -l words (__usagebook_words)
    test "$words" = "$argv"
end

# True where the command is this one.
function __usagebook_in
    set -l words (__usagebook_words)
    set -l count (count $argv)
    set -q words[$count]; and test "$words[1..$count]" = "$argv"
end

# True where no command was named, so that the flags are those of "${table.fallback}".
function __usagebook_none
    set -l words (__usagebook_words)
    not contains -- "$words[1]" ${names.map(({ word }) => word).join(' ')}
end

complete -c usagebook -f
${lines.join('\n')}
`
}

function formatCommand(command: CompletionCommand, fallback: string): string[] {
  const own = `__usagebook_in ${command.words.join(' ')}`
  const condition = command.words.join(' ') === fallback ? `${own}; or __usagebook_none` : own
  const flags = command.flags.map(flag => {
    const names = flag.names.flatMap(name => (name.startsWith('--') ? ['-l', name.slice(2)] : ['-s', name.slice(1)]))
    const value = {
      none: [],
      text: ['-x'],
      choice: ['-x', '-a', quoted(flag.choices.join(' '))],
      file: ['-r', '-F'],
      folder: ['-x', '-a', "'(__fish_complete_directories)'"],
    }[flag.value]
    return line(condition, [...names, ...value, '-d', quoted(flag.help)])
  })
  const places = command.arguments.map(place =>
    line(own, place.choices === undefined ? ['-F'] : ['-a', quoted(place.choices.join(' '))]),
  )
  return [...flags, ...places]
}

function line(condition: string, rest: readonly string[]): string {
  return ['complete', '-c', 'usagebook', '-n', quoted(condition), ...rest].join(' ')
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
