// An edit of many profiles at a terminal: what will change is shown, and asked about.
import { expect, test } from 'vitest'
import { makeBrandCheck, readAll } from '../profile/workspace.ts'
import { runInProcess } from '../support/run-in-process.ts'

const EDIT = ['profile', 'edit', '*', '--set', 'pass_threshold=85', '--by', 'anna']

async function edit(root: string, words: readonly string[], answer: string, isStdinTerminal = true) {
  const environment = { COLUMNS: '80', NO_COLOR: '1', TZ: 'UTC' }
  const reading = { tuning: {}, threads: 1, isStdinTerminal }
  return await runInProcess([...EDIT, ...words], root, environment, Buffer.from(answer), reading)
}

test('shows the changes first, and makes them after a yes', async () => {
  const { root } = await makeBrandCheck()
  const { stdout, stderr, code } = await edit(root, [], 'y\n')
  expect(stderr).toContain('brand_check  brand_check_v2  pass_threshold 80 → 85  diageo, unilever, loreal\n')
  expect(stderr.endsWith('Make these changes? [y/N] ')).toBe(true)
  expect([stdout, code]).toEqual(['1 profile updated. Original kept\n', '0'])
  expect(readAll(root)).toHaveProperty('profiles/brand_check_v2.json')
})

test.each(['n\n', '\n', 'perhaps\n'])('changes nothing after %j', async answer => {
  const { root } = await makeBrandCheck()
  const before = readAll(root)
  const { stdout, stderr, code } = await edit(root, [], answer)
  expect([stdout, stderr.endsWith('Nothing was changed.\n'), code]).toEqual(['', true, '0'])
  expect(readAll(root)).toEqual(before)
})

test.each([
  ['with --yes', ['--yes'], true],
  ['where there is no terminal', [], false],
])('asks nothing %s', async (_, words, isTerminal) => {
  const { root } = await makeBrandCheck()
  const { stderr, code } = await edit(root, words, '', isTerminal)
  expect([stderr, code]).toEqual(['', '0'])
  expect(readAll(root)).toHaveProperty('profiles/brand_check_v2.json')
})

test('asks nothing where nothing would change', async () => {
  const { root } = await makeBrandCheck()
  const { stdout, stderr } = await edit(root, ['--set', 'pass_threshold=80'], '')
  expect([stdout, stderr]).toEqual([expect.stringContaining('Nothing to change'), ''])
})
