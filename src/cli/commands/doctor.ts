// usagebook doctor: is all well with the workspace, its logs, prices, profiles and clients?
import { Chalk } from 'chalk'
import type { Diagnosis, Verdict } from '../../app/doctor/diagnosis.ts'
import { type DoctorRequest, runDoctor } from '../../app/doctor/run-doctor.ts'
import { buildLogRequest } from '../../app/request/log-request.ts'
import { cacheRoot } from '../../app/workspace/cache-place.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import { formatJson } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { layOutList } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { homeOf, isJson } from '../flags/profile-flags.ts'
import * as flags from '../flags/report-flags.ts'
import { type RenderFlags, renderOptions } from '../output/render-options.ts'

export const command = defineCommand({
  words: ['doctor'],
  summary: 'check the workspace, its logs, prices, profiles and clients',
  description: 'A line for everything that was looked at: ok, warning or failure, with what to do.',
  flags: [
    formatFlag(['text', 'json']),
    ...flags.only(flags.INPUT_FLAGS, 'logs', 'source-format', 'dedupe', 'threads', 'cache'),
    ...flags.RANGE_FLAGS,
  ],
  examples: [
    ['usagebook doctor', 'everything that the workspace holds'],
    ['usagebook doctor --last-days 7 --format json', 'for a monitor: the last seven days, as JSON'],
  ],
  exitCodes: { 3: EXIT_CODES[3]! },
  isForBadConfiguration: true,
  async run(options, context, workspace) {
    const logs = await buildLogRequest(options, context, workspace)
    const request: DoctorRequest = {
      ...logs,
      configFile: workspace.configFile,
      configProblem: workspace.problem,
      home: homeOf(workspace, options, context),
      cacheFolder: cacheRoot(context.environment),
    }
    const diagnoses = await runDoctor(request)
    context.stdout.write(isJson(options) ? jsonOf(diagnoses, request) : await textOf(diagnoses, options, context))
    return diagnoses.some(({ verdict }) => verdict === 'failure') ? 3 : 0
  },
})

function countOf(diagnoses: readonly Diagnosis[], verdict: Verdict): number {
  return diagnoses.filter(diagnosis => diagnosis.verdict === verdict).length
}

function jsonOf(diagnoses: readonly Diagnosis[], { now, logs }: DoctorRequest): string {
  const document = {
    schema: 'usagebook/doctor@1',
    generatedAt: formatInstantUtc(now),
    workspace: logs.root,
    isHealthy: countOf(diagnoses, 'failure') === 0,
    ok: countOf(diagnoses, 'ok'),
    warnings: countOf(diagnoses, 'warning'),
    failures: countOf(diagnoses, 'failure'),
    checks: diagnoses.map(diagnosis => ({ ...diagnosis })),
  }
  return `${formatJson(document)}\n`
}

async function textOf(diagnoses: readonly Diagnosis[], options: RenderFlags, context: Context): Promise<string> {
  const { colorLevel } = renderOptions(options, 'text', false, context)
  const color = new Chalk({ level: colorLevel })
  const marks = { ok: color.green('ok     '), warning: color.yellow('warning'), failure: color.red('failure') }
  const lines = await layOutList(
    diagnoses.map(({ verdict, name, message, hint }) => {
      const text = [visibleText(message), ...(hint === null ? [] : [color.dim(visibleText(hint))])]
      return [marks[verdict], name, text.join('\n')]
    }),
  )
  const [warnings, failures] = [countOf(diagnoses, 'warning'), countOf(diagnoses, 'failure')]
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
  const conclusion =
    warnings + failures === 0 ? 'All is well.' : `${counted(failures, 'failure')}, ${counted(warnings, 'warning')}.`
  return `${lines.join('\n')}\n\n${conclusion}\n`
}
