// The source format of each log file.
import { optionName, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import { eventFormatOf } from '../../event/event-format.ts'
import { NATIVE_FORMAT, type SourceFormat } from '../../event/source-format.ts'
import type { LogFile } from '../../log/log-file.ts'
import { sourceFormatOf } from '../../source/catalogue.ts'
import { MARKS } from '../../source/marks.ts'
import type { LogOptions } from '../request/parameters.ts'
import type { LogSource } from '../request/requests.ts'
import { configuredFormats } from './configured-formats.ts'
import { recogniseFile } from './recognise-file.ts'
import type { Workspace } from './workspace.ts'

/**
 * A typed format is that of all files. Else a file has the one that the configuration gives to its place, however the file
 * was named on the command line, else that of the whole configuration, else the one that its first lines show it to be in. Formats
 * of the configuration are only built where there are some.
 */
export async function formatsOf(
  options: Pick<LogOptions, 'sourceFormat'>,
  workspace: Workspace,
): Promise<LogSource['formatOf']> {
  const typed = options.sourceFormat
  const { settings } = workspace
  const byName = new Map([['native', NATIVE_FORMAT]])
  if (Object.keys(settings.formats ?? {}).length > 0) {
    const { buildFormat } = await import('../../event/build-format.ts')
    for (const [name, description] of Object.entries(settings.formats!)) {
      byName.set(name, buildFormat(name, description))
    }
  }
  const find = (name: string) =>
    byName.get(name) ?? sourceFormatOf(name) ?? refuse(name, [...byName.keys(), ...Object.keys(MARKS)], workspace)
  const named = typed ?? settings.format
  const all = named === undefined ? undefined : find(named)
  const nameOf = configuredFormats(workspace.root, settings.logs)
  const assigned = (file: LogFile) => {
    const name = typed === undefined ? (file.format ?? nameOf(file.path)) : undefined
    return name === undefined ? (all ?? recogniseFile(file)) : find(name)
  }
  // Asked again and again; what a file is may not change between two questions.
  const known = new Map<string, SourceFormat>()
  return file => {
    const format = known.get(file.path) ?? assigned(file)
    known.set(file.path, format)
    return file.made === undefined ? format : eventFormatOf(format)
  }
}

const MOST_NAMED = 9

function suggestion(name: string, names: readonly string[]): string {
  const [nearest] = nearestNames(name, names, 1)
  if (nearest !== undefined) return `Use ${nearest}, or another of those in docs/logs-and-formats.md`
  return names.length <= MOST_NAMED
    ? `Use one of ${names.join(', ')}`
    : `Use native, ${names.slice(1, 4).join(', ')} or another of those in docs/logs-and-formats.md`
}

function refuse(name: string, names: readonly string[], { isConfigurationLeftOut }: Workspace): never {
  const described = `describe it under "formats" in the configuration`
  throw new UsageError('unknown-source-format', `There is no source format ${JSON.stringify(name)}.`, {
    where: { option: 'sourceFormat' },
    hint: isConfigurationLeftOut
      ? `Leave ${optionName('noConfig')} out: formats of your own are in the configuration. Or give a file that describes it with ${optionName('config')} FILE.`
      : `${suggestion(name, names)}, or ${described}.`,
  })
}
