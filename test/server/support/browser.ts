// Pages of a running server in Chromium, as somebody with a token.
import type { Browser, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { findFaults } from '../../page/chromium.ts'
import { triesMore } from '../../support/tries.ts'
import type { RunningServer, TOKENS } from './running-server.ts'

export interface Visit {
  readonly page: Page
  /** Opens a path of the server. */
  open(path: string): Promise<void>
  /** What a page must not do: console messages, errors, requests to elsewhere. */
  readonly events: readonly string[]
  /** Expects that nothing of that happened, and in CI that axe finds nothing. */
  expectQuiet(): Promise<void>
}

export async function visitAs(
  browser: Browser,
  server: Pick<RunningServer, 'address' | 'tokens'>,
  who: keyof typeof TOKENS,
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1200, height: 900 },
    extraHTTPHeaders: { Authorization: `Bearer ${server.tokens[who]}` },
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const events: string[] = []
  page.on('console', message => events.push(`console: ${message.text()}`))
  page.on('pageerror', error => events.push(`error: ${error.message}`))
  page.on('request', request => {
    if (!request.url().startsWith(server.address)) events.push(`request: ${request.url()}`)
  })
  return {
    page,
    events,
    open: async path => {
      await page.goto(`${server.address.replace(/\/$/, '')}${path}`)
    },
    expectQuiet: async () => {
      expect(events.filter(event => !event.includes('status of 4'))).toEqual([])
      // It takes seconds a page, so that `npm test` leaves it to CI.
      if (triesMore) expect(await findFaults(page)).toEqual([])
    },
  }
}
