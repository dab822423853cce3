// The tool `formats`: which formats there are, and which the logs are in.
import * as z from 'zod'
import { detectFormats } from '../../app/log/detect-format.ts'
import { detectionDocument } from '../../app/log/detection-document.ts'
import { knownFormats } from '../../app/log/known-formats.ts'
import { formatsOf } from '../../app/workspace/log-formats.ts'
import { placesOf } from '../../app/workspace/log-places.ts'
import { readGiven } from '../../library/given-options.ts'
import { plainValue } from '../../library/plain-value.ts'
import type { Desk } from '../desk.ts'
import type { Document } from '../document-page.ts'
import { CURSOR, documentPage } from '../paging.ts'
import { answerSchema } from '../schemas.ts'
import type { Tool } from '../tool.ts'

const count = z.int().min(0)
const format = z.strictObject({ format: z.string(), help: z.string() })
const shape = z.strictObject({
  schema: z.literal('usagebook/log-detect@1'),
  formats: z.array(format).describe('those that there are'),
  files: z.array(
    format.extend({
      file: z.string(),
      lines: count.describe('lines that were looked at'),
      events: count.describe('those of them that are an event by themselves'),
      nearest: z
        .strictObject({ format: z.string(), missing: z.array(z.string()) })
        .optional()
        .describe('where the lines are of no known format: which is nearest, and what they lack'),
    }),
  ),
  failures: z.array(z.looseObject({ file: z.string(), message: z.string() })),
})

export const formats: Tool = {
  name: 'formats',
  title: 'Formats of logs',
  description: 'The formats of logs that are known, and the format that each log file of the workspace is in.',
  parameters: CURSOR,
  isForAll: true,
  answerSchema: () => answerSchema(shape),
  async answer(given, call) {
    readGiven(CURSOR, given)
    return await documentPage({ tool: formats.name, given }, call, () => makeDocument(call.desk))
  },
}

// A draft of a format has texts of the lines in it.
async function makeDocument(desk: Desk): Promise<Document> {
  const workspace = await desk.openWorkspace()
  const places = placesOf({}, desk.host, workspace)
  const detection = detectFormats(places, desk.host.cwd, await formatsOf({}, workspace))
  const { schema, draft: _, ...found } = plainValue(detectionDocument(detection), 'number') as Document
  return { schema: schema!, formats: knownFormats(workspace).map(known => ({ ...known })), ...found }
}
