// Sixteen processes that edit one profile at the same time.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { validateProfiles } from '../../src/app/profile/validate-profiles.ts'
import { formatLock, ownLock } from '../durable/lock-text.ts'
import { triesOf } from '../support/tries.ts'
import { buildWorker } from './build-worker.ts'
import { homeAt, makeBrandCheck, readAuditLines, readProfile, readUses } from './workspace.ts'

const WRITERS = Array.from({ length: 16 }, (_, index) => `writer${index}`)
const EDITS = triesOf(3, 10, 40)
const LAST = WRITERS.length * EDITS + 1
const root = mkdtempSync(join(tmpdir(), 'usagebook-many-'))
const home = homeAt(root)

describe(`16 processes that make ${EDITS} edits each to one profile`, () => {
  let exitCodes: (number | null)[] = []

  beforeAll(async () => {
    await makeBrandCheck(home)
    const worker = await buildWorker(root)
    // All begin at a lock that a dead process left.
    symlinkSync(formatLock({ ...(await ownLock()), processId: 999999999 }), join(root, 'profiles', '.lock'))
    exitCodes = await Promise.all(WRITERS.map(name => run(worker, name)))
  }, 600_000)
  afterAll(() => rmSync(root, { recursive: true }))

  it('all end well', () => {
    expect(exitCodes).toEqual(WRITERS.map(() => 0))
  })

  it(`make versions numbered 2 to ${LAST} without a gap, and leave no other file`, () => {
    const wanted = ['audit.jsonl', 'brand_check.json']
    for (let version = 2; version <= LAST; version++) wanted.push(`brand_check_v${version}.json`)
    expect(readdirSync(join(root, 'profiles')).sort()).toEqual(wanted.sort())
  })

  it('each appear in exactly one version against the one before', () => {
    const added: string[] = []
    let before = checksOf(1)
    for (let version = 2; version <= LAST; version++) {
      const current = checksOf(version)
      expect(current.slice(0, before.length)).toEqual(before)
      added.push(...current.slice(before.length))
      before = current
    }
    const wanted = WRITERS.flatMap(name => Array.from({ length: EDITS }, (_, index) => `${name}_${index}`))
    expect(added.sort()).toEqual(wanted.sort())
  })

  it('leave the three clients on the last version', () => {
    expect(readUses(home)).toEqual({
      diageo: [`brand_check_v${LAST}`],
      unilever: [`brand_check_v${LAST}`],
      loreal: [`brand_check_v${LAST}`],
    })
  })

  it('leave one audit line each, in the order of the versions', () => {
    const edits = readAuditLines(home).filter(line => line.action === 'edit')
    expect(edits.map(line => line.toVersion)).toEqual(Array.from({ length: LAST - 1 }, (_, index) => index + 2))
  })

  it('leave files, clients and audit in agreement', async () => {
    expect((await validateProfiles(undefined, home)).problems).toEqual([])
  })
})

function checksOf(version: number): string[] {
  return Object.keys(readProfile(home, version === 1 ? 'brand_check' : `brand_check_v${version}`).checks as object)
}

function run(worker: string, name: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [worker, 'edits', root, name, String(EDITS)], { stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', resolve)
  })
}
