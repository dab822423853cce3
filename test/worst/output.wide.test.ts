// What happens to the old file when writing the new one goes wrong.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/logs.ts'
import { runProgram, runShell, startProgram } from '../support/program.ts'

const KILLS = 25

function makeLogs(users: number): Record<string, string> {
  const line = (index: number) =>
    JSON.stringify({
      timestamp: '2026-03-01T10:00:00Z',
      client: 'diageo',
      user: `user${index}@diageo.com`,
      input_tokens: 9,
    })
  return { '2026-03-01.jsonl': `${Array.from({ length: users }, (_, index) => line(index)).join('\n')}\n` }
}

test('a kill at any instant leaves the old file or the whole new one', async () => {
  const folder = makeFolder(makeLogs(3000))
  const target = join(folder, 'report.csv')
  const whole = runProgram(folder, ['--logs', '.', '--format', 'csv', '-q']).stdout
  const outcomes = new Set<string>()
  for (let kill = 0; kill < KILLS; kill++) {
    writeFileSync(target, 'the old report\n')
    const child = startProgram(folder, ['--logs', '.', '-o', 'report.csv', '-q'])
    const ended = new Promise(resolve => child.once('exit', resolve))
    const timer = setTimeout(() => child.kill('SIGKILL'), (kill * 300) / KILLS)
    await ended
    clearTimeout(timer)
    const content = readFileSync(target, 'utf8')
    expect(content === 'the old report\n' || content === whole).toBe(true)
    outcomes.add(content === whole ? 'new' : 'old')
  }
  expect([...outcomes]).toContain('old')
})

test('an interrupt leaves no temporary file and ends by the signal', async () => {
  const folder = makeFolder(makeLogs(10))
  mkdirSync(join(folder, 'out'))
  const child = startProgram(folder, ['--logs', '-', '-o', 'out/report.csv', '--rejects', 'out/rejects.jsonl'])
  const ended = new Promise(resolve => child.once('exit', (code, signal) => resolve(signal ?? code)))
  child.stdin!.write('not json\n')
  await waitFor(() => readdirSync(join(folder, 'out')).length === 1)
  child.kill('SIGINT')
  expect(await ended).toBe('SIGINT')
  expect(readdirSync(join(folder, 'out'))).toEqual([])
})

test('a disk that takes no more leaves the old file, and says so', () => {
  const folder = makeFolder(makeLogs(3000))
  writeFileSync(join(folder, 'report.csv'), 'the old report\n')
  const ended = runShell(folder, 'trap "" XFSZ; ulimit -f 16; usagebook --logs . -o report.csv -q')
  expect(ended.stderr).toMatch(/report\.csv cannot be written: the file would be larger than allowed/)
  expect(ended.code).toBe(1)
  expect(readFileSync(join(folder, 'report.csv'), 'utf8')).toBe('the old report\n')
  expect(readdirSync(folder).sort()).toEqual(['2026-03-01.jsonl', 'report.csv'])
})

test('folders in the path of the output are made', () => {
  const folder = makeFolder(makeLogs(1))
  expect(runProgram(folder, ['--logs', '.', '-o', 'a/b/report.json', '-q']).code).toBe(0)
  expect(JSON.parse(readFileSync(join(folder, 'a/b/report.json'), 'utf8')).summary.analyses).toBe(1)
})

test('an output that is a folder is an error, and the folder stays', () => {
  const folder = makeFolder(makeLogs(1))
  mkdirSync(join(folder, 'report.csv'))
  const ended = runProgram(folder, ['--logs', '.', '-o', 'report.csv'])
  expect(ended.code).toBe(1)
  expect(ended.stderr).toMatch(/cannot be written: it is a folder/)
  expect(existsSync(join(folder, 'report.csv'))).toBe(true)
})

test('a slow reader gets all, also through a pipe that another program has set to refuse what it cannot take', () => {
  const folder = makeFolder(makeLogs(6000))
  const whole = runProgram(folder, ['--logs', '.', '--format', 'csv', '-q']).stdout
  const refusing = 'node -e "process.stdout.write(String()); setTimeout(() => {}, 1500)" &'
  for (const other of ['', refusing]) {
    const script = `{ ${other} sleep 0.5; usagebook --logs . --format csv -q; } | { sleep 1.5; cat; }`
    expect(runShell(folder, script).stdout).toBe(whole)
  }
  expect(Buffer.byteLength(whole)).toBeGreaterThan(65536)
})

test('a reader that goes away ends the program quietly', () => {
  const folder = makeFolder(makeLogs(6000))
  const ended = runShell(folder, 'set -o pipefail; usagebook --logs . --format csv -q | head -n 1; echo $?')
  expect(ended.stderr).toBe('')
  expect(ended.stdout.trim().split('\n').at(-1)).toBe('0')
})

async function waitFor(isReady: () => boolean): Promise<void> {
  while (!isReady()) await new Promise(resolve => setTimeout(resolve, 5))
}

test('an interrupt ends a long read by one thread by the signal', async () => {
  const folder = makeFolder(makeLogs(400_000))
  // A condition on a number is for the plain reader, which takes seconds for so many lines.
  const slow = ['--threads', '1', '--no-cache', '--where', 'input_tokens>=0']
  const child = startProgram(folder, ['--logs', '.', ...slow, '-o', 'report.csv', '-q'])
  const ended = new Promise(resolve => child.once('exit', (code, signal) => resolve(signal ?? code)))
  setTimeout(() => child.kill('SIGINT'), 250)
  expect(await ended).toBe('SIGINT')
  expect(readdirSync(folder)).toEqual(['2026-03-01.jsonl'])
})
