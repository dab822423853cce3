// What is exported, read by DuckDB: Parquet and CSV hold the events of "usagebook events", the rows of FOCUS keep to its rules by
// SQL, and their costs add up to the report's.
import { join } from 'node:path'

/** Returns what is wrong; nothing where all is right. `run` runs the program and returns what it prints. */
export async function checkExports(connection, folder, logs, run) {
  const wrong = []
  const ask = async sql => (await connection.runAndReadAll(sql)).getRowObjectsJson()
  const say = (what, found) => found.length > 0 && wrong.push(`${what}: ${JSON.stringify(found.slice(0, 3))}`)
  const [parquet, csv, focus] = ['events.parquet', 'events.csv', 'focus.csv'].map(name => join(folder, name))
  for (const file of [parquet, csv]) run(['export', 'events', '--logs', logs, '-o', file])
  await connection.run(`CREATE OR REPLACE TABLE exported AS SELECT row_number() OVER () AS row, * FROM '${parquet}'`)
  await connection.run(
    `CREATE OR REPLACE TABLE listed AS SELECT row_number() OVER () AS row, * FROM read_csv('${csv}', all_varchar = true, quote = '"', escape = '"')`,
  )
  const texts = ['event', 'status', 'id', 'client', '"user"', 'profile', 'session', 'model', 'extra']
  const numbers = ['input_tokens', 'output_tokens', 'duration_ms', 'cost_usd', 'estimated_cost_usd']
  const same = [
    ...texts.map(name => `e.${name} IS NOT DISTINCT FROM nullif(l.${name}, '')`),
    ...numbers.map(name => `e.${name} IS NOT DISTINCT FROM nullif(l.${name}, '')::DOUBLE`),
    `epoch_ms(e.timestamp) = epoch_ms(l.timestamp::TIMESTAMPTZ)`,
  ]
  say(
    'rows of Parquet that CSV does not have',
    await ask(
      `SELECT row FROM exported e FULL JOIN listed l USING (row) WHERE NOT coalesce(${same.join(' AND ')}, false)`,
    ),
  )
  const { total } = JSON.parse(run(['events', '--logs', logs, '--limit', '1', '--json']))
  say('events that are not exported', await ask(`SELECT count(*)::INT AS n FROM exported HAVING n <> ${total ?? 'n'}`))
  const report = run(['--logs', logs, '--json'])
  const cost = /"costUsd": ([\d.]+|null),/.exec(report)[1]
  for (const version of ['1.2', '1.3', '1.4']) {
    run(['export', 'focus', '--logs', logs, '--focus-version', version, '--tag', 'user', '-o', focus])
    await connection.run(`CREATE OR REPLACE TABLE focus AS SELECT * FROM read_csv('${focus}', all_varchar = true)`)
    for (const [rule, broken] of Object.entries(FOCUS_RULES))
      say(`FOCUS ${version}, ${rule}`, await ask(`SELECT * FROM focus WHERE coalesce(${broken}, false) LIMIT 3`))
    say(
      `FOCUS ${version}, costs that are not the report's`,
      await ask(
        `SELECT sum(EffectiveCost::DECIMAL(38, 18))::VARCHAR AS s FROM focus HAVING sum(EffectiveCost::DECIMAL(38, 18)) <> ${cost === 'null' ? 0 : cost}::DECIMAL(38, 18)`,
      ),
    )
    say(
      `FOCUS ${version}, a price with two SKUs`,
      await ask('SELECT SkuPriceId FROM focus GROUP BY 1 HAVING count(DISTINCT SkuId) > 1'),
    )
  }
  return wrong
}

/** A row for which one of these is true breaks the rule. */
const FOCUS_RULES = {
  'a cost is there': `BilledCost IS NULL OR EffectiveCost IS NULL OR ListCost IS NULL OR ContractedCost IS NULL`,
  'list cost is price times quantity': `ListUnitPrice::DOUBLE * PricingQuantity::DOUBLE <> ListCost::DOUBLE`,
  'contracted cost is price times quantity': `ContractedUnitPrice::DOUBLE * PricingQuantity::DOUBLE <> ContractedCost::DOUBLE`,
  'no price is below 0': `ListUnitPrice::DOUBLE < 0 OR ContractedUnitPrice::DOUBLE < 0`,
  'a quantity has a unit': `(ConsumedQuantity IS NULL) <> (ConsumedUnit IS NULL) OR (PricingQuantity IS NULL) <> (PricingUnit IS NULL)`,
  'a billing period is a month': `BillingPeriodStart::TIMESTAMP + INTERVAL 1 MONTH <> BillingPeriodEnd::TIMESTAMP`,
  'a charge is in its billing period': `ChargePeriodStart < BillingPeriodStart OR ChargePeriodStart >= BillingPeriodEnd`,
  'a charge ends after it begins': `ChargePeriodEnd <= ChargePeriodStart`,
  'usage is usage': `ChargeCategory <> 'Usage' OR ChargeFrequency <> 'Usage-Based' OR ChargeClass IS NOT NULL`,
  'a sub account has a name and a type': `(SubAccountId IS NULL) <> (SubAccountName IS NULL) OR (SubAccountId IS NULL) <> (SubAccountType IS NULL)`,
  'an id is no number': `try_cast(SubAccountId AS DOUBLE) IS NOT NULL OR try_cast(SkuId AS DOUBLE) IS NOT NULL`,
  'tags are JSON': `NOT json_valid(Tags) OR NOT json_valid(SkuPriceDetails)`,
}
