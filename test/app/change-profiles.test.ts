// Creating, visibility, rollback: the changes besides the edit.
import { describe, expect, it } from 'vitest'
import { removeClient } from '../../src/app/client/remove-client.ts'
import { changeVisibility } from '../../src/app/profile/change-visibility.ts'
import { createProfile } from '../../src/app/profile/create-profile.ts'
import { diffProfiles } from '../../src/app/profile/diff-profiles.ts'
import { readHistory } from '../../src/app/profile/profile-history.ts'
import { rollbackProfile } from '../../src/app/profile/rollback-profile.ts'
import { validateProfiles } from '../../src/app/profile/validate-profiles.ts'
import {
  ANNA,
  BEN,
  edit,
  makeBrandCheck,
  makeHome,
  readAll,
  readAuditLines,
  readProfile,
  readUses,
} from '../profile/workspace.ts'

const NOBODY = { isForAll: false, add: [], remove: [] }

describe('creating a profile', () => {
  it('makes version 1, visible to all', async () => {
    const home = makeHome()
    const answer = await createProfile({ ...ANNA, name: 'Legal review', sets: ['pass_threshold=95'] }, home)
    expect(answer).toEqual({
      status: 'success',
      message: 'Profile created as "legal_review"',
      profileId: 'legal_review',
      previousProfileId: null,
      version: 1,
      clientsMoved: [],
    })
    expect(Object.entries(readProfile(home, 'legal_review'))).toEqual([
      ['name', 'Legal review'],
      ['version', 1],
      ['visibility', 'all'],
      ['created_at', '2026-02-02T10:00:00Z'],
      ['created_by', 'anna@diageo.com'],
      ['pass_threshold', 95],
      ['checks', {}],
    ])
  })

  it('for some clients names them', async () => {
    const home = await makeBrandCheck()
    await createProfile({ ...ANNA, name: 'Legal review', visibleTo: ['diageo'], sets: [] }, home)
    expect(readProfile(home, 'legal_review')).toMatchObject({
      visibility: 'client_specific',
      visible_to_clients: ['diageo'],
    })
  })

  it('under an id that exists is a conflict', async () => {
    const home = await makeBrandCheck()
    const before = readAll(home.root)
    await expect(createProfile({ ...BEN, name: 'Brand check', sets: [] }, home)).rejects.toMatchObject({
      code: 'profile-exists',
      kind: 'conflict',
    })
    expect(readAll(home.root)).toEqual(before)
  })

  it.each([
    [{ name: 'Brand', id: 'brand_v2' }, 'bad-profile-id'],
    [{ name: 'Brand', id: '../brand' }, 'bad-profile-id'],
    [{ content: { text: '{"checks": {}}', file: 'new.json' } }, 'no-name'],
    [{ content: { text: '{', file: 'new.json' } }, 'bad-json'],
    [{ name: 'Brand', sets: ['pass_threshold=101', 'checks..x=1'] }, 'invalid-profile'],
    [{ name: 'Brand', visibleTo: ['nestle'] }, 'invalid-profile'],
    [{ name: 'Brand', visibleTo: [] }, 'invalid-profile'],
  ])('refuses %j as %s', async (request, code) => {
    const home = makeHome()
    const kind = code === 'bad-json' ? 'config' : 'usage'
    await expect(createProfile({ ...ANNA, sets: [], ...request }, home)).rejects.toMatchObject({ code, kind })
  })
})

describe('a change of visibility', () => {
  it('takes the profile from a client that may not see it any more, and names it', async () => {
    const home = await makeBrandCheck()
    const { answer } = await changeVisibility(
      { ...BEN, ...NOBODY, id: 'brand_check', clients: ['diageo', 'loreal'] },
      home,
    )
    expect(answer).toMatchObject({ version: 2, clientsMoved: ['diageo', 'loreal'], clientsRemoved: ['unilever'] })
    expect(readUses(home)).toEqual({ diageo: ['brand_check_v2'], unilever: [], loreal: ['brand_check_v2'] })
    expect(readAuditLines(home).at(-1)).toMatchObject({ action: 'visibility', clientsRemoved: ['unilever'] })
    expect((await validateProfiles(undefined, home)).problems).toEqual([])
  })

  it('adds and removes single clients', async () => {
    const home = await makeBrandCheck()
    await changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', clients: ['diageo', 'loreal'] }, home)
    await changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', add: ['unilever'], remove: ['loreal'] }, home)
    expect(readProfile(home, 'brand_check_v3').visible_to_clients).toEqual(['diageo', 'unilever'])
  })

  it('back to all leaves no list', async () => {
    const home = await makeBrandCheck()
    await changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', clients: ['diageo'] }, home)
    await changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', isForAll: true }, home)
    expect(readProfile(home, 'brand_check_v3')).not.toHaveProperty('visible_to_clients')
  })

  it('that changes nothing makes no version', async () => {
    const home = await makeBrandCheck()
    const { answer } = await changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', isForAll: true }, home)
    expect(answer).toMatchObject({ status: 'unchanged', version: 1 })
  })

  it.each([
    [{ clients: ['diageo'], isForAll: true }, 'bad-visibility'],
    [{}, 'bad-visibility'],
    [{ add: ['diageo'] }, 'bad-visibility'],
    [{ clients: [] }, 'invalid-profile'],
    [{ clients: ['nestle'] }, 'invalid-profile'],
  ])('refuses %j as %s', async (request, code) => {
    const home = await makeBrandCheck()
    await expect(changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', ...request }, home)).rejects.toMatchObject({
      code,
      kind: 'usage',
    })
  })

  it('that leaves nobody is refused', async () => {
    const home = await makeBrandCheck()
    await changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', clients: ['diageo'] }, home)
    await expect(
      changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', remove: ['diageo'] }, home),
    ).rejects.toMatchObject({ code: 'invalid-profile' })
  })
})

describe('a rollback', () => {
  it('makes a new version equal to the old one', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'])
    const { answer } = await rollbackProfile({ ...ANNA, id: 'brand_check' }, home)
    expect(answer).toMatchObject({ profileId: 'brand_check_v3', previousProfileId: 'brand_check_v2', version: 3 })
    expect(readProfile(home, 'brand_check_v3')).toMatchObject({ pass_threshold: 80, restored_from: 'brand_check' })
    expect((await diffProfiles({ a: 'brand_check@1', b: 'brand_check@3' }, home)).differences).toEqual([])
    expect(readUses(home).diageo).toEqual(['brand_check_v3'])
  })

  it('of a rollback brings back what was before it', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'])
    await rollbackProfile({ ...ANNA, id: 'brand_check' }, home)
    await rollbackProfile({ ...ANNA, id: 'brand_check' }, home)
    expect(readProfile(home, 'brand_check_v4')).toMatchObject({ pass_threshold: 85, restored_from: 'brand_check_v2' })
    expect((await validateProfiles(undefined, home)).problems).toEqual([])
  })

  it('leaves no restored_from on the edit after it', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'])
    await rollbackProfile({ ...ANNA, id: 'brand_check' }, home)
    await edit(home, 'brand_check', ['pass_threshold=90'])
    expect(readProfile(home, 'brand_check_v4')).not.toHaveProperty('restored_from')
  })

  it('to what is there already makes no version', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'])
    const { answer } = await rollbackProfile({ ...ANNA, id: 'brand_check', to: 2 }, home)
    expect(answer).toMatchObject({
      status: 'unchanged',
      message: 'Nothing to change: "brand_check_v2" already equals version 2',
    })
  })

  it('to a version that names a client that has gone is refused', async () => {
    const home = await makeBrandCheck()
    await changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', clients: ['diageo', 'loreal'] }, home)
    await changeVisibility({ ...BEN, ...NOBODY, id: 'brand_check', isForAll: true }, home)
    await removeClient({ ...BEN, client: 'loreal' }, home)
    await expect(rollbackProfile({ ...ANNA, id: 'brand_check' }, home)).rejects.toMatchObject({
      code: 'invalid-profile',
      problems: [{ message: 'there is no client "loreal" in clients.json' }],
    })
  })

  it.each([
    [{ id: 'brand_check@1' }, 'bad-rollback'],
    [{ id: 'brand_check' }, 'bad-rollback'],
    [{ id: 'brand_check', to: 7 }, 'unknown-version'],
  ])('refuses %j as %s', async (request, code) => {
    const home = await makeBrandCheck()
    await expect(rollbackProfile({ ...ANNA, ...request }, home)).rejects.toMatchObject({ code, kind: 'usage' })
  })
})

describe('the history', () => {
  it('tells of each version when, who, why, what, and who is on it', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85', 'checks.tone.weight=1'], { message: 'stricter' })
    const { versions } = await readHistory('brand_check', home)
    expect(versions).toEqual([
      {
        version: 2,
        profileId: 'brand_check_v2',
        at: '2026-02-02T10:00:00Z',
        by: 'ben@diageo.com',
        action: 'edit',
        message: 'stricter',
        changes: ['pass_threshold 80 → 85', '+ checks.tone'],
        clients: ['diageo', 'unilever', 'loreal'],
      },
      {
        version: 1,
        profileId: 'brand_check',
        at: '2026-02-02T10:00:00Z',
        by: 'anna@diageo.com',
        action: 'create',
        message: null,
        changes: [],
        clients: [],
      },
    ])
  })
})

describe('a diff of the first version alone', () => {
  it('is refused, as there is none before', async () => {
    const home = await makeBrandCheck()
    await expect(diffProfiles({ a: 'brand_check' }, home)).rejects.toMatchObject({
      code: 'no-version-before',
      kind: 'usage',
    })
  })
})
