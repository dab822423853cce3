// Profiles and clients for programs: the same changes, versions and refusals as on the command line.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ConflictError } from '../../src/index.ts'
import { openStory, printedJson, storyWorkspace } from '../support/library.ts'

const by = 'ci@diageo.com'

it('a profile is created, edited, looked at and put back', async () => {
  const { profiles } = await openStory(storyWorkspace())
  const created = await profiles.create({
    name: 'Alcohol check',
    content: { checks: { age: { enabled: true, weight: 1 } } },
    set: { pass_threshold: 70 },
    by,
  })
  expect(created).toMatchObject({ status: 'success', profileId: 'alcohol_check', version: 1 })
  const edited = await profiles.edit('alcohol_check', {
    set: { pass_threshold: 85, note: 'a=b' },
    expectVersion: 1,
    by,
  })
  expect(edited).toMatchObject({ status: 'success', profileId: 'alcohol_check_v2', version: 2 })
  expect((await profiles.show('alcohol_check')).value).toMatchObject({ pass_threshold: 85, note: 'a=b' })
  expect((await profiles.show('alcohol_check@1')).value).toMatchObject({ pass_threshold: 70 })
  const { differences } = await profiles.diff('alcohol_check@1', 'alcohol_check@2')
  expect(differences.map(({ path }) => path).sort()).toEqual(['note', 'pass_threshold'])
  expect(await profiles.rollback('alcohol_check', { to: 1, by, message: 'too strict' })).toMatchObject({ version: 3 })
  const { versions } = await profiles.history('alcohol_check')
  expect(versions.map(({ action }) => action).sort()).toEqual(['create', 'edit', 'rollback'])
  expect(versions.every(entry => entry.by === by)).toBe(true)
  expect(await profiles.validate()).toMatchObject({ isValid: true })
})

it('an edit of a version that is not the newest any more changes nothing', async () => {
  const root = storyWorkspace()
  const { profiles } = await openStory(root)
  const before = readdirSync(join(root, 'profiles'))
  const edit = profiles.edit('brand_check', { set: { pass_threshold: 1 }, expectVersion: 1, by })
  await expect(edit).rejects.toBeInstanceOf(ConflictError)
  await expect(edit).rejects.toMatchObject({ code: expect.any(String), hint: expect.any(String) })
  expect(readdirSync(join(root, 'profiles'))).toEqual(before)
})

it('a dry run says what would change, and changes nothing', async () => {
  const root = storyWorkspace()
  const { profiles } = await openStory(root)
  const before = readdirSync(join(root, 'profiles'))
  const answer = await profiles.edit('brand_check', { set: { pass_threshold: 1 }, by, dryRun: true })
  expect(answer).toMatchObject({ status: 'dry-run', changes: [expect.stringContaining('pass_threshold')] })
  expect(readdirSync(join(root, 'profiles'))).toEqual(before)
})

it('two edits at once make two versions', async () => {
  const { profiles } = await openStory(storyWorkspace())
  const edits = [1, 2].map(value => profiles.edit('packaging', { set: { pass_threshold: value }, by }))
  expect((await Promise.all(edits)).map(({ version }) => version).sort()).toEqual([2, 3])
})

it('who may see a profile, and who uses it', async () => {
  const { profiles, clients } = await openStory(storyWorkspace())
  expect(await profiles.visibility('packaging', { clients: ['loreal'], by })).toMatchObject({
    clientsRemoved: ['nestle'],
  })
  await expect(clients.assign('nestle', 'packaging', { by })).rejects.toMatchObject({ hint: expect.any(String) })
  await profiles.visibility('packaging', { all: true, by })
  expect(await clients.assign('nestle', 'packaging', { by })).toMatchObject({ status: 'success', client: 'nestle' })
  const { uses } = await profiles.whoUses('packaging')
  expect(uses.map(({ client }) => client).sort()).toEqual(['loreal', 'nestle'])
  expect(await clients.unassign('nestle', 'packaging', { by })).toMatchObject({ status: 'success' })
})

it('clients come and go', async () => {
  const { clients } = await openStory(storyWorkspace())
  expect(await clients.add('acme', { name: 'Acme', by })).toMatchObject({ status: 'success', client: 'acme' })
  expect(await clients.show('acme')).toMatchObject({ id: 'acme', name: 'Acme', uses: [] })
  expect(await clients.remove('acme', { by })).toMatchObject({ status: 'success' })
  expect((await clients.list()).clients.map(({ id }) => id)).not.toContain('acme')
})

it.each([
  ['profile list', ['profile', 'list'], 'list'],
  ['client list', ['client', 'list'], 'clients'],
] as const)('%s is what the command writes', async (_, words, which) => {
  const root = storyWorkspace()
  const { profiles, clients } = await openStory(root)
  const answer = which === 'list' ? await profiles.list() : await clients.list()
  expect(answer).toEqual(await printedJson(root, words))
})
