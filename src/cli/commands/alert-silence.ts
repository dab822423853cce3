// usagebook alert silence: list the silences, make one, end one.

import { auditedChange } from '../../app/access/audited-change.ts'
import {
  type AskedSilence,
  addSilence,
  endSilence,
  type ListedSilence,
  listSilences,
  matchText,
  parseMatch,
} from '../../app/alert/silences.ts'
import { planOfAsking, zoneOfAsking } from '../../app/alert/workspace-asking.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { visibleText } from '../../base/safe-text.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { homeOf } from '../flags/access-flags.ts'
import { askingOf } from '../flags/alert-flags.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { actorOf, byFlag, isJson, noteOf } from '../flags/profile-flags.ts'
import * as flags from '../flags/report-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

const group = 'Alerts'

export const command = defineCommand({
  words: ['alert', 'silence'],
  summary: 'list the silences, make one, or end one',
  description:
    'What fits all of FIELD=PATTERN is not told until the end of the silence; if it still fires then, it is told. A field is rule, severity, client, user, profile, model, provider or feature; * in a pattern stands for any text. Silences are kept in alerts.json, and one of the same fields and patterns has its end moved. Without arguments the silences are listed.',
  arguments: [{ name: 'match', help: 'FIELD=PATTERN, such as client=test-*', isOptional: true, isMany: true }],
  flags: [
    { name: 'until', value: 'WHEN', group, help: 'how long: 2h, 3d; or a day or an instant at which it ends' },
    { name: 'why', value: 'TEXT', group, help: 'for those who look later' },
    { name: 'end', value: 'ID', group, help: 'end this silence now' },
    { ...byFlag, group },
    ...flags.only(flags.RANGE_FLAGS, 'timezone'),
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook alert silence', 'which silences there are'],
    ['usagebook alert silence "client=test-*" --until 2026-03-01 --why "load test"', 'one client, until March'],
    ['usagebook alert silence rule=error-rate --until 2h', 'one rule, for two hours'],
    ['usagebook alert silence --end silence_0a1b2c3d4e5f', 'end one now'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const { match = [], until, why, end, timezone } = options
    const asking = askingOf({ timezone }, context, workspace)
    if (end === undefined && match.length === 0 && until === undefined && why === undefined) {
      const silences = listSilences(planOfAsking(asking), context.now())
      if (isJson(options)) writeJson(context, { silences })
      else writeLines(context, await linesOf(silences, context.columns))
      return 0
    }
    if (end !== undefined && (match.length > 0 || until !== undefined || why !== undefined)) throw bothAsked()
    const asked: AskedSilence = { match: parseMatch(match), until, why }
    const home = { root: workspace.root, host: context, zone: zoneOfAsking(asking), note: noteOf(options, context) }
    const change = {
      by: actorOf(options, context),
      action: end === undefined ? 'silence.add' : 'silence.end',
      detail: end === undefined ? { ...asked, why: why ?? null } : { silence: end },
      say: home.note,
    }
    const answer = await auditedChange(
      change,
      homeOf(workspace, options, context),
      () => (end === undefined ? addSilence(asked, home) : endSilence(end, home)),
      ({ silence: { id, until } }) => ({ silence: id, until }),
    )
    if (isJson(options)) writeJson(context, answer)
    else writeLines(context, [visibleText(answer.message), `Its id is ${answer.silence.id}.`])
    return 0
  },
})

const HEADER = ['silence', 'of', 'until', 'state', 'why']

async function linesOf(silences: readonly ListedSilence[], columns: number | undefined): Promise<string[]> {
  if (silences.length === 0) return ['There are no silences.']
  const rows = silences.map(({ id, match, until, state, why }) => [id, matchText(match), until, state, why ?? ''])
  return await listWithHeader(HEADER, rows, columns)
}

function bothAsked(): UsageError {
  return new UsageError('end-and-more', `${optionName('end')} ends a silence; nothing else can be asked with it.`, {
    where: { option: 'end' },
    hint: 'Make the other silence with a command of its own.',
  })
}
