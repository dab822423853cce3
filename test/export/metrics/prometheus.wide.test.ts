// Debian's Prometheus reads the server and a file, and promtool looks at both texts.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LOGS, lines, NOW, runServer } from '../../server/support/running-server.ts'
import { freePort } from '../../support/free-port.ts'
import { has } from '../../support/needs.ts'
import { PROGRAM, runProgram } from '../../support/program.ts'

const hasPrometheus = has({
  tests: 'metrics in a real Prometheus',
  isThere: existsSync('/usr/bin/prometheus') && existsSync('/usr/bin/promtool'),
  missing: '/usr/bin/prometheus is not there.',
  how: 'Install it ("apt-get install prometheus"), then run "WIDE=1 npx vitest run test/export".',
  variable: 'USAGEBOOK_REQUIRE_PROMETHEUS',
})

describe.skipIf(!hasPrometheus)('metrics', () => {
  test('are in order for promtool, and read by Prometheus with the numbers of the report', async () => {
    const server = await runServer(LOGS)
    const file = runProgram(server.root, ['export', 'metrics'])
    expect(file.code).toBe(0)
    const plain = await (await server.ask('admin', '/metrics')).text()
    for (const input of [plain, file.stdout]) {
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' })
      expect([status, stdout, stderr]).toEqual([0, '', ''])
    }
    const textfile = await serveText(file.stdout)
    const ask = await startPrometheus([
      { name: 'server', address: new URL(server.address).host, token: server.tokens.admin },
      { name: 'textfile', address: textfile },
    ])
    for (const job of ['server', 'textfile']) {
      expect([job, await ask(`sum(usagebook_cost_usd_total{job="${job}"})`)]).toEqual([job, costOf(server.root)])
      expect([job, await ask(`sum(usagebook_analyses_total{job="${job}"})`)]).toEqual([job, 5])
      expect([job, await ask(`sum(usagebook_tokens_total{job="${job}",client="diageo"})`)]).toEqual([job, 2740])
      expect([job, await ask(`usagebook_rejected_lines_total{job="${job}"}`)]).toEqual([job, 1])
    }
  })

  test('say which alerts fire, in order for promtool, with the numbers of the last check', async () => {
    const failed = (client: string) =>
      Array.from({ length: 6 }, (_, second) => ({
        ...{ timestamp: `2026-02-03T11:50:0${second}Z`, client, user: 'anna@diageo.com', status: 'error' },
      }))
    const server = await runServer({
      ...LOGS,
      'usage_logs/2026-02-03.jsonl': lines(...failed('diageo'), ...failed('a "quoted"\\name')),
      'alerts.json': JSON.stringify({
        rules: [{ name: 'many-errors', when: 'errors >= 5', by: ['client'], severity: 'critical' }],
        budgets: [{ name: 'all', per: 'month', limit: '0.001' }],
      }),
    })
    expect(runAt(server.root, 'check').code).toBe(5)
    const file = runAt(server.root, 'export', 'metrics', '--by-user').stdout
    const plain = await (await server.ask('admin', '/metrics?byUser=1')).text()
    expect(familyOf(plain, 'usagebook_alert_firing')).toEqual(familyOf(file, 'usagebook_alert_firing'))
    for (const input of [plain, file]) {
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' })
      expect([status, stdout, stderr]).toEqual([0, '', ''])
    }
    const ask = await startPrometheus([
      { name: 'server', address: new URL(server.address).host, token: server.tokens.admin },
      { name: 'textfile', address: await serveText(file) },
    ])
    for (const job of ['server', 'textfile']) {
      expect([
        job,
        await ask(`sum(usagebook_alert_firing{job="${job}",rule="many-errors",severity="critical"})`),
      ]).toEqual([job, 2])
      expect([job, await ask(`usagebook_alert_firing{job="${job}",client="a \\"quoted\\"\\\\name"}`)]).toEqual([job, 1])
      expect([job, await ask(`usagebook_alert_firing{job="${job}",rule="logs-stopped"}`)]).toEqual([job, 0])
    }
  })

  test('of the server need a token, and are of what its owner may see', async () => {
    const server = await runServer(LOGS)
    expect((await server.ask('nobody', '/metrics')).status).toBe(401)
    expect((await server.ask('user', '/metrics')).status).toBe(403)
    const seen = await (await server.ask('viewer', '/metrics')).text()
    expect(seen).toContain('client="diageo"')
    expect(seen).not.toContain('unilever')
    const open = await server.ask('admin', '/metrics', { headers: { Accept: 'application/openmetrics-text' } })
    expect(open.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    expect((await open.text()).endsWith('# EOF\n')).toBe(true)
  })
})

/** As if it were the time of the server. */
function runAt(root: string, ...args: string[]) {
  const env = { PATH: process.env.PATH, TZ: 'UTC', USAGEBOOK_NOW: new Date(NOW).toISOString() }
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, ...args], { cwd: root, env, encoding: 'utf8' })
  return { code: status, stdout }
}

function familyOf(text: string, name: string): string[] {
  return text.split('\n').filter(line => line.includes(name))
}

function costOf(root: string): number {
  return JSON.parse(runProgram(root, ['report', '--json']).stdout).summary.costUsd
}

interface Job {
  readonly name: string
  readonly address: string
  readonly token?: string
}

/** Asks a Prometheus that has read all jobs. */
async function startPrometheus(jobs: readonly Job[]): Promise<(query: string) => Promise<number>> {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-prometheus-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const configs = jobs.map(({ name, address, token }) => ({
    job_name: name,
    scrape_interval: '5s',
    static_configs: [{ targets: [address] }],
    ...(token === undefined ? {} : { authorization: { credentials: token } }),
  }))
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify({ scrape_configs: configs }))
  const port = await freePort()
  const child = spawn(
    'prometheus',
    [
      '--config.file=prometheus.yml',
      `--web.listen-address=127.0.0.1:${port}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--log.level=error',
    ],
    { cwd: folder, stdio: 'ignore' },
  )
  onTestFinished(() => ended(child))
  const ask = async (query: string) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`)
    const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } }
    return Number(data.result[0]?.value[1] ?? Number.NaN)
  }
  // A scrape that was too slow leaves a gap.
  const insist = async (query: string) => {
    for (let round = 0; ; round++) {
      const value = await ask(query)
      if (!Number.isNaN(value) || round > 100) return value
      await sleep(100)
    }
  }
  for (let round = 0; ; round++) {
    const isRead = await ask('count(up == 1)').catch(() => 0)
    if (isRead === jobs.length) return insist
    if (round > 300) throw new Error('Prometheus has read nothing')
    await sleep(100)
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.on('close', () => resolve())
    child.kill('SIGKILL')
  })
}

async function serveText(text: string): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/plain; version=0.0.4')
    response.end(text)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}
