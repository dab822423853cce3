// usagebook doctor: is all well with the workspace, its logs, prices, profiles and clients?
import { Chalk } from 'chalk'
import type { Diagnosis } from '../../app/doctor/diagnosis.ts'
import { countOf, doctorDocument } from '../../app/doctor/doctor-document.ts'
import { buildDoctorRequest } from '../../app/doctor/doctor-request.ts'
import { runDoctor } from '../../app/doctor/run-doctor.ts'
import { formatJson } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { layOutList } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { isJson, noteOf } from '../flags/profile-flags.ts'
import * as flags from '../flags/report-flags.ts'
import { type RenderFlags, renderOptions } from '../output/render-options.ts'

export const command = defineCommand({
  words: ['doctor'],
  summary: 'check the workspace, its logs, prices, profiles and clients',
  description: 'One line for each check: ok, warning or failure, with what to do.',
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
    const request = await buildDoctorRequest(options, context, workspace, noteOf(options, context))
    const diagnoses = await runDoctor(request)
    const text = isJson(options)
      ? `${formatJson(doctorDocument(diagnoses, request))}\n`
      : await textOf(diagnoses, options, context)
    context.stdout.write(text)
    return diagnoses.some(({ verdict }) => verdict === 'failure') ? 3 : 0
  },
})

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
