// usagebook check: what rules and budgets say, told once.

import { answerDocument, statusOf } from '../../app/alert/check-answer.ts'
import { undeliveredText } from '../../app/alert/messages.ts'
import { type CheckAnswer, exitCodeOf, runCheck } from '../../app/alert/run-check.ts'
import { planOfAsking } from '../../app/alert/workspace-asking.ts'
import { flagWord } from '../../app/request/flag-word.ts'
import { visibleText } from '../../base/safe-text.ts'
import { wrapText } from '../../render/wrap-text.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { ASKING_FLAGS, askingOf } from '../flags/alert-flags.ts'
import { isJson, noteOf } from '../flags/profile-flags.ts'
import * as flags from '../flags/report-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { writeFailures } from '../output/prune-output.ts'

export const command = defineCommand({
  words: ['check'],
  summary: 'tell what has become of rules and budgets since the last check',
  description:
    'Looks at what happened since the last check, sends what is new to the targets of alerts.json, and prints it. Where nothing is new it prints nothing, so that cron can run it every few minutes.',
  arguments: [{ name: 'names', help: 'only these rules and budgets', isOptional: true, isMany: true }],
  flags: [
    { name: 'dry-run', group: 'Alerts', help: 'say what would be told; send nothing and remember nothing' },
    ...ASKING_FLAGS,
    ...flags.only(flags.CHECK_FLAGS, 'strict', 'max-rejects'),
  ],
  examples: [
    ['usagebook check', 'everything, as from cron'],
    ['usagebook check diageo error-rate --dry-run', 'one budget and one rule, without telling anybody'],
    ['usagebook check --format json', 'for a program'],
  ],
  exitCodes: {
    1: 'something could not be evaluated or delivered',
    3: 'more lines were rejected than allowed',
    5: 'an alert or a budget fired',
  },
  async run(options, context, workspace) {
    const asking = askingOf(options, context, workspace)
    const { names = [], dryRun, strict, maxRejects } = options
    const answer = await runCheck({
      ...{ plan: planOfAsking(asking), names, isDryRun: dryRun === true, checks: { strict, maxRejects }, asking },
      note: noteOf(options, context),
    })
    if (isJson(options)) writeJson(context, answerDocument(answer))
    else writeText(answer, context)
    writeProblems(answer, context)
    return exitCodeOf(answer)
  },
})

const USUAL_WIDTH = 80

function writeText(answer: CheckAnswer, context: Context): void {
  const width = context.columns ?? USUAL_WIDTH
  const lines = answer.letters.flatMap(({ message, targets }, index) => {
    const whom = targets.length === 0 ? '' : `${answer.isDryRun ? 'would go' : 'goes'} to ${targets.join(', ')}`
    const details = [
      ...(message.kind === 'resolve' ? [] : [`${message.limit}, since ${message.since}`]),
      ...message.causes.map(({ name, value }) => `${name}: ${value}`),
      ...(whom === '' ? [] : [whom]),
      ...(message.kind === 'resolve' ? [] : [message.next]),
    ]
    const title = wrapText(`[${message.severity}] ${visibleText(message.title)}`, width)
    return [...(index === 0 ? [] : ['']), ...title, ...details.map(text => `  ${visibleText(text)}`)]
  })
  if (lines.length > 0) writeLines(context, lines)
  else if (context.isStdoutTerminal && answer.failures.length === 0) writeLines(context, [nothingNew(answer)])
}

function nothingNew({ rules, unusual, budgets }: CheckAnswer): string {
  const firing = rules.filter(one => statusOf(one) === 'firing').map(({ rule }) => rule.name)
  const still = firing.length === 0 ? '' : ` Still firing: ${firing.join(', ')}.`
  return `Nothing new in ${rules.length + unusual.length} rules and ${budgets.length} budgets.${still}`
}

function writeProblems(answer: CheckAnswer, context: Context): void {
  const say = (text: string) => context.stderr.write(`${visibleText(text)}\n`)
  writeFailures(answer.failures, context)
  if (answer.failures.length > 0) say('Nothing was evaluated: a log could not be read. The next check makes up for it.')
  for (const { rule, vanished } of answer.rules) {
    if (vanished === undefined) continue
    say(
      `${rule.name} was not evaluated: of ${vanished.before} events that the last check saw, ${vanished.now} are left. Bring the logs back.`,
    )
  }
  for (const one of answer.undelivered) say(`error: ${undeliveredText(one)}`)
  for (const { option, why } of answer.refusals) say(`check failed: ${why} (--${flagWord(option)}).`)
}
