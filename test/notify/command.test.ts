import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sendLetter } from '../../src/notify/send-letter.ts'
import { budgetMessage } from './messages.ts'
import { sendingWith } from './sending.ts'

const letter = { id: 'msg_1', target: 'ops', message: budgetMessage() }

function inFolder() {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-command-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return sendingWith({ PATH: process.env.PATH }, undefined, root)
}

test('a program gets the message on its standard input, in the folder of the workspace', async () => {
  const sending = inFolder()
  expect(await sendLetter(letter, { command: ['sh', '-c', 'cat > "$1"', 'sh', 'got; x'] }, sending)).toBe(undefined)
  const got: unknown = JSON.parse(readFileSync(join(sending.root, 'got; x'), 'utf8'))
  expect(got).toMatchObject({ id: 'msg_1', type: 'alert.fire', data: budgetMessage() })
})

test.each([
  [['sh', '-c', 'echo a secret; echo another >&2; exit 3'], 'the program sh ended with 3'],
  [['sh', '-c', 'kill -9 $$'], 'the program sh was ended by SIGKILL'],
  [['no-such-program'], 'the program no-such-program cannot be started: it does not exist'],
])('what fails is told: %j', async (command, problem) => {
  expect(await sendLetter(letter, { command }, inFolder())).toEqual({ problem, isOfTarget: false })
})

test('a program that reads nothing may take it all the same', async () => {
  expect(await sendLetter(letter, { command: ['true'] }, inFolder())).toBe(undefined)
})
