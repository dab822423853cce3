// The error codes that no golden case triggers, each with the reason; its test is then in the folder named.

export const WITHOUT_A_CASE: Readonly<Record<string, string>> = {
  'bad-environment': 'the report comes first',
  'bad-flag': 'the report comes first',
  'logs-unreadable': 'the report comes first',
  'no-such-logs': 'the report comes first',
  'zstd-unsupported': 'only where Node cannot unpack zstd; test/log',
}
