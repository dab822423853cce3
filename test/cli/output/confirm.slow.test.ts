// A question at a real terminal: what its keys mean. `script` makes the terminal.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { makeBrandCheck, readAll } from '../../profile/workspace.ts'

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0

test.skipIf(!hasScript).each([
  ['y and Enter', 'y\r', '1 profile updated', true],
  ['n and Enter', 'n\r', 'Nothing was changed.', false],
  ['Ctrl-D', '\x04', 'Nothing was changed.', false],
  ['Ctrl-C', '\x03', 'Nothing was changed.', false],
])('%s', async (_, keys, said, isDone) => {
  const { root } = await makeBrandCheck()
  const program = `${process.execPath} ${resolve('bin/usagebook.js')}`
  const line = `${program} profile edit 'brand_*' --set pass_threshold=85 --by anna`
  const child = spawn('script', ['-qec', line, '/dev/null'], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] })
  let shown = ''
  child.stdout.on('data', (text: Buffer) => {
    const wasAsked = shown.includes('[y/N]')
    shown += text.toString()
    if (!wasAsked && shown.includes('[y/N]')) child.stdin.write(keys)
  })
  const [code] = await once(child, 'exit')
  expect([shown.includes(said), code]).toEqual([true, 0])
  expect('profiles/brand_check_v2.json' in readAll(root)).toBe(isDone)
})
