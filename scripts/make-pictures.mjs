// Makes docs/pictures/ from the program as it is: what it prints to a terminal, and in a browser, light and dark, its report
// as a page and the server's overview.
//
//   npm run docs:pictures        needs Chromium: /usr/bin/chromium, or the one that CHROMIUM_PATH names
//
// The browser's pictures have the fonts of the machine that made them; those in the repository are made on Debian 12 with
// fonts-dejavu-core.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
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
const { server, login } = await startServer()
for (const colorScheme of ['light', 'dark']) {
  const look = { colorScheme, viewport: { width: 1100, height: 765 } }
  const tab = await browser.newPage(look)
  await tab.goto(pathToFileURL(page).href)
  await tab.screenshot({ path: join(FOLDER, `page-${colorScheme}.png`) })
}
const visitor = await browser.newPage({ viewport: { width: 1100, height: 1180 } })
await visitor.goto(login)
for (const colorScheme of ['light', 'dark']) {
  await visitor.emulateMedia({ colorScheme })
  await visitor.goto(new URL('/?range=1m', login).href)
  await visitor.screenshot({ path: join(FOLDER, `dashboard-${colorScheme}.png`) })
}
await browser.close()
server.kill('SIGTERM')
console.log(`${FOLDER}: terminal.svg, and page and dashboard, each light and dark`)

// With the same logs in a folder of its own, and the address of its first login.
async function startServer() {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-pictures-'))
  cpSync('usage_logs', join(root, 'usage_logs'), { recursive: true })
  const server = spawn(process.execPath, [resolve('bin/usagebook.js'), 'serve', '--port', '0'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const bytes of server.stdout) {
    said += bytes
    const login = /http\S+\/login\/\S+/.exec(said)?.[0]
    if (login !== undefined) return { server, login }
  }
  throw new Error('the server said no address')
}
