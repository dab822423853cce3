// A golden case: a folder with command lines, what stands around them, and what they must print and leave behind.
// docs/contributing.md says what the files of such a folder mean.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { formatJournal, type Journal } from '../src/profile/journal-text.ts'
import { splitCommandLine } from './split-command-line.ts'
import { triesMore } from './support/tries.ts'

const REPOSITORY = join(import.meta.dirname, '..')
const PROGRAM = join(REPOSITORY, 'bin', 'usagebook.js')
export const CASES = join(import.meta.dirname, 'cases')

/** What may lie in the folder of a case. */
export const CASE_ENTRIES = [
  'cmd',
  'files',
  'workspace',
  'stdin',
  'env',
  'stdout',
  'stderr',
  'code',
  'outputs',
  'deleted',
]

const FIXED_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  TZ: 'UTC',
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
  COLUMNS: '80',
  NO_COLOR: '1',
  USAGEBOOK_NOW: '2026-02-03T08:00:00Z',
  USAGEBOOK_USER: 'anna@diageo.com',
}

/** What a case prints and leaves: `files` are those that were made or changed, by path. */
export interface Outcome {
  stdout: string
  stderr: string
  code: string
  files: ReadonlyMap<string, string>
  deleted: readonly string[]
}

/** "area/name" of every case, in order. */
export async function readCaseNames(): Promise<string[]> {
  const commands = await readdir(CASES, { recursive: true })
  return commands
    .filter(path => path.endsWith('/cmd'))
    .map(dirname)
    .sort()
}

/** Whether the built program runs a case: every eighth in `npm test`, and all in CI. */
export function isForProgram(name: string, index: number): boolean {
  return triesMore || process.env.UPDATE_CASES === '1' || index % 8 === 0 || name === VERSION_CASE
}

/** Tests are not built, and have no version. */
export const VERSION_CASE = 'help/version'

/** What one command line printed, and its exit code. */
export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly code: string
}

/** How a command line is run: its words without the program, the folder, the environment, and standard input. */
export type Run = (
  words: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
  stdin: Buffer | undefined,
) => Promise<Ran>

/** Runs the lines of a case one after the other in a fresh workspace, by the built program or in another way. */
export async function runCase(name: string, run: Run = runProgram): Promise<Outcome> {
  const folder = join(CASES, name)
  const home = await realpath(await mkdtemp(join(tmpdir(), 'usagebook-case-')))
  const root = join(home, 'root')
  try {
    await copyWorkspace(folder, root)
    const before = await readFiles(root)
    const environment = caseEnvironment(await readIfThere(join(folder, 'env')), home)
    const stdin = existsSync(join(folder, 'stdin')) ? await readFile(join(folder, 'stdin')) : undefined
    const lines = commandLines(await readFile(join(folder, 'cmd'), 'utf8'))
    const runs = []
    for (const line of lines) {
      const [program, ...words] = splitCommandLine(line.replaceAll('<root>', root))
      if (program !== 'usagebook') throw new Error(`${name}/cmd: "${line}" does not begin with usagebook`)
      runs.push({ line, ...(await run(words, root, environment, stdin)) })
    }
    const after = await readFiles(root)
    const show = (text: string) => withoutSecrets(text.replaceAll(root, '<root>'))
    return {
      stdout: show(joinRuns(runs.map(run => [run.line, run.stdout]))),
      stderr: show(joinRuns(runs.map(run => [run.line, run.stderr]))),
      code: runs.map(run => run.code).join(' '),
      files: new Map(
        [...after]
          // A file that ignores all beside it would hide what is expected from git.
          .filter(([path, text]) => before.get(path) !== text && path !== '.usagebook/.gitignore')
          .map(([path, text]) => [path, path.startsWith('.usagebook/') ? withoutHashes(show(text)) : show(text)]),
      ),
      deleted: [...before.keys()].filter(path => !after.has(path)),
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** Tokens and links are drawn anew in every run. */
function withoutSecrets(text: string): string {
  return text
    .replace(/\bub_[0-9A-Za-z]{30}\b/g, '<token>')
    .replace(/\/(share|login)\/[0-9A-Za-z]{40}\b/g, '/$1/<secret>')
}

function withoutHashes(text: string): string {
  return text.replace(/"[0-9a-f]{64}"/g, '"<hash>"').replace(/"scrypt\$[^"]+"/g, '"<hash of a password>"')
}

/** What the folder of a case says must happen. */
export async function readExpected(name: string): Promise<Outcome> {
  const folder = join(CASES, name)
  return {
    stdout: await readIfThere(join(folder, 'stdout')),
    stderr: await readIfThere(join(folder, 'stderr')),
    code: (await readIfThere(join(folder, 'code'))).trim() || '0',
    files: await readFiles(join(folder, 'outputs')),
    deleted: (await readIfThere(join(folder, 'deleted'))).split('\n').filter(line => line !== ''),
  }
}

/** Makes an outcome the expected one. What is empty, or exit code 0, has no file. */
export async function writeExpected(name: string, outcome: Outcome): Promise<void> {
  const folder = join(CASES, name)
  const deleted = outcome.deleted.map(path => `${path}\n`).join('')
  const code = outcome.code === '0' ? '' : `${outcome.code}\n`
  for (const [file, text] of Object.entries({ stdout: outcome.stdout, stderr: outcome.stderr, code, deleted })) {
    if (text === '') await rm(join(folder, file), { force: true })
    else await writeFile(join(folder, file), text)
  }
  await rm(join(folder, 'outputs'), { recursive: true, force: true })
  for (const [path, text] of outcome.files) {
    await mkdir(dirname(join(folder, 'outputs', path)), { recursive: true })
    await writeFile(join(folder, 'outputs', path), text, 'latin1')
  }
}

/** An outcome as one text, so that a difference can be read. */
export function formatOutcome(outcome: Outcome): string {
  const parts = [`exit code ${outcome.code}`, '--- stdout', outcome.stdout, '--- stderr', outcome.stderr]
  for (const [path, text] of [...outcome.files].sort())
    parts.push(`--- file ${path}`, Buffer.from(text, 'latin1').toString())
  for (const path of [...outcome.deleted].sort()) parts.push(`--- deleted ${path}`)
  return parts.join('\n')
}

async function copyWorkspace(folder: string, root: string): Promise<void> {
  await mkdir(root)
  for (const line of (await readIfThere(join(folder, 'workspace'))).split('\n').filter(line => line !== '')) {
    const [path, name = path] = line.split(' as ') as [string, string?]
    await cp(join(REPOSITORY, path), join(root, name), { recursive: true })
  }
  if (existsSync(join(folder, 'files'))) await cp(join(folder, 'files'), root, { recursive: true })
  await sealJournal(join(root, 'profiles', '.change.json'))
}

// An interrupted change is believed only in the file that it was written to, so its case leaves the number of that open.
async function sealJournal(file: string): Promise<void> {
  const text = await readIfThere(file)
  if (!text.includes('"inode":"<inode>"')) return
  const { inode: _, ...journal } = JSON.parse(text) as Journal & { inode: string }
  await writeFile(file, formatJournal(journal, (await stat(file, { bigint: true })).ino))
}

function caseEnvironment(text: string, home: string): Record<string, string> {
  const own = (text === '' ? {} : JSON.parse(text)) as Record<string, string | null>
  const all = { ...FIXED_ENVIRONMENT, HOME: home, XDG_CACHE_HOME: join(home, 'cache'), ...own }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null))
}

function commandLines(text: string): string[] {
  return text.split('\n').filter(line => line.trim() !== '' && !line.startsWith('#'))
}

function runProgram(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  stdin: Buffer | undefined,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], { cwd, env, timeout: 30_000 })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', chunk => stdout.push(chunk))
    child.stderr.on('data', chunk => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code, signal) =>
      resolve({
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
        code: String(signal ?? code),
      }),
    )
    // The program may end before it has read all of its input, and that is its right.
    child.stdin.on('error', error => (error as NodeJS.ErrnoException).code === 'EPIPE' || reject(error))
    child.stdin.end(stdin)
  })
}

function joinRuns(runs: readonly (readonly [string, string])[]): string {
  const only = runs.length === 1 ? runs[0] : undefined
  if (only !== undefined) return only[1]
  return runs.every(([, text]) => text === '') ? '' : runs.map(([line, text]) => `$ ${line}\n${text}`).join('')
}

/** All files under a folder by path; bytes as Latin-1 text, so that compressed ones compare too. Empty without one. */
async function readFiles(folder: string): Promise<Map<string, string>> {
  if (!existsSync(folder)) return new Map()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const files = new Map<string, string>()
  for (const path of paths.sort()) files.set(relative(folder, path), await readFile(path, 'latin1'))
  return files
}

async function readIfThere(path: string): Promise<string> {
  return existsSync(path) ? await readFile(path, 'utf8') : ''
}
