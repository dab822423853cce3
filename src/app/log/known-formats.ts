// The formats that logs may be in: our own, those of other tools, and those of the configuration.
import { SOURCES } from '../../source/catalogue.ts'
import type { Workspace } from '../workspace/workspace.ts'

export interface KnownFormat {
  readonly format: string
  /** What it is, in a few words. */
  readonly help: string
}

export const NATIVE_HELP = 'events as this tool writes them'
export const CONFIGURED_HELP = 'a format of the configuration'

export function knownFormats({ settings }: Workspace): KnownFormat[] {
  return [
    { format: 'native', help: NATIVE_HELP },
    ...Object.keys(settings.formats ?? {}).map(format => ({ format, help: CONFIGURED_HELP })),
    ...SOURCES.map(({ name, help }) => ({ format: name, help })),
  ]
}
