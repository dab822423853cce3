// What a statement that was sent lacks by now: a note of its own, so that the statement and its notes are what a new one would be.
import { addDecimals, type Decimal, subtractDecimals, ZERO } from '../../base/decimal.ts'
import type { Statement, StatementLine } from './statement.ts'

/** The note that brings a statement and its earlier notes up to what it would be now; undefined where nothing is to be changed. */
export function correctionOf(
  sent: Statement,
  notes: readonly Statement[],
  now: Pick<Statement, 'lines'>,
): Statement | undefined {
  const before = new Map<string, StatementLine[]>()
  for (const line of [sent, ...notes].flatMap(({ lines }) => lines)) {
    const key = keyOf(line)
    before.set(key, [...(before.get(key) ?? []), line])
  }
  const after = new Map(now.lines.map(line => [keyOf(line), line]))
  const keys = [...new Set([...after.keys(), ...before.keys()])]
  const lines = keys.map(key => difference(before.get(key) ?? [], after.get(key))).filter(isSomething)
  if (lines.length === 0) return undefined
  const sum = (some: readonly StatementLine[]) => some.reduce((total, { amount }) => addDecimals(total, amount), ZERO)
  const total = sum(lines)
  const tax = sum(lines.filter(({ kind }) => kind === 'tax'))
  return {
    ...sent,
    number: `${sent.number}-note-${notes.length + 1}`,
    corrects: sent.number,
    kind: total.units < 0n ? 'credit-note' : 'debit-note',
    lines,
    net: subtractDecimals(total, tax),
    tax,
    total,
  }
}

// What is the same line in two statements of a period.
function keyOf({ kind, name, profile, model, shared }: StatementLine): string {
  return JSON.stringify([kind, kind === 'usage' ? [profile, model] : name, shared])
}

function difference(before: readonly StatementLine[], after: StatementLine | undefined): StatementLine {
  const line = after ?? before[0]!
  const of = (amountOf: (line: StatementLine) => Decimal) =>
    before.reduce((left, one) => subtractDecimals(left, amountOf(one)), after === undefined ? ZERO : amountOf(after))
  const counted = (countOf: (line: StatementLine) => bigint) =>
    before.reduce((left, one) => left - countOf(one), after === undefined ? 0n : countOf(after))
  const { unitPrice: _unitPrice, ...rest } = line
  return {
    ...rest,
    ...(line.requests === undefined ? {} : { requests: Number(counted(one => BigInt(one.requests ?? 0))) }),
    ...(line.tokens === undefined ? {} : { tokens: counted(one => one.tokens ?? 0n) }),
    ...(line.costUsd === undefined ? {} : { costUsd: of(one => one.costUsd ?? ZERO) }),
    amount: of(one => one.amount),
  }
}

function isSomething({ amount, costUsd = ZERO, requests = 0, tokens = 0n }: StatementLine): boolean {
  return amount.units !== 0n || costUsd.units !== 0n || requests !== 0 || tokens !== 0n
}
