import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { withLock } from '../../src/durable/lock.ts'
import { formatLock, type LockText, ownLock } from './lock-text.ts'

const owner = { processId: process.pid, hostName: hostname() }
const own = await ownLock()

describe('withLock', () => {
  it('is there while the work is done, and gone afterwards', async () => {
    const path = lockPath()
    const during = await withLock(path, owner, () => readdirSync(join(path, '..')))
    expect([during, readdirSync(join(path, '..'))]).toEqual([['lock'], []])
  })

  it('lets the lock go where the work throws', async () => {
    const path = lockPath()
    const fail = () => {
      throw new RangeError('no')
    }
    await expect(withLock(path, owner, fail)).rejects.toThrow(RangeError)
    expect(await withLock(path, owner, () => 'free')).toBe('free')
  })

  it('takes over from a process that has ended', async () => {
    const path = lockPath()
    const ended = spawnSync(process.execPath, ['-e', '']).pid
    leaveLock(path, { processId: ended })
    expect(await withLock(path, owner, () => 'mine')).toBe('mine')
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it('takes over where another process has the number by now', async () => {
    const path = lockPath()
    leaveLock(path, {})
    expect(await withLock(path, owner, () => 'mine')).toBe('mine')
  })

  it('takes over after the machine was started again', async () => {
    const path = lockPath()
    leaveLock(path, { boot: 'another' })
    expect(await withLock(path, owner, () => 'mine')).toBe('mine')
  })

  it('takes over where who took over has died too', async () => {
    const path = lockPath()
    leaveLock(path, { processId: 999999999 })
    leaveLock(`${path}-dead`, { processId: 999999999, token: 'heir' })
    expect(await withLock(path, owner, () => 'mine')).toBe('mine')
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it('waits for a living process, and says which one if that does not finish', async () => {
    const path = lockPath()
    const living = spawn('sleep', ['30'])
    onTestFinished(() => void living.kill())
    const start = readFileSync(`/proc/${living.pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]
    leaveLock(path, { processId: living.pid!, start: start! })
    await expect(withLock(path, owner, () => 'mine', { patienceMs: 20 })).rejects.toMatchObject({
      code: 'profiles-busy',
      kind: 'input',
      message: expect.stringContaining(`process ${living.pid} on ${hostname()}`),
    })
  })

  it('waits on as long as the holder is another one each time it looks', async () => {
    const path = lockPath()
    let holders = 0
    const changeHands = () => {
      if (holders > 0) unlinkSync(path)
      if (holders === 5000) return
      leaveLock(path, { token: `token${holders++}`, hostName: 'another-machine' })
      setImmediate(changeHands)
    }
    changeHands()
    expect(await withLock(path, owner, () => [holders, 'mine'], { patienceMs: 0 })).toEqual([5000, 'mine'])
  })

  it.each([
    ['another machine', { hostName: 'another-machine' }],
    ['another container of the same host name', { space: '4026532999-0badcafe' }],
    ['another machine of the same host name', { space: own.space.replace(/-.*/, '-0badcafe') }],
    ['the same container on another machine', { space: '4026532999-0badcafe', boot: 'another' }],
  ])('takes nothing over from %s, says what it waits for and what to do', async (_, other) => {
    const path = lockPath()
    leaveLock(path, other)
    const notes: string[] = []
    const held = withLock(path, { ...owner, note: text => notes.push(text) }, () => 'mine', { patienceMs: 300 })
    await expect(held).rejects.toMatchObject({
      code: 'profiles-busy',
      message: expect.stringContaining('in another container or on another machine'),
      hint: expect.stringContaining(`remove ${path}`),
    })
    expect(notes).toEqual([expect.stringContaining('which cannot be seen from here')])
  })

  it('takes nothing over from a lock that an earlier version of usagebook made', async () => {
    const path = lockPath()
    symlinkSync(`999999999:1:${own.boot}:dead:${hostname()}`, path)
    await expect(withLock(path, owner, () => 'mine', { patienceMs: 20 })).rejects.toMatchObject({
      message: expect.stringContaining(`process 999999999 on ${hostname()}`),
    })
  })

  it('takes nothing over that is no lock', async () => {
    const path = lockPath()
    writeFileSync(path, '')
    await expect(withLock(path, owner, () => 'mine', { patienceMs: 20 })).rejects.toMatchObject({
      code: 'profiles-busy',
    })
  })
})

/** A lock as another process would have left it: one of this machine, unless told otherwise, that has ended. */
function leaveLock(path: string, changed: Partial<LockText>): void {
  symlinkSync(formatLock({ ...own, start: '1', token: 'dead', ...changed }), path)
}

function lockPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'lock')
}
