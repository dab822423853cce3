// The ledger of a file whose lines were made into events before they were counted.
import { addLedger, emptyLedger, type Ledger, PROBLEMS_KEPT } from './ledger.ts'

/** Adds to the ledger of a file's events what became of all else in the file; its problems come first. */
export function addMade(ledger: Ledger, made: Ledger): void {
  const problems = [...made.problems, ...ledger.problems].sort((a, b) => a.line - b.line)
  addLedger(ledger, { ...made, files: 0, problems: [] })
  ledger.problems = problems.slice(0, PROBLEMS_KEPT)
}

/** Of what was made of a file, what may be told to somebody who may not see all of it. */
export function onlyFailures({ failures }: Ledger): Ledger {
  return { ...emptyLedger(), failures }
}
