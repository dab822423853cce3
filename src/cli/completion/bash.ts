// The completion script for bash: static tables in case statements, so that pressing Tab starts no process.
import { groupsOf, nextWords } from '../command-words.ts'
import type { CompletionCommand, CompletionTable } from './completion-table.ts'

/** The whole script, for `source <(usagebook completion bash)`. */
export function formatBashCompletion(table: CompletionTable): string {
  return `# bash completion of usagebook. Load it with: source <(usagebook completion bash)

_usagebook_command() {
  case "$1" in
${table.commands.map(command => `    ${quoted(command.words.join(' '))}) return 0 ;;`).join('\n')}
  esac
  return 1
}

_usagebook_group() {
  case "$1" in
${groupsOf(table.commands)
  .map(group => `    ${quoted(group.join(' '))}) words=${quoted(wordsAfter(table, group))} ;;`)
  .join('\n')}
  esac
}

# The flags of a command, and the flags among them that take a value.
_usagebook_flags() {
  case "$1" in
${table.commands.map(formatFlags).join('\n')}
  esac
}

# What the value of a flag, or the argument of a command, can be: words, or the name of a kind of file.
_usagebook_values() {
  case "$1 $2" in
${table.commands.flatMap(formatValues).join('\n')}
  esac
}

_usagebook() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  # bash cuts --flag=value into three words.
  if [[ $current == '=' ]]; then current=
  elif [[ $previous == '=' ]]; then previous="\${COMP_WORDS[COMP_CWORD - 2]}"; fi

  local command= first= word words= flags= valued= kind= place=0 index=1
  for (( ; index < COMP_CWORD; index++ )); do
    word="\${COMP_WORDS[index]}"
    if [[ $word == -* ]]; then
      _usagebook_flags "\${command:-${table.fallback}}"
      [[ " $valued " == *" $word "* ]] && (( index++ ))
      [[ \${COMP_WORDS[index]} == '=' ]] && (( index++ ))
    elif [[ -n $command ]]; then (( place++ ))
    else
      first="\${first:+$first }$word"
      _usagebook_command "$first" && command=$first
    fi
  done

  _usagebook_flags "\${command:-${table.fallback}}"
  if [[ " $valued " == *" $previous "* ]]; then
    _usagebook_values "\${command:-${table.fallback}}" "$previous"
  elif [[ $current == -* ]]; then
    words=$flags
  elif [[ -n $command ]]; then
    _usagebook_values "$command" "$place"
  elif [[ -n $first ]]; then
    _usagebook_group "$first"
  else
    words=${quoted(wordsAfter(table, []))}
  fi

  local IFS=$' \\n' found=
  case "$kind" in
    file) found=$(compgen -f -- "$current"); compopt -o filenames 2>/dev/null ;;
    folder) found=$(compgen -d -- "$current"); compopt -o filenames 2>/dev/null ;;
    *) found=$(compgen -W "$words" -- "$current") ;;
  esac
  IFS=$'\\n'
  COMPREPLY=($found)
}

complete -F _usagebook usagebook
`
}

function wordsAfter({ commands }: CompletionTable, before: readonly string[]): string {
  return nextWords(commands, before)
    .map(({ word }) => word)
    .join(' ')
}

function formatFlags({ words, flags }: CompletionCommand): string {
  const all = flags.flatMap(flag => flag.names)
  const valued = flags.filter(flag => flag.value !== 'none').flatMap(flag => flag.names)
  return `    ${quoted(words.join(' '))}) flags=${quoted(all.join(' '))} valued=${quoted(valued.join(' '))} ;;`
}

function formatValues({ words, flags, arguments: places }: CompletionCommand): string[] {
  const lines = flags.flatMap(flag => {
    const effect = flag.value === 'choice' ? `words=${quoted(flag.choices.join(' '))}` : `kind=${flag.value}`
    if (flag.value === 'none' || flag.value === 'text') return []
    return [`    ${flag.names.map(name => quoted(`${words.join(' ')} ${name}`)).join(' | ')}) ${effect} ;;`]
  })
  const choices = places.flatMap((place, index) =>
    place.choices === undefined
      ? []
      : [`    ${quoted(`${words.join(' ')} ${index}`)}) words=${quoted(place.choices.join(' '))} ;;`],
  )
  return [...lines, ...choices]
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
