// Asks usagebook and the oracle the same random questions about the same random logs, and tells of every answer that differs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Random } from '../scan/random.ts'
import { WAYS } from '../support/ways.ts'
import { type Cell, groupTable, type ReportQuestion, type Table } from './answer.ts'
import { askOther } from './ask-other.ts'
import { Asker, cellOf, Difference, readCsv, sameCsvCell, sameLedger, sameRow, Unanswered } from './asker.ts'
import { randomGroup, randomQuestion, randomSort } from './draw-question.ts'
import { camel, fieldOf, isGiven, type OracleEvent, wordOf } from './events.ts'
import { randomLogs, randomPrune, writeLogs } from './generate.ts'
import { type Literal, type Members, readJson, writeJson } from './json.ts'
import { divided, readNumber, whole, write } from './numbers.ts'
import { bookOf } from './prices.ts'
import { find } from './question.ts'

export interface Hunted {
  /** Rows that both gave: a group with its measures, an event with its fields, a ledger. */
  readonly answers: number
  /** Documents and tables that they stood in. */
  readonly questions: number
  /** Single values that were compared in them. */
  readonly values: number
  /** What differed, with how to ask it again. */
  readonly differences: readonly string[]
}

const QUESTIONS_A_LOG = 12
// Most without a cache and in larger blocks: the files of the one and the reads of the others cost more than all the rest.
const SINGLE_WAYS = WAYS.filter(way => way.threads === 1)
const FAST_WAYS = SINGLE_WAYS.filter(way => way.cache === 'none' && way.blockBytes > 64)

/** Asks until so many answers are compared, or five differ. */
export async function hunt(answers: number, seed: number, hasThreads: boolean): Promise<Hunted> {
  const total = { answers: 0, questions: 0, values: 0, differences: [] as string[] }
  for (let logSeed = seed; total.answers < answers && total.differences.length < 5; logSeed++) {
    const folder = mkdtempSync(join(tmpdir(), 'usagebook-hunt-'))
    try {
      await huntLogs(new Random(logSeed * 7919 + 1), folder, hasThreads, total, logSeed)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return total
}

type Total = { answers: number; questions: number; values: number; differences: string[] }

async function huntLogs(
  random: Random,
  folder: string,
  hasThreads: boolean,
  total: Total,
  seed: number,
): Promise<void> {
  const logs = randomLogs(random)
  writeLogs(folder, logs)
  writeFileSync(join(folder, 'prices.json'), JSON.stringify(bookOf(logs.first)))
  let prunedIn: string | undefined
  for (let number = 0; number < QUESTIONS_A_LOG; number++) {
    const way = random.pick(hasThreads ? WAYS : random.chance(0.8) ? FAST_WAYS : SINGLE_WAYS)
    const asker = new Asker(folder, way, logs, prunedIn)
    // What a single line says is gone with it.
    const ask = random.pick(
      prunedIn === undefined ? [askGroups, askGroups, askUsage, askEvents, askOther] : [askGroups, askUsage, askOther],
    )
    try {
      if (number >= QUESTIONS_A_LOG / 2 && random.chance(0.2)) {
        const { zone, words } = randomPrune(random, logs, prunedIn)
        await asker.run(words)
        prunedIn = zone
        continue
      }
      await ask(random, asker)
    } catch (error) {
      if (error instanceof Unanswered) continue
      if (!(error instanceof Difference)) throw error
      total.differences.push(
        `logs ${seed}, ${JSON.stringify(way)}\n  usagebook ${asker.lastWords.map(word => `'${word}'`).join(' ')}\n  ${error.message}`,
      )
    }
    total.answers += asker.answers
    total.questions += asker.questions
    total.values += asker.values
  }
}

const MEASURES = new Set(
  'analyses checks errors error_rate input_tokens cache_read_tokens cache_write_tokens output_tokens total_tokens cost_usd share mean_duration_ms p95_duration_ms unpriced_analyses cost_source previous_analyses analyses_change previous_cost_usd cost_usd_change section previous change compared compared_start compared_end'
    .split(' ')
    .map(camel),
)

/** What a grouped field is called beside the measures. */
function keysOf(names: readonly string[]): { csv: string[]; json: string[] } {
  const csv: string[] = []
  for (const name of names) {
    let key = name
    while (
      MEASURES.has(camel(key)) ||
      /^cost_?[a-z]{3}$/i.test(key) ||
      csv.includes(key) ||
      (key !== name && names.includes(key))
    )
      key = `group_${key}`
    csv.push(key)
  }
  const json = csv.map(camel)
  return { csv, json: new Set(json).size === json.length ? json : csv }
}

async function askGroups(random: Random, asker: Asker): Promise<void> {
  const { question: drawn, words } = randomQuestion(random, asker.logs, asker.prunedIn)
  const question = drawn.compared === null ? drawn : { ...drawn, range: drawn.rangeWhenCompared }
  const names = randomGroup(random)
  const keys = keysOf(names)
  const sort = random.chance(0.3) ? sortOf(random, names, keys.csv, question) : null
  const top = random.chance(0.2) ? 1 + random.below(4) : null
  // A day that is as far into the range before is another question.
  const asked =
    names.some(name => ['hour', 'day', 'week', 'month'].includes(name)) && question.compared !== null ? null : question
  if (asked === null) return
  const table = groupTable(asker.files, question, names, sort?.[1] ?? null, top)
  const all = [
    ...words,
    '--group-by',
    names.join(','),
    ...(sort === null ? [] : ['--sort', sort[0]]),
    ...(top === null ? [] : ['--top', String(top)]),
  ]
  const document = readJson(await asker.run([...all, '--format', 'json'])) as Members
  sameLedger(asker, document, table.found.ledger)
  sameRow(asker, document.get('summary') as Members, { ...table.total }, ['share'], 'summary')
  const rows = document.get('rows') as readonly Members[]
  asker.same(String(rows.length), String(table.rows.length), 'rows')
  for (const [at, { keys: values, row }] of table.rows.entries()) {
    for (const [index, value] of values.entries())
      asker.same(cellOf(rows[at]!.get(keys.json[index]!)), value, `row ${at} ${keys.json[index]}`)
    sameRow(asker, rows[at]!, row, [], `row ${at}`)
  }
  await sameCsv(random, asker, all, table, keys.csv, question)
  if (random.chance(0.3)) await sameLines(asker, all, table, keys.json)
  if (random.chance(0.3)) await sameTable(asker, all, table)
}

function sortOf(
  random: Random,
  names: readonly string[],
  keys: readonly string[],
  { cost }: ReportQuestion,
): readonly [string, string] {
  const at = random.below(names.length)
  // A field may be called as a measure is.
  if (random.chance(0.3)) return [keys[at]!, `key ${names[at]!}`]
  const sort = randomSort(random)
  return sort[1] === 'costUsd' && cost === 'none' ? ['analyses', 'analyses'] : sort
}

const COLUMNS: readonly (readonly [string, string])[] = [
  ['analyses', 'analyses'],
  ['checks', 'checks'],
  ['errors', 'errors'],
  ['error_rate', 'errorRate'],
  ['input_tokens', 'inputTokens'],
  ['prompt_tokens', 'inputTokens'],
  ['totalTokens', 'totalTokens'],
  ['cost', 'costUsd'],
  ['costUsd', 'costUsd'],
  ['cost_usd', 'costUsd'],
  ['share', 'share'],
  ['cost_source', 'costSource'],
]

// Columns in a random order, under the names by which they were asked for.
async function sameCsv(
  random: Random,
  asker: Asker,
  words: readonly string[],
  table: Table,
  keys: readonly string[],
  { cost }: ReportQuestion,
): Promise<void> {
  const measures = COLUMNS.filter(
    ([name, key]) => random.chance(0.5) && (cost !== 'none' || !key.startsWith('cost')) && !keys.includes(name),
  )
  const asked = [
    ...measures.map(([name, key]) => ({ name, of: (at: number) => table.rows[at]!.row[key]! })),
    ...keys.map((name, index) => ({ name, of: (at: number) => table.rows[at]!.keys[index]! })),
  ]
  const order = asked
    .filter(({ name }, at) => asked.findIndex(one => one.name === name) === at)
    .sort(() => random.below(3) - 1)
  const format = random.pick(['csv', 'tsv'] as const)
  const csv = readCsv(
    await asker.run([...words, '--format', format, '--columns', order.map(({ name }) => name).join(',')]),
    format,
  )
  asker.same(csv[0]!.join(','), order.map(({ name }) => name).join(','), 'the head of the CSV')
  asker.same(String(csv.length - 1), String(table.rows.length), 'rows of the CSV')
  for (const at of table.rows.keys()) {
    asker.compared()
    for (const [index, { name, of }] of order.entries())
      sameCsvCell(asker, csv[at + 1]![index]!, of(at), `CSV row ${at} ${name}`)
  }
}

async function sameLines(asker: Asker, words: readonly string[], table: Table, keys: readonly string[]): Promise<void> {
  const lines = (await asker.run([...words, '--format', 'jsonl'])).trim().split('\n')
  const objects = lines.map(line => readJson(line) as Members)
  const sectionAt = keys.includes('section') ? 'groupSection' : 'section'
  const rows = objects.filter(object => object.get('section') === 'group' || object.get(sectionAt) === 'group')
  asker.same(String(rows.length), String(table.rows.length), 'rows of the lines')
  for (const [at, { row }] of table.rows.entries()) sameRow(asker, rows[at]!, row, [], `line ${at}`)
}

// Markdown rounds what it shows, but counts are whole.
async function sameTable(asker: Asker, words: readonly string[], table: Table): Promise<void> {
  const top = words.includes('--top') ? [] : ['--top', '0']
  const text = await asker.run([...words, ...top, '--format', 'md'])
  const rows = text.split('\n').filter(line => line.startsWith('| '))
  const cells = rows.map(row => row.split(/(?<!\\)\|/).map(cell => cell.trim()))
  const at = cells[0]?.indexOf('Analyses') ?? -1
  // Groups of the range before alone are told by their change.
  if (at < 0 && table.rows.every(({ row }) => row.analyses === '0')) return
  // With --top, a row is of the rest: the last, or before rows in order of time the first.
  const [, ...body] = cells.slice(1).filter(row => !/^[\d,]+ earlier$/.test(row[1]!))
  for (const row of body.filter(row => row.length !== cells[0]!.length))
    asker.same(row.join('|'), `${cells[0]!.length - 2} cells`, 'a row of the Markdown')
  const given = body.slice(0, table.rows.length).map(row => (row[at] ?? '').replaceAll(',', ''))
  asker.same(given.join(' '), table.rows.map(({ row }) => row.analyses).join(' '), 'analyses of the Markdown')
}

const SECTIONS = [
  ['client', 'byClient', 'client', 'clients'],
  ['user', 'byUser', 'user', 'users'],
  ['profile', 'byProfile', 'profile', 'profiles'],
  ['model', 'byModel', 'model', 'models'],
  ['day', 'byDate', 'date', 'dates'],
] as const
const NAMES = SECTIONS.map(([, , , name]) => name)

async function askUsage(random: Random, asker: Asker): Promise<void> {
  const { question: drawn, words: plain } = randomQuestion(random, asker.logs, asker.prunedIn)
  const question = drawn.compared === null ? drawn : { ...drawn, range: drawn.rangeWhenCompared }
  const top = random.chance(0.2) ? 1 + random.below(4) : null
  const sections = random.chance(0.4) ? ['summary', ...NAMES].filter(() => random.chance(0.4)) : []
  const document = readJson(
    await asker.run([
      ...plain,
      '--format',
      'json',
      ...(top === null ? [] : ['--top', String(top)]),
      ...(sections.length === 0 ? [] : ['--section', sections.join(',')]),
    ]),
  ) as Members
  const isAsked = (name: string) => sections.length === 0 || sections.includes(name)
  const tables: Sectioned[] = []
  for (const [name, section, key, asName] of SECTIONS) {
    // A day that is as far into the range before is another question.
    const compared = name === 'day' ? null : question.compared
    const table = groupTable(asker.files, { ...question, compared }, [name], null, top)
    if (name === 'client') {
      sameLedger(asker, document, table.found.ledger)
      asker.same(String(document.has('summary')), String(isAsked('summary')), 'whether there is a summary')
      if (isAsked('summary')) sameRow(asker, document.get('summary') as Members, table.total, ['share'], 'summary')
    }
    asker.same(String(document.has(section)), String(isAsked(asName)), `whether there is ${section}`)
    if (!isAsked(asName)) continue
    tables.push({ section: key, table })
    const rows = document.get(section) as readonly Members[]
    asker.same(String(rows.length), String(table.rows.length), `rows ${section}`)
    for (const [at, { keys, row }] of table.rows.entries()) {
      asker.same(cellOf(rows[at]!.get(key)), keys[0]!, `${section} ${at}`)
      sameRow(asker, rows[at]!, row, [], `${section} ${at}`)
    }
  }
  const words = [...plain, ...(top === null ? [] : ['--top', String(top)])]
  if (sections.length === 0 && random.chance(0.3)) await sameUsageCsv(asker, words, tables)
}

interface Sectioned {
  readonly section: string
  readonly table: Table
}

// One rectangle of all sections, each row with the section that it is of.
async function sameUsageCsv(asker: Asker, words: readonly string[], tables: readonly Sectioned[]): Promise<void> {
  const [head = [], ...rows] = readCsv(await asker.run([...words, '--format', 'csv']))
  const expected = tables.flatMap(({ section, table }) =>
    table.rows.map(({ keys, row }) => ({ section, name: keys[0]!, row })),
  )
  const given = rows.filter(([section]) => section !== 'total')
  asker.same(String(given.length), String(expected.length), 'rows of the CSV')
  for (const [at, { section, name, row }] of expected.entries()) {
    asker.compared()
    for (const [column, title] of head.entries()) {
      const value = title === 'section' ? section : title === 'name' ? name : row[camel(title)]
      if (value === undefined || title === 'mean_duration_ms') continue
      sameCsvCell(asker, given[at]![column]!, value, `CSV ${section} ${name} ${title}`)
    }
  }
}

async function askEvents(random: Random, asker: Asker): Promise<void> {
  const { question, words: all } = randomQuestion(random, asker.logs)
  // Costs and comparisons are the report's.
  const words = all
    .slice(
      0,
      all.findIndex(word => word === '--no-cost' || word === '--cost'),
    )
    .filter(word => word !== '--family')
  const { events, ledger } = find(asker.files, question, 'all')
  const numbers = new Map(asker.files.map(({ name }, at) => [name, at]))
  const placed = (event: OracleEvent) => numbers.get(event.file)! * 1e6 + event.at
  const newest = [...events].sort((a, b) => b.instant - a.instant || placed(b) - placed(a))
  const limit = random.pick([1, 3, 25, 1000])
  const offset = random.pick([0, 0, 1, 5])
  const page = newest.slice(offset, offset + limit)
  const paging = ['--limit', String(limit), '--offset', String(offset)]
  const document = readJson(await asker.run(['events', ...words, ...paging, '--format', 'json'])) as Members
  sameLedger(asker, document, ledger)
  asker.same(cellOf(document.get('total')), String(newest.length), 'total')
  const listed = document.get('events') as readonly Members[]
  asker.same(String(listed.length), String(page.length), 'events of the page')
  for (const [at, event] of page.entries()) sameEvent(asker, listed[at]!, event, `event ${at}`)
  const csv = readCsv(
    await asker.run([
      'events',
      ...words,
      ...paging,
      '--format',
      'csv',
      '--columns',
      'cost,user,input_tokens,processing_time,duration_ms,output_tokens'.replace('processing_time,', ''),
    ]),
  )
  for (const [at, event] of page.entries()) {
    const expected = [
      event.cost === undefined ? null : write(event.cost),
      event.texts.get('user') ?? null,
      countOf(event, 'input_tokens'),
      null,
      countOf(event, 'output_tokens'),
    ]
    for (const [column, cell] of csv[at + 1]!.entries()) {
      if (column === 3) continue
      const number = column === 0 && cell !== '' ? write(readNumber(cell)!) : cell
      sameCsvCell(asker, number, expected[column]!, `CSV event ${at} column ${column}`)
    }
  }
}

function countOf(event: OracleEvent, name: string): Cell {
  const count = event.counts.get(name)
  return count === undefined ? null : String(count)
}

const COUNTED = [
  'input_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'total_tokens',
]

function sameEvent(asker: Asker, listed: Members, event: OracleEvent, where: string): void {
  asker.compared()
  for (const name of COUNTED)
    asker.same(cellOf(listed.get(name)), countOf(event, name) ?? undefined!, `${where} ${name}`)
  asker.same(cellOf(listed.get('status')), event.isError ? 'error' : 'ok', `${where} status`)
  asker.same(cellOf(listed.get('cost_usd')), event.cost === undefined ? undefined! : write(event.cost), `${where} cost`)
  const length = listed.get('duration_ms')
  const kept = length === undefined ? undefined : write(divided(readNumber((length as Literal).text)!, whole(1), 3))
  asker.same(kept, event.duration === undefined ? undefined! : write(event.duration), `${where} duration`)
  for (const [field, text] of event.texts) {
    const value = listed.get(field)
    if (field === 'error' && value instanceof Map) continue
    asker.same(value === undefined ? undefined : wordOf(value), text, `${where} ${field}`)
  }
  for (const [key, value] of event.line) {
    if (fieldOf(key) !== undefined || !isGiven(value)) continue
    asker.same(listed.has(key) ? writeJson(listed.get(key)!) : undefined, writeJson(value), `${where} ${key}`)
  }
}
