// Delivers what is due in the outbox. Several may do so at once: whoever holds the lock of a letter sends it, and who comes
// after finds it delivered. A process that is killed between the two leaves it to be sent once more, with the same id.
import { UsagebookError } from '../../base/errors.ts'
import { DAY_MS, type Instant } from '../../base/zone.ts'
import { type Locked, withLock } from '../../durable/lock.ts'
import type { MailSettings } from '../../notify/mail-settings.ts'
import { isSettled, type Letter, type Outbox, type Tries, UNTRIED } from '../../notify/outbox.ts'
import { isGivenUp, nextTry } from '../../notify/retry-times.ts'
import { sendLetter } from '../../notify/send-letter.ts'
import type { Failure, Sending } from '../../notify/sending.ts'
import type { Target } from '../../notify/targets.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'
import { outboxOf } from './outbox-of.ts'

export interface Delivery {
  readonly root: string
  readonly host: Pick<Host, 'hostName' | 'environment' | 'now' | 'machineNow'>
  /** By name, as in alerts.json. */
  readonly targets: Readonly<Record<string, Target>>
  /** `mail` of the configuration. */
  readonly mail: MailSettings | undefined
  note?(text: string): void
  /** From 0 to 1; left out but in tests. */
  random?(): number
}

/** A letter that has not arrived, and why. */
export interface Undelivered {
  readonly id: string
  readonly target: string
  readonly rule: string
  readonly title: string
  readonly state: 'waiting' | 'dead'
  readonly tries: number
  readonly problem: string
  /** When it is tried again; null if it is not. */
  readonly nextAt: Instant | null
}

export interface Delivered {
  /** How many letters arrived. */
  readonly delivered: number
  /** All that have not, those included that are tried later and those that were given up. */
  readonly undelivered: readonly Undelivered[]
}

export const OUTBOX_LOCKED: Locked = { busyCode: 'outbox-busy', words: 'The messages' }
const ORDER = ['fire', 'remind', 'resolve']

/** Sends what is due, the letters of one target one after the other, and says what has not arrived. */
export async function deliverDue(delivery: Delivery): Promise<Delivered> {
  const outbox = outboxOf(delivery.root)
  outbox.sweep(delivery.host.machineNow() - DAY_MS)
  const byTarget = new Map<string, Letter[]>()
  for (const letter of outbox.ids('waiting').map(outbox.letter)) {
    const letters = byTarget.get(letter.target)
    if (letters === undefined) byTarget.set(letter.target, [letter])
    else letters.push(letter)
  }
  const counts = await Promise.all([...byTarget.values()].map(letters => deliverTo(letters, outbox, delivery)))
  return { delivered: counts.reduce((sum, count) => sum + count, 0), undelivered: listUndelivered(outbox) }
}

/** What waits after a failure, or was given up. */
export function listUndelivered(outbox: Outbox): Undelivered[] {
  return [...outbox.ids('waiting'), ...outbox.ids('dead')].flatMap(id => {
    const { target, message } = outbox.letter(id)
    const { state, tries, problem, nextAt } = outbox.status(id)
    // Somebody else has delivered or dropped it meanwhile.
    if (isSettled(state)) return []
    const told = { id, target, rule: message.rule, title: message.title, state, tries }
    return [{ ...told, problem: problem ?? 'it has not been tried yet', nextAt: state === 'dead' ? null : nextAt }]
  })
}

async function deliverTo(letters: Letter[], outbox: Outbox, delivery: Delivery): Promise<number> {
  let delivered = 0
  let failed: NonNullable<Failure> | undefined = heldBack(letters, outbox, delivery.host.now())
  // Nobody is told of an end before its beginning.
  const held = new Set<string>()
  for (const letter of letters.sort(compareLetters)) {
    if (held.has(episodeOf(letter))) continue
    const outcome = await tryLetter(letter, failed, outbox, delivery)
    if (outcome === 'delivered') delivered++
    else if (outcome !== undefined) {
      held.add(episodeOf(letter))
      if (outcome.isOfTarget) failed = outcome
    }
  }
  return delivered
}

/** What the target has asked for before, where it is not over. */
function heldBack(letters: readonly Letter[], outbox: Outbox, now: Instant): NonNullable<Failure> | undefined {
  const holds = letters.map(({ id }) => outbox.status(id)).filter(({ holdUntil }) => (holdUntil ?? 0) > now)
  const longest = holds.sort((a, b) => b.holdUntil! - a.holdUntil!)[0]
  if (longest === undefined) return undefined
  return { problem: longest.problem!, isOfTarget: true, retryAfterMs: longest.holdUntil! - now }
}

/** Undefined where it is not to be sent, by now or yet. */
async function tryLetter(
  letter: Letter,
  failed: NonNullable<Failure> | undefined,
  outbox: Outbox,
  { root, host, targets, mail, note, random = Math.random }: Delivery,
): Promise<'delivered' | NonNullable<Failure> | undefined> {
  const owner = { ...ownerOf(host), ...(note === undefined ? {} : { note }) }
  const work = async () => {
    const status = outbox.status(letter.id)
    const { nextAt, problem } = status
    if (status.state !== 'waiting') return undefined
    const now = host.now()
    if (nextAt !== null && nextAt > now) return { problem: problem ?? '', isOfTarget: false }
    const target = Object.hasOwn(targets, letter.target) ? targets[letter.target] : undefined
    const { arrivedAt } = status
    const sending = { root, environment: host.environment, now: () => host.now(), mail, arrivedAt }
    const failure = failed ?? (await sendTo(target, letter, sending))
    const tries = status.tries + (failed === undefined ? 1 : 0)
    const tried = { tries, firstAt: status.firstAt ?? now, lastAt: now, arrivedAt: failure?.arrivedAt ?? arrivedAt }
    if (failure !== undefined) writeFailure(letter.id, failure, tried, outbox, random)
    else outbox.write(letter.id, 'delivered', { ...UNTRIED, ...tried })
    return failure ?? 'delivered'
  }
  try {
    return await withLock(outbox.lockOf(letter.id), owner, work, { what: OUTBOX_LOCKED })
  } catch (error) {
    // Somebody else holds on to it, and says what became of it.
    if (error instanceof UsagebookError && error.code === OUTBOX_LOCKED.busyCode)
      return { problem: 'another process is sending it', isOfTarget: false }
    throw error
  }
}

async function sendTo(target: Target | undefined, letter: Letter, sending: Sending): Promise<Failure> {
  if (target !== undefined) return await sendLetter(letter, target, sending)
  return { problem: `there is no target ${letter.target} in alerts.json`, isOfTarget: true }
}

function writeFailure(
  id: string,
  { problem, retryAfterMs }: NonNullable<Failure>,
  tried: Pick<Tries, 'tries' | 'arrivedAt'> & { readonly firstAt: Instant; readonly lastAt: Instant },
  outbox: Outbox,
  random: () => number,
): void {
  const { tries, firstAt, lastAt: now } = tried
  if (isGivenUp(now, firstAt)) outbox.write(id, 'dead', { ...UNTRIED, ...tried, problem })
  else {
    const holdUntil = retryAfterMs === undefined ? null : ((now + retryAfterMs) as Instant)
    const nextAt = Math.max(nextTry(now, Math.max(1, tries), random), holdUntil ?? 0) as Instant
    outbox.write(id, 'waiting', { ...tried, nextAt, holdUntil, problem })
  }
}

/** The letters of one episode of one alert, in the order in which things happened. */
function compareLetters({ message: a }: Letter, { message: b }: Letter): number {
  if (a.since !== b.since) return a.since < b.since ? -1 : 1
  if (a.episode !== b.episode) return a.episode < b.episode ? -1 : 1
  const byKind = ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)
  return byKind || a.period.localeCompare(b.period, 'en', { numeric: true })
}

function episodeOf({ message: { rule, labels, episode } }: Letter): string {
  return JSON.stringify([rule, labels, episode])
}
