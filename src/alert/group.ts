// The groups of a rule: the points that it is about, by the values of the fields that it makes alerts by.
import { compileTest } from '../query/condition.ts'
import type { Rule } from './alert-rules.ts'
import type { Point } from './window.ts'

export type Labels = Readonly<Record<string, string>>

export interface PointGroup {
  readonly labels: Labels
  /** In order of time. */
  readonly points: Point[]
}

const NONE = '(none)'

/** What names a group among those of its rule. */
export function keyOfLabels(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The groups of points that are in order of time. A rule without groups has one, also where there are no points. */
export function groupPoints(
  points: readonly Point[],
  { by, scope }: Pick<Rule, 'by' | 'scope'>,
): Map<string, PointGroup> {
  const tests = scope.map(({ field, test }) => ({ field, passes: compileTest(test) }))
  const groups = new Map<string, PointGroup>()
  if (by.length === 0) groups.set(keyOfLabels({}), { labels: {}, points: [] })
  for (const point of points) {
    if (!tests.every(({ field, passes }) => passes(point.labels[field] ?? undefined))) continue
    // What has no value cannot be told apart: a group of its own would name nothing that anybody could look at.
    const labels = Object.fromEntries(by.map(field => [field, point.labels[field] ?? NONE]))
    const key = keyOfLabels(labels)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { labels, points: [point] })
    else group.points.push(point)
  }
  return groups
}
