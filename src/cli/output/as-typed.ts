// An error about flags names them as they were typed: who wrote --since is not told of --start-date.
import { UsageError } from '../../base/errors.ts'
import type { Flag } from '../flags/flag.ts'

/** The error with the typed names in place of those that they stand for; any other error as it is. */
export function asTyped(error: unknown, words: readonly string[], flags: readonly Flag[]): unknown {
  if (!(error instanceof UsageError)) return error
  const isTyped = (name: string) => words.some(word => word === `--${name}` || word.startsWith(`--${name}=`))
  const typedNames = flags.flatMap(({ name, aliases = [] }): [string, string][] => {
    const alias = isTyped(name) ? undefined : aliases.find(isTyped)
    return alias === undefined ? [] : [[name, alias]]
  })
  if (typedNames.length === 0) return error
  const rename = (text: string) =>
    typedNames.reduce((renamed, [name, alias]) => renamed.replace(nameIn(name), `--${alias}`), text)
  const { code, message, where, hint, problems } = error
  return new UsageError(code, rename(message), {
    ...(where === undefined
      ? {}
      : { where: where.flag === undefined ? where : { ...where, flag: rename(where.flag) } }),
    ...(hint === undefined ? {} : { hint: rename(hint) }),
    problems,
  })
}

function nameIn(flag: string): RegExp {
  return new RegExp(`--${flag}(?![\\w-])`, 'g')
}
