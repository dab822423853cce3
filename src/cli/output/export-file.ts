// Where an export goes: a file whose ending says what it is, or standard output.
import { resolve } from 'node:path'
import { optionName, UsageError } from '../../base/errors.ts'
import type { Context } from '../context.ts'

/** Absolute; undefined for standard output. A file must end in one of `endings`, so that nobody takes it for something else. */
export function exportFile(
  { output }: { readonly output?: string | undefined },
  endings: readonly string[],
  context: Context,
): string | undefined {
  if (output === undefined || output === '-') return undefined
  if (endings.some(ending => output.toLowerCase().endsWith(ending))) return resolve(context.cwd, output)
  const message = `${optionName('output')} ${JSON.stringify(output)}: this export is not written to such a file.`
  throw new UsageError('unknown-ending', message, {
    where: { option: 'output' },
    hint: `Use a name that ends in ${endings.join(' or ')}.`,
  })
}

/** The same for an export that standard output is no place for. */
export function neededFile(
  options: { readonly output?: string | undefined },
  endings: readonly string[],
  context: Context,
): string {
  const file = exportFile(options, endings, context)
  if (file !== undefined) return file
  throw new UsageError('bad-flag', `This export is written to a file, and ${optionName('output')} names none.`, {
    where: { option: 'output' },
    hint: `Name a file that ends in ${endings.join(' or ')}.`,
  })
}
