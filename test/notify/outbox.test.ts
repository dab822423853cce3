import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { letterId, openOutbox, UNTRIED } from '../../src/notify/outbox.ts'
import { budgetMessage } from './messages.ts'

function makeFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-outbox-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return join(root, '.usagebook', 'outbox')
}

test('a message is stored once for each target', () => {
  const folder = makeFolder()
  const first = openOutbox(folder).put(budgetMessage(), 'ops')
  expect(first.isNew).toBe(true)
  expect(openOutbox(folder).put(budgetMessage({ title: 'said in other words' }), 'ops')).toEqual({
    id: first.id,
    isNew: false,
  })
  expect(openOutbox(folder).put(budgetMessage(), 'finance').isNew).toBe(true)
  expect(openOutbox(folder).letter(first.id)).toEqual({ id: first.id, target: 'ops', message: budgetMessage() })
})

test('an id is made of the rule, the labels, the episode, the kind, the period and the target', () => {
  const message = budgetMessage({ labels: { a: '1', b: '2' } })
  const id = letterId(message, 'ops')
  expect(letterId({ ...message, labels: { b: '2', a: '1' }, title: '', value: '', severity: 'low' }, 'ops')).toBe(id)
  const others = [
    letterId({ ...message, rule: 'x' }, 'ops'),
    letterId({ ...message, labels: { a: '1' } }, 'ops'),
    letterId({ ...message, episode: 'x' }, 'ops'),
    letterId({ ...message, kind: 'resolve' }, 'ops'),
    letterId({ ...message, period: 'x' }, 'ops'),
    letterId(message, 'finance'),
  ]
  expect(new Set([id, ...others]).size).toBe(7)
})

test('a message that was delivered is not new again', () => {
  const outbox = openOutbox(makeFolder())
  const { id } = outbox.put(budgetMessage(), 'ops')
  outbox.write(id, 'delivered', { ...UNTRIED, tries: 1 })
  expect(outbox.put(budgetMessage(), 'ops').isNew).toBe(false)
  expect([outbox.ids('waiting'), outbox.ids('delivered'), outbox.ids()]).toEqual([[], [id], [id]])
})

test('nobody else may read the folder and its files', () => {
  const folder = makeFolder()
  const { id } = openOutbox(folder).put(budgetMessage(), 'ops')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, `${id}.json`)).mode & 0o777).toBe(0o600)
  expect(existsSync(join(folder, '..', '.gitignore'))).toBe(true)
})

test('an outbox that is not there holds nothing, and is not made by looking', () => {
  const folder = makeFolder()
  expect(openOutbox(folder).ids()).toEqual([])
  openOutbox(folder).sweep(0)
  expect(existsSync(folder)).toBe(false)
})

test('what a killed process left half written goes after a day', () => {
  const folder = makeFolder()
  const outbox = openOutbox(folder)
  const { id } = outbox.put(budgetMessage(), 'ops')
  const [old, young] = [join(folder, `.${id}.json.tmp-0a`), join(folder, `.${id}.json.tmp-0b`)]
  for (const file of [old, young]) writeFileSync(file, '{"ver')
  utimesSync(old, 1, 1)
  outbox.sweep(1_000_000)
  expect(readdirSync(folder).sort()).toEqual([`.${id}.json.tmp-0b`, `${id}.json`])
})

test('the lock of a message that was just delivered is left to its holder', () => {
  const folder = makeFolder()
  const outbox = openOutbox(folder)
  const { id } = outbox.put(budgetMessage(), 'ops')
  outbox.write(id, 'delivered', UNTRIED)
  symlinkSync('1:::::', outbox.lockOf(id))
  outbox.sweep(Date.now() - 60_000)
  expect(readdirSync(folder)).toContain(`${id}.lock`)
  outbox.sweep(Date.now() + 60_000)
  expect(readdirSync(folder)).not.toContain(`${id}.lock`)
})
