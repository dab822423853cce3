// The completion script for zsh, with _arguments and _describe.
import { nextWords } from '../command-words.ts'
import type { CompletionCommand, CompletionTable } from './completion-table.ts'

/** The whole script, for `source <(usagebook completion zsh)` or a file _usagebook in the fpath. */
export function formatZshCompletion(table: CompletionTable): string {
  return `#compdef usagebook
# zsh completion of usagebook. Load it with: source <(usagebook completion zsh)

_usagebook() {
  local -a first verbs
  first=(
${nextWords(table.commands, [])
  .map(({ word, summary }) => `    ${quoted(`${word}:${summary}`)}`)
  .join('\n')}
  )
  local name="\${words[2]}"
  if (( CURRENT == 2 )) && [[ $name != -* ]]; then
    _describe -t commands command first
    return
  fi
  case "$name" in
${formatCases(table, [])}
    *) ${functionName({ words: table.fallback.split(' ') })} ;;
  esac
}

${table.commands.map(formatCommand).join('\n\n')}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _usagebook "$@"
elif (( $+functions[compdef] )); then
  compdef _usagebook usagebook
fi
`
}

/** What is done at each word that may follow some words. */
function formatCases({ commands, fallback }: CompletionTable, before: readonly string[]): string {
  const indent = '    '.repeat(before.length + 1)
  const cases = nextWords(commands, before).map(({ word }) => {
    const words = [...before, word]
    const isCommand = commands.some(command => command.words.join(' ') === words.join(' '))
    return isCommand
      ? `${indent}${word}) shift ${words.length} words; (( CURRENT -= ${words.length} )); ${functionName({ words })} ;;`
      : formatGroup({ commands, fallback }, words, indent)
  })
  return cases.join('\n')
}

function formatGroup(table: CompletionTable, group: readonly string[], indent: string): string {
  const verbs = nextWords(table.commands, group).map(({ word, summary }) => quoted(`${word}:${summary}`))
  const place = group.length + 2
  return [
    `${group.at(-1)})`,
    `  verbs=(${verbs.join(' ')})`,
    `  if (( CURRENT == ${place} )); then`,
    `    _describe -t commands '${group.join(' ')} command' verbs`,
    '    return',
    '  fi',
    `  case "\${words[${place}]}" in`,
  ]
    .map(line => indent + line)
    .concat(formatCases(table, group), `${indent}  esac ;;`)
    .join('\n')
}

function formatCommand(command: CompletionCommand): string {
  const flags = command.flags.flatMap(flag => {
    const value = {
      none: '',
      text: ':value: ',
      file: ':file:_files',
      folder: ':folder:_files -/',
      choice: `:value:(${flag.choices.map(escaped).join(' ')})`,
    }[flag.value]
    return flag.names.map(name => quoted(`*${name}${equals(name, value)}[${escaped(flag.help)}]${value}`))
  })
  const places = command.arguments.map((place, index) => {
    const choices = place.choices === undefined ? '_files' : `(${place.choices.map(escaped).join(' ')})`
    return quoted(`${place.isMany === true ? '*' : index + 1}:${escaped(place.name)}:${choices}`)
  })
  return `${functionName(command)}() {\n  _arguments -s \\\n    ${[...flags, ...places].join(' \\\n    ')}\n}`
}

/** A long flag may take its value after "=" as well. */
function equals(name: string, value: string): string {
  return value !== '' && name.startsWith('--') ? '=' : ''
}

function functionName(command: Pick<CompletionCommand, 'words'>): string {
  return `_usagebook_${command.words.join('_').replaceAll('-', '_')}`
}

function escaped(text: string): string {
  return text.replace(/[\\[\]:()]/g, '\\$&')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
