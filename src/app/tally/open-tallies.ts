// Opens what other machines have added up, as the source of a report. Tallies that both have the events of one log are refused.
import { closeSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { InputError, optionName, systemCode, systemReason, UsageError } from '../../base/errors.ts'
import { realPathOf } from '../../base/real-path.ts'
import { openRegular } from '../../base/regular-file.ts'
import { type AddedLog, fileOf } from '../../engine/tallies/added-log.ts'
import { findTwins } from '../../engine/tallies/beginnings.ts'
import { TalliesEngine } from '../../engine/tallies/tallies-engine.ts'
import { decodeTallyFile, type TallyContent } from '../../engine/tallies/tally-file.ts'
import { orderLogs } from '../../log/find-logs.ts'
import { expandGlob, isGlob } from '../../log/glob.ts'
import type { ReadSource } from '../../query/line-counts.ts'
import type { AnswerSource } from '../report/answer-source.ts'
import type { FoundSummary } from '../report/find-summaries.ts'

const OPTION = 'fromTallies'

interface ReadTally extends TallyContent<FoundSummary> {
  readonly path: string
}

export function openTallies(patterns: readonly string[], cwd: string): AnswerSource {
  const tallies = findTallies(patterns, cwd).map(readTally)
  refuseTwins(tallies, path => relative(cwd, path))
  const logs = new Map<string, AddedLog>()
  for (const { path, logs: own } of tallies) for (const log of own) logs.set(fileOf(path, log).path, log)
  const files = orderLogs(tallies.flatMap(({ path, logs: own }) => own.map(log => fileOf(path, log))))
  const failures = tallies.flatMap(tally => tally.failures)
  const warnings = [...new Set(tallies.flatMap(tally => tally.warnings))]
  const summaries = tallies.flatMap(({ path, summaries: own }) =>
    own.map(summary => ({ ...summary, log: `${path}/${summary.log}` })),
  )
  return {
    engine: new TalliesEngine(logs),
    opened: { files, failures, sources: joinSources(tallies), warnings },
    removed: { summaries, counted: new Map(), failures: [] },
  }
}

function findTallies(patterns: readonly string[], cwd: string): string[] {
  const paths = patterns.flatMap(pattern => {
    const found = isGlob(pattern) ? expandGlob(pattern, cwd, OPTION) : [resolve(cwd, pattern)]
    if (found.length > 0) return found
    throw new InputError('no-such-tallies', `There are no tallies at ${resolve(cwd, pattern)}.`, {
      where: { option: OPTION },
      hint: `Make them with "usagebook tally export", and name them with ${optionName(OPTION)} FILE.`,
    })
  })
  return [...new Set(paths.map(realPathOf))].sort()
}

function readTally(path: string): ReadTally {
  const content = decodeTallyFile<FoundSummary>(readBytes(path))
  if (content !== undefined) return { ...content, path }
  throw new InputError('bad-tally', `${path} is no tally of this version of usagebook, or is damaged.`, {
    where: { option: OPTION, file: path },
    hint: 'Make it again with "usagebook tally export", and copy it as a binary file.',
  })
}

function readBytes(path: string): Buffer {
  try {
    const descriptor = openRegular(path)
    try {
      return readFileSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    throw new InputError('tally-unreadable', `The tally ${path} cannot be read: ${systemReason(error)}.`, {
      where: { option: OPTION, file: path },
      hint: 'Check the path and its permissions.',
      cause: error,
    })
  }
}

// What was removed from a log is known by its digest.
function refuseTwins(tallies: readonly ReadTally[], nameOf: (path: string) => string): void {
  const twins = findTwins(
    tallies.map(({ path, logs, summaries }) => ({
      source: path,
      logs: [...logs, ...summaries.map(({ removed }) => ({ name: removed.log, beginnings: [removed.sha256] }))],
    })),
  )
  if (twins === undefined) return
  const [one, other] = twins.sources.map(nameOf)
  throw new UsageError('tallies-overlap', `${one} and ${other} both have the events of ${twins.log.name}.`, {
    where: { option: OPTION },
    hint: 'Leave one of them out, or its events count twice; of two tallies of one log the later one has more.',
  })
}

function joinSources(tallies: readonly ReadTally[]): readonly ReadSource[] | undefined {
  const sources = tallies.flatMap(tally => tally.sources ?? [])
  return sources.length === 0 ? undefined : sources
}
