// Whether a file may still be written to, as a folder like /proc tells.
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOpenFiles } from '../../src/retention/open-files.ts'
import { makeFolder } from '../support/logs.ts'

const FIRST = 'pid:[4026531836]'

/** Each process with the target of its one open file; what is `hidden` cannot be looked at. */
function makeProc(namespace: string, processes: Readonly<Record<string, string>>): string {
  const proc = makeFolder()
  mkdirSync(join(proc, 'self', 'ns'), { recursive: true })
  symlinkSync(namespace, join(proc, 'self', 'ns', 'pid'))
  for (const [id, target] of Object.entries(processes)) {
    mkdirSync(join(proc, id, 'fd'), { recursive: true })
    symlinkSync(target === 'hidden' ? '3' : target, join(proc, id, 'fd', '3'))
  }
  return proc
}

const uid = process.getuid!()

test('a file is open that a process has open, and no other', () => {
  const folder = makeFolder({ 'a.jsonl': '', 'b.jsonl': '' })
  const [a, b] = [join(folder, 'a.jsonl'), join(folder, 'b.jsonl')]
  const open = readOpenFiles(makeProc(FIRST, { 1: 'hidden', 7: a }))
  expect([open.has(statSync(a)), open.has(statSync(b))]).toEqual([true, false])
})

test('all are seen although the first process of the system is hidden', () => {
  expect(readOpenFiles(makeProc(FIRST, { 1: 'hidden', 7: '/dev/null' })).isWhole(uid)).toBe(true)
})

test.each([
  ['another process is hidden', FIRST, { 1: '/dev/null', 7: 'hidden' }],
  ['this is a container, with an application as its first process', 'pid:[4026532198]', { 1: '/dev/null' }],
  ['there are no processes to be seen', FIRST, {}],
])('not all are seen where %s', (_, namespace, processes) => {
  expect(readOpenFiles(makeProc(namespace, processes)).isWhole(uid)).toBe(false)
})

test('a process that is hidden may write to the files of its owner alone', () => {
  expect(readOpenFiles(makeProc(FIRST, { 7: 'hidden' })).isWhole(uid + 1)).toBe(true)
})

test('where there is no such folder nothing is known', () => {
  const folder = makeFolder()
  writeFileSync(join(folder, 'a.jsonl'), '')
  const open = readOpenFiles(join(folder, 'none'))
  expect([open.has(statSync(join(folder, 'a.jsonl'))), open.isWhole(uid)]).toEqual([false, false])
})
