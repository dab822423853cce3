// Who is compared: how each is called, which shapes it can read, and how our report becomes the common answer.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { SHAPES } from './shapes.mjs'

const HERE = import.meta.dirname
export const PROGRAM = join(HERE, '..', 'bin', 'usagebook.js')

const canLoad = name => {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch {
    return false
  }
}

export const PEERS = {
  duckdb: {
    isThere: () => canLoad('@duckdb/node-api'),
    reads: shape => SHAPES[shape].duckdb !== undefined,
    call: node('duckdb'),
  },
  chdb: { isThere: () => canLoad('chdb'), reads: shape => SHAPES[shape].chdb !== undefined, call: node('chdb') },
  'node-loop': { isThere: () => true, reads: () => true, call: node('node-loop') },
  python: {
    isThere: () => true,
    reads: shape => SHAPES[shape].fieldsOf === 'flat',
    call: (shape, folder) => ['python3', join(HERE, 'peers', 'python.py'), shape, folder],
  },
  jq: {
    isThere: () => existsSync('/usr/bin/jq'),
    reads: shape => SHAPES[shape].fieldsOf === 'flat' && SHAPES[shape].ending === 'jsonl',
    call: (_, folder) => ['jq', '-n', '-c', '-f', join(HERE, 'peers', 'sums.jq'), ...filesOf(folder)],
  },
}

function filesOf(folder) {
  return readdirSync(folder)
    .sort()
    .map(name => join(folder, name))
}

function node(peer) {
  return (shape, folder) => [process.execPath, join(HERE, 'peers', `${peer}.mjs`), shape, folder]
}

/** Our report over logs of a shape; `folder` gets a workspace beside it where the shape needs a configuration. */
export function ours(shape, folder, ...flags) {
  const workspace = `${folder}-workspace`
  mkdirSync(workspace, { recursive: true })
  writeFileSync(join(workspace, 'usagebook.config.json'), JSON.stringify(SHAPES[shape].config ?? {}))
  return [process.execPath, PROGRAM, 'report', '--root', workspace, '--logs', folder, '--timezone', 'UTC', ...flags]
}

/** Our report as the answer that the peers give. */
export function answerOf(reportText) {
  const report = JSON.parse(reportText)
  const sections = { client: 'byClient', user: 'byUser', profile: 'byProfile', model: 'byModel', day: 'byDate' }
  const groups = ([section, key]) => [
    section,
    Object.fromEntries(
      report[key]
        .map(row => [
          row[section === 'day' ? 'date' : section],
          [row.analyses, row.checks, row.inputTokens, row.outputTokens, row.errors],
        ])
        .filter(([, numbers]) => numbers[0] > 0),
    ),
  ]
  return Object.fromEntries(Object.entries(sections).map(groups))
}
