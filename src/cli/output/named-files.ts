// Names of files with {client} and {period} in them: the work is done once for each name.
import { hasPlaces, namedReports } from '../../app/report/named-reports.ts'
import type { ReportOptions } from '../../app/request/parameters.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import type { Context } from '../context.ts'
import { withProgress } from './progress.ts'
import type { Quietable } from './report-outcome.ts'

/** Where the name has no places the work is done once. What is to be said of the logs is said once. Returns the worst code. */
export async function eachNamed<Options extends ReportOptions & Quietable>(
  options: Options,
  context: Context,
  workspace: Workspace,
  work: (one: Options) => Promise<number>,
): Promise<number> {
  if (!hasPlaces(options.output)) return await work(options)
  const all = await withProgress(context, options.quiet === true, hooks =>
    namedReports(options, context, workspace, hooks),
  )
  if (all.length === 0) context.stderr.write('No file was written: nothing matched.\n')
  if (all.length === 0 && options.failOnEmpty === true) return 3
  let code = 0
  for (const [at, one] of all.entries())
    code = Math.max(code, await work({ ...one, quiet: options.quiet === true || at > 0 }))
  return code
}
