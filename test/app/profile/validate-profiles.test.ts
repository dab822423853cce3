import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listProfiles } from '../../../src/app/profile/list-profiles.ts'
import { validateProfiles } from '../../../src/app/profile/validate-profiles.ts'
import { edit, makeBrandCheck, makeHome, type TestHome } from '../../profile/workspace.ts'

const V2 = 'profiles/brand_check_v2.json'
const AUDIT = 'profiles/audit.jsonl'
const CLIENTS = 'clients.json'

describe('validation', () => {
  it('finds nothing in an empty workspace', async () => {
    expect(await validateProfiles(undefined, makeHome())).toMatchObject({ isValid: true, profiles: 0 })
  })

  it('finds nothing where commands did it all', async () => {
    const home = await makeTwoVersions()
    expect(await validateProfiles(undefined, home)).toEqual({
      isValid: true,
      profiles: 1,
      versions: 2,
      clients: 3,
      problems: [],
    })
  })

  it.each<[string, (home: TestHome) => void, string, string]>([
    ['a version changed by hand', home => replaceIn(home, V2, '85', '86'), V2, 'is not as ben@diageo.com left it'],
    [
      'a version that is gone',
      home => rmSync(join(home.root, 'profiles/brand_check.json')),
      'profiles/brand_check.json',
      'is missing',
    ],
    ['the newest version gone', home => rmSync(join(home.root, V2)), V2, 'is missing'],
    [
      'a version that nobody recorded',
      home => copy(home, V2, 'profiles/brand_check_v3.json'),
      'profiles/brand_check_v3.json',
      'has no line in the audit',
    ],
    [
      'a version under another number',
      home => copy(home, V2, 'profiles/brand_check_v3.json'),
      'profiles/brand_check_v3.json',
      "is 2, but the file's name says 3",
    ],
    ['a broken file', home => writeFileSync(join(home.root, V2), '{'), V2, 'is not valid JSON'],
    [
      'a stray file',
      home => writeFileSync(join(home.root, 'profiles/Notes.txt'), ''),
      'profiles/Notes.txt',
      'is not the name of a profile version',
    ],
    ['a line that is no JSON', home => replaceIn(home, AUDIT, '{"at"', '"at"'), AUDIT, 'is not JSON'],
    [
      'a line of another shape',
      home => replaceIn(home, AUDIT, '"actor":"anna@diageo.com"', '"actor":7'),
      AUDIT,
      'actor',
    ],
    ['a lost line', home => replaceIn(home, AUDIT, /\n[^\n]*\n$/, '\n'), V2, 'has no line in the audit'],
    [
      'a client that uses what is not there',
      home => replaceIn(home, CLIENTS, 'brand_check_v2', 'legal_review'),
      CLIENTS,
      'uses legal_review, which is not there',
    ],
    [
      'a client moved by hand',
      home => replaceIn(home, CLIENTS, 'brand_check_v2', 'brand_check'),
      CLIENTS,
      'uses brand_check, but the audit last says brand_check_v2',
    ],
    [
      'a client on two versions',
      home => replaceIn(home, CLIENTS, '"brand_check_v2"', '"brand_check_v2", "brand_check"'),
      CLIENTS,
      'uses brand_check_v2 and brand_check at once',
    ],
    [
      'a client that may not see what it uses',
      home =>
        replaceIn(home, V2, '"visibility": "all"', '"visibility": "client_specific", "visible_to_clients": ["diageo"]'),
      CLIENTS,
      'uses brand_check_v2, which it may not see',
    ],
    [
      'a client that is not known',
      home =>
        replaceIn(home, V2, '"visibility": "all"', '"visibility": "client_specific", "visible_to_clients": ["nestle"]'),
      V2,
      'there is no client "nestle"',
    ],
  ])('finds %s', async (_, spoil, file, message) => {
    const home = await makeTwoVersions()
    spoil(home)
    const { isValid, problems } = await validateProfiles(undefined, home)
    expect(isValid).toBe(false)
    const found = problems.map(problem => `${problem.where?.file}: ${problem.message}`)
    expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${escaped(file)}: .*${escaped(message)}`)))
  })

  it('takes a profile that was made by hand as it is', async () => {
    const home = await makeTwoVersions()
    writeFileSync(join(home.root, 'profiles', 'tone.json'), '{"name": "Tone", "version": 1}')
    expect((await validateProfiles(undefined, home)).problems).toEqual([])
  })

  it('of one profile looks at that one alone', async () => {
    const home = await makeTwoVersions()
    writeFileSync(join(home.root, 'profiles', 'tone.json'), '{')
    expect([
      (await validateProfiles('brand_check', home)).isValid,
      (await validateProfiles('tone', home)).isValid,
    ]).toEqual([true, false])
  })
})

describe('the list', () => {
  it('shows the other profiles where one is broken, and says which', async () => {
    const home = await makeTwoVersions()
    writeFileSync(join(home.root, 'profiles', 'tone.json'), '{')
    const list = await listProfiles({ isAllVersions: false }, home)
    expect([list.profiles.map(listed => listed.profileId), list.broken.map(entry => entry.profileId)]).toEqual([
      ['brand_check_v2'],
      ['tone'],
    ])
  })
})

async function makeTwoVersions(): Promise<TestHome> {
  const home = await makeBrandCheck()
  await edit(home, 'brand_check', ['pass_threshold=85'])
  return home
}

function replaceIn(home: TestHome, file: string, from: string | RegExp, to: string): void {
  const path = join(home.root, file)
  const text = readFileSync(path, 'utf8')
  expect(text.replace(from, to)).not.toBe(text)
  writeFileSync(path, text.replace(from, to))
}

function copy(home: TestHome, from: string, to: string): void {
  writeFileSync(join(home.root, `${to}.tmp`), readFileSync(join(home.root, from)))
  renameSync(join(home.root, `${to}.tmp`), join(home.root, to))
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
