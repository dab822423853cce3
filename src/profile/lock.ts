// One change at a time, across processes. The lock is a symbolic link whose target names its holder: made in one step,
// never half written, and only one can make it. A holder that was killed is found out by process id and start time.
import { randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs'
import { kill } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputError, systemCode } from '../base/errors.ts'

export interface LockOwner {
  readonly processId: number
  readonly hostName: string
}

interface Holder {
  readonly processId: number
  /** Clock ticks from boot to the start of the process; "" where the system does not tell. */
  readonly start: string
  readonly boot: string
  /** Different for every taking of the lock. */
  readonly token: string
  readonly hostName: string
}

/** How long one holder is waited for; others that come in between are no reason to give up. */
const PATIENCE_MS = 60_000
// Who waits looks again and again; where many wait, that takes the processor from the one who works.
const LONGEST_PAUSE_MS = 40

/** Does the work while holding the lock at `path`; waits for a living holder, and takes over from a dead one. */
export async function withLock<T>(path: string, owner: LockOwner, work: () => T, patienceMs = PATIENCE_MS): Promise<T> {
  const self: Holder = { ...owner, ...birthOf(owner.processId), token: randomBytes(6).toString('hex') }
  let waitedMs = 0
  let waitedFor: string | undefined
  while (!takeLock(path, self)) {
    const holder = readHolder(path)
    if (holder === undefined) continue
    if (holder.token !== waitedFor) waitedMs = 0
    waitedFor = holder.token
    if (isGone(holder, self)) removeDeadLock(path, holder, self)
    else {
      if (waitedMs > patienceMs) throw lockBusy(path, holder)
      const pauseMs = 1 + Math.random() * LONGEST_PAUSE_MS
      await sleep(pauseMs)
      waitedMs += pauseMs
    }
  }
  try {
    return work()
  } finally {
    // Somebody may have removed it by hand, and another have taken it.
    if (readHolder(path)?.token === self.token) unlinkSync(path)
  }
}

function takeLock(path: string, self: Holder): boolean {
  try {
    symlinkSync([self.processId, self.start, self.boot, self.token, self.hostName].join(':'), path)
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
function readHolder(path: string): Holder | undefined {
  try {
    const [processId, start = '', boot = '', token = '', ...host] = readlinkSync(path).split(':')
    return { processId: Number(processId), start, boot, token, hostName: host.join(':') }
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT') return undefined
    if (code === 'EINVAL') throw lockBusy(path, undefined)
    throw error
  }
}

function isGone(holder: Holder, self: Holder): boolean {
  // Nothing is known about the processes of another machine.
  if (holder.hostName !== self.hostName) return false
  if (holder.boot !== self.boot) return true
  return !isRunning(holder.processId) || birthOf(holder.processId).start !== holder.start
}

function isRunning(processId: number): boolean {
  try {
    return kill(processId, 0)
  } catch (error) {
    return systemCode(error) !== 'ESRCH'
  }
}

/** When a process was started, so that a number used again is not taken for the old process; a zombie has no start. */
function birthOf(processId: number): Pick<Holder, 'start' | 'boot'> {
  const boot = readSystemFile('/proc/sys/kernel/random/boot_id').slice(0, 8)
  // Behind the name in brackets, which may hold spaces: the state, then the start as the twentieth field.
  const fields = readSystemFile(`/proc/${processId}/stat`).split(') ').at(-1)!.split(' ')
  return { boot, start: fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? '') }
}

function readSystemFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Not a Linux, or the process has ended.
    return ''
  }
}

function lockBusy(path: string, holder: Holder | undefined): InputError {
  const who = holder === undefined ? 'something else' : `process ${holder.processId} on ${holder.hostName}`
  return new InputError('profiles-busy', `The profiles are being changed by ${who}, which does not finish.`, {
    where: { file: path },
    hint: `Try again; if that process is no longer there, remove ${path}.`,
  })
}
