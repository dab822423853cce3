// The completion script for zsh, by _arguments and _describe.
import { type CompletionCommand, type CompletionTable, commandGroups, firstWords } from './completion-table.ts'

/** The whole script, for `source <(usagebook completion zsh)` or a file _usagebook in the fpath. */
export function formatZshCompletion(table: CompletionTable): string {
  const groups = [...commandGroups(table)]
  return `#compdef usagebook
# zsh completion of usagebook. Load it with: source <(usagebook completion zsh)

_usagebook() {
  local -a first verbs
  first=(
${firstWords(table)
  .map(({ word, summary }) => `    ${quoted(`${word}:${summary}`)}`)
  .join('\n')}
  )
  local name="\${words[2]}"
  if (( CURRENT == 2 )) && [[ $name != -* ]]; then
    _describe -t commands command first
    return
  fi
  case "$name" in
${groups.map(([word, commands]) => formatGroup(word, commands)).join('\n')}
${table.commands
  .filter(command => command.words.length === 1)
  .map(command => `    ${command.words[0]}) shift words; (( CURRENT-- )); ${functionName(command)} ;;`)
  .join('\n')}
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

function formatGroup(word: string, commands: readonly CompletionCommand[]): string {
  const verbs = commands.map(command => quoted(`${command.words[1]}:${command.summary}`)).join(' ')
  const cases = commands.map(
    command => `        ${command.words[1]}) shift 2 words; (( CURRENT -= 2 )); ${functionName(command)} ;;`,
  )
  return `    ${word})
      verbs=(${verbs})
      if (( CURRENT == 3 )); then
        _describe -t commands '${word} command' verbs
        return
      fi
      case "\${words[3]}" in
${cases.join('\n')}
      esac ;;`
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
