// A person is taken out of everything that is reached, and what their usage cost stays.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import * as zlib from 'node:zlib'
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pseudonymizer } from '../../../src/capture/privacy.ts'
import { NATIVE_FORMAT } from '../../../src/event/source-format.ts'
import { REPORT_NAMES } from '../../../src/report/catalogue.ts'
import { holdsRejected, PersonFinder } from '../../../src/retention/person-lines.ts'
import { openLogFolder } from '../../capture/log-folder.ts'
import type { Ran } from '../../golden-case.ts'
import { runInProcess } from '../../support/run-in-process.ts'

const KEY = 'a key of the tests alone'
const ANNA = 'anna@diageo.com'

function judge(line: string, pseudonym: string | null = null, user = ANNA): string | boolean {
  const fate = new PersonFinder({ user, pseudonym }, NATIVE_FORMAT).keeps(Buffer.from(line))
  return typeof fate === 'boolean' ? fate : fate.toString()
}

describe('the lines of a person', () => {
  it.each([
    ['{"timestamp":1,"user":"anna@diageo.com"}', false],
    ['{"timestamp":1,"user_email" : "\\u0061nna@diageo.com"}', false],
    ['{"timestamp":1,"email":"anna@diageo.com","n":1.50}', false],
    ['{"timestamp":1,"user":"x","user":"anna@diageo.com"}', false],
    ['{"timestamp":1,"user":"joanna@diageo.com"}', true],
    ['{"timestamp":1,"user":"anna@diageo.com.au"}', true],
    ['{"timestamp":1,"user":"Anna@diageo.com"}', true],
    ['{"timestamp":1,"client":"anna@diageo.com"}', true],
    ['{"timestamp":1,"data":{"user":"anna@diageo.com"}}', true],
    // A piece of a line.
    ['"user":"anna@diageo.com"}', false],
    ['{"user":"ben@diageo.c', true],
    ['{"timestamp":"never","user":"anna@diageo.com"}', false],
    // An event of Ben's, and one that names Anna in a key that is repeated.
    ['{"timestamp":1,"user":"ben","email":"anna@diageo.com"}', '{"timestamp":1,"user":"ben","email":null}'],
    ['{"timestamp":1,"user":"anna@diageo.com","user":"ben"}', '{"timestamp":1,"user":null,"user":"ben"}'],
  ])('%s', (line, fate) => {
    expect(judge(line)).toBe(fate)
  })

  it('keep every other byte where the name is replaced, in all fields that hold it', () => {
    const line = '{ "user":"anna@diageo.com", "cost_usd": 1.50,"email":"\\u0061nna@diageo.com","text":"\\u00e9" }\r'
    expect(judge(line, 'h"1')).toBe('{ "user":"h\\"1", "cost_usd": 1.50,"email":"h\\"1","text":"\\u00e9" }\r')
  })

  it('are found where the name is a number', () => {
    expect(judge('{"timestamp":1,"user_id":1207}', 'h', '1207')).toBe('{"timestamp":1,"user_id":"h"}')
    expect(judge('{"timestamp":1,"user_id":12070}', 'h', '1207')).toBe(true)
  })

  it('are found among rejected lines', () => {
    const held = (text: object) => holdsRejected(Buffer.from(JSON.stringify(text)), ANNA)
    expect(held({ file: 'x', text: '{"user":"anna@diageo.com' })).toBe(true)
    expect(held({ file: 'x', base64: Buffer.from('anna@diageo.com\xff', 'latin1').toString('base64') })).toBe(true)
    expect(held({ file: 'x', text: 'ben' })).toBe(false)
  })
})

class Workspace {
  readonly root = openLogFolder().dir
  readonly logs = join(this.root, 'usage_logs')

  constructor() {
    mkdirSync(this.logs)
    for (const day of ['01', '02', '11', '12']) {
      const lines = Array.from({ length: 24 }, (_, hour) => eventText(`2026-03-${day}`, hour))
      const text = Buffer.from(lines.join(''))
      if (day === '02') writeFileSync(join(this.logs, `2026-03-${day}.jsonl.gz`), gzipSync(text))
      else writeFileSync(join(this.logs, `2026-03-${day}.jsonl`), text)
    }
  }

  get environment() {
    return {
      PATH: process.env.PATH,
      USAGEBOOK_NOW: '2026-03-12T23:59:00Z',
      TZ: 'UTC',
      NO_COLOR: '1',
      XDG_CACHE_HOME: join(this.root, 'cache'),
    }
  }

  async run(words: readonly string[], environment: object = {}): Promise<Ran> {
    return await runInProcess(words, this.root, { ...this.environment, ...environment }, undefined)
  }

  /** All sections of reports without the names of users. */
  async sums(...words: string[]): Promise<unknown> {
    const { stdout } = await this.run(['report', '--format', 'json', ...words])
    const document = JSON.parse(stdout)
    const { users: _users, ...summary } = document.summary
    return withoutUsers([summary, document.clients, document.models, document.profiles, document.dates])
  }

  /** A report, but for what it says of the logs as a whole. */
  async document(...words: string[]): Promise<unknown> {
    const { stdout, code } = await this.run(['report', ...words, '--format', 'json'])
    expect(['0', '3']).toContain(code)
    const { ledger: _ledger, ...document } = JSON.parse(stdout)
    return document
  }

  /** Everything that is stored, unpacked. */
  text(): string {
    const names = readdirSync(this.root, { recursive: true, encoding: 'utf8' }).map(name => join(this.root, name))
    return names
      .filter(name => statSync(name).isFile())
      .map(name => (name.endsWith('.gz') ? gunzipSync(readFileSync(name)) : readFileSync(name)).toString('latin1'))
      .join('\n')
  }
}

function eventText(day: string, hour: number): string {
  const user = ['anna@diageo.com', 'joanna@diageo.com', 'ben@unilever.com'][hour % 3]
  return `${JSON.stringify({
    timestamp: `${day}T${String(hour).padStart(2, '0')}:00:00Z`,
    id: `${day}-${hour}`,
    event: hour % 5 === 0 ? 'request' : 'analysis',
    client: hour % 3 === 2 ? 'unilever' : 'diageo',
    user,
    model: 'gpt-4o',
    input_tokens: 1000 + hour,
    output_tokens: hour,
    duration_ms: 10 * hour,
    cost_usd: hour % 4 === 0 ? '0.0000000000000000001' : undefined,
  })}\n`
}

function withoutUsers(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, item: unknown) => (key === 'users' ? null : (item ?? null))))
}

describe('forgetting a person', () => {
  it('leaves every sum of usage as it was, and the name nowhere', async () => {
    const workspace = new Workspace()
    await workspace.run(['log', 'prune', '--older-than', '10d', '--yes'])
    const before = [
      await workspace.sums(),
      await workspace.sums('--client', 'diageo'),
      await workspace.sums('--last-days', '2'),
    ]
    const size = workspace.text().length
    expect((await workspace.run(['log', 'forget', '--user', ANNA, '--dry-run'])).stdout).toContain('8 lines removed')
    expect(workspace.text()).toHaveLength(size)
    const ran = await workspace.run(['log', 'forget', '--user', ANNA, '--yes'])
    expect(ran).toMatchObject({ code: '0', stderr: '' })
    expect([
      await workspace.sums(),
      await workspace.sums('--client', 'diageo'),
      await workspace.sums('--last-days', '2'),
    ]).toEqual(before)
    expect(workspace.text().replaceAll('joanna@', '')).not.toContain(ANNA)
    expect(workspace.text()).toContain('joanna@diageo.com')
    // What is repeated later is counted already.
    appendFileSync(join(workspace.logs, '2026-03-11.jsonl'), eventText('2026-03-11', 3))
    expect(await workspace.sums()).toEqual(before[0])
  })

  it('replaces the name by the hash of the logger, and every report stays as it was', async () => {
    const workspace = new Workspace()
    await workspace.run(['log', 'prune', '--older-than', '10d', '--yes'])
    const { stdout: before } = await workspace.run(['report', '--group-by', 'user', '--format', 'csv'])
    const { stdout: hours } = await workspace.run(['report', '--group-by', 'hour,event', '--format', 'csv'])
    const argv = ['log', 'forget', '--user', ANNA, '--pseudonymize', '--yes']
    expect(await workspace.run(argv, { USAGEBOOK_PSEUDONYM_KEY: KEY })).toMatchObject({ code: '0', stderr: '' })
    const hash = pseudonymizer(KEY)(ANNA)
    const { stdout: after } = await workspace.run(['report', '--group-by', 'user', '--format', 'csv'])
    expect(after.split('\n').sort()).toEqual(before.replace(`\n${ANNA},`, `\n${hash},`).split('\n').sort())
    expect((await workspace.run(['report', '--group-by', 'hour,event', '--format', 'csv'])).stdout).toBe(hours)
    expect(workspace.text().replaceAll('joanna@', '')).not.toContain(ANNA)
  })

  it('makes a key that only its owner can read, and uses it again', async () => {
    const workspace = new Workspace()
    await workspace.run(['log', 'forget', '--user', ANNA, '--pseudonymize', '--dry-run'])
    const file = join(workspace.root, '.usagebook', 'pseudonym.key')
    expect(existsSync(file)).toBe(false)
    await workspace.run(['log', 'forget', '--user', ANNA, '--pseudonymize', '--yes'])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const hash = pseudonymizer(readFileSync(file, 'utf8').trim())(ANNA)
    expect(readFileSync(join(workspace.logs, '2026-03-12.jsonl'), 'utf8')).toContain(hash)
  })

  it('asks, and says so where there is nobody to ask', async () => {
    const workspace = new Workspace()
    const before = workspace.text()
    const ran = await workspace.run(['log', 'forget', '--user', ANNA])
    expect(ran.code).toBe('2')
    expect(ran.stderr).toContain('--yes')
    expect(workspace.text()).toBe(before)
  })

  it('takes the name out of files of rejected lines that are named, and leaves archives alone', async () => {
    const workspace = new Workspace()
    const rejects = join(workspace.root, 'rejects.jsonl')
    writeFileSync(rejects, '{"file":"a","line":1,"text":"anna@diageo.com {"}\n{"file":"a","line":2,"text":"{"}\n')
    await workspace.run(['log', 'prune', '--older-than', '10d', '--yes', '--archive', 'old'])
    const words = [
      'log',
      'forget',
      '--user',
      ANNA,
      '--yes',
      '--rejects',
      rejects,
      '--logs',
      'usage_logs',
      '--logs',
      'old',
    ]
    const before = await workspace.sums('--logs', 'usage_logs', '--logs', 'old')
    const ran = await workspace.run(words)
    expect(ran.stdout).toContain('rejects.jsonl: 1 line removed')
    expect(ran.stdout).toMatch(
      /2026-03-01\.[\da-f]{12}\.jsonl is left as it is, an archive with 8 lines of this name\./,
    )
    expect(readFileSync(rejects, 'utf8')).toBe('{"file":"a","line":2,"text":"{"}\n')
    expect(await workspace.sums('--logs', 'usage_logs', '--logs', 'old')).toEqual(before)
  })

  it.each([
    ['.br', brotliCompressSync],
    ['.zst', (zlib as { zstdCompressSync?: (text: string) => Buffer }).zstdCompressSync],
  ])('does not call it done where a log ending in %s has lines of the person', async (ending, pack) => {
    const workspace = new Workspace()
    const path = join(workspace.logs, `2026-03-10.jsonl${ending}`)
    // Also where this Node cannot read it.
    writeFileSync(path, pack?.(eventText('2026-03-10', 3) + eventText('2026-03-10', 4)) ?? 'unreadable')
    for (const words of [['--dry-run'], ['--yes']]) {
      const ran = await workspace.run(['log', 'forget', '--user', ANNA, ...words])
      expect(ran.code).toBe('1')
      expect(ran.stdout + ran.stderr).toMatch(
        pack === undefined
          ? `2026-03-10.jsonl${ending} cannot be unpacked: this version of Node does not support zstd`
          : `2026-03-10.jsonl${ending} is left as it is, with 1 line of this name: logs packed like this are not rewritten. Unpack it,`,
      )
    }
    writeFileSync(path, pack?.(eventText('2026-03-10', 4)) ?? '')
    if (pack === undefined) rmSync(path)
    expect((await workspace.run(['log', 'forget', '--user', ANNA, '--yes'])).code).toBe('0')
  })

  it('names a summary that it cannot read, which may hold the name', async () => {
    const workspace = new Workspace()
    await workspace.run(['log', 'prune', '--older-than', '10d', '--yes'])
    const folder = join(workspace.logs, '.summaries')
    const name = readdirSync(folder).find(file => file.endsWith('.json'))!
    appendFileSync(join(folder, name), ' ')
    const ran = await workspace.run(['log', 'forget', '--user', ANNA, '--yes'])
    expect(ran.code).toBe('1')
    expect(ran.stderr).toContain(`${name} was changed or cut off. It may contain the name: replace it`)
  })

  it.each([
    ['removed', []],
    ['under another name', ['--pseudonymize']],
  ])('leaves all reports of the others as they were, with the lines %s', async (_, words) => {
    const workspace = new Workspace()
    const ofOthers = async () => {
      const documents: unknown[] = []
      for (const report of REPORT_NAMES)
        for (const user of ['joanna@diageo.com', 'ben@unilever.com'])
          documents.push(await workspace.document(report, '--user', user))
      return documents
    }
    const before = await ofOthers()
    expect(await workspace.run(['log', 'forget', '--user', ANNA, '--yes', ...words])).toMatchObject({ code: '0' })
    expect(await ofOthers()).toEqual(before)
  })
})
