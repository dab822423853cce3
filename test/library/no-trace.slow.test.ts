// A program that uses the library is left as it was, and ends by itself.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { storyWorkspace } from '../support/library.ts'

const LIBRARY = resolve(import.meta.dirname, '../../dist/index.js')

const PROGRAM = `
import { openWorkspace } from ${JSON.stringify(LIBRARY)}
const state = () => JSON.stringify([
  process.cwd(), process.env, process.exitCode, process.title, process.umask(),
  process.eventNames().map(name => [String(name), process.listenerCount(name)]),
])
const before = state()
const workspace = await openWorkspace(process.argv[1], { threads: 4, cache: 'cache', timezone: 'UTC' })
const tries = [
  () => workspace.report(),
  () => workspace.report({ lastDays: 'many' }),
  () => workspace.report({ logs: 'nowhere' }),
  () => workspace.dashboard({ range: '3m' }),
  () => workspace.check(),
  async () => { for await (const _ of workspace.events()) break },
  () => workspace.prices.explain('gpt-4o'),
  () => workspace.profiles.edit('packaging', { set: { pass_threshold: 3 }, by: 'ci' }),
  () => workspace.clients.add('acme', { by: 'ci' }),
]
const outcomes = []
for (const act of tries) outcomes.push(await act().then(() => 'answered', error => error.code))
const controller = new AbortController()
const stop = () => controller.abort()
outcomes.push(await workspace.report({ signal: controller.signal, onProgress: stop }).catch(error => error.name))
const { getEventListeners } = await import('node:events')
const signals = getEventListeners(controller.signal, 'abort').length
await new Promise(resolve => setImmediate(resolve))
const own = ['PipeWrap', 'TTYWrap', 'Immediate']
const left = process.getActiveResourcesInfo().filter(name => !own.includes(name))
const isSame = before === state()
process.on('exit', () => process.stdout.write(JSON.stringify({ outcomes, signals, left, isSame })))
`

it('nothing is printed, changed or left behind', () => {
  const root = storyWorkspace()
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM, root], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
    env: { PATH: process.env.PATH, USAGEBOOK_LOGS: '/nowhere', USAGEBOOK_TIMEZONE: 'Nowhere' },
  })
  expect(ended.stderr).toBe('')
  expect(ended.status).toBe(0)
  expect(JSON.parse(ended.stdout)).toEqual({
    outcomes: [
      ...['answered', 'bad-flag', 'no-such-logs', 'answered', 'answered', 'answered', 'answered', 'answered'],
      ...['answered', 'AbortError'],
    ],
    signals: 0,
    left: [],
    isSame: true,
  })
})
