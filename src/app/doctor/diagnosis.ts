// What the doctor says: a line for each thing that was checked.

export type Verdict = 'ok' | 'warning' | 'failure'

export interface Diagnosis {
  /** What was looked at: "log files". */
  readonly name: string
  readonly verdict: Verdict
  readonly message: string
  /** What to do; a sentence that begins with a verb. Null where all is well. */
  readonly hint: string | null
}

export function ok(name: string, message: string): Diagnosis {
  return { name, verdict: 'ok', message, hint: null }
}

export function warning(name: string, message: string, hint: string): Diagnosis {
  return { name, verdict: 'warning', message, hint }
}

export function failure(name: string, message: string, hint: string): Diagnosis {
  return { name, verdict: 'failure', message, hint }
}

/** Some names, the rest as a number: "a, b, c and 4 more". */
export function listSome(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
