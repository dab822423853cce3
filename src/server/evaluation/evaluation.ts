// What the server does about once a minute: the same check of rules and budgets as from cron, with the same state and under the
// same lock, and the jobs that are due. So it may run beside cron, and nothing is told or run twice.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ALERT_FILE } from '../../app/alert/read-plan.ts'
import { planOfAsking, workspaceAsking } from '../../app/alert/workspace-asking.ts'
import type { Host } from '../../app/host.ts'
import { SCHEDULE_FILE } from '../../app/schedule/read-schedule.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { UsagebookError } from '../../base/errors.ts'
import { RepeatedRun, type RunProblem, type RunStatus } from './repeated-run.ts'
import { type ProgramRun, runProgram } from './run-program.ts'

const MINUTE_MS = 60_000

export interface EvaluationSettings extends ProgramRun {
  readonly root: string
  /** Flags that the server was started with and every run gets: which configuration. */
  readonly flags: readonly string[]
  /** Whether rules and budgets are checked. */
  readonly hasCheck: boolean
  /** Whether jobs are run. */
  readonly hasJobs: boolean
  readonly everyMs?: number
  readonly host: Pick<Host, 'now'>
  say(text: string): void
}

export interface Evaluation {
  /** How each of them ended last; empty where the server was told to do nothing. */
  status(): readonly RunStatus[]
  stop(): Promise<void>
}

export const NO_EVALUATION: Evaluation = { status: () => [], stop: async () => undefined }

/** What `usagebook check` ends with where it could do all that it should. */
const CHECK_WORKED: readonly (number | null)[] = [0, 3, 5]
const JOBS_WORKED: readonly (number | null)[] = [0, 5]

export function startEvaluation(settings: EvaluationSettings): Evaluation {
  const { root, flags, hasCheck, hasJobs, everyMs = MINUTE_MS, host, say } = settings
  const words = (...command: string[]) => [...command, '--root', root, ...flags, '--quiet']
  const repeated = (what: string, run: (signal: AbortSignal) => Promise<RunProblem>) =>
    new RepeatedRun({ what, everyMs, run, now: () => host.now(), say })
  const check = repeated('the check of rules and budgets', async signal =>
    problemOf(await runProgram(settings, words('check'), signal), CHECK_WORKED),
  )
  const jobs = repeated('running the jobs that are due', async signal => {
    if (!existsSync(join(root, SCHEDULE_FILE))) return undefined
    return problemOf(await runProgram(settings, words('schedule', 'run'), signal), JOBS_WORKED)
  })
  const runs = [...(hasCheck ? [check] : []), ...(hasJobs ? [jobs] : [])]
  for (const run of runs) run.start()
  return {
    status: () => runs.map(({ status }) => status),
    async stop() {
      await Promise.all(runs.map(run => run.stop()))
    },
  }
}

/** What is evaluated, in a sentence. */
export function describeEvaluation(
  { hasCheck, hasJobs, root }: EvaluationSettings,
  host: Host,
  workspace: Workspace,
): string {
  const jobs =
    hasJobs && existsSync(join(root, SCHEDULE_FILE)) ? ` The jobs of ${SCHEDULE_FILE} are run when they are due.` : ''
  if (!hasCheck) return `Rules and budgets are not checked.${jobs}`
  try {
    const { rules, budgets, targets } = planOfAsking(workspaceAsking(host, workspace))
    const names = Object.keys(targets)
    const to = names.length === 0 ? `nobody is told: ${ALERT_FILE} has no targets` : `told to ${names.join(', ')}`
    return `${counted(rules.length, 'rule')} and ${counted(budgets.length, 'budget')} are checked every minute, ${to}.${jobs}`
  } catch (error) {
    if (!(error instanceof UsagebookError)) throw error
    return `Rules and budgets cannot be checked: ${error.message}${jobs}`
  }
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}

function problemOf(
  { exitCode, errors }: { readonly exitCode: number | null; readonly errors: string },
  worked: readonly (number | null)[],
): RunProblem {
  if (worked.includes(exitCode)) return undefined
  const end = exitCode === null ? 'it was ended' : `it ended with ${exitCode}`
  return errors === '' ? end : errors
}
