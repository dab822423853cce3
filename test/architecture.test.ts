// The rules of the code that no compiler knows: which folder may import which, and what a source file must not hold.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

/** What the files of a folder may import besides their own folder. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  event: ['base'],
  query: ['base', 'event'],
  log: ['base', 'event', 'query'],
  scan: ['base', 'event', 'query'],
  tally: ['base', 'event', 'query', 'scan'],
  // Rows of other tools' logs to events.
  source: ['base', 'event', 'query', 'log', 'scan'],
  // The same as scan and tally in WebAssembly, and what both sides share.
  kernel: ['base', 'event', 'query', 'scan', 'tally'],
  engine: ['base', 'event', 'query', 'log', 'scan', 'tally', 'kernel'],
  pricing: ['base', 'event', 'query'],
  // Files that survive kills and power cuts, and one change at a time.
  durable: ['base'],
  profile: ['base', 'durable'],
  // Who may see what: roles, tokens, passwords, sessions, and the file that keeps them.
  access: ['base', 'durable'],
  // What is told of alerts and budgets, how, and the messages that are not delivered yet.
  notify: ['base', 'durable'],
  // What is to be told: rules, budgets, episodes, forecasts.
  alert: ['base', 'query', 'durable', 'notify'],
  // When jobs are due, and how their last runs ended.
  schedule: ['base', 'durable', 'notify'],
  report: ['base', 'event', 'query', 'tally', 'pricing', 'profile'],
  // A Report holds the ledger, whose words are those of query.
  render: ['base', 'query', 'report'],
  // Runs in browsers, inside the HTML form.
  page: ['base', 'report', 'render'],
  sink: ['base'],
  // Logs in object storage, brought to this machine.
  bucket: ['base', 'query', 'log'],
  // What writers and prunes leave each other has one description.
  retention: ['base', 'event', 'query', 'log', 'scan', 'tally', 'engine', 'capture'],
  capture: ['base', 'event'],
  // What leaves for other systems: statements, FOCUS, events for a warehouse, metrics for a monitor.
  export: ['base', 'query', 'pricing', 'report', 'render'],
  app: [
    'base',
    'event',
    'query',
    'log',
    'bucket',
    'scan',
    'source',
    'tally',
    'engine',
    'pricing',
    'profile',
    'durable',
    'access',
    'notify',
    'alert',
    'schedule',
    'report',
    'render',
    'sink',
    'retention',
    'capture',
    'export',
  ],
  cli: ['app', 'base', 'export', 'query', 'report', 'render', 'sink', 'server', 'mcp'],
  server: ['app', 'base', 'access', 'export', 'query', 'report', 'render', 'sink'],
  library: ['app', 'base', 'report', 'render'],
  // Arguments are given as to the library; who may connect is decided as by the server.
  mcp: ['app', 'base', 'access', 'event', 'query', 'report', 'render', 'library', 'server'],
  // The entry of the library.
  '.': ['library', 'base'],
}

/** What a room within a folder may import of that folder besides its own files; the folder's own files may import all of them. */
const ROOM_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'report/model': [],
  'report/group': ['report/model'],
  'report/table': ['report/model', 'report/group'],
  // Why a cost changed: cells of two periods, and the parts of a change.
  'report/explain': ['report/model', 'report/group'],
  'report/usage': ['report/model', 'report/group', 'report/table', 'report/explain'],
  'report/session': ['report/model', 'report/group', 'report/table'],
  'report/event': ['report/model'],
  'report/price': [],
  'report/document': [],
  // What every form of a report shows of a cell, a row and a table.
  'render/cell': [],
  'render/html': ['render/cell'],
}

const SOURCE = join(import.meta.dirname, '..', 'src')

interface SourceFile {
  path: string
  folder: string
  text: string
  /** Without comments. */
  code: string
  /** What it imports, as written. */
  imports: string[]
}

const files: SourceFile[] = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .sort()
  .map(path => {
    const text = readFileSync(join(SOURCE, path), 'utf8')
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
    const imports = [...code.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1]!)
    return { path, folder: folderOf(path), text, code, imports }
  })

function folderOf(path: string): string {
  return path.includes('/') ? path.split('/')[0]! : '.'
}

function reaches(
  from: string,
  to: string,
  importsOf: ReadonlyMap<string, readonly string[]>,
  visited = new Set<string>(),
): boolean {
  for (const target of importsOf.get(from) ?? []) {
    if (target === to) return true
    if (visited.has(target)) continue
    visited.add(target)
    if (reaches(target, to, importsOf, visited)) return true
  }
  return false
}

function ownImports(file: SourceFile): string[] {
  return file.imports
    .filter(name => name.startsWith('.'))
    .map(name => relative(SOURCE, join(SOURCE, dirname(file.path), name)))
}

/** The paths of files in which a pattern stands, with the line. */
function linesWith(pattern: RegExp, exceptions: readonly string[] = []): string[] {
  return files
    .filter(file => !exceptions.some(exception => file.path.startsWith(exception)))
    .flatMap(({ path, code }) =>
      code.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    )
}

describe('imports', () => {
  test('there is a rule for every folder of src/', () => {
    expect([...new Set(files.map(file => file.folder))].filter(folder => MAY_IMPORT[folder] === undefined)).toEqual([])
  })

  test('go one way only, by the table', () => {
    const wrong = files.flatMap(file =>
      ownImports(file)
        .filter(target => {
          const folder = folderOf(target)
          return folder !== file.folder && !MAY_IMPORT[file.folder]?.includes(folder)
        })
        .map(target => `${file.path} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('of no file reach the file itself, types included', () => {
    const importsOf = new Map(files.map(file => [file.path, ownImports(file)]))
    expect(files.map(file => file.path).filter(path => reaches(path, path, importsOf))).toEqual([])
  })

  test('go one way only between the rooms of a folder', () => {
    const rooms = [...new Set(files.map(file => dirname(file.path)))].filter(room => /^(report|render)\//.test(room))
    expect(rooms.filter(room => ROOM_MAY_IMPORT[room] === undefined)).toEqual([])
    const wrong = files.flatMap(file => {
      const room = dirname(file.path)
      const allowed = ROOM_MAY_IMPORT[room]
      return ownImports(file)
        .filter(target => folderOf(target) === file.folder && dirname(target) !== room)
        .filter(target => allowed !== undefined && !allowed.includes(dirname(target)))
        .map(target => `${file.path} imports ${target}`)
    })
    expect(wrong).toEqual([])
  })

  test('name a file that is there, with its ending', () => {
    const paths = new Set(files.map(file => file.path))
    const wrong = files.flatMap(file =>
      ownImports(file).filter(target => !paths.has(target) && !target.endsWith('.json')),
    )
    expect(wrong).toEqual([])
  })

  test('reach for no package from what applications load with usagebook/capture', () => {
    const byPath = new Map(files.map(file => [file.path, file]))
    const reached = new Set<string>(['capture/index.ts'])
    for (const path of reached) for (const target of ownImports(byPath.get(path)!)) reached.add(target)
    const packages = [...reached].flatMap(path =>
      byPath
        .get(path)!
        .imports.filter(name => !name.startsWith('.') && !name.startsWith('node:'))
        .map(name => `${path} imports ${name}`),
    )
    expect(packages).toEqual([])
  })
})

describe('a source file', () => {
  test('begins with a comment that says what it owns', () => {
    expect(files.filter(({ text }) => !text.startsWith('//')).map(({ path }) => path)).toEqual([])
  })

  test('has at most 250 lines, or says why it is longer than usual', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 251 && !/^\/\/.*Longer than usual: /m.test(text))
    expect(long.map(({ path }) => path)).toEqual([])
  })

  test('is named in kebab-case', () => {
    expect(files.filter(({ path }) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path))).toEqual(
      [],
    )
  })

  test('exports by name', () => {
    expect(linesWith(/^export default\b/)).toEqual([])
  })

  test('re-exports nothing, but for the two entries of the library', () => {
    expect(linesWith(/^export (type )?(\*|\{[^}]*\}) from /, ['index.ts', 'capture/index.ts'])).toEqual([])
  })

  test('leaves the process to the context, to the door and to the logger', () => {
    expect(
      linesWith(/\bprocess\./, [
        'cli/context.ts',
        'app/quiet-host.ts',
        'server/run-server.ts',
        'cli/start/main.ts',
        'cli/start/start.ts',
        'capture/',
      ]),
    ).toEqual([])
    expect(linesWith(/\bprocess\.exit\(/)).toEqual([])
  })

  test('takes time from the context', () => {
    expect(
      linesWith(/\bDate\.now\(|new Date\(\)/, [
        'cli/context.ts',
        'app/quiet-host.ts',
        'library/library-host.ts',
        'capture/',
        // A page that is shown in a browser.
        'page/refresh.ts',
      ]),
    ).toEqual([])
  })

  test('prints nothing by itself', () => {
    expect(linesWith(/\bconsole\./)).toEqual([])
  })

  test('holds no `any`, no silenced check and nothing to be done later', () => {
    expect(linesWith(/(:|\bas|<) ?any\b/)).toEqual([])
    const unfinished = files.filter(({ text }) =>
      /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck)|biome-ignore/.test(text),
    )
    expect(unfinished.map(({ path }) => path)).toEqual([])
  })

  test('spreads no list of any length into the arguments of a call, which the stack has no room for', () => {
    // What these spread is few by nature: words of help, weights of a price, columns, parts of a sketch.
    const ofFew = [
      ...['cli/output/help.ts', 'cli/output/access-output.ts', 'cli/completion/', 'render/price-explanation.ts'],
      ...['base/column-loops.ts', 'cli/commands/log-explain.ts', 'kernel/packed-tally.ts', 'pricing/rate.ts'],
      'tally/sketch.ts',
    ]
    expect(linesWith(/(Math\.(max|min)|\.push|\.unshift|fromCharCode)\(([^({[]*, )?\.\.\./, ofFew)).toEqual([])
  })

  test('catches nothing without saying why', () => {
    expect(files.filter(({ text }) => /catch( \([^)]*\))? \{\s*\}/.test(text)).map(({ path }) => path)).toEqual([])
  })
})
