// Processes killed at random instants, and at every step, while others make tokens, links and sessions at the same time.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAccess, readLastAudit } from '../../src/access/access-file.ts'
import { Doorkeeper } from '../../src/app/access/identify.ts'
import { createToken } from '../../src/app/access/tokens.ts'
import { buildWorker } from '../profile/build-worker.ts'
import { triesOf } from '../support/tries.ts'
import { homeAt, makeAccessHome, type TestHome } from './home.ts'

const KILLS = triesOf(5, 16, 200)
const PROCESSES = 4
const LONGEST_WAIT_MS = 120
// Names that `AccessHome.step` is called with, in their order.
const STEPS = ['write the state', 'flush the folder', 'append to the audit', 'let the lock go']
const folder = mkdtempSync(join(tmpdir(), 'usagebook-access-kills-'))
let worker = ''

beforeAll(async () => {
  worker = await buildWorker(folder, join(import.meta.dirname, 'worker.ts'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What every state of the disk must be after the next change: whole, and each change once in the audit. */
function expectOrder(home: TestHome): void {
  const state = readAccess(home)
  const { lines, unreadable } = readLastAudit(home, Number.POSITIVE_INFINITY)
  const text = readFileSync(join(home.root, '.usagebook', 'audit.jsonl'), 'utf8')
  const count = (action: string) => lines.filter(line => line.action === action).length
  expect([unreadable, text.endsWith('\n'), text.split('\n').length - 1]).toEqual([0, true, state.seq])
  expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: state.seq }, (_, index) => index + 1))
  expect([count('token.create'), count('link.create')]).toEqual([state.tokens.length, state.links.length])
  expect(count('login') - state.sessions.length).toBe(0)
  expect(state.tokens.map(({ id }) => id)).toEqual(state.tokens.map((_, index) => `t${index + 1}`))
  expect(readdirSync(join(home.root, '.usagebook')).sort()).toEqual(
    ['.gitignore', 'access.json', 'audit.jsonl', ...(existsUses(home) ? ['token-uses.json'] : [])].sort(),
  )
}

function existsUses({ root }: TestHome): boolean {
  return readdirSync(join(root, '.usagebook')).includes('token-uses.json')
}

describe(`${KILLS} kills at random instants among ${PROCESSES} processes`, () => {
  it('lose nothing that was printed, and leave no gap in the audit', { timeout: 1_800_000 }, async () => {
    const home = homeAt(mkdtempSync(join(folder, 'workspace-')))
    const printed: string[] = []
    const running = await Promise.all(
      Array.from({ length: PROCESSES }, (_, index) => start(home, `p${index}`, printed)),
    )
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(Math.random() * LONGEST_WAIT_MS)
      const place = kill % PROCESSES
      await end(running[place]!)
      readAccess(home)
      running[place] = await start(home, `p${kill + PROCESSES}`, printed)
    }
    await Promise.all(running.map(end))
    await createToken({ by: 'after', role: 'admin' }, home)

    const doorkeeper = new Doorkeeper(home)
    const lost = printed.filter(line => {
      const [what, name, secret = ''] = line.split(' ')
      if (what === 'token') return !doorkeeper.byToken(secret)?.actor.endsWith(` ${name}`)
      if (what === 'link') return doorkeeper.byLink(secret)?.actor !== `link ${name}`
      return what === 'session' && doorkeeper.bySession(secret)?.actor !== name
    })
    expect(lost).toEqual([])
    expect(printed.filter(line => line.startsWith('token ')).length).toBeGreaterThan(PROCESSES)
    expectOrder(home)
    console.log(`${KILLS} kills in ${readAccess(home).seq} changes`)
  })
})

describe('a process killed before a step', () => {
  it.each(STEPS.map((name, index) => [index + 1, name]))('%i, %s, leaves all whole for the next change', async step => {
    const home = makeAccessHome()
    await createToken({ by: 'anna', role: 'admin' }, home)
    const { signal } = spawnSync(process.execPath, [worker, 'die', home.root, 'ben', String(step)])
    expect(signal).toBe('SIGKILL')
    const isMade = step !== 1
    expect(readAccess(home).tokens.length).toBe(isMade ? 2 : 1)
    expect(readLastAudit(home, 10).lines.map(({ actor }) => actor)).toEqual(isMade ? ['anna', 'ben'] : ['anna'])
    await createToken({ by: 'carla', role: 'admin' }, home)
    expectOrder(home)
  })

  it('of the first change there is leaves a folder in which the next one works', async () => {
    const home = makeAccessHome()
    spawnSync(process.execPath, [worker, 'die', home.root, 'ben', '1'])
    await createToken({ by: 'carla', role: 'admin' }, home)
    expectOrder(home)
  })

  it('is tried at all steps', async () => {
    const home = makeAccessHome()
    const steps: string[] = []
    await createToken({ by: 'anna', role: 'admin' }, { ...home, step: name => steps.push(name) })
    expect(steps).toEqual(STEPS)
  })
})

/** Resolves once the process has begun; its whole lines go into `printed`. */
function start({ root }: TestHome, name: string, printed: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [worker, 'forever', root, name], { stdio: ['ignore', 'pipe', 'inherit'] })
  let rest = ''
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop()!
      printed.push(...lines)
      if (lines.includes('ready')) resolve(child)
    })
  })
}

/** Kills it, and waits until all that it printed was read. */
function end(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.on('close', () => resolve())
    child.kill('SIGKILL')
  })
}
