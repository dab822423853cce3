// Which command a line names, with common flags before it.
import { expect, test } from 'vitest'
import type { CommandEntry } from '../../src/cli/command.ts'
import { findCommand } from '../../src/cli/start/parse-arguments.ts'

const [report, doctor, create] = [['report'], ['doctor'], ['access', 'token', 'create']].map(words => ({
  words,
})) as unknown as [CommandEntry, CommandEntry, CommandEntry]

test.each([
  ['--no-config --timezone UTC', report, '--no-config --timezone UTC'],
  ['--no-config doctor', doctor, '--no-config'],
  ['--config usage.json doctor --quiet', doctor, '--config usage.json --quiet'],
  ['--last-days 7', report, '--last-days 7'],
  ['--root ws access token create --role admin', create, '--root ws --role admin'],
])('"usagebook %s" is found', (line, entry, rest) => {
  const found = findCommand(line.split(' '), [report, doctor, create], report)
  expect(found).toEqual({ entry, rest: rest.split(' ') })
})
