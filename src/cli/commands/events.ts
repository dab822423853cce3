// usagebook events: single events, the newest first, a page at a time or as they come.
import { listEvents } from '../../app/event/list-events.ts'
import { buildEventsRequest, SESSION_LIMIT } from '../../app/request/events-request.ts'
import { EVENTS, type EventsOptions } from '../../app/request/parameters.ts'
import { optionError } from '../../app/request/parse-option.ts'
import type { EventsRequest } from '../../app/request/requests.ts'
import { formatJson } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { renderEventLines } from '../../render/event-lines.ts'
import { type Format, renderReport } from '../../render/render.ts'
import { buildEventsReport } from '../../report/event/events-report.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { type Flag, flagsOfParameters } from '../flags/flag.ts'
import * as flags from '../flags/report-flags.ts'
import { outputOf } from '../output/output-file.ts'
import { type RenderFlags, renderOptions } from '../output/render-options.ts'
import { sayWarnings, sayWhatIsMissing } from '../output/report-outcome.ts'
import { writeStdout } from '../output/write-stdout.ts'

const EVENT_FLAGS = [
  ...flags.only(flagsOfParameters('Filters', EVENTS), 'session'),
  ...flags.only(flagsOfParameters('Output', EVENTS), 'limit', 'offset', 'sort'),
  { name: 'follow', short: 'f', group: 'Output', help: 'keep watching, and show events as they come' },
] as const satisfies readonly Flag[]

/** Of a rejected line that is told of while following. */
const REJECT_BYTES_SHOWN = 100

export const command = defineCommand({
  words: ['events'],
  summary: 'single events, the newest first',
  description: 'Events of all kinds, a page at a time. Every filter of a report works here too.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...flags.RANGE_FLAGS,
    ...flags.FILTER_FLAGS,
    ...EVENT_FLAGS,
    ...flags.INPUT_FLAGS,
    ...flags.only(flags.OUTPUT_FLAGS, 'format', 'output', 'columns', 'header', 'bom'),
  ],
  examples: [
    ['usagebook events --user anna@diageo.com --status error', 'what went wrong for somebody'],
    ['usagebook events --session diageo-0130-2', 'one session, step by step'],
    ['usagebook events --period 2026-01 --sort cost --limit 10', 'the dearest calls of a month'],
    ['usagebook events --follow --client diageo', 'watch what a client does'],
  ],
  exitCodes: { 1: EXIT_CODES[1]! },
  async run(options, context, workspace) {
    const { file, format } = outputOf(options, context)
    const request = await buildEventsRequest(options, context, workspace)
    refuseLongPage(request, options, format, context)
    if (options.follow === true) return await follow(request, options, format, context)
    const answer = await listEvents(request, {})
    const { filter, page, now } = request
    const { range, zone, asGiven: filters } = filter
    const report = buildEventsReport({ ...answer, ...page, range, zone, filters, now })
    const rendering = renderOptions(options, format, file !== undefined, context)
    const isPage = format === 'text' && answer.events.length > 0 && rendering.columns === null
    const text = isPage
      ? [
          pageText(
            answer.events.map(event => event.object),
            report.headlines[0]!.value,
            request,
            rendering,
          ),
        ]
      : await renderReport(report, rendering)
    if (file === undefined) await writeStdout(context, text)
    else await writeFileWhole(file, text, context.onInterrupt)
    if (isPage || format !== 'text' || file !== undefined) sayWarnings(report, options, context)
    if (answer.total === 0) await sayWhatIsMissing(request, { ...answer, kinds: 'all' }, options, context)
    return answer.ledger.failures.length > 0 ? 1 : 0
  },
})

// A page on a terminal is for reading; a file or a program may take what it likes.
function refuseLongPage(
  { page: { limit } }: EventsRequest,
  options: EventsOptions,
  format: Format,
  context: Context,
): void {
  if (options.limit === undefined || limit <= SESSION_LIMIT || format !== 'text' || !context.isStdoutTerminal) return
  const hint = `Give up to ${SESSION_LIMIT}, or use --format jsonl.`
  throw optionError('limit', String(limit), 'too long a page for a terminal', hint)
}

type Rendering = ReturnType<typeof renderOptions>

function pageText(
  objects: Parameters<typeof renderEventLines>[0],
  total: unknown,
  { page: { offset, sort } }: EventsRequest,
  rendering: Rendering,
): string {
  const lines = renderEventLines(objects, rendering, sort === 'cost')
  const more = Number(total) > offset + objects.length ? `; the next with --offset ${offset + objects.length}` : ''
  return `${lines.join('\n')}\n\n${offset + 1} to ${offset + objects.length} of ${total} events${more}.\n`
}

interface FollowOptions extends RenderFlags {
  readonly output?: string | undefined
  readonly quiet?: boolean | undefined
}

// What is written event by event has no end that a table or a file could wait for.
function refusePages({ page: { sort, costTests } }: EventsRequest, { output }: FollowOptions, format: Format): void {
  const hint = 'Use --format text or jsonl, and "> FILE" to keep it.'
  if (output !== undefined) throw optionError('output', output, 'does not go with --follow', hint)
  for (const [option, given] of [
    ['sort', sort],
    ['where', costTests && 'cost'],
  ] as const) {
    if (given === undefined) continue
    throw optionError(
      option,
      given,
      'does not go with --follow',
      'Leave it out: costs are known of what was read before.',
    )
  }
  if (!['text', 'json', 'jsonl'].includes(format))
    throw optionError('format', format, 'does not go with --follow', hint)
}

async function follow(
  request: EventsRequest,
  options: FollowOptions,
  format: Format,
  context: Context,
): Promise<number> {
  refusePages(request, options, format)
  const { followEvents } = await import('../../app/event/follow-events.ts')
  const rendering = renderOptions(options, format, false, context)
  let isClosed = false
  context.stdout.on('error', () => {
    // The reader went away, which is how following ends in a pipe.
    isClosed = true
  })
  const say = (objects: Parameters<typeof renderEventLines>[0]) => {
    const lines =
      format === 'text' ? renderEventLines(objects, rendering) : objects.map(object => formatJson(object, 0))
    context.stdout.write(`${lines.join('\n')}\n`)
  }
  await followEvents(
    request,
    events => say(events.map(event => event.object)),
    ({ file, reason, bytes }) => {
      if (options.quiet === true) return
      const start = Buffer.from(bytes.subarray(0, REJECT_BYTES_SHOWN)).toString()
      context.stderr.write(`${visibleText(`rejected from ${file}, ${reason}: ${start}`)}\n`)
    },
    files => {
      if (options.quiet !== true)
        context.stderr.write(`watching ${files === 1 ? '1 file' : `${files} files`}; Ctrl-C ends it\n`)
    },
    () => isClosed,
  )
  return 0
}
