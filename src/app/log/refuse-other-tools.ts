// Refuses logs of other tools whose lines are not one event each: commands that change or follow lines cannot handle them.
import { UsageError } from '../../base/errors.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import type { LogFile } from '../../log/log-file.ts'

/** `what` is the thing that cannot be done: "be pruned". */
export function refuseOtherTools(
  files: readonly LogFile[],
  formatOf: (file: LogFile) => SourceFormat,
  what: string,
): void {
  const file = files.find(each => formatOf(each).steps !== undefined)
  if (file === undefined) return
  throw new UsageError('logs-of-another-tool', `Logs of ${formatOf(file).name} cannot ${what}: ${file.path}.`, {
    where: { option: 'logs', file: file.path },
    hint: 'Name other logs. These belong to the tool that writes them.',
  })
}
