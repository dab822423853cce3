// What a follower hands over when files are moved or deleted between two looks.
import { appendFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findLogs } from '../../src/log/find-logs.ts'
import { LogFollower } from '../../src/log/follow-logs.ts'
import { makeFolder } from '../support/logs.ts'

function follow(folder: string): { readonly lines: string[]; readonly follower: LogFollower } {
  const lines: string[] = []
  const findFiles = () => findLogs([{ path: folder, format: null }], folder).files
  const follower = new LogFollower(findFiles, (_file, bytes) => {
    lines.push(...Buffer.from(bytes).toString('utf8').trimEnd().split('\n'))
  })
  follower.look()
  return { lines, follower }
}

test('what was appended just before a file was moved out of sight is shown, and what is appended there later too', () => {
  const folder = makeFolder({ '2026-02-01.jsonl': 'old\n', '2026-02-02.jsonl': 'old\n' })
  const { lines, follower } = follow(folder)
  const [today, rotated] = [join(folder, '2026-02-02.jsonl'), join(folder, '2026-02-02.jsonl.1')]
  appendFileSync(today, 'before\n')
  renameSync(today, rotated)
  writeFileSync(today, 'new\n')
  follower.look()
  appendFileSync(rotated, 'late\n')
  follower.look()
  expect(lines.toSorted()).toEqual(['before', 'late', 'new'])
})

test('what was appended just before a file was deleted is shown', () => {
  const folder = makeFolder({ '2026-02-02.jsonl': 'old\n' })
  const { lines, follower } = follow(folder)
  const today = join(folder, '2026-02-02.jsonl')
  appendFileSync(today, 'before\n')
  unlinkSync(today)
  follower.look()
  follower.look()
  expect(lines).toEqual(['before'])
})
