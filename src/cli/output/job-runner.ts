// Runs the command line of a job in this process, as it would be typed in the folder of the workspace, at the time and in the
// zone that the job is for.
import { Readable, Writable } from 'node:stream'
import type { RunWords } from '../../app/schedule/run-jobs.ts'
import type { CommandLine } from '../command.ts'
import type { Context } from '../context.ts'

/** The end of what it says is enough to know why it failed. */
const KEPT = 8192

/** The words of a job as the command line gets them; whoever wrote the job has agreed to what it removes. */
export function wordsOfJob(words: readonly string[], root: string): string[] {
  const isPrune = words[0] === 'log' && words[1] === 'prune'
  const consent = isPrune && !words.includes('--yes') && !words.includes('--dry-run') ? ['--yes'] : []
  return [...words, ...consent, '--root', root]
}

/** `more` are flags that every job gets, and `timezone` that of days where a job names none. */
export function jobRunner(
  commandLine: CommandLine,
  context: Context,
  { root, more = [], timezone: usual }: { root: string; more?: readonly string[]; timezone?: string | undefined },
): RunWords {
  return async (words, { now, timezone, occasion }) => {
    const argv = [...wordsOfJob(words, root), ...more]
    const errors = new Kept(context.stderr)
    const zone = timezone ?? usual
    const { environment, hostName, callWords, program, processors, zoneRules, hasUnicode } = context
    const exitCode = await commandLine.run(argv, {
      ...{ hostName, callWords, program, processors, zoneRules, hasUnicode, argv, cwd: root },
      environment: zone === undefined ? environment : { ...environment, USAGEBOOK_TIMEZONE: zone },
      ...{ stdin: Readable.from([]), isStdinPiped: false, isStdinTerminal: false },
      ...{ stdout: context.stdout, columns: undefined, isStdoutTerminal: false, colorLevel: 0 },
      ...{ stderr: errors, stderrColumns: undefined, isStderrTerminal: false },
      ...{ loginName: context.loginName, timezone: context.timezone, machineNow: context.machineNow },
      now: now === null ? context.now : () => now,
      ...(occasion === null ? {} : { occasion }),
      sender: context,
      onInterrupt: context.onInterrupt,
      ...(context.tuning === undefined ? {} : { tuning: context.tuning }),
    })
    return { exitCode, errors: errors.text }
  }
}

/** Passes on what is written, and keeps the end of it. */
class Kept extends Writable {
  private readonly to: Writable
  text = ''

  constructor(to: Writable) {
    super({ decodeStrings: false })
    this.to = to
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text = `${this.text}${chunk}`.slice(-KEPT)
    this.to.write(chunk)
    done()
  }
}
