// A disk that is really full, and folders that may not be written.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { has } from '../support/needs.ts'
import { homeAt, makeBrandCheck, readAll } from './workspace.ts'

const NOBODY = 65534

function hasSmallDisk(mountStatus: number | null): boolean {
  return has({
    tests: 'profiles on a full disk',
    isThere: mountStatus === 0,
    missing: 'a small disk cannot be mounted.',
    how: 'Run "WIDE=1 npx vitest run test/profile/refusing-disk.wide.test.ts" as root, in a container with the right SYS_ADMIN.',
    variable: 'USAGEBOOK_REQUIRE_SMALL_DISK',
  })
}

describe('a full disk', () => {
  it('is a clear error, and nothing changed', async context => {
    const root = mkdtempSync(join(tmpdir(), 'usagebook-full-'))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', root])
    context.skip(!hasSmallDisk(mounted.status))
    onTestFinished(() => void spawnSync('umount', [root]))
    await makeBrandCheck(homeAt(root))
    fillDisk(root)
    const before = readAll(root)
    const edit = usagebook(root, ['profile', 'edit', 'brand_check', '--set', `note=${'x'.repeat(20_000)}`])
    expect(edit.status).toBe(1)
    expect(edit.stderr).toContain('error: The profiles cannot be changed: the disk is full.')
    expect(readAll(root)).toEqual(before)
    rmSync(join(root, 'ballast'))
    expect(usagebook(root, ['profile', 'edit', 'brand_check', '--set', 'note=short']).status).toBe(0)
    expect(usagebook(root, ['profile', 'validate']).status).toBe(0)
  })
})

describe('a workspace that may not be written', () => {
  it('is a clear error for a change and none for a reader', async () => {
    const root = mkdtempSync(join(tmpdir(), 'usagebook-read-only-'))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    await makeBrandCheck(homeAt(root))
    const before = readAll(root)
    chmodSync(join(root, 'profiles'), 0o555)
    chmodSync(root, 0o555)
    const edit = usagebook(root, ['profile', 'edit', 'brand_check', '--set', 'pass_threshold=90'], NOBODY)
    expect([edit.status, edit.stderr]).toEqual([1, expect.stringContaining('cannot be changed: permission denied')])
    expect(usagebook(root, ['profile', 'list'], NOBODY).status).toBe(0)
    expect(usagebook(root, ['profile', 'validate'], NOBODY).status).toBe(0)
    chmodSync(root, 0o755)
    chmodSync(join(root, 'profiles'), 0o755)
    expect(readAll(root)).toEqual(before)
  })
})

describe('a symbolic link out of the folder', () => {
  it.each([
    'profile show evil',
    'profile edit evil --set a=1',
    'profile edit * --set a=1',
    'client assign diageo evil',
  ])('is a clear error for "%s", and nothing changed', async line => {
    const root = mkdtempSync(join(tmpdir(), 'usagebook-link-'))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    const workspace = join(root, 'workspace')
    mkdirSync(workspace)
    await makeBrandCheck(homeAt(workspace))
    writeFileSync(join(root, 'secret.json'), '{"name": "Secret"}')
    symlinkSync(join(root, 'secret.json'), join(workspace, 'profiles', 'evil.json'))
    const before = readAll(root)
    const run = usagebook(workspace, line.split(' '))
    expect([run.status, run.stderr]).toEqual([1, expect.stringContaining('is a symbolic link that leads out')])
    expect(readAll(root)).toEqual(before)
  })

  it('is not appended to where the audit is one', async () => {
    const root = mkdtempSync(join(tmpdir(), 'usagebook-link-'))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    const workspace = join(root, 'workspace')
    mkdirSync(workspace)
    await makeBrandCheck(homeAt(workspace))
    rmSync(join(workspace, 'profiles', 'audit.jsonl'))
    symlinkSync(join(root, 'elsewhere'), join(workspace, 'profiles', 'audit.jsonl'))
    const before = readAll(root)
    expect(usagebook(workspace, ['profile', 'edit', 'brand_check', '--set', 'a=1']).status).toBe(1)
    expect(readAll(root)).toEqual(before)
  })
})

function usagebook(root: string, line: string[], userId?: number) {
  const asUser = userId !== undefined && process.getuid?.() === 0 ? { uid: userId, gid: userId } : {}
  const options = { encoding: 'utf8' as const, env: { ...process.env, USAGEBOOK_USER: 'ben@diageo.com' }, ...asUser }
  return spawnSync(process.execPath, [resolve('bin/usagebook.js'), ...line, '--root', root], options)
}

function fillDisk(root: string): void {
  const filled = spawnSync('dd', ['if=/dev/zero', `of=${join(root, 'ballast')}`, 'bs=4k'])
  expect(String(filled.stderr)).toContain('No space left')
}
