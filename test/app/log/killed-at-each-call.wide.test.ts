// Rewriting logs is killed before each of its calls that change the file system, one after the other: no line of others is
// lost, nothing counts twice, and the next run finishes it.
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { linesOf, openLogFolder } from '../../capture/log-folder.ts'
import { runInProcess } from '../../support/run-in-process.ts'
import { triesOf } from '../../support/tries.ts'

const PROGRAM = resolve(import.meta.dirname, '../../../bin/usagebook.js')
const DIE_AT_CALL = resolve(import.meta.dirname, '../../support/die-at-call.cjs')
const PRUNE = ['log', 'prune', '--errors', '7d', '--yes']
const FORGET = ['log', 'forget', '--user', 'anna@diageo.com', '--yes']
const LATE = eventText('2026-03-01', 23, 'ben@diageo.com', 'analysis')
/** Of the calls, each of them is only tried in the long run. */
const STEP = triesOf(40, 9, 1)

function eventText(day: string, hour: number, user: string, event: string): string {
  const timestamp = `${day}T${String(hour).padStart(2, '0')}:00:00Z`
  const usage = { model: 'gpt-4o', input_tokens: 1000 + hour, output_tokens: hour }
  return `${JSON.stringify({ timestamp, id: `${day}-${hour}`, event, client: 'diageo', user, ...usage })}\n`
}

// Ben's events are analyses, Anna's are errors for the most part, and a day has none but hers.
function dayText(day: string, users: readonly string[]): string {
  const events = Array.from({ length: 12 }, (_, hour) => {
    const user = users[hour % users.length]!
    return eventText(day, hour, user, user.startsWith('anna') && hour % 4 > 0 ? 'error' : 'analysis')
  })
  return events.join('')
}

class Workspace {
  readonly root = openLogFolder().dir
  readonly logs = join(this.root, 'usage_logs')
  readonly environment = {
    PATH: process.env.PATH,
    USAGEBOOK_NOW: '2026-03-12T23:59:00Z',
    TZ: 'UTC',
    NODE_DISABLE_COMPILE_CACHE: '1',
    XDG_CACHE_HOME: join(this.root, 'cache'),
  }

  async run(words: readonly string[]): Promise<string> {
    const ran = await runInProcess(words, this.root, this.environment, undefined)
    expect(ran).toMatchObject({ code: '0', stderr: '' })
    return ran.stdout
  }

  /** Whether it was killed, and did not come to its end before. */
  killAt(call: number, words: readonly string[]): boolean {
    const env = { ...this.environment, DIE_AT: String(call) }
    const argv = ['--require', DIE_AT_CALL, PROGRAM, ...words]
    const { signal, status, stderr } = spawnSync(process.execPath, argv, { cwd: this.root, env, encoding: 'utf8' })
    if (signal === null) expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    return signal === 'SIGKILL'
  }

  /** Of all users together. */
  sums(): Promise<string> {
    return this.run(['report', '--group-by', 'day,client,model', '--format', 'csv', '--no-cache'])
  }

  ofBen(): string[] {
    return this.lines().filter(line => line.includes('ben@diageo.com'))
  }

  /** Of everything, hidden or packed, in the workspace; but not of copies that a prune removes an hour later. */
  lines(): string[] {
    return readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.endsWith('.rewrite'))
      .map(({ parentPath, name }) => ({ name, bytes: readFileSync(join(parentPath, name)) }))
      .flatMap(({ name, bytes }) => linesOf((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')))
      .sort()
  }
}

function makeWorkspace(): Workspace {
  const workspace = new Workspace()
  mkdirSync(workspace.logs)
  const both = ['ben@diageo.com', 'anna@diageo.com']
  writeFileSync(join(workspace.logs, '2026-03-01.jsonl'), dayText('2026-03-01', both))
  writeFileSync(join(workspace.logs, '2026-03-02.jsonl'), dayText('2026-03-02', ['anna@diageo.com']))
  writeFileSync(join(workspace.logs, '2026-03-03.jsonl.gz'), gzipSync(dayText('2026-03-03', both)))
  return workspace
}

describe.each([
  ['a prune', [], PRUNE],
  ['a run that forgets a person', [], FORGET],
  ['a run that forgets a person of whom a prune has left sums', PRUNE, FORGET],
])('%s', (_, before, words) => {
  it('is killed before each call and finished later, with all sums and lines of others as they were', async () => {
    const pattern = makeWorkspace()
    if (before.length > 0) await pattern.run(before)
    let call = 1
    for (let isKilled = true; isKilled; call += STEP) {
      const workspace = new Workspace()
      cpSync(pattern.root, workspace.root, { recursive: true })
      const sums = await workspace.sums()
      const ofBen = workspace.ofBen()
      isKilled = workspace.killAt(call, words)
      expect([call, await workspace.sums()]).toEqual([call, sums])
      appendFileSync(join(workspace.logs, '2026-03-01.jsonl'), LATE)
      const withLate = await workspace.sums()
      await workspace.run(words)
      expect([call, await workspace.sums()]).toEqual([call, withLate])
      expect([call, workspace.ofBen()]).toEqual([call, [...ofBen, LATE.trimEnd()].sort()])
      expect(existsSync(join(workspace.logs, '2026-03-02.jsonl'))).toBe(words === PRUNE)
      const hidden = readdirSync(workspace.logs).filter(name => name.startsWith('.'))
      const left = words === PRUNE ? hidden.filter(name => !name.endsWith('.rewrite')) : hidden
      expect([call, left]).toEqual([call, ['.summaries']])
      if (words === FORGET) expect([call, workspace.lines().filter(line => line.includes('anna'))]).toEqual([call, []])
    }
    expect(call).toBeGreaterThan(30)
  })
})
