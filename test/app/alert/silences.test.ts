// Silences are edits of a file that people write: everything else in it stays as it is.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readAlertPlan } from '../../../src/app/alert/read-plan.ts'
import { addSilence, endSilence, listSilences, type SilenceHome } from '../../../src/app/alert/silences.ts'
import { type Instant, UTC } from '../../../src/base/zone.ts'

const NOW = Date.parse('2026-02-03T08:00:00Z') as Instant

function workspaceWith(text: string | undefined): SilenceHome & { read(): string } {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-silences-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const file = join(root, 'alerts.json')
  if (text !== undefined) writeFileSync(file, text)
  return {
    ...{ root, zone: UTC, host: { hostName: 'here', now: () => NOW }, note: () => undefined },
    read: () => readFileSync(file, 'utf8'),
  }
}

const OF_CLIENT = { match: { client: 'test-*' }, until: '2026-03-01' }

test.each([
  ['Windows line ends and a mark', '\ufeff{\r\n\t"builtIn": {"unpriced":  false}\r\n}\r\n'],
  ['everything on a line', '{"builtIn":{"unpriced":false},"silences":[]}'],
  ['an odd layout', '{ "silences" :\n[ {"match":{"rule":"threats"},"until":"2026-04-01"}\n] ,"budgets":[] }'],
])('a file with %s keeps it', async (_, text) => {
  const home = workspaceWith(text)
  const { silence } = await addSilence(OF_CLIENT, home)
  expect(listSilences(readAlertPlan(home.root, UTC), NOW).at(-1)).toEqual({ ...silence, why: null })
  const ended = await endSilence(silence.id, home)
  expect(ended.silence).toMatchObject({ state: 'over', until: '2026-02-03T08:00:00Z' })
  // What was there is still there, piece by piece and in its order.
  const pieces = text.split(/(?<=[\]}{[,:])\s*/).map(piece => piece.trim())
  let at = 0
  for (const piece of pieces.filter(piece => !/^[\]}]/.test(piece))) {
    at = home.read().indexOf(piece, at)
    expect([piece, at >= 0]).toEqual([piece, true])
  }
  if (text.includes('\r\n')) expect(home.read().replaceAll('\r\n', '')).not.toContain('\n')
  expect(home.read().startsWith('\ufeff')).toBe(text.startsWith('\ufeff'))
})

test('one of the same match has its end moved, and keeps its reason', async () => {
  const home = workspaceWith(undefined)
  const first = await addSilence({ ...OF_CLIENT, why: 'load test' }, home)
  const again = await addSilence({ ...OF_CLIENT, until: '2h' }, home)
  expect(again.silence).toEqual({ ...first.silence, until: '2026-02-03T10:00:00Z' })
  expect(listSilences(readAlertPlan(home.root, UTC), NOW)).toEqual([again.silence])
})

test('16 at once are all there afterwards', async () => {
  const home = workspaceWith('{"silences": []}')
  const made = Array.from({ length: 16 }, (_, index) => ({ match: { client: `c${index}` }, until: '2h' }))
  await Promise.all(made.map(asked => addSilence(asked, home)))
  const listed = listSilences(readAlertPlan(home.root, UTC), NOW).map(({ match }) => match.client)
  expect(listed.toSorted()).toEqual(made.map(({ match }) => match.client).toSorted())
})

test('a file that is wrong is not touched', async () => {
  const home = workspaceWith('{"silence": []}')
  await expect(addSilence(OF_CLIENT, home)).rejects.toMatchObject({ code: 'bad-alerts' })
  expect(home.read()).toBe('{"silence": []}')
})
