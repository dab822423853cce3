import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { withLock } from '../../src/profile/lock.ts'

const owner = { processId: process.pid, hostName: hostname() }
const boot = existsSync('/proc/sys/kernel/random/boot_id')
  ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
  : ''

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
    symlinkSync(`${ended}:1:${boot}:dead:${hostname()}`, path)
    expect(await withLock(path, owner, () => 'mine')).toBe('mine')
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it('takes over where another process has the number by now', async () => {
    const path = lockPath()
    symlinkSync(`${process.pid}:1:${boot}:dead:${hostname()}`, path)
    expect(await withLock(path, owner, () => 'mine')).toBe('mine')
  })

  it('takes over after the machine was started again', async () => {
    const path = lockPath()
    symlinkSync(`${process.pid}:1:another:dead:${hostname()}`, path)
    expect(await withLock(path, owner, () => 'mine')).toBe('mine')
  })

  it('takes over where who took over has died too', async () => {
    const path = lockPath()
    symlinkSync(`999999999:1:${boot}:dead:${hostname()}`, path)
    symlinkSync(`999999999:1:${boot}:heir:${hostname()}`, `${path}-dead`)
    expect(await withLock(path, owner, () => 'mine')).toBe('mine')
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it('waits for a living process, and says which one if that does not finish', async () => {
    const path = lockPath()
    const living = spawn('sleep', ['30'])
    onTestFinished(() => void living.kill())
    const start = readFileSync(`/proc/${living.pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]
    symlinkSync(`${living.pid}:${start}:${boot}:alive:${hostname()}`, path)
    await expect(withLock(path, owner, () => 'mine', 20)).rejects.toMatchObject({
      code: 'profiles-busy',
      exitCode: 1,
      message: expect.stringContaining(`process ${living.pid} on ${hostname()}`),
    })
  })

  it('waits on as long as the holder is another one each time it looks', async () => {
    const path = lockPath()
    let holders = 0
    const changeHands = () => {
      if (holders > 0) unlinkSync(path)
      if (holders === 5000) return
      symlinkSync(`1:1:boot:token${holders++}:another-machine`, path)
      setImmediate(changeHands)
    }
    changeHands()
    expect(await withLock(path, owner, () => [holders, 'mine'], 0)).toEqual([5000, 'mine'])
  })

  it('takes nothing over from another machine', async () => {
    const path = lockPath()
    symlinkSync('1:1:boot:token:another-machine', path)
    await expect(withLock(path, owner, () => 'mine', 20)).rejects.toMatchObject({ code: 'profiles-busy' })
  })

  it('takes nothing over that is no lock', async () => {
    const path = lockPath()
    writeFileSync(path, '')
    await expect(withLock(path, owner, () => 'mine', 20)).rejects.toMatchObject({ code: 'profiles-busy' })
  })
})

function lockPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'lock')
}
