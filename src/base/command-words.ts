// Advice for people who have no command line before them: on a page, or over HTTP.

/** A sentence about a command or a flag. */
const OF_COMMAND_LINE = /\busagebook [a-z]|(?<![\w-])--?[a-z]/
const SENTENCES = /(?<=[.!?])\s+(?=\p{Lu})/u

/** The sentences that name no command and no flag; undefined if there are none. */
export function withoutCommands(text: string): string | undefined {
  const rest = text.split(SENTENCES).filter(sentence => !OF_COMMAND_LINE.test(sentence))
  return rest.length === 0 ? undefined : rest.join(' ')
}
