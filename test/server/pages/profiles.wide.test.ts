// The pages of profiles in a browser: made, changed, compared, brought back; and for a manager of one client, nothing of others.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, launchChromium } from '../../page/chromium.ts'
import { visitAs } from '../support/browser.ts'
import { FOREIGN, PROFILES } from '../support/profile-story.ts'
import { LOGS, runServer } from '../support/running-server.ts'

const FILES = { ...PROFILES, ...LOGS }
const HOSTILE = '<b onmouseover=alert(1)>"</textarea>\u202e'

let browser: Browser

describe.skipIf(!findChromium())('the pages of profiles', () => {
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())

  it('a profile is made for two clients, and its fault is told at its field', async () => {
    const server = await runServer(FILES)
    const { page, open, expectQuiet } = await visitAs(browser, server, 'admin')
    await open('/profiles')
    await page.getByRole('link', { name: 'New profile' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Tone of voice')
    await page.getByLabel('Description').fill('Is it\nfriendly?')
    await page.getByLabel('Pass threshold').fill('120')
    await page.getByLabel('Reveal to All Clients').uncheck()
    await page.getByLabel('Diageo').check()
    await page.getByLabel('Unilever').check()
    await page.getByLabel('Name of new check 1').fill('tone')
    await page.getByLabel('Weight of new check 1').fill('2.50')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('alert').getByRole('link', { name: 'Pass threshold: must be a number from 0 to 100' }).click()
    expect(await page.getByLabel('Description').inputValue()).toBe('Is it\nfriendly?')
    expect(await page.getByLabel('Weight of tone').inputValue()).toBe('2.50')
    await expectQuiet()
    await page.getByLabel('Pass threshold').fill('70')
    await page.getByRole('button', { name: 'Create' }).click()
    expect(await page.getByRole('status').textContent()).toBe('Profile created as "tone_of_voice"')
    expect(new URL(page.url()).pathname).toBe('/profiles/tone_of_voice')
    const file = await (await server.ask('admin', '/api/v1/profiles/tone_of_voice')).text()
    expect(file).toContain('"weight": 2.50')
    expect(JSON.parse(file)).toMatchObject({
      name: 'Tone of voice',
      description: 'Is it\nfriendly?',
      pass_threshold: 70,
      visibility: 'client_specific',
      visible_to_clients: ['diageo', 'unilever'],
      checks: { tone: { enabled: true, weight: 2.5 } },
    })
  })

  it('an edit is shown before it is saved, and keeps the original and all that the form does not know', async () => {
    const server = await runServer(FILES)
    const { page, open, expectQuiet } = await visitAs(browser, server, 'admin')
    await open('/profiles/brand_check')
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Pass threshold').fill('90')
    await page.getByRole('button', { name: 'Show difference' }).click()
    expect(await rows(page, 'What would change')).toEqual([['pass_threshold', 'changed', '85', '90']])
    await expectQuiet()
    await page.getByLabel('Why').fill('stricter')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getByRole('status').textContent()).toBe(
      'Profile updated to version 3. Original kept as "brand_check_v2"',
    )
    const file = await (await server.ask('admin', '/api/v1/profiles/brand_check')).text()
    expect(file).toMatch(/"pass_threshold": 90,[\s\S]*"exact": 0\.12345678901234567891/)
    await page.getByRole('link', { name: 'History' }).click()
    expect((await rows(page, 'Versions of brand_check'))[0]).toEqual([
      'Version 3',
      '2026-02-03 12:00',
      'token t1 (admin)',
      'pass_threshold 85 → 90',
      'stricter',
      'diageo',
      'Compare',
    ])
    expect(await rows(page, 'What each version was used for')).toEqual([
      ['Version 3', '0', '–', '0', '–', '–'],
      ['Version 2', '0', '–', '0', '–', '–'],
      ['Version 1', '3', '$0.009400', '1', '33.3 %', '–'],
    ])
    await expectQuiet()
  })

  it('the editor turns to JSON and back with what was typed', async () => {
    const server = await runServer(FILES)
    const { page, open, expectQuiet } = await visitAs(browser, server, 'admin')
    await open('/profiles/brand_check/edit')
    await page.getByLabel('Description').fill('typed')
    await page.getByRole('button', { name: 'As JSON' }).click()
    const json = page.getByLabel('Profile as JSON')
    const text = await json.inputValue()
    expect(text).toContain('"description": "typed"')
    expect(text).not.toContain('created_at')
    await json.fill('{"name": "Brand check", ')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('what you typed')
    await json.fill(text.replace('0.12345678901234567891', '1.50'))
    await page.getByRole('button', { name: 'As a form' }).click()
    expect(await page.getByLabel('Description').inputValue()).toBe('typed')
    await page.getByRole('button', { name: 'Show difference' }).click()
    expect((await rows(page, 'What would change')).map(([path]) => path)).toEqual(['exact', 'description'])
    await expectQuiet()
  })

  it('a conflict keeps the draft and shows what the other changed', async () => {
    const server = await runServer(FILES)
    const { page, open, expectQuiet } = await visitAs(browser, server, 'admin')
    await open('/profiles/brand_check/edit')
    await page.getByLabel('Pass threshold').fill('90')
    await server.ask('manager', '/api/v1/profiles/brand_check', {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', 'If-Match': '"brand_check@2"' },
      body: JSON.stringify({ set: { description: 'by the other' } }),
    })
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getByRole('alert').textContent()).toContain(
      'brand_check is at version 3, not 2: token t2 (manager)',
    )
    expect(await rows(page, 'What was changed meanwhile')).toEqual([['description', 'added', '–', '"by the other"']])
    expect(await page.getByLabel('Pass threshold').inputValue()).toBe('90')
    expect(await page.getByLabel('Description').inputValue()).toBe('by the other')
    expect(await rows(page, 'What would change')).toEqual([['pass_threshold', 'changed', '85', '90']])
    await expectQuiet()
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getByRole('status').textContent()).toContain('Profile updated to version 4.')
  })

  it('two versions are compared, and an old one is brought back after its difference', async () => {
    const server = await runServer(FILES)
    const { page, open, expectQuiet } = await visitAs(browser, server, 'admin')
    await open('/profiles/shared_check/diff')
    await page.getByLabel('From').selectOption('1')
    await page.getByRole('button', { name: 'Compare' }).click()
    expect(await rows(page, 'What differs between version 1 and version 3')).toEqual([
      ['visible_to_clients', 'changed', '["diageo"]', '["diageo","unilever"]'],
      ['pass_threshold', 'changed', '50', '60'],
    ])
    await expectQuiet()
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByRole('link', { name: 'Roll back to version 2' }).click()
    expect(await rows(page, 'What the rollback changes')).toEqual([['pass_threshold', 'changed', '60', '50']])
    await expectQuiet()
    await page.getByRole('button', { name: 'Roll back' }).click()
    expect(await page.getByRole('status').textContent()).toBe(
      'Profile rolled back to version 2, as version 4. Original kept as "shared_check_v3"',
    )
  })

  it('many are edited after a table of it, and none where something else was changed meanwhile', async () => {
    const server = await runServer(FILES)
    const { page, open, expectQuiet } = await visitAs(browser, server, 'admin')
    await open('/edit-profiles')
    await page.getByLabel('Profiles').fill('s*')
    await page.getByLabel('Set').fill('pass_threshold = 66')
    await page.getByRole('button', { name: 'Show what would change' }).click()
    expect(await rows(page, 'What would change')).toEqual([
      ['shared_check_v3', 'shared_check_v4', 'pass_threshold 60 → 66', 'diageo, unilever'],
      ['soap_check', 'soap_check_v2', '+ pass_threshold', 'unilever'],
    ])
    await expectQuiet()
    const patch = (set: object, tag: string, id: string) =>
      server.ask('admin', `/api/v1/profiles/${id}`, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json', 'If-Match': tag },
        body: JSON.stringify({ set }),
      })
    await patch({ pass_threshold: 61 }, '"shared_check@3"', 'shared_check')
    await page.getByRole('button', { name: 'Change 2 profiles' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('Somebody else changed a profile')
    await page.getByRole('button', { name: 'Show what would change' }).click()
    await page.getByRole('button', { name: 'Change 2 profiles' }).click()
    expect(await page.getByRole('status').textContent()).toBe('2 profiles updated. Originals kept')
  })

  it('a manager of one client sees and changes nothing of others', async () => {
    const server = await runServer(FILES)
    const { page, open } = await visitAs(browser, server, 'manager')
    const paths = [
      '/profiles',
      '/new-profile',
      '/edit-profiles',
      ...['brand_check', 'house_rules', 'shared_check', 'late_check'].flatMap(id =>
        ['', '/history', '/diff', '/edit', '/rollback'].map(view => `/profiles/${id}${view}`),
      ),
    ]
    for (const path of paths) {
      const text = await (await server.ask('manager', path, { headers: { Accept: 'text/html' } })).text()
      expect(`${path} ${text}`).not.toMatch(FOREIGN)
    }
    for (const path of ['/profiles/soap_check', '/profiles/soap_check/history', '/profiles/soap_check/edit']) {
      const [foreign, none] = await Promise.all(
        [path, path.replace('soap_check', 'none')].map(async asked => {
          const text = await (await server.ask('manager', asked, { headers: { Accept: 'text/html' } })).text()
          return text.replace(/Request <code>.*?<\/code>/, '')
        }),
      )
      expect(foreign).toBe(none)
    }
    await open('/profiles/brand_check/edit')
    await page.getByLabel('Pass threshold').fill('90')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getByRole('status').textContent()).toContain('Profile updated to version 3.')
    await open('/edit-profiles')
    await page.getByLabel('Profiles').fill('*')
    await page.getByLabel('Set').fill('pass_threshold = 66')
    await page.getByRole('button', { name: 'Show what would change' }).click()
    expect((await rows(page, 'What would change')).map(([id]) => id)).toEqual(['brand_check_v3', 'late_check_v2'])
  })

  it('what stands in a profile is text, and comes back as it was', async () => {
    const value = { name: HOSTILE, version: 1, description: HOSTILE, checks: { [HOSTILE]: { weight: 1 } } }
    const server = await runServer({ 'profiles/odd.json': JSON.stringify(value) })
    const { page, open, expectQuiet } = await visitAs(browser, server, 'admin')
    for (const path of ['/profiles', '/profiles/odd', '/profiles/odd/history']) {
      await open(path)
      expect(await page.locator('b').count()).toBe(0)
      await expectQuiet()
    }
    await open('/profiles/odd/edit')
    await page.getByLabel('Pass threshold').fill('5')
    await page.getByRole('button', { name: 'Show difference' }).click()
    expect(await rows(page, 'What would change')).toEqual([['pass_threshold', 'added', '–', '5']])
    await expectQuiet()
  })

  it('of a thousand profiles a page is there at once, found by name and by client', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => [
      `profiles/check_${index}.json`,
      `{"name":"Check ${index}","version":1,"visibility":"client_specific","visible_to_clients":["${index % 2 === 0 ? 'diageo' : 'unilever'}"]}`,
    ])
    const server = await runServer({
      ...Object.fromEntries(many),
      'clients.json': PROFILES['clients.json']!.replace(/"profiles": ?\[[^\]]*\]/g, '"profiles":[]'),
    })
    const { page, open } = await visitAs(browser, server, 'admin')
    await open('/profiles')
    expect(await page.getByText('1 to 50 of 1000').count()).toBe(1)
    await page.getByLabel('Client').selectOption('diageo')
    await page.getByLabel('Name or id').fill('check 99')
    await page.getByRole('button', { name: 'Show' }).click()
    expect((await rows(page, 'Profiles')).map(([id]) => id)).toEqual(
      [990, 992, 994, 996, 998].map(index => `Check ${index}check_${index}`),
    )
  })
})

/** The texts of the cells of a table, row by row. */
async function rows(page: Page, caption: string): Promise<string[][]> {
  const list = page.getByRole('table', { name: caption }).locator('tbody tr')
  return await list.evaluateAll(all => all.map(row => [...row.children].map(cell => (cell.textContent ?? '').trim())))
}
