import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openArchive } from '../../src/retention/archive.ts'
import { JudgedLines } from '../../src/retention/judged-lines.ts'
import { moveLateLines } from '../../src/retention/late-lines.ts'
import { countLines, removeLeftovers, rewriteLog } from '../../src/retention/rewrite-log.ts'
import { openLogFolder } from '../capture/log-folder.ts'

const isDiageo = (line: Buffer) => line.includes('diageo')

function openLog(text: string): string {
  const path = join(openLogFolder().dir, '2026-02-02.jsonl')
  writeFileSync(path, text)
  return path
}

describe('rewriteLog', () => {
  it('keeps lines byte for byte', async () => {
    const path = openLog('{"client": "diageo"}\r\n\n{"client":"loreal"}\n{"client":"diageo","x":"é"}')
    expect(await rewriteLog(path, isDiageo)).toEqual({ kept: 2, removed: 1 })
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
    expect(await rewriteLog(path, isDiageo)).toEqual({ kept: 1, removed: 0 })
    expect(statSync(path)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs })
  })

  it('leaves nothing beside', async () => {
    const path = openLog('{"client":"loreal"}\n{"client":"diageo"}\n')
    await rewriteLog(path, isDiageo)
    expect(readdirSync(join(path, '..'))).toEqual(['2026-02-02.jsonl'])
  })

  it('takes what is appended while it is at work, also by who had the log open before', async () => {
    const path = openLog('{"client":"loreal"}\n{"client":"diageo"}\n')
    const openBefore = openSync(path, 'a')
    onTestFinished(() => closeSync(openBefore))
    let isAppended = false
    const keeps = (line: Buffer) => {
      if (!isAppended) appendFileSync(path, '{"client":"diageo","late":1}\n')
      isAppended = true
      return isDiageo(line)
    }
    await rewriteLog(path, keeps, [], async () => writeSync(openBefore, '{"client":"diageo","late":2}\n'))
    expect(readFileSync(path, 'utf8')).toBe(
      '{"client":"diageo"}\n{"client":"diageo","late":1}\n{"client":"diageo","late":2}\n',
    )
  })

  it('leaves to the next prune what it is killed before moving, each line once', async () => {
    const path = openLog('{"client":"loreal"}\n{"client":"diageo"}\n')
    const openBefore = openSync(path, 'a')
    onTestFinished(() => closeSync(openBefore))
    const keeps = (line: Buffer) => {
      if (line.includes('loreal')) appendFileSync(path, '{"client":"diageo","late":1}\n')
      return isDiageo(line)
    }
    const killed = rewriteLog(path, keeps, [], () => {
      writeSync(openBefore, '{"late":2}\n{"late":3}\n{"late":3}\n')
      // Some of it was moved, and cut off.
      appendFileSync(path, '{"late":2}\n{"la')
      throw new Error('killed')
    })
    await expect(killed).rejects.toThrow('killed')
    for (let prune = 0; prune < 2; prune++) await moveLateLines(join(path, '..'), Date.now() + 3_600_000)
    expect(readFileSync(path, 'utf8')).toBe(
      '{"client":"diageo"}\n{"client":"diageo","late":1}\n{"late":2}\n{"la\n{"late":3}\n{"late":3}\n',
    )
    expect(readdirSync(join(path, '..'))).toEqual(['2026-02-02.jsonl'])
  })

  it('rewrites a packed log as a packed one', async () => {
    const path = join(openLogFolder().dir, '2026-02-02.jsonl.gz')
    writeFileSync(path, gzipSync('{"client":"loreal"}\n{"client":"diageo"}\n'))
    expect(await countLines(path, isDiageo)).toEqual({ kept: 1, removed: 1 })
    await rewriteLog(path, isDiageo)
    expect(gunzipSync(readFileSync(path)).toString()).toBe('{"client":"diageo"}\n')
  })

  it('archives what goes, once however often it is done', async () => {
    const path = openLog('{"client":"loreal"}\n{"client":"diageo"}\n{"client":"nestle"}')
    const archive = join(path, '..', 'old')
    await rewriteLog(path, isDiageo, [await openArchive(archive, path)])
    writeFileSync(path, '{"client":"loreal"}\n{"client":"diageo"}\n{"client":"nestle"}')
    await rewriteLog(path, isDiageo, [await openArchive(archive, path)])
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
          .map((edge, index) => judged.add(Buffer.from(text.slice(edges[index], edge))).kept.toString())
        expect(kept.join('') + judged.end().kept.toString()).toBe('{"client":"diageo"}\n{"client":"diageo","n":2}')
        expect(judged.counts).toEqual({ kept: 2, removed: 1 })
      }),
    )
  })
})
