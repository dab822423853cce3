// A cache on a disk that takes no more: the program answers as without one, and leaves nothing half-written behind.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../support/logs.ts'
import { fixedEnvironment, PROGRAM } from '../../support/program.ts'

const LINES = Array.from(
  { length: 20_000 },
  (_, index) =>
    `{"timestamp":"2026-03-01T10:00:00Z","client":"diageo","user":"user-${index}","model":"gpt-4o","input_tokens":${index},"note":"${'x'.repeat(300)}"}\n`,
)

// Files of so many blocks of 1024 bytes at most: for the cache as if the disk were full after them.
test.each([0, 1, 64])('runs on a disk that is full after %i KiB of a file leave no temporary file', kib => {
  const folder = makeFolder({ '2026-03-01.jsonl': LINES.join('') })
  const cache = join(folder, 'cache')
  const run = (limit: string) =>
    spawnSync('bash', ['-c', `${limit} exec "$0" "$@"`, process.execPath, PROGRAM, '--logs', folder, '--quiet'], {
      cwd: folder,
      env: fixedEnvironment({ XDG_CACHE_HOME: cache }),
      encoding: 'utf8',
    })
  const runs = [run(`ulimit -f ${kib};`), run(`ulimit -f ${kib};`)]
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  expect(left.filter(name => name.endsWith('.tmp'))).toEqual([])
  const whole = run('')
  expect(runs.map(({ status, stderr, stdout }) => [status, stderr, stdout])).toEqual(
    runs.map(() => [0, whole.stderr, whole.stdout]),
  )
  expect(readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter(name => /\.tmp$/.test(name))).toEqual([])
})

test('a folder in which nothing can be made is no cache and no error', () => {
  const folder = makeFolder({ '2026-03-01.jsonl': LINES.join('') })
  const runs = ['/proc', '/dev/null', join(folder, '2026-03-01.jsonl')].map(cache =>
    spawnSync(process.execPath, [PROGRAM, '--logs', folder, '--quiet'], {
      cwd: folder,
      env: fixedEnvironment({ XDG_CACHE_HOME: cache }),
      encoding: 'utf8',
    }),
  )
  const [{ stdout } = { stdout: '' }] = runs
  expect(stdout).toContain('20,000 analyses')
  expect(runs.map(({ status, stderr }) => [status, stderr])).toEqual(runs.map(() => [0, '']))
})
