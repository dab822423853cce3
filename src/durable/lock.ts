// One change at a time, across processes. The lock is a symbolic link whose target names its holder: it is made in one step,
// never half written, and only one process can make it. Whether the holder was killed is found out by its process id and start
// time, if its process can be seen from here: not on another machine, and not in another container.
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs'
import { kill } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputError, systemCode, systemReason } from '../base/errors.ts'

export interface LockOwner {
  readonly processId: number
  readonly hostName: string
  /** Told of a holder that is waited for though nobody can know whether it still lives. */
  note?(text: string): void
}

interface Holder {
  readonly processId: number
  /** Clock ticks from boot to the start of the process; "" where the system does not tell. */
  readonly start: string
  readonly boot: string
  /** Different for every taking of the lock. */
  readonly token: string
  /** Where the process id means something: the namespace of process ids, and a hash of the machine's own id. */
  readonly space: string
  readonly hostName: string
}

/** How long one holder is waited for; others that come in between are no reason to give up. */
const PATIENCE_MS = 60_000
// A change takes milliseconds. Of a holder that cannot be seen nobody knows whether it was killed.
const PATIENCE_UNSEEN_MS = 5_000
const NOTE_AFTER_MS = 250
// Who waits looks again and again; where many wait, that takes the processor from the one who works.
const LONGEST_PAUSE_MS = 40

/** What a lock is for, in errors. */
export interface Locked {
  readonly busyCode: string
  /** "The profiles" */
  readonly words: string
}

const PROFILES: Locked = { busyCode: 'profiles-busy', words: 'The profiles' }

export interface LockOptions {
  readonly patienceMs?: number
  readonly what?: Locked
}

/** Does the work while holding the lock at `path`; waits for a living holder, and takes over from a dead one. */
export async function withLock<T>(
  path: string,
  owner: LockOwner,
  work: () => T | Promise<T>,
  { patienceMs = PATIENCE_MS, what = PROFILES }: LockOptions = {},
): Promise<T> {
  const self: Holder = holderOf(owner)
  let waitedMs = 0
  let waitedFor: string | undefined
  let hasNoted = false
  while (!takeLock(path, self)) {
    const holder = readHolder(path, what)
    if (holder === undefined) continue
    if (holder.token !== waitedFor) waitedMs = 0
    waitedFor = holder.token
    if (isGone(holder, self)) {
      removeDeadLock(path, holder, self)
      continue
    }
    const isUnseen = !canSee(holder, self)
    if (waitedMs > (isUnseen ? Math.min(patienceMs, PATIENCE_UNSEEN_MS) : patienceMs))
      throw lockBusy(path, what, holder, self)
    if (isUnseen && !hasNoted && waitedMs > NOTE_AFTER_MS) {
      hasNoted = true
      owner.note?.(`waiting for ${nameOf(holder)}, which cannot be seen from here; if it has ended, remove ${path}`)
    }
    const pauseMs = 1 + Math.random() * LONGEST_PAUSE_MS
    await sleep(pauseMs)
    waitedMs += pauseMs
  }
  let answer: T
  try {
    answer = await work()
  } catch (error) {
    // Why the work failed is what has to be known; a lock that stays is taken over once this process has ended.
    releaseLock(path, self)
    throw error
  }
  const refusal = releaseLock(path, self)
  if (refusal !== undefined) throw lockLeft(path, refusal)
  return answer
}

/** Lets the lock go; returns the error of the system where it does not let it be removed. */
function releaseLock(path: string, self: Holder): unknown {
  try {
    // Somebody may have removed it by hand, and another have taken it.
    if (readHolder(path)?.token === self.token) unlinkSync(path)
    return undefined
  } catch (error) {
    return error
  }
}

function holderOf({ processId, hostName }: LockOwner): Holder {
  const token = randomBytes(6).toString('hex')
  return { processId, hostName, start: startOf(processId), boot: bootId(), token, space: processSpace() }
}

function takeLock(path: string, self: Holder): boolean {
  try {
    symlinkSync([self.processId, self.start, self.boot, self.token, self.space, self.hostName].join(':'), path)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

// Two processes may find the same dead holder. Only the one that makes the gate named after that holder's token may
// remove the lock, and it looks again whether the lock is still that one; a gate whose maker died is removed in the
// same way.
function removeDeadLock(path: string, dead: Holder, self: Holder): void {
  const gate = `${path}-${dead.token}`
  if (!takeLock(gate, self)) {
    const other = readHolder(gate)
    if (other !== undefined && isGone(other, self)) removeDeadLock(gate, other, self)
    return
  }
  try {
    if (readHolder(path)?.token === dead.token) unlinkSync(path)
  } finally {
    unlinkSync(gate)
  }
}

/** Undefined where the lock is gone by now. */
function readHolder(path: string, what: Locked = PROFILES): Holder | undefined {
  try {
    const [processId, start = '', boot = '', token = '', space = '', ...host] = readlinkSync(path).split(':')
    return { processId: Number(processId), start, boot, token, space, hostName: host.join(':') || space }
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT') return undefined
    if (code === 'EINVAL') throw lockBusy(path, what)
    throw error
  }
}

// The kernel numbers the first namespace of process ids, the one outside of all containers, always like this.
const FIRST_NAMESPACE = /^4026531836-./

/** Whether a process of the holder would be found from here by its number. */
function canSee(holder: Holder, self: Holder): boolean {
  if (holder.hostName !== self.hostName || holder.space !== self.space) return false
  // Two containers of two machines may be alike in everything else.
  return holder.boot === self.boot || FIRST_NAMESPACE.test(self.space)
}

function isGone(holder: Holder, self: Holder): boolean {
  if (!canSee(holder, self)) return false
  if (holder.boot !== self.boot) return true
  if (!isRunning(holder.processId)) return true
  const start = startOf(holder.processId)
  // A process that may not be looked at still has its number.
  return start !== '' && start !== holder.start
}

function isRunning(processId: number): boolean {
  try {
    return kill(processId, 0)
  } catch (error) {
    return systemCode(error) !== 'ESRCH'
  }
}

function bootId(): string {
  return readSystemFile('/proc/sys/kernel/random/boot_id').slice(0, 8)
}

/** When a process was started, so that a number used again is not taken for the old process; a zombie has no start. */
function startOf(processId: number): string {
  // Behind the name in brackets, which may hold spaces: the state, then the start as the twentieth field.
  const fields = readSystemFile(`/proc/${processId}/stat`).split(') ').at(-1)!.split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? '')
}

function processSpace(): string {
  const machine = readSystemFile('/etc/machine-id').trim()
  const hash = machine === '' ? '' : createHash('sha256').update(`usagebook ${machine}`).digest('hex').slice(0, 8)
  return `${namespaceNumber()}-${hash}`
}

function namespaceNumber(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')
  } catch {
    // Not a Linux: there are no namespaces.
    return ''
  }
}

function readSystemFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Not a Linux, or the process has ended.
    return ''
  }
}

function nameOf({ processId, hostName }: Holder): string {
  return `process ${processId} on ${hostName}`
}

function lockBusy(path: string, { busyCode, words }: Locked, holder?: Holder, self?: Holder): InputError {
  const who = holder === undefined ? 'something else' : nameOf(holder)
  const isUnseen = holder !== undefined && self !== undefined && !canSee(holder, self)
  const message = isUnseen
    ? `${words} are being changed by ${who}, in another container or on another machine, or were when it was stopped.`
    : `${words} are being changed by ${who}, which does not finish.`
  return new InputError(busyCode, message, {
    where: { file: path },
    hint: isUnseen
      ? `Check there whether it is still running. If it is not, remove ${path}; if it is, try again.`
      : `Try again; if that process is no longer there, remove ${path}.`,
  })
}

function lockLeft(path: string, error: unknown): InputError {
  return new InputError('lock-left', `What you asked for was done, but the lock stays: ${systemReason(error)}.`, {
    where: { file: path },
    hint: `Remove ${path}.`,
    cause: error,
  })
}
