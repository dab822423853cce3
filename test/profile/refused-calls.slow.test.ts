// An edit of which one call to the disk fails, each call in turn: what it says of itself is what then is the case.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { validateProfiles } from '../../src/app/profile/validate-profiles.ts'
import { buildWorker } from './build-worker.ts'
import { homeAt, makeBrandCheck, readAll, readAuditLines, readUses } from './workspace.ts'

const top = mkdtempSync(join(tmpdir(), 'usagebook-refused-'))
let worker = ''

beforeAll(async () => {
  worker = await buildWorker(top)
  return () => rmSync(top, { recursive: true })
})

describe.each(['refused', 'refused-after'])('an edit of which a call is %s', mode => {
  it('says truly whether anything was changed, and the next command leaves all in agreement', async () => {
    const folder = mkdtempSync(join(top, `${mode}-`))
    const pattern = join(folder, 'pattern')
    mkdirSync(pattern)
    await makeBrandCheck(homeAt(pattern))
    const before = readAll(pattern)
    const run = spawnSync(process.execPath, [worker, mode, folder, 'carla'], { encoding: 'utf8' })
    expect(run.stderr).toBe('')
    const edits = run.stdout.trim().split('\n')
    const ends = new Set<string>()
    for (const edit of edits) {
      const { root, end } = JSON.parse(edit) as { root: string; call: string; end: string }
      const home = homeAt(root)
      ends.add(end.split(':')[0]!)
      if (/nothing was changed/i.test(end)) expect([edit, withoutHidden(readAll(root))]).toEqual([edit, before])
      const { problems } = await validateProfiles(undefined, home)
      expect([edit, problems]).toEqual([edit, []])
      const isMade = readUses(home).diageo![0] === 'brand_check_v2'
      expect([edit, readAuditLines(home).some(line => line.toVersion === 2)]).toEqual([edit, isMade])
      if (end === 'done' || /was made|was done/.test(end)) expect([edit, isMade]).toEqual([edit, true])
      if (/nothing was changed/i.test(end)) expect([edit, isMade]).toEqual([edit, false])
      const left = readdirSync(join(root, 'profiles')).filter(name => name.startsWith('.') && !name.endsWith('.tmp'))
      expect([edit, left]).toEqual([edit, []])
    }
    expect(edits.length).toBeGreaterThan(14)
    expect([...ends].sort()).toEqual(expect.arrayContaining(['done', 'profiles-not-writable']))
  })
})

// What is left under a name that nobody sees is no change; the next command removes it.
function withoutHidden(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !/(^|\/)\.[^/]*$/.test(name)))
}
