// What a lock says of its holder, as tests write it for a process of this machine.
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { withLock } from '../../src/durable/lock.ts'

export interface LockText {
  readonly processId: number
  readonly start: string
  readonly boot: string
  readonly token: string
  readonly space: string
  readonly hostName: string
}

/** What this process writes into a lock. */
export async function ownLock(): Promise<LockText> {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-own-lock-'))
  try {
    const path = join(folder, 'lock')
    const text = await withLock(path, { processId: process.pid, hostName: hostname() }, () => readlinkSync(path))
    const [processId, start = '', boot = '', token = '', space = '', ...host] = text.split(':')
    return { processId: Number(processId), start, boot, token, space, hostName: host.join(':') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function formatLock({ processId, start, boot, token, space, hostName }: LockText): string {
  return [processId, start, boot, token, space, hostName].join(':')
}
