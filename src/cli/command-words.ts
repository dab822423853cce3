// The words of all commands as a tree, such as those that may follow "usagebook access token".
import type { CommandEntry } from './command.ts'

type Worded = Pick<CommandEntry, 'words' | 'summary'>

export interface NextWord {
  readonly word: string
  readonly summary: string
}

/** The commands whose words begin with these, and go on. */
export function commandsBelow<One extends Worded>(commands: readonly One[], before: readonly string[]): One[] {
  return commands.filter(
    ({ words }) => words.length > before.length && before.every((word, index) => words[index] === word),
  )
}

/** What may follow some words, each once, with what it does. */
export function nextWords(commands: readonly Worded[], before: readonly string[]): NextWord[] {
  const found = new Map<string, string>()
  for (const { words, summary } of commandsBelow(commands, before)) {
    const word = words[before.length]!
    if (words.length === before.length + 1) found.set(word, summary)
    else if (!found.has(word)) found.set(word, `${[...before, word].join(' ')} commands`)
  }
  return [...found].map(([word, summary]) => ({ word, summary }))
}

/** The words that lead to several commands, each group once: "access", then "access token". */
export function groupsOf(commands: readonly Worded[]): string[][] {
  const groups = new Map<string, string[]>()
  for (const { words } of commands) {
    for (let length = 1; length < words.length; length++) {
      groups.set(words.slice(0, length).join(' '), words.slice(0, length))
    }
  }
  return [...groups.values()]
}

/** As many of the words as lead on to commands; none where the first does not. */
export function groupIn(commands: readonly Worded[], typed: readonly string[]): string[] {
  let length = 0
  while (length < typed.length && commandsBelow(commands, typed.slice(0, length + 1)).length > 0) length++
  return typed.slice(0, length)
}
