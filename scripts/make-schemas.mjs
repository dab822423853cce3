// Makes docs/schema/: the JSON Schemas of the files that people edit, from the schemas that read them, and those of the
// documents that the program writes.
import * as z from 'zod'
import { loadSource, writeGenerated } from './generated.mjs'

const { settingsSchema } = await loadSource('src/app/workspace/configuration.ts')
const { CONFIG_SCHEMA_URL } = await loadSource('src/app/workspace/init-workspace.ts')
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: CONFIG_SCHEMA_URL,
  title: 'usagebook.config.json',
  description: 'Settings of a usagebook workspace. A flag wins over USAGEBOOK_*, and that over this file.',
  ...z.toJSONSchema(settingsSchema, { io: 'input', reused: 'inline' }),
}
writeGenerated('docs/schema/config.json', `${JSON.stringify(schema, null, 2)}\n`, 'npm run docs')

const { alertSchema } = await loadSource('src/alert/alert-schema.ts')
const alerts = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: CONFIG_SCHEMA_URL.replace('config.json', 'alerts.json'),
  title: 'alerts.json',
  description: 'Rules, budgets, targets and silences of a usagebook workspace.',
  ...z.toJSONSchema(alertSchema, { io: 'input', reused: 'inline' }),
}
writeGenerated('docs/schema/alerts.json', `${JSON.stringify(alerts, null, 2)}\n`, 'npm run docs')

const { scheduleSchema } = await loadSource('src/schedule/schedule-schema.ts')
const schedule = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: CONFIG_SCHEMA_URL.replace('config.json', 'schedule.json'),
  title: 'schedule.json',
  description: 'Jobs of a usagebook workspace.',
  ...z.toJSONSchema(scheduleSchema, { io: 'input', reused: 'inline' }),
}
writeGenerated('docs/schema/schedule.json', `${JSON.stringify(schedule, null, 2)}\n`, 'npm run docs')

const { makeJsonSchemas } = await loadSource('src/profile/json-schema.ts')
for (const [name, profileSchema] of Object.entries(makeJsonSchemas()))
  writeGenerated(`docs/schema/${name}`, `${JSON.stringify(profileSchema, null, 2)}\n`, 'npm run docs')

const { chargebackSchema } = await loadSource('src/export/chargeback/chargeback-schema.ts')
const chargeback = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: CONFIG_SCHEMA_URL.replace('config.json', 'chargeback.json'),
  title: 'chargeback.json',
  description: 'What clients are charged, and who pays for what is shared.',
  ...z.toJSONSchema(chargebackSchema, { io: 'input', reused: 'inline' }),
}
writeGenerated('docs/schema/chargeback.json', `${JSON.stringify(chargeback, null, 2)}\n`, 'npm run docs')

const { DOCUMENT_SCHEMAS } = await loadSource('src/report/document/document-schemas.ts')
const { OTHER_SCHEMAS } = await loadSource('src/report/document/other-document-schemas.ts')
for (const [name, documentSchema] of Object.entries({ ...DOCUMENT_SCHEMAS, ...OTHER_SCHEMAS })) {
  const shape = z.toJSONSchema(documentSchema, { io: 'output', reused: 'inline' })
  const published = { ...shape, $id: CONFIG_SCHEMA_URL.replace('config.json', `${name}.json`), title: name }
  writeGenerated(`docs/schema/${name}.json`, `${JSON.stringify(published, null, 2)}\n`, 'npm run docs')
}
