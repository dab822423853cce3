// The answer of a check for a program.
import type { GroupState } from '../../alert/alert-state.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import type { Instant } from '../../base/zone.ts'
import { standingDocument } from './budgets.ts'
import type { DecidedRule } from './decide-rules.ts'
import type { DecidedUnusual } from './decide-unusual.ts'
import { type CheckAnswer, exitCodeOf } from './run-check.ts'

export type RuleStatus = 'ok' | 'pending' | 'firing' | 'recovering' | 'no-data' | 'error'

export function answerDocument(answer: CheckAnswer) {
  const isRead = answer.failures.length === 0
  return {
    now: formatInstantUtc(answer.now),
    dryRun: answer.isDryRun,
    exitCode: exitCodeOf(answer),
    evaluated: isRead,
    messages: answer.letters.map(({ message, targets }) => ({ ...message, targets })),
    rules: [
      ...answer.rules.map(one => ({
        name: one.rule.name,
        when: one.rule.when.text,
        builtIn: one.rule.isBuiltIn,
        state: isRead ? statusOf(one) : 'error',
        silenced: one.silenced,
        alerts: (one.state?.groups ?? []).map(alertDocument),
        ...(one.vanished === undefined ? {} : { vanishedEvents: one.vanished.before - one.vanished.now }),
      })),
      ...answer.unusual.map(one => unusualDocument(one, isRead)),
    ],
    budgets: answer.budgets.map(({ standing }) => standingDocument(standing)),
    notEvaluated: answer.failures,
    undelivered: answer.undelivered.map(({ nextAt, ...one }) => ({
      ...one,
      nextAt: nextAt === null ? null : formatInstantUtc(nextAt),
    })),
    failedChecks: answer.refusals.map(({ why }) => why),
  }
}

// Days are told one by one, and none goes on.
function unusualDocument({ rule, marks, silenced, hasData }: DecidedUnusual, isRead: boolean) {
  return {
    ...{ name: rule.name, when: rule.when.text, builtIn: rule.isBuiltIn },
    state: !isRead ? 'error' : marks.length > 0 ? 'firing' : hasData ? 'ok' : 'no-data',
    ...{ silenced, alerts: [] },
  }
}

export function alertDocument({ labels, phase, since, began, firedAt, told, facts }: GroupState) {
  const text = (at: number) => formatInstantUtc(at as Instant)
  return {
    labels,
    state: phase,
    since: text(since),
    began: text(began),
    firedAt: firedAt === null ? null : text(firedAt),
    told: told?.targets ?? null,
    value: facts?.value ?? null,
    limit: facts?.limit ?? null,
    window: facts?.window ?? null,
    causes: facts?.causes ?? [],
    next: facts?.next ?? null,
    page: facts?.page ?? null,
  }
}

const ORDER: readonly RuleStatus[] = ['firing', 'recovering', 'pending']

/** The worst state of the alerts of a rule. */
export function statusOf({
  state,
  vanished,
  hasData,
}: Pick<DecidedRule, 'state' | 'vanished' | 'hasData'>): RuleStatus {
  if (vanished !== undefined) return 'error'
  const phases = new Set<RuleStatus>((state?.groups ?? []).map(({ phase }) => phase))
  return ORDER.find(phase => phases.has(phase)) ?? (hasData ? 'ok' : 'no-data')
}
