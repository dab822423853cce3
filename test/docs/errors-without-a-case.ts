// The error codes that no golden case triggers, each with the reason; its test is then in the folder named.

export const WITHOUT_A_CASE: Readonly<Record<string, string>> = {
  'bad-capture-option': 'a mistake in the code of an application; test/capture/usage-log.test.ts',
  'logs-unreadable': 'needs rights that root does not miss; test/log',
  'prices-unwritable': 'the tests run as root, whom no rights stop; test/app/price/import-prices.test.ts',
  'too-many-groups': 'takes gigabytes; test/tally/kernel-memory.wide.test.ts',
  'zstd-unsupported': 'only where Node cannot unpack zstd; test/log',
  'clients-changed': 'needs two at the same moment; test/profile/interrupted-change.slow.test.ts',
  'log-changes': 'needs a log that is written to meanwhile; test/app/tally/tallies.slow.test.ts',
  'tally-too-large': 'takes gigabytes; the sums of one file cannot be more than one file may hold',
  'editor-failed': 'names a temporary file; test/cli/profile-edit.slow.test.ts',
  'link-leads-out': 'a case cannot hold such a link; test/profile/refusing-disk.wide.test.ts',
  'journal-left': 'the disk must refuse to remove a file; test/profile/refused-calls.slow.test.ts',
  'lock-left': 'the disk must refuse to remove a file; test/profile/refused-calls.slow.test.ts',
  'bad-link-parameter': 'the command has no flag of another name; test/app/access/share-links.test.ts',
  'passwords-differ': 'needs somebody who types; test/cli/output/read-password.test.ts',
  'unknown-option': 'a mistake in the code of a program that uses the library; test/library/errors.test.ts',
  'cannot-listen': 'needs a port that is taken; test/server',
  'serve-without-access': 'the message is the same for any address; test/server',
  'bad-jwt-key': 'comes as an answer of the server; test/server',
  'line-break-in-path': 'a word of a case has no line break; test/cli/schedule-install.slow.test.ts',
  'unit-unwritable': 'the tests run as root, whom no rights stop; test/cli/schedule-install.slow.test.ts',
}
