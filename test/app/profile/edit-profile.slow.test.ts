import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createProfile } from '../../../src/app/profile/create-profile.ts'
import { editProfiles } from '../../../src/app/profile/edit-profile.ts'
import {
  ANNA,
  BEN,
  edit,
  makeBrandCheck,
  readAll,
  readAuditLines,
  readProfile,
  readUses,
} from '../../profile/workspace.ts'

describe('an edit', () => {
  it('makes the next version, leaves the original and moves the clients', async () => {
    const home = await makeBrandCheck()
    const original = readProfile(home, 'brand_check')
    const { answer } = await edit(home, 'brand_check', ['pass_threshold=85'])
    expect(answer).toEqual({
      status: 'success',
      message: 'Profile updated to version 2. Original kept as "brand_check"',
      profileId: 'brand_check_v2',
      previousProfileId: 'brand_check',
      version: 2,
      clientsMoved: ['diageo', 'unilever', 'loreal'],
    })
    expect(readProfile(home, 'brand_check')).toEqual(original)
    expect(readProfile(home, 'brand_check_v2')).toMatchObject({
      version: 2,
      created_by: 'anna@diageo.com',
      modified_at: '2026-02-02T10:00:00Z',
      modified_by: 'ben@diageo.com',
      previous_version: 'brand_check',
      pass_threshold: 85,
    })
    expect(readUses(home)).toEqual({
      diageo: ['brand_check_v2'],
      unilever: ['brand_check_v2'],
      loreal: ['brand_check_v2'],
    })
  })

  it('writes one line of audit', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'], { message: 'stricter' })
    const { sha256, ...line } = readAuditLines(home).at(-1)!
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(line).toEqual({
      at: '2026-02-02T10:00:00Z',
      actor: 'ben@diageo.com',
      action: 'edit',
      profile: 'brand_check',
      fromVersion: 1,
      toVersion: 2,
      message: 'stricter',
      clientsMoved: ['diageo', 'unilever', 'loreal'],
    })
  })

  it('moves clients that are on an older version too', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'])
    const clients = join(home.root, 'clients.json')
    writeFileSync(clients, readFileSync(clients, 'utf8').replace('brand_check_v2', 'brand_check'))
    const { answer } = await edit(home, 'brand_check', ['pass_threshold=90'])
    expect(answer.clientsMoved).toEqual(['diageo', 'unilever', 'loreal'])
  })

  it('moves clients of a clients.json with a byte order mark', async () => {
    const home = await makeBrandCheck()
    const clients = join(home.root, 'clients.json')
    writeFileSync(clients, `\ufeff${readFileSync(clients, 'utf8')}`)
    await edit(home, 'brand_check', ['pass_threshold=85'])
    expect(readUses(home).loreal).toEqual(['brand_check_v2'])
  })

  it('that changes nothing makes no version and says so', async () => {
    const home = await makeBrandCheck()
    const before = readAll(home.root)
    const { answer } = await edit(home, 'brand_check', ['pass_threshold=80.0'])
    expect([answer.status, answer.message]).toEqual([
      'unchanged',
      'Nothing to change: "brand_check" is already like that',
    ])
    expect(readAll(home.root)).toEqual(before)
  })

  it('of an old version makes the newest version out of the old one', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'])
    const { answer } = await edit(home, 'brand_check@1', ['checks.tone.weight=1'])
    expect(answer).toMatchObject({ profileId: 'brand_check_v3', previousProfileId: 'brand_check', version: 3 })
    expect(readProfile(home, 'brand_check_v3')).toMatchObject({ pass_threshold: 80, previous_version: 'brand_check' })
    expect(readUses(home).diageo).toEqual(['brand_check_v3'])
  })

  it('keeps unknown keys, order, indentation, line ends and digits of what was not edited', async () => {
    const home = await makeBrandCheck()
    const text =
      '{\r\n\t"zeta": {"b": 1.500, "a": 12345678901234567890},\r\n\t"name": "Tone",\r\n\t"later": [1,  2]\r\n}\r\n'
    await createProfile({ ...ANNA, content: { text, file: 'tone.json' }, sets: [] }, home)
    await edit(home, 'tone', ['later.0=1.0', 'later.2=3'])
    const lines = readFileSync(join(home.root, 'profiles', 'tone_v2.json'), 'utf8').split('\r\n')
    expect(lines.filter(line => !/version|_at|_by/.test(line))).toEqual([
      '{',
      '\t"zeta": {"b": 1.500, "a": 12345678901234567890},',
      '\t"name": "Tone",',
      '\t"later": [1.0,  2, 3]',
      '}',
      '',
    ])
  })

  it('takes a whole new content, whatever that says of version and author', async () => {
    const home = await makeBrandCheck()
    const text = '{"name": "Brand check", "version": 77, "created_by": "mallory", "checks": {}}'
    await edit(home, 'brand_check', [], { content: { text, file: 'new.json' } })
    expect(readProfile(home, 'brand_check_v2')).toMatchObject({ version: 2, created_by: 'anna@diageo.com', checks: {} })
  })

  it('lists every problem at once and writes nothing', async () => {
    const home = await makeBrandCheck()
    const before = readAll(home.root)
    const sets = [
      'pass_threshold=185',
      'visibility=client_specific',
      'visible_to_clients=["nestle"]',
      'version=9',
      'name.first=x',
      'checks.logo.enabled=maybe',
    ]
    await expect(edit(home, 'brand_check', sets, { unsets: ['checks.lgo'] })).rejects.toMatchObject({
      code: 'invalid-profile',
      kind: 'usage',
      problems: [
        { where: { option: 'set', path: 'version' } },
        { where: { option: 'set', path: 'name.first' } },
        { where: { option: 'unset', path: 'checks.lgo' } },
        { where: { path: 'pass_threshold' } },
        { where: { path: 'checks.logo.enabled' } },
        { where: { path: 'visible_to_clients.0' } },
      ],
    })
    expect(readAll(home.root)).toEqual(before)
  })

  it.each([
    ['client_specific with nobody', ['visibility=client_specific'], 'visible_to_clients'],
    ['a threshold below 0', ['pass_threshold=-1'], 'pass_threshold'],
    ['an empty name', ['name='], 'name'],
    ['a check that is no object', ['checks.logo=yes'], 'checks.logo'],
    ['a key that is a prototype', ['note={"__proto__": {"polluted": 1}}'], 'note.__proto__'],
    ['a key that stands twice', ['note={"a": 1, "a": 2}'], 'note.a'],
  ])('refuses %s', async (_, sets, path) => {
    const home = await makeBrandCheck()
    await expect(edit(home, 'brand_check', sets)).rejects.toMatchObject({ problems: [{ where: { path } }] })
  })

  it('dry changes nothing and tells what it would', async () => {
    const home = await makeBrandCheck()
    const before = readAll(home.root)
    const { answer } = await edit(home, 'brand_check', ['pass_threshold=85'], { isDryRun: true })
    expect(answer).toMatchObject({
      status: 'dry-run',
      profileId: 'brand_check_v2',
      changes: ['pass_threshold 80 → 85'],
    })
    expect(readAll(home.root)).toEqual(before)
  })

  it('that expects another version than the newest says who made that and when', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'], { expectVersion: 1 })
    const before = readAll(home.root)
    await expect(edit(home, 'brand_check', ['pass_threshold=90'], { ...ANNA, expectVersion: 1 })).rejects.toMatchObject(
      {
        code: 'version-conflict',
        kind: 'conflict',
        message:
          'brand_check is at version 2, not 1: ben@diageo.com made it at 2026-02-02T10:00:00Z. Nothing was changed.',
      },
    )
    expect(readAll(home.root)).toEqual(before)
  })

  it('of a file that somebody broke by hand is an error with its line', async () => {
    const home = await makeBrandCheck()
    writeFileSync(join(home.root, 'profiles', 'brand_check.json'), '{\n  "name": "Brand check",\n}\n')
    const before = readAll(home.root)
    await expect(edit(home, 'brand_check', ['pass_threshold=85'])).rejects.toMatchObject({
      code: 'bad-json',
      kind: 'config',
      where: { file: 'profiles/brand_check.json', line: 3 },
    })
    expect(readAll(home.root)).toEqual(before)
  })

  it('of a file that holds no object is an error', async () => {
    const home = await makeBrandCheck()
    writeFileSync(join(home.root, 'profiles', 'brand_check.json'), '[]')
    await expect(edit(home, 'brand_check', ['a=1'])).rejects.toMatchObject({ code: 'bad-profile', kind: 'config' })
  })

  it('where a folder has the name of a version is an error', async () => {
    const home = await makeBrandCheck()
    const { mkdirSync } = await import('node:fs')
    mkdirSync(join(home.root, 'profiles', 'brand_check_v2.json'))
    await expect(edit(home, 'brand_check', ['a=1'])).rejects.toMatchObject({ code: 'file-unreadable', kind: 'input' })
  })

  it.each([
    ['brnd_check', 'unknown-profile', 'Use brand_check.'],
    ['brand_check@9', 'unknown-version', 'Use one of 1: see "usagebook profile history brand_check".'],
  ])('of %s names what there is', async (id, code, hint) => {
    const home = await makeBrandCheck()
    await expect(edit(home, id, ['a=1'])).rejects.toMatchObject({ code, kind: 'usage', hint })
  })
})

describe('an edit of many', () => {
  it('makes the next version of each that matches, in one change', async () => {
    const home = await makeBrandCheck()
    await createProfile({ ...ANNA, name: 'Brand colours', sets: ['pass_threshold=70'] }, home)
    await createProfile({ ...ANNA, name: 'Packaging', sets: [] }, home)
    const request = { ...BEN, pattern: 'brand_*', sets: ['pass_threshold=70'], unsets: [] }
    const answer = await editProfiles(request, home)
    expect(answer.profiles.map(entry => [entry.answer.status, entry.answer.profileId])).toEqual([
      ['success', 'brand_check_v2'],
      ['unchanged', 'brand_colours'],
    ])
    expect(readUses(home).loreal).toEqual(['brand_check_v2'])
  })

  it('of which one is invalid changes none, and names that one', async () => {
    const home = await makeBrandCheck()
    await createProfile({ ...ANNA, name: 'Brand colours', sets: ['checks.logo.palette=[1]'] }, home)
    const before = readAll(home.root)
    const request = { ...BEN, pattern: 'brand_*', sets: ['checks.logo.palette.0=2'], unsets: ['checks.logo.weight'] }
    await expect(editProfiles(request, home)).rejects.toMatchObject({
      code: 'invalid-profile',
      problems: [{ where: { file: 'profiles/brand_colours.json', path: 'checks.logo.weight' } }],
    })
    expect(readAll(home.root)).toEqual(before)
  })

  it('of which one is broken changes none', async () => {
    const home = await makeBrandCheck()
    writeFileSync(join(home.root, 'profiles', 'brand_old.json'), 'x')
    const before = readAll(home.root)
    const request = { ...BEN, pattern: 'brand_*', sets: ['note=x'], unsets: [] }
    await expect(editProfiles(request, home)).rejects.toMatchObject({ code: 'bad-json' })
    expect(readAll(home.root)).toEqual(before)
  })

  it('of which none matches is an error', async () => {
    const home = await makeBrandCheck()
    const request = { ...BEN, pattern: 'legal_*', sets: ['note=x'], unsets: [] }
    await expect(editProfiles(request, home)).rejects.toMatchObject({ code: 'unknown-profile' })
  })
})
