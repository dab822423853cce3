// A process killed at random instants of edits that move three clients.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runInProcess } from '../support/run-in-process.ts'
import { triesOf } from '../support/tries.ts'
import { buildWorker } from './build-worker.ts'
import { homeAt, makeBrandCheck, readAuditLines, readUses } from './workspace.ts'

const KILLS = triesOf(7, 20, 200)
const KILLS_A_WORKSPACE = 20
const LONGEST_WAIT_MS = 120
const COMMANDS = ['profile list', 'profile show brand_check', 'profile history brand_check', 'client list']
const folder = mkdtempSync(join(tmpdir(), 'usagebook-kills-'))
let worker = ''

beforeAll(async () => {
  worker = await buildWorker(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe(`${KILLS} kills at random instants`, () => {
  it('lose no version, and the next command leaves files, clients and audit in agreement', {
    timeout: 1_800_000,
  }, async () => {
    const seen = { finished: 0, cut: 0, edits: 0 }
    for (let round = 0; round < KILLS; round += KILLS_A_WORKSPACE) {
      const root = mkdtempSync(join(folder, 'workspace-'))
      await makeBrandCheck(homeAt(root))
      let versions = readVersions(root)
      for (let kill = round; kill < Math.min(KILLS, round + KILLS_A_WORKSPACE); kill++) {
        await killWhileEditing(root, `round${kill}`, Math.random() * LONGEST_WAIT_MS)
        const wasCut = existsSync(join(root, 'profiles', '.change.json'))
        const next = await usagebook(root, COMMANDS[kill % COMMANDS.length]!)
        expect([next.code, next.stderr.includes('finished a change that was interrupted')]).toEqual(['0', wasCut])
        const validation = await usagebook(root, 'profile validate')
        expect([validation.stdout, validation.code]).toEqual([expect.stringContaining('in order: 1 profile in'), '0'])
        const after = readVersions(root)
        expect(readdirSync(join(root, 'profiles')).filter(name => /^\.brand.*tmp$/.test(name))).toEqual([])
        expect(after).toMatchObject(versions)
        expect(newestEverywhere(root)).toEqual([Object.keys(after).length])
        seen.finished += Number(wasCut)
        seen.edits += Object.keys(after).length - Object.keys(versions).length
        versions = after
      }
    }
    console.log(`${KILLS} kills in ${seen.edits} edits; ${seen.finished} cut a change, which the next command finished`)
  })
})

/** The version that is newest by its file, by the clients and by the audit: one number where they agree. */
function newestEverywhere(root: string): unknown[] {
  const home = homeAt(root)
  const byFile = Object.keys(readVersions(root)).length
  const used = Object.values(readUses(home)).flat()
  const byClients = used.map(id => Number(/_v(\d+)$/.exec(id)?.[1] ?? 1))
  const byAudit = readAuditLines(home)
    .filter(line => line.client === undefined)
    .at(-1)?.toVersion
  return [...new Set([byFile, ...byClients, byAudit])]
}

function readVersions(root: string): Record<string, string> {
  const names = readdirSync(join(root, 'profiles')).filter(name => /^brand_check.*\.json$/.test(name))
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(root, 'profiles', name)))
      .digest('hex')
  return Object.fromEntries(names.map(name => [name, hash(name)]))
}

function usagebook(root: string, line: string) {
  return runInProcess([...line.split(' '), '--root', root], root, {}, undefined)
}

/** Starts a process that edits without end, and kills it some time after its first edit may have begun. */
function killWhileEditing(root: string, name: string, waitMs: number): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [worker, 'forever', root, name], { stdio: ['ignore', 'pipe', 'inherit'] })
    child.on('error', fail)
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), waitMs))
    child.on('close', (_, signal) => (signal === 'SIGKILL' ? done() : fail(new Error(`ended by itself: ${signal}`))))
  })
}
