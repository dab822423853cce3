// Pages of the built program in a real browser.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { has } from '../support/needs.ts'

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'usagebook.js')
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Whether there is a browser to test in. */
export function findChromium(): boolean {
  return has({
    tests: 'the page in a browser',
    isThere: existsSync(CHROMIUM),
    missing: `${CHROMIUM} is not there.`,
    how: 'Install it ("apt-get install chromium") or name it with CHROMIUM_PATH, then run "npx vitest run test/page".',
    variable: 'USAGEBOOK_REQUIRE_CHROMIUM',
  })
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A workspace with these events in its log. */
export function makeWorkspace(events: readonly object[]): string {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-page-'))
  mkdirSync(join(root, 'usage_logs'))
  writeFileSync(join(root, 'usage_logs', '2026-02.jsonl'), `${events.map(event => JSON.stringify(event)).join('\n')}\n`)
  return root
}

/** What the program prints in a workspace. */
export function runProgram(root: string, flags: readonly string[]): string {
  const environment = { PATH: process.env.PATH, TZ: 'UTC', USAGEBOOK_NOW: '2026-02-03T08:00:00Z' }
  const options = { cwd: root, env: environment, encoding: 'utf8', maxBuffer: 1e9, stdio: 'pipe' } as const
  return execFileSync(process.execPath, [PROGRAM, 'report', ...flags, '--quiet', '--no-config'], options)
}

/** Writes the page of a workspace and returns its path. */
export function makePage(root: string, flags: readonly string[] = []): string {
  const file = join(mkdtempSync(join(tmpdir(), 'usagebook-page-')), 'report.html')
  runProgram(root, [...flags, '--output', file])
  return file
}

export interface OpenPage {
  readonly page: Page
  /** Console messages, errors, dialogs, and requests for anything but the file. */
  readonly events: string[]
}

export async function openPage(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options })
  const address = pathToFileURL(file).href
  const events: string[] = []
  page.on('console', message => events.push(`console: ${message.text()}`))
  page.on('pageerror', error => events.push(`error: ${error.message}`))
  page.on('request', request => {
    if (request.url() !== address) events.push(`request: ${request.url()}`)
  })
  page.on('dialog', dialog => {
    events.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(address)
  return { page, events }
}

/** The texts of the cells of a table's body, row by row. */
export function readRows(page: Page, section: string): Promise<string[][]> {
  const rows = page.locator(`#${section}-table tbody tr`)
  return rows.evaluateAll(list => list.map(row => [...row.children].map(cell => (cell.textContent ?? '').trim())))
}

/** Faults of accessibility that axe-core calls serious or worse. */
export async function findFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return await page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: AxeFault[] }> } }).axe
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)
  })
}

interface AxeFault {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}
