// A change that is cut at each of its steps: by a kill, or by a disk that refuses.
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readHistory } from '../../src/app/profile/profile-history.ts'
import { validateProfiles } from '../../src/app/profile/validate-profiles.ts'
import { buildWorker } from './build-worker.ts'
import { edit, homeAt, makeBrandCheck, makeHome, readAll, readUses } from './workspace.ts'

const folder = mkdtempSync(join(tmpdir(), 'usagebook-cut-'))
let worker = ''

beforeAll(async () => {
  worker = await buildWorker(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

// Steps of an edit with clients, in their order; the names are those that `ProfileHome.step` is called with.
const STEPS = [
  'write the journal',
  'append to the audit',
  'write brand_check_v2',
  'flush the folder',
  'write the clients',
  'flush the workspace',
  'remove the journal',
]

describe('a process killed before a step of an edit', () => {
  it.each([[1, 'write the journal']])('leaves all as it was, where that is step %i, %s', async step => {
    const home = await makeBrandCheck()
    const before = readAll(home.root)
    killAtStep(home.root, step)
    expect((await validateProfiles(undefined, home)).problems).toEqual([])
    expect(readAll(home.root)).toEqual(before)
    expect(home.notes).toEqual([])
  })

  it.each(STEPS.slice(1).map((name, index) => [index + 2, name]))(
    'has its edit finished by the next command, which says so, where that is step %i, %s',
    async step => {
      const home = await makeBrandCheck()
      killAtStep(home.root, step as number)
      const history = await readHistory('brand_check', home)
      expect(home.notes).toEqual([
        'finished a change that was interrupted: edit of brand_check by carla at 2026-02-02T10:00:00Z',
      ])
      expect(history.versions.map(entry => entry.version)).toEqual([2, 1])
      expect(readUses(home).unilever).toEqual(['brand_check_v2'])
      expect((await validateProfiles(undefined, home)).problems).toEqual([])
      expect(readdirSync(join(home.root, 'profiles')).filter(name => name.startsWith('.'))).toEqual([])
    },
  )

  it('leaves a workspace in which the next edit makes the version after', async () => {
    const home = await makeBrandCheck()
    killAtStep(home.root, 4)
    const { answer } = await edit(home, 'brand_check', ['pass_threshold=90'])
    expect(answer.version).toBe(3)
  })
})

describe('an audit line that was cut in the middle', () => {
  it('is completed, not written twice', async () => {
    const home = await makeBrandCheck()
    killAtStep(home.root, 3)
    const audit = join(home.root, 'profiles', 'audit.jsonl')
    const text = readFileSync(audit, 'utf8')
    writeFileSync(audit, text.slice(0, -20))
    await readHistory('brand_check', home)
    expect(readFileSync(audit, 'utf8')).toBe(text)
  })
})

describe('an interrupted change', () => {
  it('leaves what somebody wrote into clients.json since', async () => {
    const home = await makeBrandCheck()
    killAtStep(home.root, 5)
    const clients = join(home.root, 'clients.json')
    writeFileSync(clients, '{"clients": {"diageo": {"profiles": []}}}')
    await readHistory('brand_check', home)
    expect(readFileSync(clients, 'utf8')).toBe('{"clients": {"diageo": {"profiles": []}}}')
  })

  it.each([
    ['is not JSON', '{'],
    ['is null', 'null'],
    ['is a list', '[]'],
    ['is an object with nothing in it', '{}'],
    ['was written by hand, with a file elsewhere', plantedJournal('../../planted')],
    ['was written by hand, with a profile', plantedJournal('planted')],
  ])('that %s is an error that names the file, and nothing of it is done', async (_, text) => {
    const home = await makeBrandCheck()
    writeFileSync(join(home.root, 'profiles', '.change.json'), text)
    const before = readAll(home.root)
    await expect(edit(home, 'brand_check', ['pass_threshold=90'])).rejects.toMatchObject({
      code: 'change-unreadable',
      where: { file: join(home.root, 'profiles', '.change.json') },
    })
    await readHistory('brand_check', home)
    expect(home.notes).toEqual([expect.stringContaining('is not an interrupted change of this workspace')])
    expect(readAll(home.root)).toEqual(before)
  })

  it('that came with a copy of another workspace is not finished', async () => {
    const [home, copy] = [await makeBrandCheck(), makeHome()]
    killAtStep(home.root, 3)
    cpSync(home.root, copy.root, { recursive: true, verbatimSymlinks: true })
    rmSync(join(copy.root, 'profiles', '.lock'))
    const before = readAll(copy.root)
    await expect(edit(copy, 'brand_check', ['pass_threshold=90'])).rejects.toMatchObject({
      code: 'change-unreadable',
      message: expect.stringContaining('it is a copy of one'),
    })
    expect(readAll(copy.root)).toEqual(before)
  })

  it('that somebody changed is not finished', async () => {
    const home = await makeBrandCheck()
    killAtStep(home.root, 3)
    const journal = join(home.root, 'profiles', '.change.json')
    const text = readFileSync(journal, 'utf8')
    writeFileSync(journal, text.replace('carla', 'mallo'))
    await expect(edit(home, 'brand_check', ['pass_threshold=90'])).rejects.toMatchObject({
      message: expect.stringContaining('it was changed after it was written'),
    })
  })

  it('that cannot be finished stays, is an error for a change and a note for a reader', async () => {
    const home = await makeBrandCheck()
    killAtStep(home.root, 3)
    const full = { ...home, step: () => refuse('ENOSPC') }
    await expect(edit(full, 'brand_check', ['pass_threshold=90'])).rejects.toMatchObject({ code: 'change-unfinished' })
    await readHistory('brand_check', full)
    expect(home.notes).toEqual([expect.stringContaining('cannot be finished: the disk is full')])
    expect(existsSync(join(home.root, 'profiles', '.change.json'))).toBe(true)
  })
})

describe('a disk that is full at a step of an edit', () => {
  it.each(STEPS.slice(0, -2).map((name, index) => [index + 1, name]))(
    'is an error that says so and leaves all as it was, where that is step %i, %s',
    async step => {
      const home = await makeBrandCheck()
      const before = readAll(home.root)
      let count = 0
      const full = {
        ...home,
        step: () => {
          count++
          if (count === step) refuse('ENOSPC')
        },
      }
      await expect(edit(full, 'brand_check', ['pass_threshold=90'])).rejects.toMatchObject({
        code: 'profiles-not-writable',
        kind: 'input',
        message: expect.stringContaining('the disk is full'),
      })
      expect(readAll(home.root)).toEqual(before)
    },
  )
})

describe('a disk that refuses after the clients were moved', () => {
  it('is an error that says so, and the next command finishes the change', async () => {
    const home = await makeBrandCheck()
    const broken = { ...home, step: (name: string) => (name === 'flush the workspace' ? refuse('EIO') : undefined) }
    await expect(edit(broken, 'brand_check', ['pass_threshold=90'])).rejects.toMatchObject({
      code: 'change-unfinished',
    })
    expect((await validateProfiles(undefined, home)).problems).toEqual([])
    expect(home.notes).toEqual([expect.stringContaining('finished a change that was interrupted')])
  })
})

describe('a clients.json that somebody changes at the moment of an edit', () => {
  it('stays as they wrote it, and the edit is a conflict that leaves nothing', async () => {
    const home = await makeBrandCheck()
    const before = readAll(home.root)
    const text = '{"clients": {"diageo": {}}}'
    const write = () => writeFileSync(join(home.root, 'clients.json'), text)
    const racing = { ...home, step: (name: string) => (name === 'write the clients' ? write() : undefined) }
    await expect(edit(racing, 'brand_check', ['pass_threshold=90'])).rejects.toMatchObject({
      code: 'clients-changed',
      kind: 'conflict',
    })
    expect(readAll(home.root)).toEqual({ ...before, 'clients.json': text })
  })
})

describe('an audit without a last newline', () => {
  it('gets one before the next line', async () => {
    const home = await makeBrandCheck()
    const audit = join(home.root, 'profiles', 'audit.jsonl')
    writeFileSync(audit, readFileSync(audit, 'utf8').trimEnd())
    await edit(home, 'brand_check', ['pass_threshold=90'])
    expect((await validateProfiles(undefined, home)).problems).toEqual([])
  })
})

describe('a file that is there under the name of the next version', () => {
  it('is not written over', async () => {
    const home = await makeBrandCheck(makeHome())
    killAtStep(home.root, 3)
    appendFileSync(join(home.root, 'profiles', 'brand_check_v2.json'), '{"name": "by hand"}')
    await expect(edit(home, 'brand_check', ['pass_threshold=90'])).rejects.toMatchObject({
      code: 'change-unfinished',
      message: expect.stringContaining('it already exists'),
    })
    expect(readFileSync(join(home.root, 'profiles', 'brand_check_v2.json'), 'utf8')).toBe('{"name": "by hand"}')
  })
})

/** What somebody might leave in a folder that they hand on. */
function plantedJournal(id: string): string {
  const clients = { before: null, text: '{"clients": {}}' }
  return JSON.stringify({
    title: 'edit',
    versions: [{ id, text: '{}' }],
    clients,
    auditText: '',
    auditSize: 0,
    hasAudit: true,
  })
}

function killAtStep(root: string, step: number): void {
  const ended = spawnSync(process.execPath, [worker, 'die', root, 'carla', String(step)], { encoding: 'utf8' })
  expect(ended.signal).toBe('SIGKILL')
}

function refuse(code: string): never {
  throw Object.assign(new Error(`${code}: refused`), { code })
}

describe('the test itself', () => {
  it('knows all steps of an edit', async () => {
    const home = await makeBrandCheck(homeAt(mkdtempSync(join(folder, 'steps-'))))
    const steps: string[] = []
    await edit({ ...home, step: name => steps.push(name) }, 'brand_check', ['pass_threshold=90'])
    expect(steps).toEqual(STEPS)
  })
})
