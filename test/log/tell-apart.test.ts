// Names of files that lie in several folders: each names one file, and says no more of its folder than it needs.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { findLogs } from '../../src/log/find-logs.ts'
import { makeFolder } from '../support/logs.ts'

const DAY = '2026-01-05.jsonl'

function namesIn(root: string, paths: readonly string[]): string[] {
  const places = paths.map(path => ({ path, format: null }))
  return findLogs(places, root).files.map(({ name }) => name)
}

describe('names of log files', () => {
  let root: string

  beforeEach(() => {
    root = makeFolder()
    const other = ['api/logs/2026-01-06.jsonl', 'other/2026-01-07.jsonl']
    for (const path of [`api/logs/${DAY}`, `web/logs/${DAY}`, `other/web/logs/${DAY}`, ...other]) {
      mkdirSync(join(root, dirname(path)), { recursive: true })
      writeFileSync(join(root, path), '')
    }
  })

  test('of one folder are as seen from it', () => {
    expect(namesIn(root, ['api/logs'])).toEqual([DAY, '2026-01-06.jsonl'])
    expect(namesIn(root, ['other'])).toEqual(['2026-01-07.jsonl', `web/logs/${DAY}`])
  })

  test('of two folders with the same days begin with what tells them apart', () => {
    expect(namesIn(root, ['api/logs', 'web/logs', 'other/2026-01-07.jsonl'])).toEqual([
      `api/logs/${DAY}`,
      `web/logs/${DAY}`,
      'api/logs/2026-01-06.jsonl',
      '2026-01-07.jsonl',
    ])
  })

  test('of single files of the same name do so too', () => {
    expect(namesIn(root, [`api/logs/${DAY}`, `web/logs/${DAY}`])).toEqual([`api/logs/${DAY}`, `web/logs/${DAY}`])
  })

  test('are whole paths where even that names another file', () => {
    expect(namesIn(root, ['api/logs', 'web/logs', 'other'])).toEqual([
      `api/logs/${DAY}`,
      join(root, `web/logs/${DAY}`),
      'api/logs/2026-01-06.jsonl',
      '2026-01-07.jsonl',
      join(root, `other/web/logs/${DAY}`),
    ])
  })

  test('a file that is named twice is there once', () => {
    expect(namesIn(root, ['api/logs', `api/logs/${DAY}`])).toEqual([DAY, '2026-01-06.jsonl'])
  })
})
