// What is wrong is told by errors that a program can tell apart.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ConfigError, InputError, openWorkspace, UsagebookError, UsageError, type Workspace } from '../../src/index.ts'
import { makeFolder } from '../support/logs.ts'

/** The error of a call that a compiler would refuse, too. */
// biome-ignore lint/suspicious/noExplicitAny: what no compiler sees
async function errorOf(call: (workspace: any) => unknown): Promise<UsagebookError> {
  const workspace: Workspace = await openWorkspace(makeFolder({ '2026-02-02.jsonl': '' }))
  const error = await Promise.resolve()
    .then(() => call(workspace))
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
  if (!(error instanceof UsagebookError)) throw new Error(`no error of ours: ${String(error)}`)
  return error
}

it.each([
  [{ lastDay: 7 }, 'unknown-option', 'lastDay', 'Use lastDays.'],
  [{ lastDays: -1 }, 'bad-flag', 'lastDays', 'Give a whole number from 0 to 36500.'],
  [{ lastDays: 1.5 }, 'bad-flag', 'lastDays', 'Give a whole number from 0 to 36500.'],
  [{ dedupe: 'never' }, 'bad-flag', 'dedupe', 'Use one of off, file, all.'],
  [{ family: 'yes' }, 'bad-flag', 'family', 'Give true or false.'],
  [{ client: [] }, 'flag-needs-value', 'client', 'Leave client out.'],
  [{ client: '' }, 'flag-needs-value', 'client', 'Leave client out.'],
  [{ client: [null] }, 'bad-flag', 'client', 'Give a text or a number.'],
  [{ startDate: new Date(Number.NaN) }, 'bad-flag', 'startDate', 'Give a text or a number.'],
  [{ timezone: 'Berlin' }, 'bad-timezone', 'timezone', 'Use an IANA name such as Europe/Berlin or UTC.'],
  [{ groupBy: 'client', name: 'errors' }, 'flag-of-another-report', 'groupBy', expect.stringContaining('groupBy')],
  [{ compare: 'previous' }, 'no-previous-range', 'compare', expect.stringContaining('lastDays 7')],
  [{ logs: '-' }, 'bad-flag', 'logs', 'Name a file or a folder.'],
  [{ __proto__: null, constructor: 'x' }, 'unknown-option', 'constructor', expect.any(String)],
])('a wrong option: %j', async (call, code, option, hint) => {
  const error = await errorOf(workspace => workspace.report(call))
  expect(error).toBeInstanceOf(UsageError)
  expect(error).toMatchObject({ code, option, where: { option }, hint })
  expect(error.message).not.toContain('--')
  expect(error.message).not.toMatch(/[\u{e000}\u{e001}]/u)
})

it('a report that there is not', async () => {
  const error = await errorOf(workspace => workspace.report({ name: 'trend' }))
  expect(error).toMatchObject({ code: 'unknown-report', option: 'name', hint: expect.stringContaining('trends') })
})

it.each([
  ['events', (workspace: Workspace) => workspace.events({ where: 'latency' }).next()],
  ['dashboard', (workspace: Workspace) => workspace.dashboard({ range: '24h', lastDays: 3 })],
  ['check', (workspace: Workspace) => workspace.check({ timezone: 'Nowhere' })],
  ['prices', (workspace: Workspace) => workspace.prices.explain('gpt-4o', { at: 'soon' })],
  ['tokens', (workspace: Workspace) => workspace.prices.explain('gpt-4o', { usage: { cacheRead: 1 } })],
])('each method refuses what is wrong: %s', async (_, call) => {
  const error = await errorOf(call)
  expect(error).toBeInstanceOf(UsageError)
  expect(error.option).toBeTypeOf('string')
  expect(error.hint).toBeTypeOf('string')
})

it('a setting of the workspace that is wrong is told when it is opened', async () => {
  const opened = openWorkspace(makeFolder(), { threads: 'many' })
  await expect(opened).rejects.toThrow(expect.objectContaining({ code: 'bad-flag', option: 'threads' }))
})

it('a broken configuration says where it is broken', async () => {
  const root = makeFolder({ 'usagebook.config.json': '{\n  "timezone": "UTC",\n  "tops": 3\n}\n' })
  const error = await openWorkspace(root, { configuration: true }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ConfigError)
  expect(error).toMatchObject({
    code: 'bad-configuration',
    option: undefined,
    where: { file: join(root, 'usagebook.config.json'), line: 3 },
    hint: expect.stringContaining('Fix'),
  })
})

it('a configuration that is not there', async () => {
  const opened = openWorkspace(makeFolder(), { configuration: 'none.json' })
  await expect(opened).rejects.toBeInstanceOf(InputError)
})

it('a file that cannot be read to its end is in the ledger of a report, as on the command line', async () => {
  const root = makeFolder()
  writeFileSync(join(root, '2026-02-02.jsonl.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]))
  const workspace = await openWorkspace(root)
  const { ledger } = await workspace.report({ logs: '*.gz' })
  expect(ledger.complete).toBe(false)
  expect(ledger.failures).toMatchObject([{ file: '2026-02-02.jsonl.gz' }])
})
