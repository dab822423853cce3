// What is bundled and what is installed beside it: no package is both.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')

test('no package that is installed with usagebook is in its bundles too', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object }
  const licenses = readFileSync(join(ROOT, 'dist', 'licenses.txt'), 'utf8')
  const bundled = [...licenses.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \(/gm)].map(match => match[1]!)
  expect(bundled).toContain('commander')
  expect(bundled.filter(name => name in dependencies)).toEqual([])
})
