// The list of all commands. Each is loaded only when it is called. Longer than usual: one entry per command.
import type { CommandEntry } from './command.ts'

export const CATALOGUE: readonly CommandEntry[] = [
  {
    words: ['report'],
    summary: 'who used what, at what cost',
    load: async () => (await import('./commands/report.ts')).command,
  },
  {
    words: ['dashboard'],
    summary: 'every metric of a range in one document, for a page to draw',
    load: async () => (await import('./commands/dashboard.ts')).command,
  },
  {
    words: ['events'],
    summary: 'single events, the newest first',
    load: async () => (await import('./commands/events.ts')).command,
  },
  {
    words: ['threats', 'list'],
    summary: 'the threats one by one, the newest first, with their ids',
    load: async () => (await import('./commands/threats-list.ts')).command,
  },
  {
    words: ['threats', 'resolve'],
    summary: 'say that somebody has dealt with threats',
    load: async () => (await import('./commands/threats-resolve.ts')).command,
  },
  {
    words: ['check'],
    summary: 'tell what has become of rules and budgets since the last check',
    load: async () => (await import('./commands/check.ts')).command,
  },
  {
    words: ['alert', 'list'],
    summary: 'the rules, and what fires by the last check',
    load: async () => (await import('./commands/alert-list.ts')).command,
  },
  {
    words: ['alert', 'silence'],
    summary: 'list the silences, make one, or end one',
    load: async () => (await import('./commands/alert-silence.ts')).command,
  },
  {
    words: ['alert', 'test'],
    summary: 'send a test message with real numbers',
    load: async () => (await import('./commands/alert-test.ts')).command,
  },
  {
    words: ['budget', 'list'],
    summary: 'what each budget has used of its limit',
    load: async () => (await import('./commands/budget-list.ts')).command,
  },
  {
    words: ['budget', 'forecast'],
    summary: 'what the period of a budget will cost by its end',
    load: async () => (await import('./commands/budget-forecast.ts')).command,
  },
  {
    words: ['budget', 'show'],
    summary: 'one budget, day by day',
    load: async () => (await import('./commands/budget-show.ts')).command,
  },
  {
    words: ['profile', 'list'],
    summary: 'the profiles, who may see them and who uses them',
    load: async () => (await import('./commands/profile-list.ts')).command,
  },
  {
    words: ['profile', 'show'],
    summary: 'one version of a profile',
    load: async () => (await import('./commands/profile-show.ts')).command,
  },
  {
    words: ['profile', 'create'],
    summary: 'make a profile, version 1',
    load: async () => (await import('./commands/profile-create.ts')).command,
  },
  {
    words: ['profile', 'edit'],
    summary: 'make the next version of a profile, and move its clients to it',
    load: async () => (await import('./commands/profile-edit.ts')).command,
  },
  {
    words: ['profile', 'visibility'],
    summary: 'say which clients may see a profile',
    load: async () => (await import('./commands/profile-visibility.ts')).command,
  },
  {
    words: ['profile', 'history'],
    summary: 'the versions of a profile: when, who, why, and what changed',
    load: async () => (await import('./commands/profile-history.ts')).command,
  },
  {
    words: ['profile', 'diff'],
    summary: 'what differs between two versions',
    load: async () => (await import('./commands/profile-diff.ts')).command,
  },
  {
    words: ['profile', 'rollback'],
    summary: 'bring an old version back, as a new version that equals it',
    load: async () => (await import('./commands/profile-rollback.ts')).command,
  },
  {
    words: ['profile', 'who-uses'],
    summary: 'which clients use a profile, and which version',
    load: async () => (await import('./commands/profile-who-uses.ts')).command,
  },
  {
    words: ['profile', 'validate'],
    summary: 'check that profiles, clients and audit are in order and agree',
    load: async () => (await import('./commands/profile-validate.ts')).command,
  },
  {
    words: ['client', 'list'],
    summary: 'the clients and the profile versions that they use',
    load: async () => (await import('./commands/client-list.ts')).command,
  },
  {
    words: ['client', 'show'],
    summary: 'what a client uses, and what else it may see',
    load: async () => (await import('./commands/client-show.ts')).command,
  },
  {
    words: ['client', 'add'],
    summary: 'add a client',
    load: async () => (await import('./commands/client-add.ts')).command,
  },
  {
    words: ['client', 'remove'],
    summary: 'remove a client',
    load: async () => (await import('./commands/client-remove.ts')).command,
  },
  {
    words: ['client', 'assign'],
    summary: 'let a client use a version of a profile, instead of the one it uses',
    load: async () => (await import('./commands/client-assign.ts')).command,
  },
  {
    words: ['client', 'unassign'],
    summary: 'take a profile from a client',
    load: async () => (await import('./commands/client-unassign.ts')).command,
  },
  {
    words: ['price', 'list'],
    summary: 'the prices of models: prices.json, then the built-in book',
    load: async () => (await import('./commands/price-list.ts')).command,
  },
  {
    words: ['price', 'explain'],
    summary: 'which price a model has and why, and what a request costs',
    load: async () => (await import('./commands/price-explain.ts')).command,
  },
  {
    words: ['price', 'check'],
    summary: 'which models of the logs have a price',
    load: async () => (await import('./commands/price-check.ts')).command,
  },
  {
    words: ['price', 'import'],
    summary: 'import prices from LiteLLM or another price book',
    load: async () => (await import('./commands/price-import.ts')).command,
  },
  {
    words: ['export', 'chargeback'],
    summary: 'a statement for each client: what it used, shared costs, markup, tax, total',
    load: async () => (await import('./commands/export-chargeback.ts')).command,
  },
  {
    words: ['export', 'events'],
    summary: 'single events for a warehouse, as CSV or Parquet',
    load: async () => (await import('./commands/export-events.ts')).command,
  },
  {
    words: ['export', 'focus'],
    summary: 'cost and usage as a FOCUS file, for FinOps tools',
    load: async () => (await import('./commands/export-focus.ts')).command,
  },
  {
    words: ['agents'],
    summary: 'what the coding agents of this machine used',
    load: async () => (await import('./commands/agents.ts')).command,
  },
  {
    words: ['log', 'detect'],
    summary: 'say which formats logs are in, and draft one where none is known',
    load: async () => (await import('./commands/log-detect.ts')).command,
  },
  {
    words: ['log', 'explain'],
    summary: 'say field by field what is read from a line, and what is not',
    load: async () => (await import('./commands/log-explain.ts')).command,
  },
  {
    words: ['log', 'check'],
    summary: 'read all logs and say what is wrong with them',
    load: async () => (await import('./commands/log-check.ts')).command,
  },
  {
    words: ['log', 'append'],
    summary: 'append events from standard input to the logs',
    load: async () => (await import('./commands/log-append.ts')).command,
  },
  {
    words: ['log', 'demo'],
    summary: 'write demo events up to now, or remove them again',
    load: async () => (await import('./commands/log-demo.ts')).command,
  },
  {
    words: ['log', 'prune'],
    summary: 'remove events that are past their retention age',
    load: async () => (await import('./commands/log-prune.ts')).command,
  },
  {
    words: ['log', 'forget'],
    summary: 'remove a person from the logs, and keep what their usage cost',
    load: async () => (await import('./commands/log-forget.ts')).command,
  },
  {
    words: ['access', 'token', 'create'],
    summary: 'make a token for a program',
    load: async () => (await import('./commands/access-token-create.ts')).command,
  },
  {
    words: ['access', 'token', 'list'],
    summary: 'the tokens: what each may, until when, and when it was used last',
    load: async () => (await import('./commands/access-token-list.ts')).command,
  },
  {
    words: ['access', 'token', 'revoke'],
    summary: 'end a token, at once and for good',
    load: async () => (await import('./commands/access-token-revoke.ts')).command,
  },
  {
    words: ['access', 'user', 'add'],
    summary: 'let somebody log in with a name',
    load: async () => (await import('./commands/access-user-add.ts')).command,
  },
  {
    words: ['access', 'user', 'list'],
    summary: 'the users and what each may see',
    load: async () => (await import('./commands/access-user-list.ts')).command,
  },
  {
    words: ['access', 'user', 'remove'],
    summary: 'let a user in no longer, which ends the sessions of the user',
    load: async () => (await import('./commands/access-user-remove.ts')).command,
  },
  {
    words: ['access', 'user', 'password'],
    summary: 'set another password, which ends the sessions of the user',
    load: async () => (await import('./commands/access-user-password.ts')).command,
  },
  {
    words: ['access', 'link', 'create'],
    summary: 'make a link to a report for somebody who has no login',
    load: async () => (await import('./commands/access-link-create.ts')).command,
  },
  {
    words: ['access', 'link', 'list'],
    summary: 'the share links: what each shows, and until when',
    load: async () => (await import('./commands/access-link-list.ts')).command,
  },
  {
    words: ['access', 'link', 'revoke'],
    summary: 'end a link, at once and for good',
    load: async () => (await import('./commands/access-link-revoke.ts')).command,
  },
  {
    words: ['access', 'login-link'],
    summary: 'make a link that logs a browser in as an admin, once and within ten minutes',
    load: async () => (await import('./commands/access-login-link.ts')).command,
  },
  {
    words: ['access', 'log'],
    summary: 'who came in, and what was done to tokens, users and links',
    load: async () => (await import('./commands/access-log.ts')).command,
  },
  {
    words: ['outbox', 'list'],
    summary: 'the messages that have not arrived, and why',
    load: async () => (await import('./commands/outbox-list.ts')).command,
  },
  {
    words: ['outbox', 'retry'],
    summary: 'send messages that have not arrived again, at once',
    load: async () => (await import('./commands/outbox-retry.ts')).command,
  },
  {
    words: ['outbox', 'drop'],
    summary: 'give messages up that have not arrived',
    load: async () => (await import('./commands/outbox-drop.ts')).command,
  },
  {
    words: ['schedule', 'list'],
    summary: 'the jobs: when each is due next, and how it ended last',
    load: async () => (await import('./commands/schedule-list.ts')).command,
  },
  {
    words: ['schedule', 'next'],
    summary: 'the next times at which jobs are due',
    load: async () => (await import('./commands/schedule-next.ts')).command,
  },
  {
    words: ['schedule', 'run'],
    summary: 'run the jobs that are due, or one job now',
    load: async () => (await import('./commands/schedule-run.ts')).command,
  },
  {
    words: ['schedule', 'print'],
    summary: 'what lets cron or systemd run the schedule, to look at',
    load: async () => (await import('./commands/schedule-print.ts')).command,
  },
  {
    words: ['schedule', 'install'],
    summary: 'let cron or systemd run the schedule',
    load: async () => (await import('./commands/schedule-install.ts')).command,
  },
  {
    words: ['export', 'metrics'],
    summary: 'the numbers of all logs for a monitor',
    load: async () => (await import('./commands/export-metrics.ts')).command,
  },
  {
    words: ['tally', 'export'],
    summary: 'add up the logs of this machine, for a report over many machines',
    load: async () => (await import('./commands/tally-export.ts')).command,
  },
  {
    words: ['cache', 'status'],
    summary: 'show what is cached of past days, and how much space it takes',
    load: async () => (await import('./commands/cache-status.ts')).command,
  },
  {
    words: ['cache', 'warm'],
    summary: 'read all logs once, so that the next reports are fast',
    load: async () => (await import('./commands/cache-warm.ts')).command,
  },
  {
    words: ['cache', 'clear'],
    summary: 'remove what is cached of past days',
    load: async () => (await import('./commands/cache-clear.ts')).command,
  },
  {
    words: ['serve'],
    summary: 'an API and a live dashboard of the workspace',
    load: async () => (await import('./commands/serve.ts')).command,
  },
  {
    words: ['mcp'],
    summary: 'the reports as tools for assistants (MCP)',
    load: async () => (await import('./commands/mcp.ts')).command,
  },
  {
    words: ['init'],
    summary: 'make the folders and files of a workspace',
    load: async () => (await import('./commands/init.ts')).command,
  },
  {
    words: ['doctor'],
    summary: 'check the workspace, its logs, prices, profiles and clients',
    load: async () => (await import('./commands/doctor.ts')).command,
  },
  {
    words: ['completion'],
    summary: 'print a shell completion script',
    load: async () => (await import('./commands/completion.ts')).completionCommand(CATALOGUE, DEFAULT_WORDS),
  },
]

/** The command that runs where none is named. */
export const DEFAULT_WORDS: readonly string[] = ['report']
