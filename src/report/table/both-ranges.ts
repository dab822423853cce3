// The range of a report and the one that it is compared with, side by side.
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import { changeOf, ratio } from '../group/change.ts'
import type { Group, Groups } from '../group/group.ts'
import { type RollUp, rollUp, totalOf } from '../group/roll-up.ts'
import type { Cell, ColumnKind, Headline } from '../model/report.ts'
import type { Answers, ReportInput } from '../model/report-definition.ts'
import type { TableOptions } from './table-spec.ts'

/** Of the range, and of the one before or null. */
export type Both<T> = readonly [T, T | null]

export function bothRanges<T>({ answers, before }: ReportInput, make: (answers: Answers) => T): Both<T> {
  return [make(answers), before === null ? null : make(before)]
}

export function tableOf(answers: Answers, question: string, groupBy: string): TallyGroups {
  return answers.byName.get(question)!.tables.get(groupBy)!
}

export function rollUpBoth(input: ReportInput, question: string, groupBy: string, how: RollUp): Both<Groups> {
  return bothRanges(input, answers => rollUp(tableOf(answers, question, groupBy), how))
}

export function totalsOf(
  input: ReportInput,
  question: string,
  groupBy: string,
  how: Omit<RollUp, 'by'> = {},
): Both<Group> {
  return bothRanges(input, answers => totalOf(tableOf(answers, question, groupBy), how))
}

export function tableOptions({ top, sort, before }: ReportInput): TableOptions {
  return { top, sort, hasComparison: before !== null }
}

/** A number first to be seen, with its change where there is something to compare it with. */
export function headline(label: string, kind: ColumnKind, value: Cell, before?: number | bigint | null): Headline {
  const isNothing = Number(before ?? 0) === 0 && Number(value ?? 0) === 0
  if (before === undefined || before === null || isNothing) return { label, kind, value }
  return { label, kind, value, change: changeOf(value as number | bigint, before) }
}

/** A sum of a total as a headline. */
export function sumHeadline(label: string, sum: string, [now, before]: Both<Group>): Headline {
  return headline(label, 'count', now.get(sum), before?.get(sum))
}

export function errorHeadline([now]: Both<Group>): Headline {
  return { label: 'errors', kind: 'share', value: ratio(now.get('errors'), now.get('analyses')) ?? 0 }
}

/** "1 user", "2 users". */
export function counted(count: number | bigint, name: string, plural = `${name}s`): string {
  return `${count} ${Number(count) === 1 ? name : plural}`
}
