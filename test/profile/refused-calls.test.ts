// An edit of which one call to the disk fails, each call in turn: what it says of itself is what then is the case.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { validateProfiles } from '../../src/app/profile/validate-profiles.ts'
import { buildWorker } from './build-worker.ts'
import { homeAt, makeBrandCheck, readAll, readAuditLines, readUses } from './workspace.ts'

const folder = mkdtempSync(join(tmpdir(), 'usagebook-refused-'))
let worker = ''

const pattern = join(folder, 'pattern')

beforeAll(async () => {
  worker = await buildWorker(folder)
  mkdirSync(pattern)
  await makeBrandCheck(homeAt(pattern))
  return () => rmSync(folder, { recursive: true })
})

describe.each(['refused', 'refused-after'])('an edit of which a call is %s', mode => {
  it('says truly whether anything was changed, and the next command leaves all in agreement', async () => {
    const ends = new Set<string>()
    let call = 1
    for (; ; call++) {
      const root = mkdtempSync(join(folder, 'workspace-'))
      cpSync(pattern, root, { recursive: true })
      const home = homeAt(root)
      const before = readAll(root)
      const run = spawnSync(process.execPath, [worker, mode, root, 'carla', String(call)], { encoding: 'utf8' })
      expect(run.stderr).toBe('')
      if (run.stdout === '') break
      const { end } = JSON.parse(run.stdout) as { call: string; end: string }
      ends.add(end.split(':')[0]!)
      if (/nothing was changed/i.test(end))
        expect([run.stdout, withoutHidden(readAll(root))]).toEqual([run.stdout, before])
      const { problems } = await validateProfiles(undefined, home)
      expect([run.stdout, problems]).toEqual([run.stdout, []])
      const isMade = readUses(home).diageo![0] === 'brand_check_v2'
      expect([run.stdout, readAuditLines(home).some(line => line.toVersion === 2)]).toEqual([run.stdout, isMade])
      if (end === 'done' || /was made|was done/.test(end)) expect([run.stdout, isMade]).toEqual([run.stdout, true])
      if (/nothing was changed/i.test(end)) expect([run.stdout, isMade]).toEqual([run.stdout, false])
      const left = readdirSync(join(root, 'profiles')).filter(name => name.startsWith('.') && !name.endsWith('.tmp'))
      expect([run.stdout, left]).toEqual([run.stdout, []])
      rmSync(root, { recursive: true })
    }
    expect(call).toBeGreaterThan(15)
    expect([...ends].sort()).toEqual(expect.arrayContaining(['done', 'profiles-not-writable']))
  })
})

// What is left under a name that nobody sees is no change; the next command removes it.
function withoutHidden(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !/(^|\/)\.[^/]*$/.test(name)))
}
