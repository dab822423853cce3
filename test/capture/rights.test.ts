import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { openLogFolder } from './log-folder.ts'

const NOON = Date.parse('2026-02-02T12:00:00.250Z')
const rightsOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

async function logTo(dir: string, options: object = {}): Promise<string> {
  const usage = usageLog({ dir, clock: () => NOON, ...options })
  usage.activity({ feature: 'export' })
  await usage.close()
  return join(dir, '2026-02-02.jsonl')
}

describe.skipIf(process.platform === 'win32')('a log', () => {
  it('is made for its owner alone, with its folders', async () => {
    const dir = join(openLogFolder().dir, 'logs', 'brand-app')
    const file = await logTo(dir)
    expect([file, dir, join(dir, '..')].map(rightsOf)).toEqual(['600', '700', '700'])
  })

  it('is made with the permissions that it is told', async () => {
    const dir = join(openLogFolder().dir, 'logs')
    const file = await logTo(dir, { mode: 0o640, dirMode: 0o750 })
    expect([file, dir].map(rightsOf)).toEqual(['640', '750'])
  })

  it('keeps the permissions that are there', async () => {
    const dir = join(openLogFolder().dir, 'logs')
    mkdirSync(dir)
    chmodSync(dir, 0o755)
    writeFileSync(join(dir, '2026-02-02.jsonl'), '')
    chmodSync(join(dir, '2026-02-02.jsonl'), 0o644)
    const file = await logTo(dir)
    expect([file, dir].map(rightsOf)).toEqual(['644', '755'])
  })

  it('refuses what are no rights', () => {
    for (const options of [{ mode: 0o1777 }, { dirMode: -1 }, { mode: 6.5 }])
      expect(() => usageLog(options)).toThrow(expect.objectContaining({ code: 'bad-capture-option' }))
  })
})
