// Makes docs/pictures/ from the program as it is: what it prints to a terminal, and its page in a browser, light and dark.
//
//   npm run docs:pictures        needs Chromium: /usr/bin/chromium, or the one that CHROMIUM_PATH names
//
// The browser's pictures have the fonts of the machine that made them; those in the repository are made on Debian 12 with
// fonts-dejavu-core.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { drawTerminal, TERMINAL_FLAGS } from './terminal-picture.mjs'

const FOLDER = 'docs/pictures'

mkdirSync(FOLDER, { recursive: true })
writeFileSync(join(FOLDER, 'terminal.svg'), drawTerminal(TERMINAL_FLAGS))

const page = join(mkdtempSync(join(tmpdir(), 'usagebook-pictures-')), 'report.html')
const environment = { PATH: process.env.PATH, TZ: 'UTC', USAGEBOOK_NOW: '2026-02-03T08:00:00Z' }
const flags = ['report', '--no-config', '--no-cache', '--quiet', '--timezone', 'UTC', '--output', page]
const made = spawnSync(process.execPath, [resolve('bin/usagebook.js'), ...flags], {
  env: environment,
  stdio: 'inherit',
})
if (made.status !== 0) throw new Error(`usagebook ended with ${made.status}`)

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'],
})
for (const colorScheme of ['light', 'dark']) {
  const tab = await browser.newPage({ colorScheme, viewport: { width: 1100, height: 765 } })
  await tab.goto(pathToFileURL(page).href)
  await tab.screenshot({ path: join(FOLDER, `page-${colorScheme}.png`) })
}
await browser.close()
console.log(`${FOLDER}: terminal.svg, page-light.png, page-dark.png`)
