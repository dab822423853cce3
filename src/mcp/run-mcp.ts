// The MCP server as a command: over standard input and output until the client goes away, or over HTTP until it is stopped.
import type { Readable, Writable } from 'node:stream'
import type { Host } from '../app/host.ts'
import { quietHost } from '../app/quiet-host.ts'
import type { Workspace } from '../app/workspace/workspace.ts'
import { visibleText } from '../base/safe-text.ts'
import { ALL_IN_SCOPE } from '../query/scope.ts'
import { ended } from '../server/run-server.ts'
import { Desk } from './desk.ts'
import { makeServer } from './make-server.ts'
import { DEFAULT_PORT, serveHttp } from './serve-http.ts'
import { serveStdio } from './serve-stdio.ts'

declare const USAGEBOOK_VERSION: string

/** How long running requests may still take when the server stops. */
const PATIENCE_MS = 2_000

export interface McpFlags {
  readonly http?: boolean | undefined
  readonly port?: number | undefined
  readonly names?: boolean | undefined
  readonly field?: readonly string[] | undefined
  readonly config?: string | undefined
  readonly noConfig?: boolean | undefined
}

interface Terminal {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly isStdinTerminal: boolean
}

export async function runMcp(
  flags: McpFlags,
  context: Host & Terminal,
  { root, settings }: Workspace,
): Promise<number> {
  const say = (text: string) => void context.stderr.write(`${text.split('\n').map(visibleText).join('\n')}\n`)
  const { environment, cwd } = context
  const desk = new Desk({
    // Standard input is the client's, and never a log.
    host: quietHost(cwd, { environment, now: () => context.now() }),
    workspace: { root, config: flags.config, noConfig: flags.noConfig },
    version: USAGEBOOK_VERSION,
    showsNames: flags.names === true,
    fields: flags.field ?? [],
    say,
  })
  if (flags.http === true) {
    const server = await serveHttp(desk, flags.port ?? DEFAULT_PORT, settings.serve?.jwt)
    context.stdout.write(`usagebook mcp listens on ${server.address}\n`)
    await ended()
    await server.stop(PATIENCE_MS)
    return 0
  }
  if (context.isStdinTerminal) say('usagebook mcp waits for a client on standard input: see docs/mcp.md.')
  const connection = serveStdio(() => makeServer(desk, ALL_IN_SCOPE, true), context, say)
  await Promise.race([connection.ended, ended()])
  await connection.close()
  await connection.ended
  return 0
}
