// Where nothing tells which files others have open: a rewritten log keeps its second name for a second after the last line,
// and a writer of ours whose file is gone by then writes again.
import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LineAppender } from '../../src/capture/append-lines.ts'
import { finishLate, letGo } from '../../src/retention/let-go.ts'
import { readOpenFiles } from '../../src/retention/open-files.ts'
import { rewriteLog } from '../../src/retention/rewrite-log.ts'
import { makeFolder } from '../support/logs.ts'

const STAYS = '{"client":"diageo"}\n'
const GOES = '{"client":"loreal"}\n'
const LATE = '{"client":"late"}\n'
const NAME = '2026-02-02.jsonl'

/** As on a system without /proc. */
const SEES_NOTHING = { readOpen: () => readOpenFiles('/nonexistent/proc') }

function openLog(): { folder: string; path: string } {
  const folder = makeFolder({ [NAME]: STAYS + GOES })
  return { folder, path: join(folder, NAME) }
}

function openForAppend(path: string): number {
  const descriptor = openSync(path, 'a')
  onTestFinished(() => closeSync(descriptor))
  return descriptor
}

const withoutLoreal = (line: Buffer) => !line.includes('loreal')

describe('where it cannot be seen who has a rewritten log open', () => {
  it('its second name goes after a second in which nobody has written', async () => {
    const { folder, path } = openLog()
    const { late } = await rewriteLog(path, withoutLoreal)
    const before = performance.now()
    expect(await letGo([late!], SEES_NOTHING)).toEqual([])
    expect(performance.now() - before).toBeGreaterThanOrEqual(1000)
    expect(readdirSync(folder)).toEqual([NAME])
    expect(readFileSync(path, 'utf8')).toBe(STAYS)
  })

  it('is not let go at once, however short the patience', async () => {
    const { path } = openLog()
    const { late } = await rewriteLog(path, withoutLoreal)
    expect(await letGo([late!], { ...SEES_NOTHING, patienceMs: 0 })).toHaveLength(1)
  })

  it('what is written to it until then is moved, each line once', async () => {
    const { folder, path } = openLog()
    const writer = openForAppend(path)
    const { late } = await rewriteLog(path, withoutLoreal)
    let written = 0
    const writing = setInterval(() => {
      if (written < 9) writeSync(writer, `{"late":${written++}}\n`)
    }, 70)
    onTestFinished(() => clearInterval(writing))
    const held = await letGo([late!], SEES_NOTHING)
    clearInterval(writing)
    if (held.length > 0) await finishLate(folder, SEES_NOTHING)
    expect(readFileSync(path, 'utf8')).toBe(STAYS + Array.from({ length: 9 }, (_, n) => `{"late":${n}}\n`).join(''))
    expect(readdirSync(folder)).toEqual([NAME])
  })

  it('a file that is written to in the last moment is kept for the next prune', async () => {
    const { folder, path } = openLog()
    const writer = openForAppend(path)
    const { late } = await rewriteLog(path, withoutLoreal)
    const readOpen = () => {
      // Between each look and the next.
      writeSync(writer, LATE)
      return SEES_NOTHING.readOpen()
    }
    const held = await letGo([late!], { readOpen })
    expect(held.map(({ log }) => log)).toEqual([NAME])
    const count = () => readFileSync(path, 'utf8').split(LATE.trimEnd()).length - 1
    const before = count()
    writeSync(writer, LATE)
    expect(await finishLate(folder, SEES_NOTHING)).toEqual([])
    expect(count()).toBe(before + 1)
    expect(readdirSync(folder)).toEqual([NAME])
  })

  it('a writer of ours that has it open for longer than that loses no line', async () => {
    const { folder, path } = openLog()
    const appender = new LineAppender(60_000, { file: 0o600, folder: 0o700 })
    const append = async (line: string) =>
      await appender.append(path, { bytes: Buffer.from(line), torn: 0 }, () => undefined)
    await append(STAYS)
    const { late } = await rewriteLog(path, withoutLoreal)
    await letGo([late!], SEES_NOTHING)
    expect((await append(LATE)).left).toBeUndefined()
    await appender.close()
    expect(readFileSync(path, 'utf8')).toBe(STAYS + STAYS + LATE)
    expect(readdirSync(folder)).toEqual([NAME])
  })

  it('a log that was rewritten and then lost its name keeps a line that comes within the second', async () => {
    const { folder, path } = openLog()
    const { late } = await rewriteLog(path, () => false)
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined()
    appendFileSync(join(folder, readdirSync(folder).find(name => name.endsWith('.late'))!), LATE)
    await letGo([late!], SEES_NOTHING)
    expect(readFileSync(path, 'utf8')).toBe(LATE)
    writeFileSync(path, LATE)
    expect(readdirSync(folder)).toEqual([NAME])
  })
})
