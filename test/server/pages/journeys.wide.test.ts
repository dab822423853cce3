// What people do on the pages, in a browser: by the names that they see, with a script and without.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createLoginLink } from '../../../src/app/access/logins.ts'
import { findChromium, findFaults, launchChromium } from '../../page/chromium.ts'
import { LOGS, lines, NOW, type RunningServer, runServer, type Who } from '../support/running-server.ts'

const HOSTILE = '"><img src=x onerror=alert(1)>'
const STORY = {
  ...LOGS,
  'usage_logs/2026-01-30.jsonl': lines(
    ...['diageo', 'unilever', HOSTILE].map(client => ({
      timestamp: '2026-01-30T09:00:00Z',
      client,
      user: `${client}-user`,
      model: 'gpt-4o',
      profile: 'brand_check',
      input_tokens: 200_000,
      output_tokens: 9000,
      duration_ms: 2000,
    })),
    { timestamp: '2026-01-30T10:00:00Z', event: 'feedback', client: 'diageo', rating: 4 },
    {
      timestamp: '2026-01-30T10:00:00Z',
      event: 'threat',
      id: 'threat-1',
      severity: 'critical',
      threat_type: 'injection',
    },
  ),
}

const LOOKS = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 320],
  ['dark', 320],
] as const

/** On a busy machine too. */
const SOON = { timeout: 60_000 }

let browser: Browser

interface Visit {
  readonly page: Page
  /** Console messages, errors, and requests for anything elsewhere. */
  readonly events: string[]
  go(path: string): Promise<void>
}

async function visit(server: RunningServer, who: Who | 'nobody', options: BrowserContextOptions = {}): Promise<Visit> {
  const extraHTTPHeaders: Record<string, string> =
    who === 'nobody' ? {} : { Authorization: `Bearer ${server.tokens[who]}` }
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, extraHTTPHeaders, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const events: string[] = []
  page.on('console', message => events.push(`console: ${message.text()}`))
  page.on('pageerror', error => events.push(`error: ${error.message}`))
  page.on('dialog', dialog => {
    events.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', request => {
    if (!request.url().startsWith(server.address)) events.push(`request: ${request.url()}`)
  })
  return { page, events, go: async path => void (await page.goto(`${server.address}${path.replace(/^\//, '')}`)) }
}

const cards = (page: Page) =>
  page.locator('.cards > div').evaluateAll(all => all.map(one => one.querySelector('dd')?.textContent))

describe.skipIf(!findChromium())('the pages in Chromium', () => {
  beforeAll(async () => {
    browser = await launchChromium()
  })

  afterAll(() => browser?.close())

  test('a link logs in, a range and a metric are chosen, and back and forward lead through them', async () => {
    const server = await runServer(STORY)
    const { page, events, go } = await visit(server, 'nobody')
    const { path } = await createLoginLink({ by: 'root' }, server.services.access)
    await go(path)
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.getByRole('link', { name: '7d', exact: true }).click()
    await page.waitForURL(/range=7d/)
    const ofWeek = await cards(page)
    await page.getByRole('link', { name: 'Tokens', exact: true }).click()
    await page.waitForURL(/metric=tokens/)
    expect(page.url()).toContain('range=7d')
    expect(await page.getByRole('heading', { name: /^Tokens by day, stacked by client/ }).count()).toBe(1)
    await page.goBack()
    await page.goBack()
    expect(await cards(page)).not.toEqual(ofWeek)
    await page.goForward()
    expect(await cards(page)).toEqual(ofWeek)
    await page.locator('summary', { hasText: 'Custom' }).click()
    await page.getByLabel('Start').fill('2026-01-30')
    await page.getByLabel('End').fill('2026-02-01')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/start-date=2026-01-30.*end-date=2026-02-01/)
    expect(page.url()).not.toContain('range=')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    expect(events).toEqual([])
  })

  test('a client leads to what is its own, by click and by Enter, and its filter is taken away again', async () => {
    const server = await runServer(STORY)
    const { page, events, go } = await visit(server, 'admin')
    await go('/?range=7d')
    await page.locator('#panel-clients').getByRole('link', { name: 'diageo' }).first().click()
    await page.waitForURL(/client=diageo/)
    const users = await page.locator('#panel-users .name').allInnerTexts()
    expect(users.toSorted()).toEqual(['anna@diageo.com', 'dan@diageo.com', 'diageo-user'])
    await page.locator('#panel-users').getByRole('link', { name: 'anna@diageo.com' }).first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/user=anna/)
    expect(page.url()).toContain('client=diageo')
    await page.getByRole('link', { name: 'Remove the filter user: anna@diageo.com' }).click()
    await page.waitForURL(url => !url.search.includes('user='))
    expect(await page.locator('#panel-users .name').count()).toBe(3)
    expect(events).toEqual([])
  })

  test('a threat is ticked and resolved by keyboard alone', async () => {
    const server = await runServer(STORY)
    const { page, events, go } = await visit(server, 'admin')
    await go('/threats?range=7d')
    await page.getByRole('checkbox', { name: 'threat-1' }).focus()
    await page.keyboard.press('Space')
    await page.getByLabel('What was done').fill('blocked the address')
    await page.keyboard.press('Enter')
    await page.getByText('1 threat resolved.').waitFor()
    expect(page.url()).toContain('range=7d')
    expect(await page.getByRole('link', { name: 'Open (0)' }).count()).toBe(1)
    await page.getByRole('link', { name: 'All (1)' }).click()
    await page.getByRole('cell', { name: 'resolved', exact: true }).waitFor()
    expect(events).toEqual([])
  })

  test('the numbers are those of the API, and the file behind a panel those of its table', async () => {
    const server = await runServer(STORY)
    const { page, go } = await visit(server, 'admin')
    await go('/?range=7d&metric=requests&client=diageo')
    const document = JSON.parse(await (await server.ask('admin', '/api/v1/dashboard?range=7d&client=diageo')).text())
    const { totalCost, totalRequests } = document.summary
    const [cost, requests] = await cards(page)
    expect([cost, requests]).toEqual([`$${totalCost.toFixed(2)}`, String(totalRequests)])
    await page.locator('#panel-users').getByText('Table').click()
    const shown = await page
      .locator('#users-table tbody tr')
      .evaluateAll(rows => rows.map(row => [...row.children].slice(0, 2).map(cell => cell.textContent)))
    const href = await page.locator('#panel-users').getByRole('link', { name: /^CSV/ }).getAttribute('href')
    const csv = await (await server.ask('admin', href!)).text()
    const rows = csv.trim().split('\n').slice(1)
    expect(rows.map(row => row.split(',').slice(0, 2))).toEqual(shown)
  })

  test('new numbers come by themselves, and what somebody does stays: focus, scroll, menus, drafts, selection', async () => {
    const server = await runServer(STORY)
    const { page, events, go } = await visit(server, 'admin', { viewport: { width: 1280, height: 500 } })
    await page.clock.install({ time: NOW })
    await go('/?range=7d')
    const before = await cards(page)
    await page.locator('summary', { hasText: 'Custom' }).click()
    await page.getByLabel('Start').fill('2026-01-30')
    await page.locator('#panel-users').getByText('Table').click()
    await page.locator('#panel-models').getByRole('link').first().focus()
    await page.evaluate("scrollTo(0, 700); getSelection().selectAllChildren(document.querySelector('#panel-users h3'))")
    const state = () =>
      page.evaluate(`[
        document.activeElement.textContent,
        Math.round(scrollY),
        String(getSelection()),
        [...document.querySelectorAll('details')].map(({ open }) => open),
        document.querySelector('#f-start-date').value,
      ]`)
    const held = await state()
    appendFileSync(
      join(server.root, 'usage_logs/2026-02-03.jsonl'),
      lines({
        timestamp: '2026-02-03T11:00:00Z',
        client: 'diageo',
        user: 'anna@diageo.com',
        model: 'gpt-4o',
        input_tokens: 5,
      }),
    )
    await page.clock.runFor(31_000)
    await expect.poll(() => cards(page), SOON).not.toEqual(before)
    expect(await state()).toEqual(held)
    expect(events).toEqual([])
  })

  test('a slow old answer never shows over a new one', async () => {
    const server = await runServer(STORY)
    const { page, go } = await visit(server, 'admin')
    await page.clock.install({ time: NOW })
    await go('/?range=7d')
    const held: (() => Promise<void>)[] = []
    let asked = 0
    const answer = (mark: string) => ({
      contentType: 'text/html',
      body: `<main id="main"><h1>${mark}</h1></main>`,
    })
    await page.route('**/*range=7d', async route => {
      asked++
      if (asked === 1) held.push(() => route.fulfill(answer('old')))
      else await route.fulfill(answer('new'))
    })
    await page.clock.runFor(31_000)
    await page.clock.runFor(31_000)
    await page.getByRole('heading', { name: 'new' }).waitFor()
    await held[0]!()
    await page.waitForTimeout(200)
    expect(await page.locator('main h1').innerText()).toBe('new')
  })

  test('without the server the old numbers stay with their age, and new ones come once it is back', async () => {
    const server = await runServer(STORY)
    const { page, go } = await visit(server, 'admin')
    await page.clock.install({ time: NOW })
    await go('/?range=7d')
    const before = await cards(page)
    await page.route('**/*range=7d', route => route.abort())
    await page.clock.runFor(91_000)
    await expect
      .poll(() => page.locator('.stale').innerText())
      .toMatch(/The server does not answer\. These numbers are from .*, 2 minutes ago\.|1 minute ago\./)
    expect(await cards(page)).toEqual(before)
    await page.unroute('**/*range=7d')
    await page.clock.runFor(10_000)
    await expect.poll(() => page.locator('.stale').isVisible(), SOON).toBe(false)
  })

  test('nothing is asked for while nobody looks', async () => {
    const server = await runServer(STORY)
    const { page, go } = await visit(server, 'admin')
    await page.clock.install({ time: NOW })
    await go('/?range=7d')
    let asked = 0
    page.on('request', request => {
      if (request.url().includes('range=7d')) asked++
    })
    await page.evaluate(
      "Object.defineProperty(document, 'hidden', { get: () => true }); document.dispatchEvent(new Event('visibilitychange'))",
    )
    await page.clock.runFor(120_000)
    expect(asked).toBe(0)
  })

  test.each(LOOKS)(
    'no page has a fault of accessibility in %s at %i pixels, or scrolls sideways',
    async (colorScheme, width) => {
      const server = await runServer(STORY)
      const { page, events, go } = await visit(server, 'admin', { colorScheme, viewport: { width, height: 900 } })
      const found: string[] = []
      for (const path of [
        '/?range=7d',
        '/?range=24h&client=nobody',
        '/activity?range=7d',
        '/errors?range=7d',
        '/threats?range=7d',
        '/users?range=7d',
        '/activity/sessions/brand-1',
        '/reports/view/trends?range=7d',
      ]) {
        await go(path)
        found.push(...(await findFaults(page)).map(fault => `${path} ${fault}`))
        const wide = await page.evaluate('document.documentElement.scrollWidth')
        if (wide !== width) found.push(`${path} is ${wide} wide`)
      }
      expect(found).toEqual([])
      expect(events).toEqual([])
    },
  )

  test('all of it can be read and followed without the script', async () => {
    const server = await runServer(STORY)
    const { page, go } = await visit(server, 'admin', { javaScriptEnabled: false })
    await go('/?range=7d')
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await page.getByRole('link', { name: '7d', exact: true }).click()
    await page.locator('#users-table').getByRole('link', { name: 'uwe@unilever.com' }).click()
    expect(await page.locator('#panel-clients .name').allInnerTexts()).toEqual(['unilever'])
  })

  test('who sees one client finds nothing of the others on any page', async () => {
    const server = await runServer(STORY)
    const { page, go } = await visit(server, 'viewer')
    for (const path of [
      '/?range=7d',
      '/activity?range=7d',
      '/errors?range=7d',
      '/threats?range=7d',
      '/users?range=7d',
      '/activity/sessions/soap-1',
    ]) {
      await go(path)
      expect(`${path} ${await page.content()}`.replaceAll('soap-1', '')).not.toMatch(/unilever|uwe|soap|img src=x/)
    }
  })
})

test('the script and the style of the pages are small', async () => {
  const { gzipSync } = await import('node:zlib')
  const server = await runServer({})
  const size = async (file: 'pages.js' | 'pages.css') => {
    const reply = await server.ask('nobody', `/assets/${server.services.assets.nameOf(file)}`)
    return gzipSync(new Uint8Array(await reply.arrayBuffer())).length
  }
  expect(await size('pages.js')).toBeLessThan(50_000)
  expect(await size('pages.css')).toBeLessThan(20_000)
})
