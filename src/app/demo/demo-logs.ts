// Writes a realistic fortnight into the logs, and removes it again. Every line of it is marked as demo.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../../base/errors.ts'
import { realPathOf } from '../../base/real-path.ts'
import type { Day, Instant, Zone } from '../../base/zone.ts'
import type { LateFile } from '../../capture/late-lines.ts'
import { type UsageLog, usageLog } from '../../capture/usage-log.ts'
import type { LockOwner } from '../../durable/lock.ts'
import { DEMO_FIELD } from '../../event/kind-fields.ts'
import { letGo } from '../../retention/let-go.ts'
import { rewriteLog } from '../../retention/rewrite-log.ts'
import { logWriteProblem } from '../event/log-write-problem.ts'
import { lockLogs } from '../log/lock-logs.ts'
import { type DemoEvent, demoDay } from './demo-story.ts'

export interface DemoRequest {
  /** The folder of the logs. */
  readonly dir: string
  /** Whole days before today; today is as far as it is. */
  readonly days: number
  readonly users: number
  readonly seed: number
  readonly zone: Zone
  readonly now: Instant
  readonly owner: LockOwner
}

export interface DemoAnswer {
  readonly written: number
  /** Lines of an earlier demo that were taken away first. */
  readonly removed: number
}

/** Replaces the demo of a folder by a new one. */
export async function writeDemoLogs(request: DemoRequest): Promise<DemoAnswer> {
  const removed = await clearDemoLogs(request.dir, request.owner)
  const usage = usageLog({ dir: request.dir, timezone: request.zone.name, text: true, demo: true })
  const today = request.zone.dayOf(request.now)
  for (let day = today - request.days; day <= today; day++) {
    for (const event of eventsOfDay(request, day as Day)) logDemoEvent(usage, event)
    await usage.flush()
  }
  await usage.close()
  const { logged, problem } = usage.counts()
  if (problem !== undefined) throw logWriteProblem(request.dir, problem)
  return { written: logged, removed }
}

/** Takes away what a demo wrote, and returns how many lines that were. Files that hold nothing else go too. */
export async function clearDemoLogs(dir: string, owner: LockOwner): Promise<number> {
  const names = await readLogNames(dir)
  if (names.length === 0) return 0
  return await lockLogs([realPathOf(dir)], owner, async () => {
    let removed = 0
    const held: LateFile[] = []
    for (const name of names) {
      const { counts, late } = await rewriteLog(join(dir, name), line => !isDemoLine(line))
      removed += counts.removed
      if (late !== undefined) held.push(late)
    }
    await letGo(held)
    return removed
  })
}

function eventsOfDay({ seed, users, days, zone, now }: DemoRequest, day: Day): DemoEvent[] {
  const today = zone.dayOf(now)
  const people = Array.from({ length: users }, (_, person) => person)
  const events = people.flatMap(person => {
    const isEventful = person === 0 && day === (days === 0 ? today : today - 1)
    return demoDay(seed, day, person, zone, isEventful ? now : undefined)
  })
  return events.filter(event => event.timestamp < now).sort((a, b) => a.timestamp - b.timestamp)
}

function logDemoEvent(usage: UsageLog, { kind, timestamp, fields }: DemoEvent): void {
  const event = { timestamp, ...fields }
  if (kind === 'custom') {
    const { name, data, ...rest } = event as { timestamp: number; name?: string; data?: unknown }
    usage.custom(name ?? '', data, rest)
  } else if (kind === 'feedback') usage.feedback(event as unknown as { rating: number })
  else usage[kind](event)
}

const DEMO_END = Buffer.from(`,"${DEMO_FIELD}":true}`)

// The mark is the last field of every line that the logger writes.
function isDemoLine(line: Buffer): boolean {
  return line.subarray(line.length - DEMO_END.length).equals(DEMO_END)
}

async function readLogNames(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter(name => name.endsWith('.jsonl') && !name.startsWith('.')).sort()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw logWriteProblem(dir, error)
  }
}
