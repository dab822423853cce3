// usagebook log detect: which formats logs are in, and a draft of one if none is known.
import { type Detection, detectFormats } from '../../app/log/detect-format.ts'
import { detectionDocument } from '../../app/log/detection-document.ts'
import { formatsOf } from '../../app/workspace/log-formats.ts'
import { placesOrPipe } from '../../app/workspace/log-places.ts'
import { writeFormat } from '../../app/workspace/write-format.ts'
import { formatJson, type JsonValue } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { INPUT_FLAGS, only } from '../flags/report-flags.ts'

const KEYS_SHOWN = 30

export const command = defineCommand({
  words: ['log', 'detect'],
  summary: 'say which formats logs are in, and draft one where none is known',
  description:
    'Looks at up to 64 lines or 1 MiB of each file. Where no format is known, it names the nearest with what its lines lack, the keys that were seen, and a draft of a format for the configuration; --write puts the draft there.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...only(INPUT_FLAGS, 'logs', 'source-format'),
    { name: 'write', group: 'Log', help: 'put the draft into the configuration of the workspace' },
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook log detect ~/.codex/sessions', 'what is in a folder'],
    ['usagebook log detect gateway.jsonl --write', 'start a format of your own'],
  ],
  exitCodes: { 1: 'a folder could not be read', 3: 'no format is known for some log' },
  async run(options, context, workspace) {
    const places = await placesOrPipe(options, context, workspace)
    const detection = detectFormats(places, context.cwd, await formatsOf(options, workspace))
    const { draft, failures } = detection
    const written =
      options.write === true && draft !== undefined
        ? await writeFormat(draft.description, workspace, context.onInterrupt)
        : undefined
    context.stdout.write(
      options.format === 'json' ? `${formatJson(detectionDocument(detection))}\n` : textOf(detection),
    )
    if (written !== undefined)
      context.stdout.write(
        `The draft is in ${written.file} as "${written.name}": use --source-format ${written.name}.\n`,
      )
    for (const { file, message } of failures) context.stderr.write(`warning: ${visibleText(`${file} ${message}`)}.\n`)
    if (failures.length > 0) return 1
    return draft === undefined ? 0 : 3
  },
})

function textOf({ files, draft }: Detection): string {
  const lines = files.map(({ file, format, help, lines, events, nearest }) => {
    const counted = format === 'native' ? `, ${events} of ${lines} lines carry usage` : ''
    const near =
      nearest === undefined
        ? ''
        : `; nearest is ${nearest.format}${nearest.missing.length === 0 ? '' : `, which would have ${nearest.missing.join(', ')}`}`
    return `${visibleText(file)}: ${format} (${help}${counted})${near}`
  })
  if (draft !== undefined) {
    const keys = draft.keys.slice(0, KEYS_SHOWN).map(visibleText).join(', ')
    lines.push('', `Keys of ${visibleText(draft.file)}: ${keys}`, '', 'A format to start from:', '')
    lines.push(formatJson({ formats: { ours: draft.description as JsonValue } }))
  }
  return `${lines.join('\n')}\n`
}
