// Silences: alerts that are not told for a while. They are kept in alerts.json, whose other lines stay as people wrote them.
import { join } from 'node:path'
import type { AlertPlan, Silence } from '../../alert/alert-rules.ts'
import { SILENCED_BY } from '../../alert/alert-schema.ts'
import { silenceId } from '../../alert/silence-id.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import { durationMs } from '../../base/duration.ts'
import { InputError, optionName, systemCode, systemReason, UsagebookError, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import { instantOfTime, parseTimeText } from '../../base/parse-time.ts'
import { fitsWildcard } from '../../base/wildcard.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import { writeFolderEntries, writeOverFile } from '../../durable/durable-file.ts'
import { type Locked, withLock } from '../../durable/lock.ts'
import { makeStateFolder, stateFolderOf } from '../../durable/state-folder.ts'
import { removeFromJson, setInJson } from '../../profile/edit-json.ts'
import type { Scope } from '../../query/scope.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'
import { parseAlerts, readAlertFile, readAlertPlan } from './read-plan.ts'
import { isSeenSilence, seenPlan } from './seen-alerts.ts'

export interface ListedSilence {
  readonly id: string
  readonly match: Readonly<Record<string, string>>
  /** An instant. */
  readonly until: string
  readonly why: string | null
  readonly state: 'active' | 'over'
}

export interface SilenceAnswer {
  readonly status: 'success'
  readonly message: string
  readonly silence: ListedSilence
}

export interface AskedSilence {
  readonly match: Readonly<Record<string, string>>
  /** A day, an instant, or how long from now. */
  readonly until: string | undefined
  readonly why?: string | undefined
}

export interface SilenceHome {
  readonly root: string
  readonly host: Pick<Host, 'hostName' | 'now'>
  /** That of the workspace, in which days begin. */
  readonly zone: Zone
  /** What whoever asks may see; all where it is absent. Nobody silences what is about others. */
  readonly scope?: Scope | undefined
  note(text: string): void
}

const LOCKED: Locked = { busyCode: 'alerts-file-busy', words: 'The lines of alerts.json' }

export function listSilences({ silences }: AlertPlan, now: Instant): ListedSilence[] {
  return silences.map(silence => listed(silence, now))
}

/** One with the same match has its end moved, and keeps its reason where no other is given. */
export async function addSilence(asked: AskedSilence, home: SilenceHome): Promise<SilenceAnswer> {
  const now = home.host.now()
  const until = untilOf(asked.until, home, now)
  const { match } = asked
  return await editAlerts(home, (text, plan) => {
    refuseMatch(match, plan, home.scope)
    const why = asked.why ?? plan.silences.find(({ id }) => id === silenceId(match))?.why ?? undefined
    const silence = { match, until: until.text, ...(why === undefined ? {} : { why }) }
    const same = plan.silences.flatMap(({ id }, index) => (id === silenceId(match) ? [index] : []))
    const path = ['silences', same[0] ?? plan.silences.length]
    const only = same.slice(1).reverse()
    const others = only.reduce((edited, index) => removeFromJson(edited, ['silences', index]), text)
    const made: Silence = { id: silenceId(match), match, until: until.at, why: why ?? null }
    const words = same.length === 0 ? 'is silent' : 'is silent now'
    return {
      text: setSilence(others, path, silence),
      answer: answerOf(made, now, `What fits ${matchText(match)} ${words} until ${formatInstantUtc(until.at)}.`),
    }
  })
}

/** It ends now. What fired in it and still fires is told by the next check. */
export async function endSilence(id: string, home: SilenceHome): Promise<SilenceAnswer> {
  const now = home.host.now()
  return await editAlerts(home, (text, plan) => {
    const same = plan.silences.filter(one => one.id === id && isSeenSilence(home.scope, one))
    const silence = same.find(({ until }) => until > now) ?? same[0]
    if (silence === undefined) throw unknownSilence(id)
    const what = `The silence of ${matchText(silence.match)}`
    const ended = plan.silences.reduce(
      (edited, one, index) =>
        one.id === id && one.until > now
          ? setInJson(edited, ['silences', index, 'until'], JSON.stringify(formatInstantUtc(now)))
          : edited,
      text,
    )
    if (ended === text) return { text, answer: answerOf(silence, now, `${what} is over already.`) }
    return { text: ended, answer: answerOf({ ...silence, until: now }, now, `${what} is ended.`) }
  })
}

/** FIELD=PATTERN as somebody types them. */
export function parseMatch(texts: readonly string[]): Record<string, string> {
  const pairs = texts.map(text => {
    const at = text.indexOf('=')
    if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()] as const
    throw new UsageError('bad-match', `${JSON.stringify(text)} is no FIELD=PATTERN.`, {
      where: { option: 'match' },
      hint: 'Write the field, "=" and a pattern, such as client=test-*.',
    })
  })
  const fields = pairs.map(([field]) => field)
  const twice = fields.find((field, index) => fields.indexOf(field) !== index)
  if (twice === undefined) return Object.fromEntries(pairs)
  throw new UsageError('bad-match', `${twice} is given twice, and an alert has it once.`, {
    where: { option: 'match' },
    hint: 'Use a pattern with *, or make two silences.',
  })
}

/** `client test-*, rule errors` */
export function matchText(match: Readonly<Record<string, string>>): string {
  return Object.entries(match)
    .map(([field, pattern]) => `${field} ${pattern}`)
    .join(', ')
}

function listed({ id, match, until, why }: Silence, now: Instant): ListedSilence {
  return { id, match, until: formatInstantUtc(until as Instant), why, state: now < until ? 'active' : 'over' }
}

function answerOf(silence: Silence, now: Instant, message: string): SilenceAnswer {
  return { status: 'success', message, silence: listed(silence, now) }
}

/** Writes alerts.json anew while nobody else does. */
async function editAlerts<Answer>(
  { root, host, zone, note }: SilenceHome,
  edit: (text: string, plan: AlertPlan) => { readonly text: string; readonly answer: Answer },
): Promise<Answer> {
  const folder = stateFolderOf(root)
  const work = () => {
    const { path, text = '{\n}\n' } = readAlertFile(root)
    const mark = text.startsWith('\ufeff') ? '\ufeff' : ''
    const edited = edit(text.slice(mark.length), readAlertPlan(root, zone))
    const next = `${mark}${edited.text}`
    if (next !== text) {
      // What could not be read back would stop every check.
      parseAlerts(next, path)
      writeOverFile(path, next)
      writeFolderEntries(root)
    }
    return edited.answer
  }
  try {
    makeStateFolder(folder)
    const owner = { ...ownerOf(host), note }
    return await withLock(join(folder, '.alerts-file-lock'), owner, work, { what: LOCKED })
  } catch (error) {
    if (error instanceof UsagebookError || systemCode(error) === undefined) throw error
    throw new InputError('alerts-file-not-writable', `alerts.json cannot be written: ${systemReason(error)}.`, {
      where: { file: (error as NodeJS.ErrnoException).path ?? root },
      hint: `Make ${root} writable, and check that the disk has free space.`,
      cause: error,
    })
  }
}

function setSilence(text: string, path: readonly (string | number)[], silence: object): string {
  const isFirst = path[1] === 0 && !Object.hasOwn(JSON.parse(text) as object, 'silences')
  return isFirst
    ? setInJson(text, ['silences'], JSON.stringify([silence]))
    : setInJson(text, path, JSON.stringify(silence))
}

function untilOf(text: string | undefined, { zone }: SilenceHome, now: Instant): { text: string; at: Instant } {
  const hint = 'Write how long, such as 2h or 3d, or a day or an instant at which it ends.'
  if (text === undefined) {
    throw new UsageError('no-until', 'It is not said how long the silence lasts.', {
      where: { option: 'until' },
      hint: `Say it with ${optionName('until')}, such as 2h, 3d or 2026-03-01.`,
    })
  }
  const refuse = (why: string) =>
    new UsageError('bad-until', `${optionName('until')} ${JSON.stringify(text)}: ${why}.`, {
      where: { option: 'until' },
      hint,
    })
  const lengthMs = durationMs(text)
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? parseTimeText(text) : undefined
  if (lengthMs === undefined && time === undefined) throw refuse('neither a length of time nor a day')
  const at = time === undefined ? ((now + lengthMs!) as Instant) : instantOfTime(time, { zone, logZone: zone })
  if (at <= now) throw refuse('that is over already')
  return { text: time === undefined ? formatInstantUtc(at) : text, at }
}

// A silence of nothing would be noticed when somebody is woken up.
function refuseMatch(match: AskedSilence['match'], plan: AlertPlan, scope: Scope | undefined): void {
  const fields = Object.keys(match)
  if (fields.length === 0) throw badMatch('nothing is named', 'Name what is not to be told, such as client=test-*.')
  for (const field of fields) {
    if ((SILENCED_BY as readonly string[]).includes(field)) continue
    const near = nearestNames(field, SILENCED_BY, 1)[0]
    throw badMatch(`${JSON.stringify(field)} is nothing that alerts have`, `Use ${near ?? SILENCED_BY.join(', ')}.`)
  }
  if (Object.values(match).includes('')) throw badMatch('a pattern is empty', 'Write a name, with * as wildcard.')
  if (!isSeenSilence(scope, { match }))
    throw badMatch('it would be about others than those that you may see', 'Name one of them, as client=NAME.')
  const seen = seenPlan(plan, scope)
  const builtIn = plan.rules.filter(({ isBuiltIn }) => isBuiltIn)
  const names = [...builtIn, ...seen.rules, ...seen.budgets].map(({ name }) => name)
  const { rule } = match
  if (rule === undefined || names.some(name => fitsWildcard(rule, name))) return
  const near = nearestNames(rule, names, 1)[0]
  throw badMatch(
    `no rule and no budget is called ${JSON.stringify(rule)}`,
    near === undefined ? 'See "usagebook alert list".' : `Use ${near}.`,
  )
}

function badMatch(why: string, hint: string): UsageError {
  return new UsageError('bad-match', `The silence cannot be made: ${why}.`, { where: { option: 'match' }, hint })
}

function unknownSilence(id: string): UsageError {
  return new UsageError('unknown-silence', `There is no silence ${JSON.stringify(id)}.`, {
    hint: 'See "usagebook alert silence".',
  })
}
