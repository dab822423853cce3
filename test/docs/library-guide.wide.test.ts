// The guide to the library: its examples run as they stand, in a workspace that has logs.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { storyWorkspace } from '../support/library.ts'

const PROJECT = resolve(import.meta.dirname, '../..')
const guide = readFileSync(join(PROJECT, 'docs/library.md'), 'utf8')
const examples = [...guide.matchAll(/^## (.*)|^```js\n([\s\S]*?)^```$/gm)]

let heading = 'first'
for (const [, title, code] of examples) {
  if (code === undefined) heading = title!
  else
    it(`an example runs: ${heading}`, () => {
      const root = storyWorkspace()
      writeFileSync(join(root, 'usagebook.config.json'), '{"timezone": "Europe/Berlin"}')
      mkdirSync(join(root, 'node_modules'))
      symlinkSync(PROJECT, join(root, 'node_modules/usagebook'))
      writeFileSync(join(root, 'example.mjs'), code)
      const ended = spawnSync(process.execPath, ['example.mjs'], { cwd: root, encoding: 'utf8', timeout: 60_000 })
      expect(ended.stderr).not.toContain('Error')
      expect(ended.status).toBe(0)
      expect(ended.stdout).not.toContain('undefined')
      for (const [, shown] of code.matchAll(/console\.log\(error.*\) \/\/ (.*)$/gm))
        expect(ended.stdout).toBe(`${shown}\n`)
      const isQuiet = !code.includes('console.log')
      expect(ended.stdout === '').toBe(isQuiet)
    })
}
