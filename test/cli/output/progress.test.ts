// The progress line: when it comes, what it says, and that nothing of it stays.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { Progress, withProgress } from '../../../src/cli/output/progress.ts'

const ERASE = '\r\u001b[K'

function openTerminal(columns = 100, environment: Record<string, string> = {}) {
  const written: string[] = []
  const stderr = new Writable({
    decodeStrings: false,
    write(text: string, _, done) {
      written.push(text)
      done()
    },
  })
  const context = {
    stderr,
    stderrColumns: columns,
    isStderrTerminal: true,
    environment,
    onInterrupt: () => async () => undefined,
  }
  return { written, context }
}

function twoFiles(): { path: string }[] {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-progress-'))
  return ['2026-02-01.jsonl', '2026-02-02.jsonl'].map(name => {
    const path = join(folder, name)
    writeFileSync(path, Buffer.alloc(2_000_000))
    return { path }
  })
}

/** A line that is shown after `ms` for half of two files. */
function lineAfter(ms: number, columns = 100): string[] {
  const { written, context } = openTerminal(columns)
  const files = twoFiles()
  const times = [0, ms]
  const progress = new Progress(context, () => times.shift()!)
  progress.begin(files)
  progress.advance(2_000_000, files[0]!)
  return written
}

describe('the progress line', () => {
  test('does not come before half a second', () => {
    expect(lineAfter(499)).toEqual([])
  })

  test('says files, bytes, rate and the time left', () => {
    expect(lineAfter(1000)).toEqual([`${ERASE}reading file 1 of 2, 2.0 MB of 4.0 MB (50 %), 2.0 MB/s, 1 s left`])
  })

  test('is cut to the terminal, so that it can be taken away', () => {
    expect(lineAfter(1000, 30)).toEqual([`${ERASE}reading file 1 of 2, 2.0 MB …`])
  })

  test('promises nothing of standard input, whose length nobody knows', () => {
    const { written, context } = openTerminal()
    const times = [0, 1000]
    const progress = new Progress(context, () => times.shift()!)
    progress.begin([{ path: '-' }])
    progress.advance(2_000_000, { path: '-' })
    expect(written).toEqual([`${ERASE}reading file 1 of 1, 2.0 MB, 2.0 MB/s`])
  })

  test('comes again every tenth of a second at most', () => {
    const { written, context } = openTerminal()
    const times = [0, 600, 650, 700]
    const files = twoFiles()
    const progress = new Progress(context, () => times.shift()!)
    progress.begin(files)
    for (const bytes of [1000, 1000, 1000]) progress.advance(bytes, files[0]!)
    expect(written).toHaveLength(2)
  })

  test('is taken away at the end, once', () => {
    const { written, context } = openTerminal()
    const times = [0, 600]
    const progress = new Progress(context, () => times.shift()!)
    progress.advance(1000, { path: '-' })
    progress.end()
    progress.end()
    expect(written.slice(1)).toEqual([ERASE])
  })

  test.each([
    ['not where stderr is no terminal', { isStderrTerminal: false }, false],
    ['not on a terminal that cannot take a line away', { environment: { TERM: 'dumb' } }, false],
    ['not with --quiet', {}, true],
  ])('comes %s', async (_, more, isQuiet) => {
    const { context } = openTerminal()
    expect(await withProgress({ ...context, ...more }, isQuiet, async hooks => Object.keys(hooks))).toEqual([])
  })

  test('lets go of interrupts when the work fails', async () => {
    const { context } = openTerminal()
    let forgotten = 0
    const onInterrupt = () => async () => void forgotten++
    const work = withProgress({ ...context, onInterrupt }, false, async () => {
      throw new Error('the disk is gone')
    })
    await expect(work).rejects.toThrow('the disk is gone')
    expect(forgotten).toBe(1)
  })
})
