// usagebook events: single events, the newest first, a page at a time or as they come.
import { type EventsRequest, listEvents } from '../../app/event/list-events.ts'
import { formatJson } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import type { Condition } from '../../query/condition.ts'
import { renderEventLines } from '../../render/event-lines.ts'
import { type Format, renderReport } from '../../render/render.ts'
import { buildEventsReport } from '../../report/event/events-report.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import type { Command, Options } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { type Flag, flagError, wholeNumber } from '../flags/flag.ts'
import * as flags from '../flags/report-flags.ts'
import { LOGS_ARGUMENT } from '../log-places.ts'
import { buildLogRequest } from '../log-request.ts'
import { outputOf } from '../output/output-file.ts'
import { renderOptions } from '../output/render-options.ts'
import { sayWarnings, sayWhatIsMissing } from '../output/report-outcome.ts'
import { writeStdout } from '../output/write-stdout.ts'

const DEFAULT_LIMIT = 25
const LONGEST_PAGE = 100

const EVENT_FLAGS: readonly Flag[] = [
  { name: 'session', value: 'ID', group: 'Filters', help: 'one session, in order of time' },
  { name: 'limit', value: 'N', group: 'Output', help: 'events a page; default 25', parse: wholeNumber(1, 1_000_000) },
  {
    name: 'offset',
    value: 'N',
    group: 'Output',
    help: 'events to pass over first',
    parse: wholeNumber(0, 100_000_000),
  },
  { name: 'follow', short: 'f', group: 'Output', help: 'keep watching, and show events as they come' },
]

/** Of a rejected line that is told of while following. */
const REJECT_BYTES_SHOWN = 100

export const command: Command = {
  words: ['events'],
  summary: 'single events, the newest first',
  description: 'Events of all kinds, a page at a time. Every filter of a report works here too.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...flags.RANGE_FLAGS,
    ...flags.FILTER_FLAGS,
    ...EVENT_FLAGS,
    ...flags.INPUT_FLAGS,
    ...flags.OUTPUT_FLAGS.filter(({ name }) => ['format', 'output', 'columns', 'header', 'bom'].includes(name)),
  ],
  examples: [
    ['usagebook events --user anna@diageo.com --status error', 'what went wrong for somebody'],
    ['usagebook events --session diageo-0130-2', 'one session, step by step'],
    ['usagebook events --follow --client diageo', 'watch what a client does'],
  ],
  exitCodes: { 1: EXIT_CODES[1]! },
  async run(options, context, workspace) {
    const { file, format } = outputOf(options, context)
    const logs = await buildLogRequest(options, context, workspace)
    const request: EventsRequest = {
      ...logs,
      ...sessionFilter(options, logs),
      limit: limitOf(options, format, context),
      offset: (options.offset as number | undefined) ?? 0,
      order: options.session === undefined ? 'newest' : 'oldest',
    }
    if (options.follow === true) return await follow(request, options, format, context)
    const answer = await listEvents(request, {})
    const report = buildEventsReport({ ...request, ...answer })
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
}

function sessionFilter(options: Options, { conditions, filters }: Pick<EventsRequest, 'conditions' | 'filters'>) {
  const session = options.session as string | undefined
  if (session === undefined) return {}
  const test = { kind: 'patterns', accept: [session], refuse: [], match: 'exact' } as const
  const condition: Condition = { column: 'session', test }
  return { conditions: [...conditions, condition], filters: { ...filters, session: [session] } }
}

// A page on a terminal is for reading; a file or a program may take what it likes.
function limitOf(options: Options, format: Format, context: Context): number {
  const limit = (options.limit as number | undefined) ?? (options.session === undefined ? DEFAULT_LIMIT : LONGEST_PAGE)
  if (limit <= LONGEST_PAGE || format !== 'text' || !context.isStdoutTerminal) return limit
  throw flagError(
    { name: 'limit' },
    String(limit),
    'too long a page for a terminal',
    `Give up to ${LONGEST_PAGE}, or use --format jsonl.`,
  )
}

type Rendering = ReturnType<typeof renderOptions>

function pageText(
  objects: Parameters<typeof renderEventLines>[0],
  total: unknown,
  { offset }: EventsRequest,
  rendering: Rendering,
): string {
  const lines = renderEventLines(objects, rendering)
  const more = Number(total) > offset + objects.length ? `; the next with --offset ${offset + objects.length}` : ''
  return `${lines.join('\n')}\n\n${offset + 1} to ${offset + objects.length} of ${total} events${more}.\n`
}

// What is written event by event has no end that a table or a file could wait for.
function refusePages({ output }: Options, format: Format): void {
  const hint = 'Use --format text or jsonl, and "> FILE" to keep it.'
  if (output !== undefined) throw flagError({ name: 'output' }, String(output), 'does not go with --follow', hint)
  if (!['text', 'json', 'jsonl'].includes(format))
    throw flagError({ name: 'format' }, format, 'does not go with --follow', hint)
}

async function follow(request: EventsRequest, options: Options, format: Format, context: Context): Promise<number> {
  refusePages(options, format)
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
