// The error codes that no golden case triggers, each with the reason; its test is then in the folder named.

export const WITHOUT_A_CASE: Readonly<Record<string, string>> = {
  'bad-capture-option': 'a mistake in the code of an application; test/capture/usage-log.test.ts',
  'logs-unreadable': 'needs rights that root does not miss; test/log',
  'zstd-unsupported': 'only where Node cannot unpack zstd; test/log',
}
