// A workspace in which alerts of two clients fire, budgets are used up, and a message has not arrived.
import { runCheck } from '../../../src/app/alert/run-check.ts'
import { planOfAsking, workspaceAsking } from '../../../src/app/alert/workspace-asking.ts'
import { LOGS, lines, NOW, type RunningServer, runServer, type Who } from './running-server.ts'

const failed = (client: string, user: string, minute: number) => ({
  timestamp: new Date(NOW - 3_600_000 + minute * 60_000).toISOString(),
  ...{ client, user, feature: `${client}-chat`, status: 'error', model: 'gpt-4o', input_tokens: 1_000_000 },
})

export const ALERTS = {
  builtIn: {
    'logs-stopped': false,
    'unusual-cost': false,
    'feature-down': false,
    unpriced: false,
    'error-rate': false,
  },
  rules: [
    { name: 'client-errors', when: 'errors > 2', by: ['client'], severity: 'critical', over: '1h' },
    { name: 'soap-errors', when: 'errors > 2', client: 'unilever', to: ['ops'] },
    { name: 'own-errors', when: 'errors > 2', client: 'diageo', by: ['user'] },
    { name: 'all-errors', when: 'errors > 2' },
  ],
  budgets: [
    { name: 'diageo', client: 'diageo', per: 'month', limit: '10', forecast: true },
    { name: 'soap', client: 'unilever', per: 'month', limit: '20' },
    { name: 'like-diageo', client: 'diag*', per: 'month', limit: '20' },
    { name: 'whole', per: 'week', limit: '1000' },
  ],
  targets: { ops: { command: ['false'] } },
  silences: [
    { match: { client: 'diageo', rule: 'nothing-yet' }, until: '2026-03-01' },
    { match: { client: 'unilever' }, until: '2026-02-01', why: 'soap launch' },
    { match: { severity: 'low' }, until: '2026-03-01' },
  ],
}

export interface AlertServer extends RunningServer {
  /** The answer to "GET /path" or "POST /path" with a body. */
  hear(
    who: Who,
    what: string,
    body?: object,
    // biome-ignore lint/suspicious/noExplicitAny: documents of any shape
  ): Promise<{ readonly status: number; readonly text: string; readonly json: any; readonly headers: Headers }>
  check(): Promise<void>
}

export async function runAlerts(
  alerts: object = ALERTS,
  more: Readonly<Record<string, string>> = {},
): Promise<AlertServer> {
  const events = [0, 1, 2, 3].flatMap(minute => [
    failed('diageo', 'anna@diageo.com', minute),
    failed('unilever', 'uwe@unilever.com', minute),
  ])
  const today = `${LOGS['usage_logs/2026-02-03.jsonl']}${lines(...events)}`
  const server = await runServer({
    ...LOGS,
    'usage_logs/2026-02-03.jsonl': today,
    'alerts.json': JSON.stringify(alerts),
    ...more,
  })
  const check = async () => {
    const { host, workspaceNow } = server.services
    const { workspace } = await workspaceNow.look()
    const asking = workspaceAsking(host, workspace)
    await runCheck({ plan: planOfAsking(asking), names: [], isDryRun: false, checks: {}, asking })
  }
  await check()
  return {
    ...server,
    check,
    async hear(who, what, body) {
      const [method = '', path = ''] = what.split(' ')
      const sent =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
      const reply = await server.ask(who, path, { method, ...sent })
      const text = await reply.text()
      return { status: reply.status, text, json: text === '' ? undefined : JSON.parse(text), headers: reply.headers }
    },
  }
}
