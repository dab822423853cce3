import { chmodSync, chownSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addClient } from '../../src/app/client/add-client.ts'
import { assignProfile } from '../../src/app/client/assign-profile.ts'
import { removeClient } from '../../src/app/client/remove-client.ts'
import { showClient } from '../../src/app/client/show-client.ts'
import { unassignProfile } from '../../src/app/client/unassign-profile.ts'
import { changeVisibility } from '../../src/app/profile/change-visibility.ts'
import { createProfile } from '../../src/app/profile/create-profile.ts'
import { listProfiles } from '../../src/app/profile/list-profiles.ts'
import { whoUsesProfile } from '../../src/app/profile/who-uses-profile.ts'
import { ANNA, BEN, edit, makeBrandCheck, readAuditLines, readUses } from '../profile/workspace.ts'

const ONLY_DIAGEO = { ...BEN, id: 'brand_check', isForAll: false, clients: ['diageo'], add: [], remove: [] }

it('clients.json keeps its mode, owner and group through every kind of change', async () => {
  const home = await makeBrandCheck()
  const file = join(home.root, 'clients.json')
  chmodSync(file, 0o640)
  if (process.getuid?.() === 0) chownSync(file, 1234, 4321)
  const rightsOf = ({ mode, uid, gid }: ReturnType<typeof lstatSync> & object) => [mode, uid, gid]
  const before = rightsOf(lstatSync(file))
  const text = readFileSync(file, 'utf8')
  await addClient({ ...ANNA, client: 'nestle', name: 'Nestlé' }, home)
  await edit(home, 'brand_check', ['pass_threshold=85'])
  await assignProfile({ ...ANNA, client: 'diageo', id: 'brand_check@1' }, home)
  await unassignProfile({ ...ANNA, client: 'diageo', id: 'brand_check' }, home)
  await removeClient({ ...ANNA, client: 'nestle' }, home)
  expect(readFileSync(file, 'utf8')).not.toBe(text)
  expect(rightsOf(lstatSync(file))).toEqual(before)
})

describe('assigning a profile', () => {
  it('gives the newest version, or the one that is named, instead of the one before', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'])
    await assignProfile({ ...ANNA, client: 'diageo', id: 'brand_check@1' }, home)
    expect(readUses(home)).toMatchObject({ diageo: ['brand_check'], unilever: ['brand_check_v2'] })
    const answer = await assignProfile({ ...ANNA, client: 'diageo', id: 'brand_check' }, home)
    expect(answer).toMatchObject({ profileId: 'brand_check_v2', previousProfileId: 'brand_check' })
    expect(readAuditLines(home).at(-1)).toMatchObject({
      action: 'assign',
      client: 'diageo',
      fromVersion: 1,
      toVersion: 2,
    })
  })

  it('that is there already changes nothing', async () => {
    const home = await makeBrandCheck()
    const answer = await assignProfile({ ...ANNA, client: 'diageo', id: 'brand_check' }, home)
    expect(answer.status).toBe('unchanged')
  })

  it('refuses what the client may not see', async () => {
    const home = await makeBrandCheck()
    await changeVisibility(ONLY_DIAGEO, home)
    const assign = assignProfile({ ...ANNA, client: 'unilever', id: 'brand_check' }, home)
    await expect(assign).rejects.toMatchObject({ code: 'not-visible', kind: 'usage' })
  })

  it('refuses an old version that the client might see, where it may not see the newest', async () => {
    const home = await makeBrandCheck()
    await changeVisibility(ONLY_DIAGEO, home)
    const assign = assignProfile({ ...ANNA, client: 'unilever', id: 'brand_check@1' }, home)
    await expect(assign).rejects.toMatchObject({ code: 'not-visible' })
  })

  it('refuses an unknown client and names the nearest', async () => {
    const home = await makeBrandCheck()
    const assign = assignProfile({ ...ANNA, client: 'unilver', id: 'brand_check' }, home)
    await expect(assign).rejects.toMatchObject({ code: 'unknown-client', hint: 'Use unilever.' })
  })
})

describe('unassigning a profile', () => {
  it('takes it, whatever version it is', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'])
    await unassignProfile({ ...ANNA, client: 'diageo', id: 'brand_check' }, home)
    expect(readUses(home).diageo).toEqual([])
  })

  it('refuses what the client does not use', async () => {
    const home = await makeBrandCheck()
    const unassign = unassignProfile({ ...ANNA, client: 'diageo', id: 'brand_check@2' }, home)
    await expect(unassign).rejects.toMatchObject({ code: 'not-assigned', hint: expect.stringContaining('brand_check') })
  })
})

describe('adding a client', () => {
  it('keeps the file as somebody laid it out', async () => {
    const home = await makeBrandCheck()
    const file = join(home.root, 'clients.json')
    writeFileSync(file, '{"note": "ours",\n "clients": {\n      "diageo": {"region": "EU"}\n }}\n')
    await addClient({ ...ANNA, client: 'nestle', name: 'Nestlé' }, home)
    expect(readFileSync(file, 'utf8')).toBe(
      '{"note": "ours",\n "clients": {\n      "diageo": {"region": "EU"},\n      "nestle": {"name": "Nestlé", "profiles": []}\n }}\n',
    )
  })

  it('gives a client without a list one when it is assigned a profile', async () => {
    const home = await makeBrandCheck()
    const file = join(home.root, 'clients.json')
    writeFileSync(file, '{"clients": {"nestle": {}}}')
    await assignProfile({ ...ANNA, client: 'nestle', id: 'brand_check' }, home)
    expect(readFileSync(file, 'utf8')).toBe('{"clients": {"nestle": {"profiles": ["brand_check"]}}}')
  })

  it.each([
    ['diageo', 'client-exists', 'conflict'],
    ['__proto__', 'bad-client-id', 'usage'],
    ['constructor', 'bad-client-id', 'usage'],
    ['a,b', 'bad-client-id', 'usage'],
    ['', 'bad-client-id', 'usage'],
  ])('refuses %j as %s', async (client, code, kind) => {
    const home = await makeBrandCheck()
    await expect(addClient({ ...ANNA, client }, home)).rejects.toMatchObject({ code, kind })
  })
})

describe('removing a client', () => {
  it('ends its use', async () => {
    const home = await makeBrandCheck()
    const answer = await removeClient({ ...ANNA, client: 'loreal' }, home)
    expect(answer.message).toBe('Client "loreal" removed, which used brand_check')
    expect(Object.keys(readUses(home))).toEqual(['diageo', 'unilever'])
  })

  it('is refused while a profile names it', async () => {
    const home = await makeBrandCheck()
    await changeVisibility(ONLY_DIAGEO, home)
    await expect(removeClient({ ...ANNA, client: 'diageo' }, home)).rejects.toMatchObject({ code: 'client-in-use' })
  })
})

describe('a clients.json that somebody broke by hand', () => {
  it.each([
    ['{"clients": {"diageo": {"profiles": "brand_check"}}}', 'bad-clients'],
    ['{"clients": {"diageo": {"profiles": ["../x"]}}}', 'bad-clients'],
    ['{"clients": {"diageo": {}, "diageo": {}}}', 'bad-clients'],
    ['{"clients": []}', 'bad-clients'],
    ['{"clients": {', 'bad-json'],
  ])('%s is %s', async (text, code) => {
    const home = await makeBrandCheck()
    writeFileSync(join(home.root, 'clients.json'), text)
    await expect(edit(home, 'brand_check', ['a=1'])).rejects.toMatchObject({ code, kind: 'config' })
  })
})

describe('what a client sees', () => {
  it('is what is visible to it', async () => {
    const home = await makeBrandCheck()
    await createProfile({ ...ANNA, name: 'Legal review', visibleTo: ['unilever'], sets: [] }, home)
    const idsFor = async (client: string) =>
      (await listProfiles({ client, isAllVersions: false }, home)).profiles.map(listed => listed.profileId)
    expect([await idsFor('diageo'), await idsFor('unilever')]).toEqual([
      ['brand_check'],
      ['brand_check', 'legal_review'],
    ])
    expect(await showClient('unilever', home)).toMatchObject({
      uses: [{ profileId: 'brand_check', version: 1, newestVersion: 1 }],
      maySee: ['legal_review'],
    })
  })

  it('an unknown client sees nothing but an error', async () => {
    const home = await makeBrandCheck()
    const list = listProfiles({ client: 'nestle', isAllVersions: false }, home)
    await expect(list).rejects.toMatchObject({ code: 'unknown-client' })
  })
})

describe('who uses a profile', () => {
  it('is asked of all versions or of one', async () => {
    const home = await makeBrandCheck()
    await edit(home, 'brand_check', ['pass_threshold=85'])
    await assignProfile({ ...ANNA, client: 'loreal', id: 'brand_check@1' }, home)
    const users = async (id: string) =>
      (await whoUsesProfile(id, home)).uses.map(use => `${use.client} ${use.profileId}`)
    expect(await users('brand_check@1')).toEqual(['loreal brand_check'])
    expect(await users('brand_check')).toEqual([
      'diageo brand_check_v2',
      'unilever brand_check_v2',
      'loreal brand_check',
    ])
  })
})
