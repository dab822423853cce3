// Logs of other tools whose lines are not one event each: what changes or follows lines cannot do it to them.
import { UsageError } from '../../base/errors.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import type { LogFile } from '../../log/log-file.ts'

/** `what` is what cannot be done: "be pruned". */
export function refuseOtherTools(
  files: readonly LogFile[],
  formatOf: (file: LogFile) => SourceFormat,
  what: string,
): void {
  const file = files.find(each => formatOf(each).steps !== undefined)
  if (file === undefined) return
  throw new UsageError('logs-of-another-tool', `Logs of ${formatOf(file).name} cannot ${what}: ${file.path}.`, {
    where: { option: 'logs', file: file.path },
    hint: 'Name other logs. What is in these belongs to the tool that writes them.',
  })
}
