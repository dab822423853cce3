// A call is stopped by its signal and says how far it is; what was thrown in between comes through as it is.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CallHooks, Workspace } from '../../src/index.ts'
import { openStory, storyWorkspace } from '../support/library.ts'
import { makeFolder } from '../support/logs.ts'
import { triesMore } from '../support/tries.ts'

const LINES_A_DAY = 8_000

async function drain(events: AsyncIterable<unknown>): Promise<unknown> {
  let count = 0
  for await (const _ of events) count++
  return count
}

const CALLS: readonly (readonly [string, (workspace: Workspace, hooks: CallHooks) => Promise<unknown>])[] = [
  ['report', async (workspace, hooks) => await workspace.report(hooks)],
  [
    'a compared report',
    async (workspace, hooks) => await workspace.report({ lastDays: 2, compare: 'previous', ...hooks }),
  ],
  ['dashboard', async (workspace, hooks) => await workspace.dashboard({ range: '7d', ...hooks })],
  ['check', async (workspace, hooks) => await workspace.check(hooks)],
  ['events', async (workspace, hooks) => await drain(workspace.events(hooks))],
]

/** Some megabytes of log, so that threads and caches have a part in it. */
function largeWorkspace(): string {
  const root = makeFolder()
  for (const day of ['2026-02-01', '2026-02-02', '2026-02-03']) {
    const lines = Array.from({ length: LINES_A_DAY }, (_, index) => {
      const time = new Date(Date.parse(`${day}T00:00:00Z`) + index * 900).toISOString()
      return `{"timestamp":"${time}","event":"analysis","id":"${day}-${index}","client":"diageo","user":"u${index % 99}","model":"gpt-4o","input_tokens":${index},"output_tokens":7}`
    })
    writeFileSync(join(root, `${day}.jsonl`), `${lines.join('\n')}\n`)
  }
  return root
}

/** Each takes seconds, so that `npm test` leaves the others to CI. */
const WATCHED = triesMore ? CALLS : CALLS.slice(0, 1)

describe.each(WATCHED)('%s', (_, call) => {
  it('is not begun with a signal that is aborted', async () => {
    const workspace = await openStory(storyWorkspace())
    await expect(call(workspace, { signal: AbortSignal.abort() })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    )
  })

  it('tells how far it is, and that it is at the end', async () => {
    const workspace = await openStory(storyWorkspace())
    const told: (readonly [number, number])[] = []
    await call(workspace, { onProgress: (read, total) => told.push([read, total]) })
    expect(told.length).toBeGreaterThan(3)
    for (const [index, [read, total]] of told.entries()) {
      const [readBefore, totalBefore] = told[index - 1] ?? [0, 0]
      expect(read).toBeGreaterThanOrEqual(readBefore)
      expect(total).toBeGreaterThanOrEqual(totalBefore)
      expect(read).toBeLessThanOrEqual(total)
    }
    const [read, total] = told.at(-1)!
    expect(read).toBe(total)
  })

  // A fault of the system, by its code, is taken for one of the file by whoever reads it.
  it('throws what onProgress throws, and does not take it for a fault of a file', async () => {
    const workspace = await openStory(storyWorkspace())
    const thrown = Object.assign(new Error('the socket is closed'), { code: 'EPIPE' })
    const onProgress = () => {
      throw thrown
    }
    await expect(call(workspace, { onProgress })).rejects.toBe(thrown)
  })

  it('throws what it was aborted with', async () => {
    const workspace = await openStory(storyWorkspace())
    const controller = new AbortController()
    const reason = Object.assign(new Error('the request went away'), { code: 'ECONNRESET' })
    const onProgress = () => controller.abort(reason)
    await expect(call(workspace, { signal: controller.signal, onProgress })).rejects.toBe(reason)
  })

  it.each([
    ['with one thread', { threads: 1 }],
    ['with several', { threads: 4 }],
    ['with a cache', { threads: 2, cache: '.cache' }],
  ])('can be aborted in the middle, %s, and asked again', async (_, settings) => {
    const root = largeWorkspace()
    const workspace = await openStory(root, settings)
    const asked = { logs: '*.jsonl' }
    const abort = async () => {
      const controller = new AbortController()
      const hooks = {
        ...asked,
        signal: controller.signal,
        onProgress: (read: number) => read > 1e6 && controller.abort(),
      }
      await expect(call(workspace, hooks as CallHooks)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
    }
    await abort()
    const whole = await call(workspace, asked as CallHooks)
    await abort()
    expect(await call(workspace, asked as CallHooks)).toEqual(whole)
    const plain = await openStory(root, { threads: 1 })
    expect(await call(plain, asked as CallHooks)).toEqual(whole)
  })
})

it('events stop between two of them', async () => {
  const workspace = await openStory(storyWorkspace())
  const controller = new AbortController()
  let count = 0
  const all = (async () => {
    for await (const _ of workspace.events({ signal: controller.signal })) if (++count === 3) controller.abort()
  })()
  await expect(all).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
  expect(count).toBe(3)
})
