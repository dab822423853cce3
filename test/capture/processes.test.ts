import { type ChildProcess, fork, type Serializable } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linesOf, openLogFolder } from './log-folder.ts'

const WRITER = join(import.meta.dirname, 'write-events.mjs')

function startWriter(dir: string, name: string, count: number, ending = ''): ChildProcess {
  return fork(WRITER, [dir, name, String(count), ending], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => child.once('exit', resolve))
}

function said(child: ChildProcess): Promise<Serializable> {
  return new Promise(resolve => child.once('message', resolve))
}

describe('several processes', () => {
  it('write 50,000 events each into one folder without tearing or losing a line', async () => {
    const folder = openLogFolder()
    const names = ['api-1', 'api-2', 'api-3', 'api-4', 'job-1', 'job-2', 'job-3', 'job-4']
    const codes = await Promise.all(names.map(name => ended(startWriter(folder.dir, name, 50_000))))
    expect(codes).toEqual(names.map(() => 0))
    const ids = new Set(folder.events().map(event => event.id))
    expect(ids.size).toBe(400_000)
    expect(linesOf(folder.text())).toHaveLength(400_000)
  })

  it('leave whole lines and a beginning without gaps when they are killed', async () => {
    const folder = openLogFolder()
    const names = ['api-1', 'api-2', 'api-3', 'api-4', 'api-5', 'api-6']
    for (const name of names) {
      const child = startWriter(folder.dir, name, 10_000_000, 'slow')
      await said(child)
      const end = ended(child)
      child.kill('SIGKILL')
      await end
    }
    const ids = folder.events().map(event => String(event.id))
    const expected = names.flatMap(name => ids.filter(id => id.startsWith(name)).map((_, index) => `${name}-${index}`))
    expect(ids).toEqual(expected)
  })
})

describe('the end of a process', () => {
  it('writes what is in memory when the process is done', async () => {
    const folder = openLogFolder()
    expect(await ended(startWriter(folder.dir, 'api', 10_500))).toBe(0)
    expect(folder.events()).toHaveLength(10_500)
  })

  it('writes what is in memory on process.exit, also beside a write that has begun', async () => {
    const folder = openLogFolder()
    expect(await ended(startWriter(folder.dir, 'api', 10_500, 'exit'))).toBe(0)
    expect(folder.events()).toHaveLength(10_500)
  })

  it('writes what is in memory when an error ends the process', async () => {
    const folder = openLogFolder()
    expect(await ended(startWriter(folder.dir, 'api', 10_500, 'throw'))).toBe(1)
    expect(folder.events()).toHaveLength(10_500)
  })
})
