// The workspace: the folder that holds logs, profiles, clients, prices and the configuration, and the settings in force.
import { dirname, join, resolve } from 'node:path'
import { InputError, optionName, systemCode, systemReason, UsagebookError } from '../../base/errors.ts'
import { readTextFile } from '../../base/regular-file.ts'
import type { Host } from '../host.ts'
import type { Settings } from './configuration.ts'
import { readPlainSettings } from './plain-settings.ts'

export const CONFIG_FILE = 'usagebook.config.json'

export interface Workspace {
  /** Absolute path of the workspace folder. */
  readonly root: string
  /** What the configuration files say; empty where there are none. */
  readonly settings: Settings
  /** The configuration file of the workspace, where there is one. */
  readonly configFile: string | undefined
  /** Whether --no-config left it out. */
  readonly isConfigurationLeftOut?: boolean
  /** Whether the folder of logs that nobody has named may be missing: then there are none yet. */
  readonly mayHaveNoLogs?: true
  /** Why the settings are not those of the configuration; only for commands that can do without them. */
  readonly problem?: UsagebookError
}

export interface WorkspaceOptions {
  root?: string | undefined
  config?: string | undefined
  noConfig?: boolean | undefined
}

/** Finds the workspace and reads its configuration; a wrong configuration is a ConfigError. */
export async function openWorkspace(
  options: WorkspaceOptions,
  host: Pick<Host, 'cwd' | 'environment'>,
): Promise<Workspace> {
  const environmentRoot = host.environment.USAGEBOOK_ROOT
  const asked = options.root ?? environmentRoot
  const root = asked === undefined ? nearestRoot(host.cwd) : resolve(host.cwd, asked)
  const isLeftOut = options.noConfig === true
  const own = join(root, CONFIG_FILE)
  const ownText = isLeftOut ? undefined : readIfThere(own)
  // What is named beside --no-config is meant instead of the workspace's.
  const extra = options.config ?? (isLeftOut ? undefined : host.environment.USAGEBOOK_CONFIG)
  if (ownText === undefined && extra === undefined)
    return { root, settings: {}, configFile: undefined, isConfigurationLeftOut: isLeftOut }
  let settings: Settings = ownText === undefined ? {} : await settingsOf(ownText, own)
  if (extra !== undefined) {
    const file = resolve(host.cwd, extra)
    settings = { ...settings, ...(await settingsOf(readConfig(file), file)) }
  }
  return { root, settings, configFile: ownText === undefined ? undefined : own }
}

async function settingsOf(text: string, file: string): Promise<Settings> {
  const plain = readPlainSettings(text)
  if (plain !== undefined) return plain
  const { parseSettings } = await import('./configuration.ts')
  return parseSettings(text, file)
}

/** As `openWorkspace`, but a wrong configuration is told and not thrown. */
export async function openAnyWorkspace(
  options: WorkspaceOptions,
  host: Pick<Host, 'cwd' | 'environment'>,
): Promise<Workspace> {
  try {
    return await openWorkspace(options, host)
  } catch (error) {
    if (!(error instanceof UsagebookError)) throw error
    return { ...(await openWorkspace({ root: options.root, noConfig: true }, host)), problem: error }
  }
}

function nearestRoot(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (readIfThere(join(folder, CONFIG_FILE)) !== undefined) return folder
    if (dirname(folder) === folder) return cwd
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readTextFile(file)
  } catch (error) {
    if (error instanceof UsagebookError) throw error
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw configUnreadable(file, error)
  }
}

function readConfig(file: string): string {
  try {
    return readTextFile(file)
  } catch (error) {
    if (error instanceof UsagebookError) throw error
    throw configUnreadable(file, error)
  }
}

function configUnreadable(file: string, error: unknown): InputError {
  return new InputError('config-unreadable', `The configuration ${file} cannot be read: ${systemReason(error)}.`, {
    where: { file },
    hint: `Check the path and its permissions, or run with ${optionName('noConfig')}.`,
    cause: error,
  })
}
