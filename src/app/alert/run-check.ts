// One check: what has become of rules and budgets since the last one, and who is told. What is decided is in the state before
// it is in the outbox, and in the outbox before the state says that it was told. So a kill at any moment loses nothing, and the
// next check puts the same messages under the same ids.
import type { AlertPlan } from '../../alert/alert-rules.ts'
import type { AlertState, RuleState } from '../../alert/alert-state.ts'
import { type AlertHome, type NewLine, readAlertState, withAlerts } from '../../alert/alert-store.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import { addAll } from '../../base/lists.ts'
import { DAY_MS, type Instant } from '../../base/zone.ts'
import type { Failure } from '../../query/ledger.ts'
import { ownerOf } from '../profile/home.ts'
import { type AskedChecks, checksThatFail, type Refusal } from '../request/checks.ts'
import { zoneOf } from '../request/log-request.ts'
import type { AlertAsking } from './ask-cost.ts'
import { type DecidedBudget, decideBudget } from './decide-budgets.ts'
import { type DecidedRule, decideRule, type Letter } from './decide-rules.ts'
import { type DecidedUnusual, decideUnusual } from './decide-unusual.ts'
import type { Undelivered } from './deliver.ts'
import { type Look, lookAt } from './look.ts'
import { deliverMessages } from './messages.ts'
import { outboxOf } from './outbox-of.ts'
import { refuseUnknownNames } from './read-plan.ts'
import { episodeName } from './rule-messages.ts'

export interface CheckRequest {
  readonly plan: AlertPlan
  /** Names of rules and budgets; all where there are none. */
  readonly names: readonly string[]
  readonly isDryRun: boolean
  readonly checks: AskedChecks
  readonly asking: AlertAsking
  note?(text: string): void
  /** See AlertHome. */
  step?(name: string): void
}

export interface CheckAnswer {
  readonly now: Instant
  readonly rules: readonly DecidedRule[]
  /** Of the rules about days out of the ordinary. */
  readonly unusual: readonly DecidedUnusual[]
  readonly budgets: readonly DecidedBudget[]
  /** What was decided to be told. */
  readonly letters: readonly Letter[]
  /** What could not be read: then nothing was evaluated. */
  readonly failures: readonly Failure[]
  readonly undelivered: readonly Undelivered[]
  readonly refusals: readonly Refusal[]
  readonly isDryRun: boolean
}

type Decided = Omit<CheckAnswer, 'undelivered' | 'isDryRun' | 'now'> & {
  readonly next: NextState
  readonly lines: readonly NewLine[]
}
type AllDecided = Pick<CheckAnswer, 'rules' | 'unusual' | 'budgets'>
type NextState = Pick<AlertState, 'rules' | 'marks' | 'toTell'>

export async function runCheck(request: CheckRequest): Promise<CheckAnswer> {
  const { plan, asking, isDryRun } = request
  refuseUnknownNames(request.names, plan)
  const { host, workspace } = asking
  const { root } = workspace
  const now = host.now()
  if (isDryRun) {
    const decided = await decide(request, readAlertState(root))
    return { ...decided, now, undelivered: [], isDryRun }
  }
  const home: AlertHome = {
    ...{ root, ...ownerOf(host), now: () => now },
    ...(request.note === undefined ? {} : { note: request.note }),
    ...(request.step === undefined ? {} : { step: request.step }),
  }
  const decided = await withAlerts(home, async store => {
    // What a check that was killed has decided.
    if (store.state.toTell.length > 0) {
      putAll(store.state.toTell, root, home)
      store.write({ ...store.state, toTell: [] }, [])
    }
    const answer = await decide(request, store.state)
    if (answer.failures.length > 0) return answer
    store.write(answer.next, answer.lines)
    if (answer.letters.length > 0) {
      putAll(answer.letters, root, home)
      home.step?.('say that it is told')
      store.write({ ...answer.next, toTell: [] }, [])
    }
    return answer
  })
  const { undelivered } = await deliverMessages(workspace, host, text => request.note?.(text))
  return { ...decided, now, undelivered, isDryRun }
}

function putAll(letters: AlertState['toTell'] | readonly Letter[], root: string, home: AlertHome): void {
  const outbox = outboxOf(root)
  for (const { message, targets } of letters) {
    for (const target of targets) {
      home.step?.('put a message into the outbox')
      outbox.put(message as Letter['message'], target)
    }
  }
}

async function decide(request: CheckRequest, before: AlertState): Promise<Decided> {
  const { plan, names, asking, checks } = request
  const isWanted = ({ name }: { readonly name: string }) => names.length === 0 || names.includes(name)
  const zone = zoneOf(asking.options.timezone ?? asking.host.timezone(), 'timezone')
  const watched = plan.rules.filter(rule => isWanted(rule) && rule.when.metric !== 'unusual_cost')
  const look = watched.length === 0 ? undefined : await lookAt(watched, before, asking)
  const failures = [...(look?.failures ?? [])]
  const rules = look === undefined ? [] : watched.map(rule => decideRule(rule, before, look, plan, zone))
  const budgets: DecidedBudget[] = []
  for (const budget of plan.budgets.filter(isWanted)) budgets.push(await decideBudget(budget, before, plan, asking))
  const unusual: DecidedUnusual[] = []
  for (const rule of plan.rules.filter(rule => isWanted(rule) && rule.when.metric === 'unusual_cost'))
    unusual.push(await decideUnusual(rule, before, plan, zone, asking))
  for (const one of [...unusual, ...budgets]) addAll(failures, one.failures)
  const letters = [...rules, ...unusual, ...budgets].flatMap(one => one.letters)
  const refusals = look === undefined ? [] : refusalsOf(look, checks)
  const asked = { rules, unusual, budgets, failures: distinct(failures), refusals }
  if (failures.length > 0) return { ...asked, letters: [], next: before, lines: [] }
  return {
    ...asked,
    letters,
    next: nextState(before, plan, { rules, unusual, budgets }, letters, asking.host.now()),
    lines: linesOf({ rules, unusual, budgets }),
  }
}

function refusalsOf({ read, rejected }: Look, checks: AskedChecks): Refusal[] {
  const ledger = { read, rejected, used: read - rejected }
  return checksThatFail({ ledger, unpricedAnalyses: 0 }, checks)
}

/** Marks of periods that ended so long ago are forgotten. */
const MARKS_KEPT_MS = 800 * DAY_MS

function nextState(
  before: AlertState,
  plan: AlertPlan,
  { rules, unusual, budgets }: AllDecided,
  letters: readonly Letter[],
  now: number,
): NextState {
  const known = new Set([...plan.rules, ...plan.budgets].map(({ name }) => name))
  const states = new Map<string, RuleState>(Object.entries(before.rules).filter(([name]) => known.has(name)))
  for (const { rule, state } of rules) if (state !== undefined) states.set(rule.name, state)
  for (const { name } of [...budgets.map(({ budget }) => budget), ...unusual.map(({ rule }) => rule)]) {
    states.set(name, { evaluatedTo: now, lastEvent: null, seen: { from: now, events: 0 }, groups: [] })
  }
  const marks = [
    ...before.marks.filter(({ at }) => at > now - MARKS_KEPT_MS),
    ...[...unusual, ...budgets].flatMap(one => one.marks),
  ]
  const toTell = letters.map(({ message, targets }) => ({
    message: { ...message, labels: { ...message.labels }, causes: message.causes.map(cause => ({ ...cause })) },
    targets: [...targets],
  }))
  return { rules: Object.fromEntries(states), marks, toTell: toTell as AlertState['toTell'] }
}

function linesOf({ rules, unusual, budgets }: AllDecided): NewLine[] {
  const ofRules = rules.flatMap(({ rule, transitions }) =>
    transitions.map(({ labels, to, at, firedAt }) => ({
      ...{ rule: rule.name, labels: { ...labels }, to, since: formatInstantUtc(at as Instant) },
      episode: firedAt === null ? null : episodeName(firedAt),
    })),
  )
  const ofBudgets = budgets.flatMap(({ marks, standing }) =>
    marks.map(({ rule, labels, period, mark }) => ({
      ...{
        rule,
        labels,
        to: mark === 'forecast' ? mark : `${mark} %`,
        since: formatInstantUtc(standing.period.from),
        episode: period,
      },
    })),
  )
  const ofDays = unusual.flatMap(({ marks }) =>
    marks.map(({ rule, labels, period, mark }) => ({ rule, labels, to: mark, since: period, episode: period })),
  )
  return [...ofRules, ...ofDays, ...ofBudgets]
}

function distinct(failures: readonly Failure[]): Failure[] {
  return [...new Map(failures.map(failure => [`${failure.file}\n${failure.message}`, failure])).values()]
}

/** The exit code of a check: what could not be evaluated or delivered outranks what fired. */
export function exitCodeOf({ failures, undelivered, rules, letters, refusals }: CheckAnswer): 0 | 1 | 3 | 5 {
  if (failures.length > 0 || undelivered.length > 0 || rules.some(({ vanished }) => vanished !== undefined)) return 1
  if (letters.some(({ message }) => message.kind !== 'resolve')) return 5
  return refusals.length > 0 ? 3 : 0
}
