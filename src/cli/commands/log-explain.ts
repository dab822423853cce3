// usagebook log explain: one line of a log, field by field.

import { resolve } from 'node:path'
import { type ExplainedLine, type ExplainedRow, explainLine } from '../../app/log/explain-line.ts'
import { formatsOf } from '../../app/workspace/log-formats.ts'
import { formatJson, type JsonValue } from '../../base/json.ts'
import { addAll } from '../../base/lists.ts'
import { visibleText } from '../../base/safe-text.ts'
import { layOutList } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { INPUT_FLAGS, only } from '../flags/report-flags.ts'

export const command = defineCommand({
  words: ['log', 'explain'],
  summary: 'say field by field what is read from a line, and what is not',
  description:
    'Tells the format of the line, the path that each field was read from, what is wrong with it, and which values were not looked at.',
  arguments: [{ name: 'place', help: 'FILE:LINE, lines counted from 1' }],
  flags: [...only(INPUT_FLAGS, 'source-format'), formatFlag(['text', 'json'])],
  examples: [
    ['usagebook log explain usage_logs/2026-02-02.jsonl:3', 'why a line was rejected'],
    ['usagebook log explain gateway.jsonl:1 --source-format ours', 'whether a format of your own finds its fields'],
  ],
  exitCodes: { 1: 'the file could not be read, or has no such line' },
  async run(options, context, workspace) {
    const formatOf = await formatsOf(options, workspace)
    const line = await explainLine(options.place, formatOf, path => resolve(context.cwd, path))
    context.stdout.write(options.format === 'json' ? `${formatJson(documentOf(line))}\n` : await textOf(line))
    return 0
  },
})

async function textOf({ file, line, format, rows, ignored, remark }: ExplainedLine): Promise<string> {
  const lines = [`${visibleText(file)}:${line} is read as ${format}.`]
  if (remark !== undefined) lines.push(remark)
  for (const row of rows) lines.push('', ...(await linesOf(row)))
  if (ignored.length > 0) {
    const list = await layOutList(
      [['Not looked at', 'Value'], ...ignored.map(([path, value]) => [visibleText(path), value])],
      ['left', 'left'],
    )
    addAll(lines, ['', ...list])
  }
  return `${lines.join('\n')}\n`
}

async function linesOf({ outcome, fields, tokens }: ExplainedRow): Promise<string[]> {
  const cells = fields.map(({ field, value, from }) => [field, value, visibleText(from)])
  const list =
    cells.length === 0 ? [] : await layOutList([['Field', 'Value', 'From'], ...cells], ['left', 'left', 'left'])
  const counted =
    tokens.length === 0 ? [] : [`Counted: ${tokens.map(([name, count]) => `${name} ${count}`).join(', ')}`]
  return [`It is ${visibleText(outcome)}.`, ...list, ...counted]
}

function documentOf({ rows, ignored, ...line }: ExplainedLine): JsonValue {
  return {
    schema: 'usagebook/log-explain@1',
    ...line,
    rows: rows.map(({ outcome, fields, tokens }) => ({
      outcome,
      fields: fields.map(field => ({ ...field })),
      tokens: Object.fromEntries(tokens),
    })),
    ignored: ignored.map(([path, value]) => ({ path, value })),
  }
}
