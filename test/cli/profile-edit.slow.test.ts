// What golden cases cannot hold: the editor, and the login name.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeBrandCheck, readAll, readProfile } from '../profile/workspace.ts'

describe('profile edit --editor', () => {
  it('makes a version of what the editor leaves', async () => {
    const home = await makeBrandCheck()
    const run = usagebook(home.root, ['profile', 'edit', 'brand_check', '--editor'], { EDITOR: 'sed -i s/80/85/' })
    expect([run.stderr, run.status]).toEqual(['', 0])
    expect(readProfile(home, 'brand_check_v2').pass_threshold).toBe(85)
  })

  it('that is left as it was makes no version', async () => {
    const home = await makeBrandCheck()
    const run = usagebook(home.root, ['profile', 'edit', 'brand_check', '--editor'], { EDITOR: 'true' })
    expect(run.stdout).toBe('Nothing to change: "brand_check" is already like that\n')
  })

  it('changes nothing where the editor fails', async () => {
    const home = await makeBrandCheck()
    const before = readAll(home.root)
    const run = usagebook(home.root, ['profile', 'edit', 'brand_check', '--editor', '--format', 'json'], {
      VISUAL: 'false',
    })
    const { error } = JSON.parse(run.stderr) as { error: { code: string; file: string } }
    rmSync(dirname(error.file), { recursive: true })
    expect([error.code, run.status]).toEqual(['editor-failed', 2])
    expect(readAll(home.root)).toEqual(before)
  })

  it('keeps what was written where that is invalid, and says where', async () => {
    const home = await makeBrandCheck()
    const run = usagebook(home.root, ['profile', 'edit', 'brand_check', '--editor'], { EDITOR: 'sed -i s/80/850/' })
    const file = /kept in (\S+);/.exec(run.stderr)?.[1] ?? ''
    expect([run.status, readFileSync(file, 'utf8')]).toEqual([2, expect.stringContaining('"pass_threshold": 850')])
    rmSync(dirname(file), { recursive: true })
  })

  it('does not undo what somebody else did meanwhile', async () => {
    const home = await makeBrandCheck()
    const other = `${process.execPath} ${resolve('bin/usagebook.js')} profile edit brand_check --set pass_threshold=99 --root ${home.root} #`
    const run = usagebook(home.root, ['profile', 'edit', 'brand_check', '--editor'], { EDITOR: other })
    const file = /kept in (\S+);/.exec(run.stderr)?.[1] ?? ''
    rmSync(dirname(file), { recursive: true })
    expect([run.status, run.stderr]).toEqual([4, expect.stringContaining('brand_check is at version 2, not 1')])
  })
})

describe('who makes a change', () => {
  it('is the login name where nothing else says', async () => {
    const home = await makeBrandCheck()
    const run = usagebook(home.root, ['profile', 'edit', 'brand_check', '--set', 'a=1'], { USAGEBOOK_USER: '' })
    expect(run.status).toBe(0)
    expect(readProfile(home, 'brand_check_v2').modified_by).toBe(userInfo().username)
  })
})

function usagebook(root: string, words: string[], environment: Record<string, string>) {
  const env = { PATH: process.env.PATH, USAGEBOOK_USER: 'ben@diageo.com', ...environment }
  return spawnSync(process.execPath, [resolve('bin/usagebook.js'), ...words, '--root', root], { encoding: 'utf8', env })
}
