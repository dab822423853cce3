// Output that the commands that remove lines from logs share.
import { visibleText } from '../../base/safe-text.ts'
import type { Failure } from '../../query/ledger.ts'
import type { Context } from '../context.ts'

export function writeFailures(failures: readonly Failure[], context: Context): void {
  for (const { file, message, hint } of failures)
    context.stderr.write(`${visibleText(`warning: ${file} ${message}. ${hint}`)}\n`)
}

export function linesText(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'line' : 'lines'}`
}
