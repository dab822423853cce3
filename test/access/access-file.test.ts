// access.json and its audit: modes, damage, what is completed, and what a reader sees.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { changeAccess, readAccess, readAccessAudit, readLastAudit } from '../../src/access/access-file.ts'
import type { AccessHome } from '../../src/access/access-home.ts'
import { makeAccessHome } from './home.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const auditOf = ({ root }: AccessHome) => join(root, '.usagebook', 'audit.jsonl')
const accessOf = ({ root }: AccessHome) => join(root, '.usagebook', 'access.json')

/** A change that does nothing but stand in the audit. */
function note(home: AccessHome, action: string, detail: Readonly<Record<string, unknown>> = {}): Promise<void> {
  return changeAccess(home, () => ({ audit: [{ actor: 'anna', action, detail }], answer: undefined }))
}

const actionsOf = (home: AccessHome) => readAccessAudit(home).map(({ seq, action }) => [seq, action])

describe('what is made', () => {
  test('belongs to its owner alone, also where the umask lets everybody in', async () => {
    const before = process.umask(0)
    onTestFinished(() => void process.umask(before))
    const home = makeAccessHome()
    await note(home, 'first')
    await note(home, 'second')
    const folder = join(home.root, '.usagebook')
    expect([folder, accessOf(home), auditOf(home), join(folder, '.gitignore')].map(modeOf)).toEqual([
      '700',
      '600',
      '600',
      '600',
    ])
  })

  test('is closed to others where it was open', async () => {
    const home = makeAccessHome()
    mkdirSync(join(home.root, '.usagebook'), { mode: 0o755 })
    await note(home, 'first')
    chmodSync(accessOf(home), 0o644)
    await note(home, 'second')
    expect([join(home.root, '.usagebook'), accessOf(home)].map(modeOf)).toEqual(['700', '600'])
  })

  test('is hidden from git', async () => {
    const home = makeAccessHome()
    await note(home, 'first')
    expect(readFileSync(join(home.root, '.usagebook', '.gitignore'), 'utf8')).toMatch(/^\*$/m)
  })

  test('is not made in a workspace that is not there', async () => {
    const home = { ...makeAccessHome(), root: '/nonexistent/workspace' }
    await expect(note(home, 'first')).rejects.toMatchObject({ code: 'access-not-writable' })
  })
})

test('what the audit says nothing of is not written', async () => {
  const home = makeAccessHome()
  await changeAccess(home, state => ({ state: { ...state, tokens: [] }, audit: [], answer: undefined }))
  expect(existsSync(accessOf(home))).toBe(false)
})

test('a state that could not be read again is not written', async () => {
  const home = makeAccessHome()
  await note(home, 'first')
  const bad = [{ sha256: 'short', actor: 'a', createdAt: 'now', expiresAt: 'never' }]
  const change = changeAccess(home, state => ({
    state: { ...state, loginLinks: bad },
    audit: [{ actor: 'anna', action: 'second' }],
    answer: undefined,
  }))
  await expect(change).rejects.toThrow()
  expect(actionsOf(home)).toEqual([[1, 'first']])
})

describe('a damaged access.json', () => {
  test.each([
    ['{\n  "version": 1,\n', { line: 3 }],
    ['{"version": 2}', { line: 1, path: 'version' }],
    ['', { line: 1 }],
  ])('%j is named with its place', (text, place) => {
    const home = makeAccessHome()
    mkdirSync(join(home.root, '.usagebook'))
    writeFileSync(accessOf(home), text)
    const error = errorOf(() => readAccess(home))
    expect(error).toMatchObject({ code: 'bad-access', where: { file: accessOf(home), ...place } })
  })

  test('is not written over', async () => {
    const home = makeAccessHome()
    mkdirSync(join(home.root, '.usagebook'))
    writeFileSync(accessOf(home), '{}')
    await expect(note(home, 'first')).rejects.toMatchObject({ code: 'bad-access' })
    expect(readFileSync(accessOf(home), 'utf8')).toBe('{}')
  })
})

describe('the audit', () => {
  test('has lines that were lost completed by the next change, at every length that was left of them', async () => {
    const home = makeAccessHome()
    await note(home, 'first')
    const before = readFileSync(auditOf(home), 'utf8')
    await note(home, 'second', { name: 'Zürich \u{1f600}' })
    const whole = readFileSync(auditOf(home))
    const state = readFileSync(accessOf(home))
    for (let length = Buffer.byteLength(before); length <= whole.length; length += 7) {
      writeFileSync(accessOf(home), state)
      writeFileSync(auditOf(home), whole.subarray(0, length))
      expect(actionsOf(home)).toEqual([
        [1, 'first'],
        [2, 'second'],
      ])
      await note(home, 'third')
      expect(readFileSync(auditOf(home)).subarray(0, whole.length)).toEqual(whole)
      expect(actionsOf(home)).toEqual([
        [1, 'first'],
        [2, 'second'],
        [3, 'third'],
      ])
    }
  })

  test('has long lines completed too', async () => {
    const home = makeAccessHome()
    await note(home, 'first', { clients: Array.from({ length: 40_000 }, (_, index) => `client-${index}`) })
    const whole = readFileSync(auditOf(home))
    writeFileSync(auditOf(home), whole.subarray(0, 400_000))
    await note(home, 'second')
    expect(readFileSync(auditOf(home)).subarray(0, whole.length)).toEqual(whole)
    expect(actionsOf(home).map(([seq]) => seq)).toEqual([1, 2])
  })

  test('that somebody moved away begins again with the last change, so that none is lost', async () => {
    const home = makeAccessHome()
    await note(home, 'first')
    await note(home, 'second')
    renameSync(auditOf(home), `${auditOf(home)}.1`)
    await note(home, 'third')
    expect(actionsOf(home)).toEqual([
      [2, 'second'],
      [3, 'third'],
    ])
  })

  test('keeps a line that somebody else left open, and does not write into it', async () => {
    const home = makeAccessHome()
    await note(home, 'first')
    writeFileSync(auditOf(home), 'scribble', { flag: 'a' })
    await note(home, 'second')
    expect(readFileSync(auditOf(home), 'utf8').split('\n')[1]).toBe('scribble')
    expect(readLastAudit(home, 10)).toMatchObject({ lines: [{ seq: 1 }, { seq: 1 }, { seq: 2 }], unreadable: 1 })
  })

  test('gives its last lines from the end of a large file', async () => {
    const home = makeAccessHome()
    await note(home, 'first')
    const line = `${JSON.stringify({ at: '2026-02-02T10:00:00.000Z', seq: 0, actor: 'ben', action: 'x'.repeat(500) })}\n`
    writeFileSync(auditOf(home), line.repeat(2000) + readFileSync(auditOf(home), 'utf8'))
    expect(readLastAudit(home, 1).lines).toMatchObject([{ action: 'first' }])
    expect(readLastAudit(home, 1500).lines.length).toBe(1500)
    expect(readLastAudit(home, 9999).lines.length).toBe(2001)
  })

  test('that cannot be written does not undo the change, is told of, and made up for by the next one', async () => {
    const home = makeAccessHome()
    await note(home, 'first')
    const text = readFileSync(auditOf(home))
    rmSync(auditOf(home))
    let isBroken = true
    const breaking: AccessHome = {
      ...home,
      step: name => {
        if (name !== 'append to the audit' || !isBroken) return
        isBroken = false
        rmSync(auditOf(home), { force: true })
        mkdirSync(auditOf(home))
      },
    }
    writeFileSync(auditOf(home), text)
    await note(breaking, 'second')
    expect(home.notes).toEqual([expect.stringContaining('the next change adds the missing lines')])
    rmSync(auditOf(home), { recursive: true })
    writeFileSync(auditOf(home), text)
    await note(home, 'third')
    expect(actionsOf(home).map(([seq]) => seq)).toEqual([1, 2, 3])
  })
})

function errorOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
