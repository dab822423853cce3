// The picture of the terminal shows what the program prints today; "npm run docs:pictures" makes it anew.
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const PICTURES = join(import.meta.dirname, '..', '..', 'docs', 'pictures')
const DRAW =
  "import('./scripts/terminal-picture.mjs').then(m => process.stdout.write(m.drawTerminal(m.TERMINAL_FLAGS)))"

test('the picture of the terminal is true', () => {
  const root = join(import.meta.dirname, '..', '..')
  const { stdout } = spawnSync(process.execPath, ['--eval', DRAW], { cwd: root, encoding: 'utf8' })
  expect(readFileSync(join(PICTURES, 'terminal.svg'), 'utf8')).toBe(stdout)
})

test.each(['terminal.svg', 'page-light.png', 'page-dark.png', 'dashboard-light.png', 'dashboard-dark.png'])(
  '%s is no burden for a reader of the README',
  name => {
    expect(statSync(join(PICTURES, name)).size).toBeLessThan(150_000)
  },
)
