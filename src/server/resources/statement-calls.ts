// Statements as callers see them: those of their clients. Making them is for who sees all.
import { type ChargebackOptions, type KeptPeriod, keepPeriod } from '../../app/export/export-chargeback.ts'
import { statementsOfClients } from '../../app/export/statement-store.ts'
import type { StatementSource } from '../../export/chargeback/statement.ts'
import { type KeptStatement, readKept } from '../../export/chargeback/statement-document.ts'
import { audited } from '../audited.ts'
import { askerOf, type Call } from '../route.ts'
import { ask } from '../routes/documents.ts'
import { refused } from '../routes/reports.ts'
import { scopeOf } from '../scope-of.ts'

/** The newest period first. A part of a client's statement is not for one of its users. */
export function statementsFor(call: Call): KeptStatement[] {
  const { clients, user } = scopeOf(askerOf(call))
  if (user !== undefined) return []
  const all = statementsOfClients(call.services.root)
  return clients === '*' ? all : all.filter(({ statement: { client } }) => client !== null && clients.includes(client))
}

export type AskedStatements = Pick<ChargebackOptions, 'period' | 'timezone' | 'strictPricing' | 'strict'>

/** Makes the statements of a period, or notes of what has changed since they were made. */
export async function makeStatements(call: Call, options: AskedStatements, corrections: boolean): Promise<KeptPeriod> {
  const detail = { period: options.period ?? null, corrections }
  return await audited(call, 'statements.make', detail, async () => {
    const { body, notes } = await ask(call, { kind: 'charges', options, format: 'json' })
    if (notes.refusals.length > 0) throw refused(notes.refusals)
    const { key, source, texts } = JSON.parse(Buffer.from(body).toString()) as {
      readonly key: string
      readonly source: StatementSource
      readonly texts: readonly string[]
    }
    const statements = texts.map(text => readKept(text).statement)
    return keepPeriod(call.services.root, { key, statements, source }, corrections)
  })
}
