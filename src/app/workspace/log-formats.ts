// The source format of each log file.
import { optionName, UsageError } from '../../base/errors.ts'
import { NATIVE_FORMAT, type SourceFormat } from '../../event/source-format.ts'
import type { LogOptions } from '../request/parameters.ts'
import type { LogSource } from '../request/requests.ts'
import { configuredFormats } from './configured-formats.ts'
import type { Workspace } from './workspace.ts'

/**
 * A typed format is that of all files. Else a file has the one that the configuration gives to its place, however the file
 * was named on the command line, else that of the whole configuration. Formats are only built where there are some.
 */
export async function formatsOf(
  options: Pick<LogOptions, 'sourceFormat'>,
  workspace: Workspace,
): Promise<LogSource['formatOf']> {
  const typed = options.sourceFormat
  const { settings } = workspace
  const byName = new Map<string, SourceFormat>([['native', NATIVE_FORMAT]])
  if (Object.keys(settings.formats ?? {}).length > 0) {
    const { buildFormat } = await import('../../event/format-schema.ts')
    for (const [name, description] of Object.entries(settings.formats!))
      byName.set(name, buildFormat(name, description))
  }
  const find = (name: string) => byName.get(name) ?? refuse(name, [...byName.keys()], workspace)
  const all = find(typed ?? settings.format ?? 'native')
  if (typed !== undefined) return () => all
  const nameOf = configuredFormats(workspace.root, settings.logs)
  return file => {
    const name = file.format ?? nameOf(file.path)
    return name === undefined ? all : find(name)
  }
}

function refuse(name: string, names: readonly string[], { isConfigurationLeftOut }: Workspace): never {
  const described = `describe it under "formats" in the configuration`
  throw new UsageError('unknown-source-format', `There is no source format ${JSON.stringify(name)}.`, {
    where: { option: 'sourceFormat' },
    hint: isConfigurationLeftOut
      ? `Leave ${optionName('noConfig')} out: formats of your own are in the configuration. Or give a file that describes it with ${optionName('config')} FILE.`
      : `Use one of ${names.join(', ')}, or ${described}.`,
  })
}
