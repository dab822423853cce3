import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { pathOfLate } from '../../src/capture/late-lines.ts'
import { openArchive } from '../../src/retention/archive.ts'
import { JudgedLines, type KeepsLine } from '../../src/retention/judged-lines.ts'
import { finishLate, letGo } from '../../src/retention/let-go.ts'
import { countLines, removeLeftovers, rewriteLog } from '../../src/retention/rewrite-log.ts'
import { openLogFolder } from '../capture/log-folder.ts'

const isDiageo = (line: Buffer) => line.includes('diageo')

function openLog(text: string): string {
  const path = join(openLogFolder().dir, '2026-02-02.jsonl')
  writeFileSync(path, text)
  return path
}

async function rewriteAndLetGo(path: string, keeps: KeepsLine): Promise<void> {
  const { late } = await rewriteLog(path, keeps)
  await letGo(late === undefined ? [] : [late])
}

/** Somebody writes to the log when all of it has been read. */
function appending(path: string): KeepsLine {
  return line => {
    if (line.includes('diageo') && !line.includes('late')) appendFileSync(path, '{"client":"diageo","late":1}\n')
    return isDiageo(line)
  }
}

describe('rewriteLog', () => {
  it('keeps lines byte for byte', async () => {
    const path = openLog('{"client": "diageo"}\r\n\n{"client":"loreal"}\n{"client":"diageo","x":"é"}')
    expect((await rewriteLog(path, isDiageo)).counts).toEqual({ kept: 2, removed: 1, changed: 0 })
    expect(readFileSync(path, 'utf8')).toBe('{"client": "diageo"}\r\n{"client":"diageo","x":"é"}')
  })

  it('deletes a log of which nothing stays', async () => {
    const path = openLog('{"client":"loreal"}\n')
    await rewriteLog(path, isDiageo)
    expect(existsSync(path)).toBe(false)
  })

  it('leaves a log alone of which all stays', async () => {
    const path = openLog('{"client":"diageo"}\n\n')
    const before = statSync(path)
    expect(await rewriteLog(path, isDiageo)).toEqual({ counts: { kept: 1, removed: 0, changed: 0 }, late: undefined })
    expect(statSync(path)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs })
  })

  it('leaves nothing beside', async () => {
    const path = openLog('{"client":"loreal"}\n{"client":"diageo"}\n')
    await rewriteAndLetGo(path, isDiageo)
    expect(readdirSync(join(path, '..'))).toEqual(['2026-02-02.jsonl'])
  })

  it('takes what is appended while it is at work, also by who had the log open before', async () => {
    const path = openLog('{"client":"loreal"}\n{"client":"diageo"}\n')
    const openBefore = openSync(path, 'a')
    onTestFinished(() => closeSync(openBefore))
    const { late } = await rewriteLog(path, appending(path))
    writeSync(openBefore, '{"client":"diageo","late":2}\n')
    const held = await letGo([late!])
    expect(readFileSync(path, 'utf8')).toBe(
      '{"client":"diageo"}\n{"client":"diageo","late":1}\n{"client":"diageo","late":2}\n',
    )
    // Who has it open still may write once more.
    expect(held.map(({ log }) => log)).toEqual(['2026-02-02.jsonl'])
    writeSync(openBefore, '{"client":"diageo","late":3}\n')
    await finishLate(join(path, '..'))
    expect(readFileSync(path, 'utf8')).toContain('"late":3')
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(5)
  })

  it('leaves to the next prune what it is killed before moving, each line once', async () => {
    const path = openLog('{"client":"loreal"}\n{"client":"diageo"}\n')
    const openBefore = openSync(path, 'a')
    const { late } = await rewriteLog(path, appending(path))
    writeSync(openBefore, '{"late":2}\n{"late":3}\n{"late":3}\n')
    closeSync(openBefore)
    // It was killed while it moved: some of it was, and cut off.
    renameSync(pathOfLate(late!), pathOfLate({ ...late!, movedTo: statSync(path).size }))
    appendFileSync(path, '{"late":2}\n{"la')
    for (let prune = 0; prune < 2; prune++) await finishLate(join(path, '..'))
    expect(readFileSync(path, 'utf8')).toBe(
      '{"client":"diageo"}\n{"client":"diageo","late":1}\n{"late":2}\n{"la\n{"late":3}\n{"late":3}\n',
    )
    expect(readdirSync(join(path, '..'))).toEqual(['2026-02-02.jsonl'])
  })

  it('rewrites a packed log as a packed one', async () => {
    const path = join(openLogFolder().dir, '2026-02-02.jsonl.gz')
    writeFileSync(path, gzipSync('{"client":"loreal"}\n{"client":"diageo"}\n'))
    expect(await countLines(path, isDiageo)).toEqual({ kept: 1, removed: 1, changed: 0 })
    await rewriteLog(path, isDiageo)
    expect(gunzipSync(readFileSync(path)).toString()).toBe('{"client":"diageo"}\n')
  })

  it('archives what goes, once however often it is done', async () => {
    const path = openLog('{"client":"loreal"}\n{"client":"diageo"}\n{"client":"nestle"}')
    const archive = join(path, '..', 'old')
    await rewriteLog(path, isDiageo, { takers: [await openArchive(archive, path)] })
    writeFileSync(path, '{"client":"loreal"}\n{"client":"diageo"}\n{"client":"nestle"}')
    await rewriteLog(path, isDiageo, { takers: [await openArchive(archive, path)] })
    const names = readdirSync(archive)
    expect(names).toHaveLength(1)
    expect(readFileSync(join(archive, names[0]!), 'utf8')).toBe('{"client":"loreal"}\n{"client":"nestle"}\n')
  })
})

describe('removeLeftovers', () => {
  it('removes what a killed rewrite left an hour ago, and nothing else', async () => {
    const { dir } = openLogFolder()
    mkdirSync(join(dir, 'sub'))
    for (const name of ['.2026-02-02.jsonl.a.rewrite', '.2026-02-03.jsonl.b.rewrite', '.hidden', '2026-02-02.jsonl'])
      writeFileSync(join(dir, name), '')
    utimesSync(join(dir, '.2026-02-02.jsonl.a.rewrite'), 0, 0)
    await removeLeftovers(dir, Date.now())
    expect(readdirSync(dir).sort()).toEqual(['.2026-02-03.jsonl.b.rewrite', '.hidden', '2026-02-02.jsonl', 'sub'])
  })
})

describe('JudgedLines', () => {
  it('parts the same lines wherever the bytes are cut', () => {
    const text = '{"client":"diageo"}\n{"client":"loreal"}\n\n{"client":"diageo","n":2}'
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), cuts => {
        const judged = new JudgedLines(isDiageo)
        const edges = [0, ...cuts.sort((a, b) => a - b), text.length]
        const kept = edges
          .slice(1)
          .flatMap((edge, index) => judged.add(Buffer.from(text.slice(edges[index], edge))))
          .concat(judged.end())
          .map(({ stays }) => stays?.toString())
        expect(kept.join('')).toBe('{"client":"diageo"}\n{"client":"diageo","n":2}')
        expect(judged.counts).toEqual({ kept: 2, removed: 1, changed: 0 })
      }),
    )
  })
})
