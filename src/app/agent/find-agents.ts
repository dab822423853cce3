// Where the coding agents of this machine keep their sessions.
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Host } from '../host.ts'

export interface AgentPlace {
  /** The name of its format. */
  readonly agent: string
  readonly path: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** The folders that are there, each once. */
export function findAgents({ environment, cwd }: Pick<Host, 'environment' | 'cwd'>): AgentPlace[] {
  const places = placesOf(environment).map(({ agent, path }) => ({ agent, path: resolve(cwd, path) }))
  const once = new Map(places.map(place => [place.path, place]))
  return [...once.values()].filter(({ path }) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
}

/** Where they are looked for, there or not. */
export function placesOf(environment: Environment): AgentPlace[] {
  const home = environment.HOME ?? ''
  const configured = listOf(environment.CLAUDE_CONFIG_DIR)
  const claude = configured.length > 0 ? configured : [join(home, '.config', 'claude'), join(home, '.claude')]
  const codex = nameOr(environment.CODEX_HOME, join(home, '.codex'))
  return [
    ...claude.map(folder => ({ agent: 'claude-code', path: join(folder, 'projects') })),
    { agent: 'codex', path: join(codex, 'sessions') },
    { agent: 'codex', path: join(codex, 'archived_sessions') },
    { agent: 'gemini-cli', path: join(home, '.gemini', 'tmp') },
    { agent: 'pi', path: join(home, '.pi', 'agent', 'sessions') },
  ]
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

function nameOr(text: string | undefined, otherwise: string): string {
  return text === undefined || text === '' ? otherwise : text
}
