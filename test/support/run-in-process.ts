// A command line without a process of its own: quick, and with ways of reading that no flag chooses.
import { hostname } from 'node:os'
import { Readable, Writable } from 'node:stream'
import type { EngineTuning } from '../../src/app/workspace/open-engine.ts'
import { type Context, colorLevelOf, readClock } from '../../src/cli/context.ts'
import { runCommandLine } from '../../src/cli/start/run-command-line.ts'
import type { Ran } from '../golden-case.ts'

export interface Reading {
  readonly tuning: EngineTuning
  readonly threads: number
  /** Whether what is typed comes from somebody who can be asked. */
  readonly isStdinTerminal?: boolean
}

/** As the program would run it in a folder and an environment, with nothing of this process but its clock. */
export async function runInProcess(
  words: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string | undefined>>,
  stdin: Buffer | undefined,
  { tuning, threads, isStdinTerminal = false }: Reading = { tuning: {}, threads: 1 },
): Promise<Ran> {
  const [stdout, stderr] = [new Collector(), new Collector()]
  const context: Context = {
    argv: words,
    callWords: ['usagebook'],
    stdout,
    stderr,
    stdin: Readable.from(stdin === undefined ? [] : [stdin]),
    environment,
    cwd,
    columns: Number(environment.COLUMNS) >= 20 ? Number(environment.COLUMNS) : undefined,
    stderrColumns: undefined,
    isStdoutTerminal: false,
    isStderrTerminal: false,
    isStdinTerminal,
    isStdinPiped: false,
    colorLevel: colorLevelOf(environment, false),
    hasUnicode: environment.TERM !== 'dumb' && environment.LC_ALL !== 'C' && environment.LC_ALL !== 'POSIX',
    hostName: hostname(),
    // Finished texts are not kept, so that every run adds up.
    program: undefined,
    processors: threads,
    tuning,
    zoneRules: process.versions.tz ?? '',
    loginName: () => 'root',
    now: () => readClock(environment),
    // A file that has only just changed is not believed to be at rest.
    machineNow: () => Date.now() + 60_000,
    onInterrupt: () => async () => undefined,
    timezone: () => environment.TZ ?? 'UTC',
  }
  const code = await runCommandLine(words, context)
  return { stdout: stdout.text(), stderr: stderr.text(), code: String(code) }
}

class Collector extends Writable {
  private readonly chunks: Buffer[] = []

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(Buffer.from(chunk))
    done()
  }

  text(): string {
    return Buffer.concat(this.chunks).toString()
  }
}
