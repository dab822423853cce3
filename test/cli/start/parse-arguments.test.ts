// What is refused of a command line before anything is read.
import { expect, test } from 'vitest'
import { optionKey } from '../../../src/app/request/flag-word.ts'
import { command } from '../../../src/cli/commands/report.ts'
import { parseArguments } from '../../../src/cli/start/parse-arguments.ts'

test.each(['client', 'group-by', 'logs', 'output', 'where'])('an empty value of --%s is refused', name => {
  expect(() => parseArguments(command, [`--${name}`, ''])).toThrow(`${optionKey(name)} "": there is no value in it.`)
})

test('a list of nothing is refused', () => {
  expect(() => parseArguments(command, ['--client', ' , '])).toThrow('client " , ": there is no value in it.')
})
