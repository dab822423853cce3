// A password that is typed: twice, unseen, or not at all.
import { Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import type { Context } from '../../../src/cli/context.ts'
import { readPassword } from '../../../src/cli/output/read-password.ts'

function typing(text: string, isStdinTerminal = true) {
  const shown: string[] = []
  const stderr = new Writable({
    write: (chunk, _encoding, done) => {
      shown.push(String(chunk))
      done()
    },
  })
  return {
    context: { stdin: Readable.from([Buffer.from(text)]), stderr, isStdinTerminal } as unknown as Context,
    shown,
  }
}

test('is taken where it was typed twice, and not shown', async () => {
  const { context, shown } = typing('correct horse\ncorrect horse\n')
  expect(await readPassword(false, 'anna', context)).toBe('correct horse')
  expect(shown.join('')).toBe('Password of anna: \nOnce more: \n')
})

test.each([
  ['correct horse\nwrong horse\n', 'passwords-differ'],
  ['correct horse\n', 'no-password'],
  ['', 'no-password'],
  ['correct\u0003', 'no-password'],
])('%j is an error', async (typed, code) => {
  await expect(readPassword(false, 'anna', typing(typed).context)).rejects.toMatchObject({ code })
})

test.each([
  ['correct horse\n', 'correct horse'],
  ['correct horse\r\n', 'correct horse'],
  [' correct horse \n\n', ' correct horse \n'],
  ['correct horse', 'correct horse'],
])('from standard input, %j is %j', async (typed, password) => {
  expect(await readPassword(true, 'anna', typing(typed, false).context)).toBe(password)
})
