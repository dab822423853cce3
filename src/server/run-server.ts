// The server as a command: starts, prints its address, and stops on SIGINT or SIGTERM.
import { once } from 'node:events'
import { readAccess } from '../access/access-file.ts'
import { createLoginLink } from '../app/access/logins.ts'
import type { Host } from '../app/host.ts'
import { needLocalLogs } from '../app/workspace/log-places.ts'
import type { Workspace } from '../app/workspace/workspace.ts'
import { visibleText } from '../base/safe-text.ts'
import { describeEvaluation, type EvaluationSettings, startEvaluation } from './evaluation/evaluation.ts'
import { stackOf } from './reply.ts'
import { type ServeOptions, serveSettings } from './serve-settings.ts'
import { type StartedServer, startServer } from './start-server.ts'

declare const USAGEBOOK_VERSION: string

/** How long running requests may still take when the server stops. */
const PATIENCE_MS = 8_000

export interface ServeFlags extends ServeOptions {
  readonly config?: string | undefined
  readonly noConfig?: boolean | undefined
  readonly open?: boolean | undefined
  readonly quiet?: boolean | undefined
  readonly noCheck?: boolean | undefined
  readonly noSchedule?: boolean | undefined
}

interface Terminal {
  /** What calls this program. */
  readonly callWords: readonly string[]
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
}

export async function runServer(flags: ServeFlags, host: Host & Terminal, workspace: Workspace): Promise<number> {
  needLocalLogs(host, workspace)
  const { root, settings } = workspace
  const say = (text: string) => host.stderr.write(`${visibleText(text)}\n`)
  const evaluated: EvaluationSettings = {
    ...{ root, host, say, callWords: host.callWords, cwd: host.cwd, environment: host.environment },
    flags: [
      ...(flags.config === undefined ? [] : ['--config', flags.config]),
      ...(flags.noConfig ? ['--no-config'] : []),
    ],
    hasCheck: flags.noCheck !== true,
    hasJobs: flags.noSchedule !== true,
  }
  const started = await startServer({
    settings: serveSettings(flags, settings),
    host,
    workspace: { root, config: flags.config, noConfig: flags.noConfig },
    version: USAGEBOOK_VERSION,
    say,
    evaluate: () => startEvaluation(evaluated),
  })
  // Of an answer that nobody waits for any more; everybody else's go on.
  process.on('unhandledRejection', error => say(`This is a bug in usagebook: ${stackOf(error)}`))
  const link = await firstLogin(started)
  host.stdout.write(`usagebook listens on ${started.address}\n`)
  if (link !== undefined) host.stdout.write(`Log in, once and within ten minutes: ${link}\n`)
  if (flags.quiet !== true) host.stdout.write(`${visibleText(describeEvaluation(evaluated, host, workspace))}\n`)
  if (flags.open === true) await openBrowser(link ?? started.address)
  await ended()
  await started.stop(PATIENCE_MS)
  return 0
}

// Only if nobody could log in otherwise, or nobody has so far.
async function firstLogin({ services, address }: StartedServer): Promise<string | undefined> {
  const { users, sessions } = readAccess(services.access)
  if (users.length > 0 || sessions.length > 0 || services.settings.identityHeader !== undefined) return undefined
  const { path } = await createLoginLink({ by: services.host.loginName() ?? 'admin' }, services.access)
  return `${address.replace(/\/$/, '')}${path}`
}

/** Resolves when the process is asked to stop. */
export async function ended(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}

async function openBrowser(address: string): Promise<void> {
  const { spawn } = await import('node:child_process')
  const program = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open'
  const child = spawn(program, [address], { stdio: 'ignore', detached: true })
  // If there is no browser, the address is on the screen.
  child.on('error', () => undefined)
  child.unref()
}
