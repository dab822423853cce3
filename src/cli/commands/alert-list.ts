// usagebook alert list

import { type ListedRule, listAlerts } from '../../app/alert/list-alerts.ts'
import { planOfAsking } from '../../app/alert/workspace-asking.ts'
import { visibleText } from '../../base/safe-text.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { ASKING_FLAGS, askingOf } from '../flags/alert-flags.ts'
import { isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['alert', 'list'],
  summary: 'the rules, and what fires by the last check',
  description:
    'The built-in rules and those of alerts.json, each as the last "usagebook check" left it. The logs are not read and nothing is told to anybody.',
  flags: ASKING_FLAGS,
  examples: [
    ['usagebook alert list', 'how things stand'],
    ['usagebook alert list --format json', 'for a program'],
  ],
  async run(options, context, workspace) {
    const asking = askingOf(options, context, workspace)
    const rules = listAlerts(planOfAsking(asking), workspace.root, context.now())
    if (isJson(options)) writeJson(context, { rules })
    else writeLines(context, await listWithHeader(HEADER, rules.flatMap(rowsOf), context.columns))
    return 0
  },
})

const HEADER = ['rule', 'when', 'state', 'since']

function rowsOf({ name, when, checkedTo, alerts }: ListedRule): string[][] {
  if (alerts.length === 0) return [[name, when, checkedTo === null ? 'not checked yet' : 'ok', '']]
  return alerts.map(({ labels, state, since }) => {
    const group = Object.entries(labels).map(([field, value]) => `, ${field} ${value}`)
    return [visibleText(`${name}${group.join('')}`), when, state, since.slice(0, 16).replace('T', ' ')]
  })
}
