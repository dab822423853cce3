// The HTML form in a browser: accessible in every look and size, and unmoved by what stands in the logs.
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, findFaults, launchChromium, makePage, makeWorkspace, openPage, readRows } from './chromium.ts'

const STORY = join(import.meta.dirname, '..', '..')
const HOSTILE = [
  '<script>alert(1)</script>',
  '"onload=alert(2) x="',
  '</style><script>alert(3)</script>',
  '</script><img src=x onerror=alert(4)>',
  'javascript:alert(5)',
  'evil\u202egnp.exe\u2066',
  '<!-- never closed',
  ']]> &amp; {{7*7}}',
  'مرحبا',
  '👩‍👩‍👧‍👦 & 日本語',
]

const LOOKS = [
  ['light', 1200],
  ['dark', 1200],
  ['light', 390],
  ['dark', 390],
] as const
const REPORTS = ['activity', 'latency', 'sessions', 'errors']

let browser: Browser
let story: string
let hostile: string
let many: string

describe.skipIf(!findChromium())('the page in Chromium', () => {
  beforeAll(async () => {
    story = makePage(STORY)
    hostile = makePage(makeWorkspace(HOSTILE.flatMap(hostileEvents)))
    many = makePage(makeWorkspace(Array.from({ length: 10_000 }, (_, index) => manyEvent(index))))
    browser = await launchChromium()
  })

  afterAll(() => browser?.close())

  test('says nothing on the console and asks for nothing', async () => {
    for (const file of [hostile, many]) {
      const { page, events } = await openPage(browser, file)
      await page.getByRole('button', { name: 'Cost' }).first().click()
      expect(events).toEqual([])
      await page.close()
    }
  })

  test.each(LOOKS)(
    'has no serious fault of accessibility in %s at %i pixels, and no sideways scrolling',
    async (colorScheme, width) => {
      const { page } = await openPage(browser, story, { colorScheme, viewport: { width, height: 900 } })
      expect(await findFaults(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      await page.close()
    },
  )

  test.each(REPORTS)('shows the report %s as well, on a phone', async report => {
    const file = makePage(STORY, [report])
    const { page, events } = await openPage(browser, file, { viewport: { width: 390, height: 900 } })
    expect(await page.locator('figure').count()).toBeGreaterThan(0)
    expect(await findFaults(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(events).toEqual([])
    await page.close()
  })

  test('is dark where its reader wants it dark', async () => {
    const colours = []
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await openPage(browser, story, { colorScheme })
      colours.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'))
      await page.close()
    }
    expect(colours).toEqual(['rgb(246, 247, 249)', 'rgb(18, 22, 28)'])
  })

  test('runs and breaks nothing, whatever stands in the logs', async () => {
    const { page, events } = await openPage(browser, hostile)
    await page.getByLabel('Filter clients').fill('a')
    await page.getByLabel('Filter clients').fill('')
    await page.locator('#clients-table th button').first().click()
    await page.locator('#clients-table th button').first().click()
    expect(events).toEqual([])
    expect(await page.locator('h2').allInnerTexts()).toEqual([
      'At a glance',
      'Clients',
      'Users',
      'Profiles',
      'Models',
      'Dates',
    ])
    expect(await page.locator('main img, main a:not([href^="#"]), main style, [onload], [onerror]').count()).toBe(0)
    const names = (await readRows(page, 'clients')).map(([name]) => name)
    expect(names.toSorted()).toEqual(
      HOSTILE.map(text => text.replace('\u202e', '\\u202e').replace('\u2066', '\\u2066')).toSorted(),
    )
    expect(await findFaults(page)).toEqual([])
    await page.close()
  })

  test('turns the pages of 10,000 users, finds one of them, and prints more than a page', async () => {
    const { page } = await openPage(browser, many)
    expect(await readRows(page, 'users')).toHaveLength(50)
    const controls = page.locator('.controls:has([aria-label="Filter users"])')
    expect(await controls.getByRole('status').innerText()).toBe('1 to 50 of 10,000 rows')
    await controls.getByRole('button', { name: 'Next' }).click()
    expect(await controls.getByRole('status').innerText()).toBe('51 to 100 of 10,000 rows')
    await page.getByLabel('Filter users').fill('user9876@')
    expect((await readRows(page, 'users')).map(([name]) => name)).toEqual(['user9876@unilever.com'])
    await page.getByLabel('Filter users').fill('')
    await page.evaluate('dispatchEvent(new Event("beforeprint"))')
    expect(await readRows(page, 'users')).toHaveLength(1000)
    await page.close()
  })

  test('says without a script how many rows it leaves to the script', async () => {
    const { page } = await openPage(browser, many, { javaScriptEnabled: false })
    expect(await readRows(page, 'users')).toHaveLength(100)
    expect(await page.locator('.left-out').first().innerText()).toMatch(/^The first 100 of 10,000 rows\./)
    await page.close()
  })
})

function hostileEvents(text: string): object[] {
  return ['2026-02-01', '2026-02-02'].map(day => ({
    timestamp: `${day}T10:00:00Z`,
    client: text,
    user: text,
    profile: text,
    model: text,
    cost_usd: text.length,
    duration_ms: 1200,
  }))
}

function manyEvent(index: number): object {
  return {
    timestamp: new Date(Date.UTC(2026, 0, 1 + (index % 365), 10)).toISOString(),
    client: ['diageo', 'unilever', 'loreal'][(index + 1) % 3],
    user: `user${index}@${['diageo', 'unilever', 'loreal'][(index + 1) % 3]}.com`,
    profile: `profile${index % 200}`,
    model: 'gpt-4o',
    input_tokens: 1000 + index,
    duration_ms: 1000,
  }
}
