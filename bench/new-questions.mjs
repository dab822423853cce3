// Questions that were not asked before, over logs whose sums are in the cache, and the same ones asked again. Pages that are
// kept are removed before each new one, so that none can flatter.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from './generate.mjs'
import { addLine, logsOf } from './logs.mjs'
import { measure, runOnce } from './measure.mjs'
import { ours } from './peers.mjs'
import { timesTable } from './table.mjs'

/** What is asked; the first is what a report without flags asks. */
const QUESTIONS = {
  text: [],
  'text, another --top': ['--top', '7'],
  'text, one section': ['--section', 'models'],
  'JSON, one section': ['--section', 'models', '--format', 'json'],
  CSV: ['--format', 'csv'],
  'whole JSON': ['--format', 'json'],
  HTML: ['--format', 'html'],
}
const AGAIN = ['text', 'CSV', 'whole JSON']
const GROWN = ['text', 'CSV', 'whole JSON']
const DAYS = [30, 365]
const ODD_FILES = 8
const ODD_LINES = 400
const DAY_MS = 86_400_000

export function measureNewQuestions({ data, gb, runs, say }) {
  const [kept, forgotten] = ['kept', 'forgotten'].map(name => ({ XDG_CACHE_HOME: join(data, `${name}-pages`) }))
  for (const env of [kept, forgotten]) rmSync(env.XDG_CACHE_HOME, { recursive: true, force: true })
  const odd = join(data, 'odd')
  writeOdd(odd)
  const folders = DAYS.flatMap(days => makeFolders(data, gb, days))
  const candidates = DAYS.flatMap(days => candidatesOf(data, days, kept, forgotten))
  for (const { command, env } of candidates) for (let time = 0; time < 2; time++) runOnce({ command, env })
  const times = measure(
    [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
      { name: 'eight files of odd lines, without a cache', command: ours('native', odd, '--no-cache'), env: kept },
      ...candidates,
    ],
    Math.max(runs, 9),
  )
  for (const folder of folders) rmSync(folder, { recursive: true })
  say('### Questions, with the sums of the logs in the cache\n')
  say(timesTable(times, 'node -e 0'))
  return times
}

/** Multiples of other measurements, each with the name of what took longest. */
export function questionMultiples(times) {
  const multiple = (name, base) => ({ name, multiple: times.get(name).wallMs / times.get(base).wallMs })
  const worst = list => list.reduce((most, one) => (one.multiple > most.multiple ? one : most))
  const all = (names, suffix, base) =>
    worst(DAYS.flatMap(days => names.map(name => multiple(`${days} days: ${name}${suffix}`, base(days, name)))))
  const quick = Object.keys(QUESTIONS).filter(name => name !== 'HTML' && name !== 'whole JSON')
  return {
    fresh: all(quick, ', new', () => 'node -e 0'),
    whole: all(['whole JSON'], ', new', () => 'node -e 0'),
    again: all(AGAIN, ', asked again', () => 'node -e 0'),
    grown: all(GROWN, ', one more line', (days, name) => `${days} days: ${name}, asked again`),
    odd: multiple('eight files of odd lines, without a cache', 'node -e 0'),
  }
}

function makeFolders(data, gb, days) {
  const folders = [`still-${days}`, `growing-${days}`].map(name => join(data, name))
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true })
    if (days === 30) cpSync(logsOf(data, 'native', gb), folder, { recursive: true })
    else generate('native', days, 1000, folder)
  }
  return folders
}

function candidatesOf(data, days, kept, forgotten) {
  const [still, growing] = ['still', 'growing'].map(name => join(data, `${name}-${days}`))
  const command = (folder, name) => ours('native', folder, ...QUESTIONS[name])
  return [
    ...AGAIN.map(name => ({ name: `${days} days: ${name}, asked again`, command: command(still, name), env: kept })),
    ...Object.keys(QUESTIONS).map(name => ({
      name: `${days} days: ${name}, new`,
      command: command(still, name),
      env: forgotten,
      before: () => forgetPages(forgotten.XDG_CACHE_HOME),
    })),
    ...GROWN.map(name => ({
      name: `${days} days: ${name}, one more line`,
      command: command(growing, name),
      env: kept,
      before: () => addLine(growing),
    })),
  ]
}

function forgetPages(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.name.endsWith('.page')) rmSync(join(entry.parentPath, entry.name))
}

// Lines that are read one by one: escapes in what is needed, other names of fields, keys in another order, and what is no event.
function writeOdd(folder) {
  const day = Date.UTC(2026, 9, 1)
  const odd = [
    event => event,
    event => ({ ...event, user: `${event.user}\t"${event.client}"` }),
    ({ timestamp, user, input_tokens, output_tokens, ...event }) => ({
      output: output_tokens,
      ...event,
      prompt_tokens: String(input_tokens),
      userId: user,
      time: timestamp,
    }),
    event => Object.fromEntries(Object.entries(event).reverse()),
    event => ({ ...event, input_tokens: -1 }),
  ]
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (let file = 0; file < ODD_FILES; file++) {
    const lines = Array.from({ length: ODD_LINES }, (_, line) => {
      const event = {
        timestamp: new Date(day + file * DAY_MS + line * 1000).toISOString(),
        client: ['diageo', 'unilever', 'mars'][line % 3],
        user: `user${line % 40}`,
        model: ['gpt-4o', 'claude-sonnet-4-5'][line % 2],
        input_tokens: 1000 + line,
        output_tokens: 80,
        duration_ms: 900 + line,
      }
      return line % 50 === 49 ? '{"timestamp":' : JSON.stringify(odd[line % odd.length](event))
    })
    const name = new Date(day + file * DAY_MS).toISOString().slice(0, 10)
    writeFileSync(join(folder, `${name}.jsonl`), `${lines.join('\n')}\n`)
  }
}
