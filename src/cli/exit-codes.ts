// The exit codes, in one place.

export const EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'done, also when nothing matched',
  1: 'could not do all of it: a file could not be read or written',
  2: 'wrong usage or configuration',
  3: 'a check said no',
  4: 'conflict: it changed meanwhile',
  5: 'an alert or a budget fired',
}
