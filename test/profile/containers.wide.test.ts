// Processes that share a folder and a host name but not their process ids, as containers on one volume do.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { validateProfiles } from '../../src/app/profile/validate-profiles.ts'
import { has } from '../support/needs.ts'
import { buildWorker } from './build-worker.ts'
import { homeAt, makeBrandCheck, readAuditLines } from './workspace.ts'

const IN_NAMESPACE = ['--pid', '--fork', '--mount-proc']
const EDITS = 10
const folder = mkdtempSync(join(tmpdir(), 'usagebook-containers-'))
let worker = ''
let canUnshare = false

beforeAll(async () => {
  worker = await buildWorker(folder)
  canUnshare = has({
    tests: 'profiles changed from several containers',
    isThere: spawnSync('unshare', [...IN_NAMESPACE, 'true']).status === 0,
    missing: 'no namespace of process ids can be made.',
    how: 'Run "WIDE=1 npx vitest run test/profile/containers.wide.test.ts" as root on a Linux with unshare.',
    variable: 'USAGEBOOK_REQUIRE_NAMESPACES',
  })
  return () => rmSync(folder, { recursive: true })
})

describe('four containers of one host name that edit one profile', () => {
  it('lose no edit and leave an audit line for each', async context => {
    context.skip(!canUnshare)
    const root = makeRoot()
    const home = await makeBrandCheck(homeAt(root))
    const names = ['one', 'two', 'three', 'four']
    const codes = await Promise.all(names.map(name => inContainer('edits', root, name, String(EDITS)).code))
    expect(codes).toEqual([0, 0, 0, 0])
    const edits = readAuditLines(home).filter(line => line.action === 'edit')
    expect(edits.map(line => line.toVersion)).toEqual(Array.from({ length: 40 }, (_, index) => index + 2))
    expect((await validateProfiles(undefined, home)).problems).toEqual([])
  })
})

describe('a container that was killed while it held the lock', () => {
  it('is named at once by the next command, which says what to do and does not take over', async context => {
    context.skip(!canUnshare)
    const root = makeRoot()
    await makeBrandCheck(homeAt(root))
    await inContainer('die', root, 'one', '4').code
    const edit = spawnSync(
      process.execPath,
      [resolve('bin/usagebook.js'), 'profile', 'edit', 'brand_check', '--set', 'pass_threshold=90', '--root', root],
      { encoding: 'utf8' },
    )
    expect(edit.status).toBe(1)
    expect(edit.stderr).toMatch(/waiting for process \d+ on .*, which cannot be seen from here/)
    expect(edit.stderr).toContain('in another container or on another machine')
    expect(edit.stderr).toContain(`remove ${join(root, 'profiles', '.lock')}`)
  })
})

function makeRoot(): string {
  const root = mkdtempSync(join(folder, 'workspace-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

function inContainer(...words: string[]): { code: Promise<number | null> } {
  // The first process of a namespace cannot be killed from within, so a shell is it.
  const shell = ['sh', '-c', '"$0" "$@"; exit $?']
  const child = spawn('unshare', [...IN_NAMESPACE, ...shell, process.execPath, worker, ...words], { stdio: 'inherit' })
  const code = new Promise<number | null>((resolveCode, reject) => {
    child.on('error', reject)
    child.on('close', resolveCode)
  })
  return { code }
}
