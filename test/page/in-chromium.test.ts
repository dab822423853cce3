// The HTML form in a browser: quiet, offline and usable.
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, launchChromium, makePage, openPage, readRows, runProgram } from './chromium.ts'

const STORY = join(import.meta.dirname, '..', '..')

let browser: Browser
let story: string

describe.skipIf(!findChromium())('the page in Chromium', () => {
  beforeAll(async () => {
    story = makePage(STORY)
    browser = await launchChromium()
  })

  afterAll(() => browser?.close())

  test('says nothing on the console and asks for nothing', async () => {
    const { page, events } = await openPage(browser, story)
    await page.getByRole('button', { name: 'Cost' }).first().click()
    expect(events).toEqual([])
    await page.close()
  })

  test('shows the numbers of the JSON form', async () => {
    const { page } = await openPage(browser, story)
    const { byUser, byProfile, summary } = JSON.parse(runProgram(STORY, ['--format', 'json']))
    const expected = (rows: Row[], key: 'user' | 'profile') =>
      rows.map(row => [row[key], `$${row.costUsd.toFixed(2)}`, String(row.analyses), String(row.errors)])
    const shown = async (section: string) =>
      (await readRows(page, section)).map(([name, cost, , analyses, errors]) => [name, cost, analyses, errors])
    expect(await shown('users')).toEqual(expected(byUser, 'user'))
    expect(await shown('profiles')).toEqual(expected(byProfile, 'profile'))
    const cards = await page.locator('.cards div').allInnerTexts()
    expect(cards[1]).toBe(`analyses\n${summary.analyses}`)
    await page.close()
  })

  test('sorts by a column, then the other way round, and says so', async () => {
    const { page } = await openPage(browser, story)
    const head = page.locator('#clients-table th', { hasText: 'Errors' })
    const errors = async () => (await readRows(page, 'clients')).map(row => Number(row[4]))
    await head.getByRole('button').click()
    expect(await errors()).toEqual([13, 5, 5, 2])
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    await head.getByRole('button').click()
    expect(await errors()).toEqual([2, 5, 5, 13])
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    await page.close()
  })

  test('filters by words, and counts what is left', async () => {
    const { page } = await openPage(browser, story)
    await page.getByLabel('Filter users').fill('UNILEVER far')
    expect((await readRows(page, 'users')).map(([name]) => name)).toEqual(['farah@unilever.com'])
    expect(await page.locator('.controls:has([aria-label="Filter users"]) [role=status]').innerText()).toBe(
      '1 of 12 rows',
    )
    expect(await page.locator('#users-table tfoot').count()).toBe(0)
    await page.getByLabel('Filter users').fill('unilever')
    expect(await page.locator('#users-table tfoot th').innerText()).toBe('Sum of 3 rows')
    expect(await page.locator('#users-table tfoot td').first().innerText()).toBe('$13.71')
    await page.close()
  })

  test('tells the numbers of a chart under the pointer, and from point to point with the arrow keys', async () => {
    const { page, events } = await openPage(browser, story)
    const chart = page.locator('.chart > svg.wide').first()
    const tip = page.locator('.tip')
    await chart.locator('.hover rect').nth(3).hover()
    expect(await tip.innerText()).toMatch(/^2026-01-15: \$1\.21\nunilever \$0\.\d+\ndiageo /)
    await page.mouse.move(0, 0)
    expect(await tip.isVisible()).toBe(false)
    await chart.focus()
    const days = []
    for (const key of ['ArrowRight', 'ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home']) {
      await page.keyboard.press(key)
      days.push((await tip.innerText()).slice(0, 10))
    }
    expect(days).toEqual(['2026-01-12', '2026-01-13', '2026-02-02', '2026-02-02', '2026-02-01', '2026-01-12'])
    await page.keyboard.press('Escape')
    expect([await tip.isVisible(), events]).toEqual([false, []])
    await page.close()
  })

  test('can be read without its script', async () => {
    const { page } = await openPage(browser, story, { javaScriptEnabled: false })
    expect(await readRows(page, 'users')).toHaveLength(12)
    expect(await page.locator('.chart > svg.wide').first().isVisible()).toBe(true)
    expect(await page.locator('.controls').count()).toBe(0)
    await page.close()
  })
})

interface Row {
  readonly user: string
  readonly profile: string
  readonly analyses: number
  readonly errors: number
  readonly costUsd: number
}
