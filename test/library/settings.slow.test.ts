// What a workspace reads beside logs: nothing, unless it is asked to.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openWorkspace } from '../../src/index.ts'
import { collect, openStory, printedJson, storyWorkspace } from '../support/library.ts'

const CONFIGURATION = {
  timezone: 'Asia/Kolkata',
  logs: ['usage_logs/2026-01-2*.jsonl'],
  top: 2,
  dedupe: 'off',
  currency: 'EUR',
  currencies: { EUR: [{ from: '2026-01-01', perUsd: '0.9' }] },
}

function configured(): string {
  const root = storyWorkspace()
  writeFileSync(join(root, 'usagebook.config.json'), JSON.stringify(CONFIGURATION))
  return root
}

it('a configuration is not read unless asked', async () => {
  const root = configured()
  const workspace = await openStory(root)
  expect(await workspace.report()).toEqual(await printedJson(root, ['--no-config']))
  writeFileSync(join(root, 'usagebook.config.json'), 'no JSON')
  expect(await (await openStory(root)).report()).toEqual(await printedJson(root, ['--no-config']))
})

it('with its configuration a workspace answers what the command line does', async () => {
  const root = configured()
  const workspace = await openStory(root, { configuration: true })
  expect(await workspace.report()).toEqual(await printedJson(root, []))
  expect(await workspace.report({ top: 1, currency: 'USD' })).toEqual(
    await printedJson(root, ['--top', '1', '--currency', 'USD']),
  )
  expect(await workspace.dashboard()).toEqual(await printedJson(root, ['dashboard']))
})

it('another configuration can be named', async () => {
  const root = storyWorkspace()
  mkdirSync(join(root, 'other'))
  writeFileSync(join(root, 'other/usagebook.json'), '{"timezone": "Asia/Tokyo"}')
  const workspace = await openStory(root, { configuration: 'other/usagebook.json' })
  expect((await workspace.report()).period.timezone).toBe('Asia/Tokyo')
})

it('what is given wins over the configuration, of a call over that of the workspace', async () => {
  const workspace = await openStory(configured(), { configuration: true, timezone: 'Asia/Tokyo' })
  expect((await workspace.report()).period.timezone).toBe('Asia/Tokyo')
  expect((await workspace.report({ timezone: 'UTC' })).period.timezone).toBe('UTC')
})

it('the environment of the process is not read', async () => {
  const root = storyWorkspace()
  const plain = await (await openStory(root)).report()
  vi.stubEnv('USAGEBOOK_LOGS', '/nowhere')
  vi.stubEnv('USAGEBOOK_TIMEZONE', 'Asia/Tokyo')
  vi.stubEnv('USAGEBOOK_CONFIG', '/nowhere.json')
  vi.stubEnv('USAGEBOOK_ROOT', '/nowhere')
  vi.stubEnv('USAGEBOOK_NOW', '1999-01-01T00:00:00Z')
  try {
    expect(await (await openStory(root)).report()).toEqual(plain)
  } finally {
    vi.unstubAllEnvs()
  }
})

it('an environment that is handed over says where logs are', async () => {
  const root = storyWorkspace()
  const workspace = await openStory(root, { environment: { USAGEBOOK_LOGS: 'usage_logs/2026-01-12.jsonl' } })
  expect((await workspace.report()).ledger.files).toBe(1)
})

it('a cache is kept where it was asked for, and changes no answer', async () => {
  const root = storyWorkspace()
  const line = '{"timestamp":"2026-01-17T10:00:00Z","event":"analysis","client":"diageo","model":"gpt-4o"}\n'
  writeFileSync(join(root, 'usage_logs/2026-01-17.jsonl'), line.repeat(20_000))
  const plain = await (await openStory(root)).report()
  const workspace = await openStory(root, { cache: 'kept' })
  expect(await workspace.report()).toEqual(plain)
  expect(readdirSync(join(root, 'kept/usagebook'))).not.toEqual([])
  expect(await workspace.report()).toEqual(plain)
  expect(await workspace.report({ cache: false })).toEqual(plain)
})

it('two calls at once give what each gives alone', async () => {
  const workspace = await openStory(storyWorkspace(), { threads: 4 })
  const ask = () => [
    workspace.report(),
    workspace.report({ name: 'trends', period: '2026-01' }),
    workspace.report({ groupBy: ['client', 'day'], client: 'diageo' }),
    workspace.dashboard({ range: '7d' }),
    collect(workspace.events({ client: 'nestle' })),
    workspace.check(),
  ]
  const together = await Promise.all(ask())
  const alone: unknown[] = []
  for (const index of together.keys()) alone.push(await ask()[index])
  expect(together).toEqual(alone)
})

it('a folder is found from where the process is, once', async () => {
  expect((await openWorkspace('usage_logs/..')).root).toBe(process.cwd())
})
