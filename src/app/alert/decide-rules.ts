// Decides what is to be told of the rules of a check: new alerts, reminders and ends, to whom, and what is left untold because
// of a silence.
import type { AlertPlan, Rule } from '../../alert/alert-rules.ts'
import type { AlertState, GroupState, RuleState } from '../../alert/alert-state.ts'
import { reminderDue } from '../../alert/episode.ts'
import {
  evaluateRule,
  type GroupTransition,
  lookbackMs,
  type Seen,
  type Vanished,
  vanishedOf,
} from '../../alert/evaluate-rule.ts'
import { groupPoints, keyOfLabels, type PointGroup } from '../../alert/group.ts'
import { windowAt } from '../../alert/signal.ts'
import { silenceOf } from '../../alert/silence.ts'
import type { Zone } from '../../base/zone.ts'
import type { Message, MessageKind } from '../../notify/message.ts'
import { pageOf, viewOf } from './alert-view.ts'
import { episodeName, joinedMessage, ruleMessage } from './rule-messages.ts'

export interface Letter {
  readonly message: Message
  readonly targets: readonly string[]
}

export interface DecidedRule {
  readonly rule: Rule
  /** What the check leaves; the old one where the rule was not evaluated. */
  readonly state: RuleState | undefined
  readonly transitions: readonly GroupTransition[]
  readonly letters: readonly Letter[]
  readonly vanished: Vanished | undefined
  readonly silenced: number
  /** Whether there was anything to judge in what the rule looks at now. */
  readonly hasData: boolean
}

/** So many new alerts of one rule are told one by one; more have one cause, and are told together. */
const MOST_APART = 3

export function decideRule(rule: Rule, before: AlertState, seen: Seen, plan: AlertPlan, zone: Zone): DecidedRule {
  const known = before.rules[rule.name]
  const vanished = vanishedOf(known, seen)
  const start = vanished === undefined ? known : beyondVanished(known!, rule, seen)
  if (vanished !== undefined && start === undefined)
    return { rule, state: known, transitions: [], letters: [], vanished, silenced: 0, hasData: false }
  if (start === undefined && seen.lastEvent === null)
    return { rule, state: undefined, transitions: [], letters: [], vanished: undefined, silenced: 0, hasData: false }
  const { state, transitions } = evaluateRule(rule, start, seen)
  const groups = groupPoints(seen.points, rule)
  const decision = new Decision(rule, plan, groups, zone, seen.now)
  const groupsNow = decision.decide(known?.groups ?? [], state.groups, transitions)
  const { letters, silenced } = decision
  const hasData = seen.points.some(({ at }) => at > seen.now - lookbackMs(rule))
  return { rule, state: { ...state, groups: groupsNow }, transitions, letters, vanished: undefined, silenced, hasData }
}

// Once events come for which what has vanished does not matter any more, the rule is looked at again.
function beyondVanished(known: RuleState, rule: Rule, { lastEvent }: Seen): RuleState | undefined {
  const again = known.evaluatedTo + lookbackMs(rule)
  if (lastEvent === null || lastEvent <= again) return undefined
  return { ...known, evaluatedTo: again }
}

class Decision {
  readonly letters: Letter[] = []
  silenced = 0
  private readonly rule: Rule
  private readonly plan: AlertPlan
  private readonly groups: ReadonlyMap<string, PointGroup>
  private readonly zone: Zone
  private readonly now: number

  constructor(rule: Rule, plan: AlertPlan, groups: ReadonlyMap<string, PointGroup>, zone: Zone, now: number) {
    this.rule = rule
    this.plan = plan
    this.groups = groups
    this.zone = zone
    this.now = now
  }

  /** The groups as they are now, with what is told of them. */
  decide(
    before: readonly GroupState[],
    now: readonly GroupState[],
    transitions: readonly GroupTransition[],
  ): GroupState[] {
    const firings = transitions.filter(({ to, firedAt, at }) => to === 'firing' && at === firedAt)
    const alerts = new Map([...firings, ...now.filter(isUntold)].map(alert => [nameOf(alert), alert]))
    const stillThere = new Set(now.map(nameOf))
    const fresh = [...alerts].filter(([name, alert]) => this.isTold(alert, stillThere.has(name)))
    const groups = new Set(fresh.map(([, { labels }]) => keyOfLabels(labels)))
    const joined = groups.size > MOST_APART ? `${episodeName(fresh[0]![1].firedAt!)}+${fresh.length}` : undefined
    const messages = fresh.map(([, alert]) => ({
      message: this.message('fire', alert, episodeName(alert.firedAt!), '', alert.firedAt!),
      badness: this.badnessOf(alert, alert.firedAt!),
    }))
    if (joined === undefined) for (const { message } of messages) this.tell(message)
    else this.tell(joinedMessage(messages, this.rule, 'fire', joined))
    const told = new Map<string, GroupState['told']>(before.map(group => [nameOf(group), group.told]))
    const from = fresh.reduce((first, [, { firedAt }]) => Math.min(first, firedAt!), Number.POSITIVE_INFINITY)
    for (const [name, { labels, firedAt }] of fresh) {
      const own =
        joined === undefined ? { episode: episodeName(firedAt!), labels } : { episode: joined, labels: {}, from }
      told.set(name, { ...own, targets: [...this.rule.to] })
    }
    const after = now.map(group => ({
      ...{ ...group, told: told.get(nameOf(group)) ?? null },
      ...this.factsOf(group, before, firings),
    }))
    const reminded = this.remind(after)
    this.tellEnds(transitions, told, reminded)
    return reminded
  }

  // Kept from when it fired: later, its events may be further back than anybody looks.
  private factsOf(
    group: GroupState,
    before: readonly GroupState[],
    firings: readonly GroupTransition[],
  ): Pick<GroupState, 'facts'> {
    const known = before.find(one => nameOf(one) === nameOf(group))?.facts
    if (known !== undefined) return { facts: known }
    if (group.firedAt === null || !firings.some(one => nameOf(one) === nameOf(group))) return {}
    const message = this.message('fire', group, episodeName(group.firedAt), '', group.firedAt)
    const { value, limit, window, causes, next } = message
    const page = pageOf(viewOf(this.rule, group.labels, group.firedAt))
    return { facts: { ...{ value, limit, window, next, page }, causes: causes.map(cause => ({ ...cause })) } }
  }

  // Several that were told together have ended when the last of them has.
  private tellEnds(
    transitions: readonly GroupTransition[],
    told: ReadonlyMap<string, GroupState['told']>,
    after: readonly GroupState[],
  ): void {
    const open = new Set(after.flatMap(group => (group.told === null ? [] : [toldName(group.told)])))
    for (const transition of transitions) {
      const whom = transition.to === 'ok' ? told.get(nameOf(transition)) : undefined
      if (whom === undefined || whom === null || open.has(toldName(whom))) continue
      open.add(toldName(whom))
      this.tell(
        this.message('resolve', { ...transition, labels: whom.labels }, whom.episode, '', transition.at),
        whom.targets,
      )
    }
  }

  // What fired in a silence and still fires after it is told then.
  private isTold({ labels, firedAt }: Alert, isStillThere: boolean): boolean {
    const { name, severity } = this.rule
    const silence = silenceOf(this.plan.silences, { rule: name, severity, labels }, firedAt!)
    if (silence === undefined || (isStillThere && this.now >= silence.until)) return true
    this.silenced++
    return false
  }

  // Of those that were told together one message reminds, of all that still fire.
  private remind(groups: readonly GroupState[]): GroupState[] {
    const due = new Map<string, DueReminder[]>()
    for (const group of groups) {
      const reminder = this.dueOf(group)
      if (reminder === undefined) continue
      const name = toldName(reminder.told)
      due.set(name, [...(due.get(name) ?? []), reminder])
    }
    for (const together of due.values()) {
      const { told, number } = together[0]!
      const messages = together.map(({ group, at }) => ({
        message: this.message('remind', group, told.episode, String(number), at),
        badness: this.badnessOf(group, at),
      }))
      const message =
        messages.length > 1 ? joinedMessage(messages, this.rule, 'remind', told.episode) : messages[0]!.message
      this.tell({ ...message, labels: told.labels }, told.targets)
    }
    return groups.map(group => {
      const [first] = (group.told !== null && due.get(toldName(group.told))) || []
      return first === undefined ? group : { ...group, reminded: first.number }
    })
  }

  private dueOf(group: GroupState): DueReminder | undefined {
    const { told, labels, phase, reminded } = group
    const firedAt = told?.from ?? group.firedAt
    const due = reminderDue({ phase, firedAt }, this.rule, this.now)
    if (due === undefined || told === null || due.number <= reminded) return undefined
    const { name, severity } = this.rule
    if (silenceOf(this.plan.silences, { rule: name, severity, labels }, this.now) === undefined)
      return { ...due, group, told }
    this.silenced++
    return undefined
  }

  private badnessOf({ labels }: Alert, at: number): number {
    const points = this.groups.get(keyOfLabels(labels))?.points ?? []
    return windowAt(points, this.rule.overMs, at).window.badness(this.rule.when)
  }

  private message(kind: MessageKind, { labels, began }: Alert, episode: string, period: string, at: number): Message {
    const points = this.groups.get(keyOfLabels(labels))?.points ?? []
    return ruleMessage({ kind, rule: this.rule, labels, episode, period, began, at, points, zone: this.zone })
  }

  private tell(message: Message, targets: readonly string[] = this.rule.to): void {
    this.letters.push({ message, targets })
  }
}

interface DueReminder {
  readonly group: GroupState
  readonly told: NonNullable<GroupState['told']>
  readonly number: number
  readonly at: number
}

type Alert = Pick<GroupState, 'labels' | 'began' | 'firedAt'>

function nameOf({ labels, firedAt }: Pick<Alert, 'labels' | 'firedAt'>): string {
  return `${keyOfLabels(labels)} ${firedAt}`
}

function toldName({ labels, episode }: NonNullable<GroupState['told']>): string {
  return `${keyOfLabels(labels)} ${episode}`
}

function isUntold({ phase, told, firedAt }: GroupState): boolean {
  return firedAt !== null && told === null && (phase === 'firing' || phase === 'recovering')
}
