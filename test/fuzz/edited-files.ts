// Workspaces in which one file that people edit was made wrong: each command ends in a way that is documented, names the
// file, and touches nothing outside of the workspace.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatJournal, type Journal } from '../../src/profile/journal-text.ts'
import type { Random } from '../scan/random.ts'
import { runInProcess } from '../support/run-in-process.ts'
import { mutateJson } from './mutate-json.ts'

const CONFIGURATION = {
  logs: ['usage_logs', { path: 'more/*.jsonl', format: 'mine' }],
  timezone: 'Europe/Berlin',
  dedupe: 'file',
  top: 5,
  cost: 'auto',
  currency: 'EUR',
  currencies: { EUR: [{ from: '2026-01-01', perUsd: '0.9' }] },
  retention: { default: '90d', error: '30d' },
  formats: { mine: { fields: { timestamp: 'when', client: 'who.name', input_tokens: ['in', 'usage.in'] } } },
}

const JOURNAL: Journal = {
  title: 'edit of brand_check by anna at 2026-02-02T10:00:00Z',
  versions: [{ id: 'brand_check_v99', text: '{"name": "Brand check", "version": 99, "checks": {}}' }],
  clients: { before: null, text: '{"clients": {}}' },
  auditText: '',
  auditSize: 0,
  hasAudit: true,
}

/** The files by their path in the workspace, with what is in them before they are changed. */
const FILES: ReadonlyMap<string, () => string> = new Map([
  ['usagebook.config.json', () => JSON.stringify(CONFIGURATION, null, 2)],
  ['prices.json', () => readFileSync('test/fuzz/prices.json', 'utf8')],
  ['clients.json', () => readFileSync('clients.json', 'utf8')],
  ['profiles/brand_check.json', () => readFileSync('profiles/brand_check.json', 'utf8')],
  ['profiles/audit.jsonl', () => readFileSync('profiles/audit.jsonl', 'utf8')],
  ['profiles/.change.json', () => JSON.stringify({ ...JOURNAL, inode: '1', seal: 'x' })],
])

const COMMANDS = [
  'report --last-days 2 --section clients',
  'report --group-by client,model --format json',
  'price check',
  'price list --format json',
  'price explain gpt-4o --input 5',
  'profile list --format json',
  'profile show brand_check',
  'profile history brand_check',
  'profile diff brand_check --format json',
  'profile edit brand_check --set pass_threshold=91',
  'profile visibility brand_check --add nestle',
  'profile validate',
  'client list',
  'client assign nestle brand_check',
  'doctor',
  'log check',
]
const ENVIRONMENT = { TZ: 'UTC', USAGEBOOK_NOW: '2026-02-03T08:00:00Z', USAGEBOOK_USER: 'anna@diageo.com' }
const CODES: ReadonlySet<string> = new Set(['0', '1', '2', '3', '4'])

export interface Fault {
  readonly file: string
  readonly text: string
  readonly command: string
  readonly why: string
}

/** Changes files and runs commands for as many rounds; the first fault ends it. */
export async function fuzzEditedFiles(random: Random, rounds: number): Promise<Fault | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-fuzz-'))
  try {
    const root = join(folder, 'workspace')
    for (let round = 0; round < rounds; round++) {
      makeWorkspace(root)
      const file = random.pick([...FILES.keys()])
      const bytes = mutateJson(FILES.get(file)!(), random)
      writeFileSync(join(root, file), bytes)
      if (file.endsWith('.change.json') && random.chance(0.5)) sealAsIt(join(root, file))
      const command = random.pick(COMMANDS)
      const why = await faultOf(command, root, folder)
      if (why !== undefined) return { file, text: bytes.toString('latin1'), command, why }
    }
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function faultOf(command: string, root: string, folder: string): Promise<string | undefined> {
  const ran = await runInProcess(command.split(' '), root, { ...ENVIRONMENT, HOME: folder }, undefined)
  if (!CODES.has(ran.code)) return `exit code ${ran.code}`
  if (ran.stderr.includes('this is a bug')) return ran.stderr
  const strangers = readdirSync(folder).filter(name => name !== 'workspace' && !name.startsWith('.'))
  if (strangers.length > 0) return `made ${strangers.join(', ')} outside of the workspace`
  if (existsSync(join(root, 'profiles', '.lock'))) return 'left the lock'
  const hasHint = ran.stderr.includes('"hint"') || ran.stderr.trim().split('\n').length > 1
  if ((ran.code === '1' || ran.code === '2') && !hasHint) return `no hint: ${ran.stderr}`
  return undefined
}

function makeWorkspace(root: string): void {
  rmSync(root, { recursive: true, force: true })
  mkdirSync(join(root, 'usage_logs'), { recursive: true })
  cpSync('profiles', join(root, 'profiles'), { recursive: true })
  cpSync('clients.json', join(root, 'clients.json'))
  cpSync('usage_logs/2026-02-02.jsonl', join(root, 'usage_logs/2026-02-02.jsonl'))
  for (const file of ['usagebook.config.json', 'prices.json']) writeFileSync(join(root, file), FILES.get(file)!())
}

// A journal with the right seal around wrong contents: as whoever knows the code would plant it.
function sealAsIt(file: string): void {
  let journal: unknown
  try {
    journal = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // What is no JSON has no seal either.
    return
  }
  if (typeof journal !== 'object' || journal === null || !Array.isArray((journal as Journal).versions)) return
  const versions = (journal as Journal).versions.filter(version => typeof version === 'object' && version !== null)
  writeFileSync(file, formatJournal({ ...JOURNAL, ...journal, versions }, statSync(file, { bigint: true }).ino))
}
