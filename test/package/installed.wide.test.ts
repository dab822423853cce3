// The package as a stranger gets it: packed, and installed into an empty folder.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

const PROJECT = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'usagebook-installed-'))
const installed = join(folder, 'node_modules/usagebook')

beforeAll(() => {
  // It was built before the tests. What the server depends on was fetched when these were installed.
  const packed = npm(PROJECT, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder)
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, filename))
  return () => rmSync(folder, { recursive: true })
})

describe('an installed package', () => {
  it('brings nothing with it that it does not load', () => {
    const names = readdirSync(join(folder, 'node_modules')).filter(name => !name.startsWith('.'))
    // What faces others, so that it is updated without us.
    const written = ['hyparquet', 'hyparquet-writer']
    const served = ['@hono', '@modelcontextprotocol', 'aws4fetch', 'hono', 'jose', 'nodemailer', 'zod']
    expect(names.toSorted()).toEqual([...served, ...written, 'usagebook'].toSorted())
    expect(readdirSync(join(folder, 'node_modules/@hono'))).toEqual(['node-server'])
    expect(readdirSync(join(folder, 'node_modules/@modelcontextprotocol'))).toEqual(['core', 'server'])
  })

  it('shows a report of its example, with no other file around', () => {
    const demo = usagebook('log', 'demo', '--days', '3', '--seed', '1')
    expect(demo.status).toBe(0)
    const report = usagebook('--format', 'json')
    expect(report.status).toBe(0)
    expect((JSON.parse(report.stdout) as { summary: { analyses: number } }).summary.analyses).toBeGreaterThan(0)
  })

  it.each([
    ['an ES module', 'app.mjs', "import { usageLog } from 'usagebook/capture'\nconsole.log(typeof usageLog)"],
    ['CommonJS', 'app.cjs', "import('usagebook/capture').then(({ usageLog }) => console.log(typeof usageLog))"],
  ])('gives its logger to %s', (_, file, text) => {
    writeFileSync(join(folder, file), text)
    expect(execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })).toBe('function\n')
  })

  it.each([
    ['an ES module', 'library.mjs', "import { openWorkspace, UsageError } from 'usagebook'"],
    ['CommonJS', 'library.cjs', "const { openWorkspace, UsageError } = require('usagebook')"],
  ])('gives its library to %s', (_, file, first) => {
    usagebook('log', 'demo', '--days', '3', '--seed', '1')
    const report = usagebook('--format', 'json')
    const program = `${first}
      openWorkspace('.').then(async workspace => {
        const { summary } = await workspace.report()
        const error = await workspace.report({ lastDays: -1 }).catch(thrown => thrown)
        console.log(JSON.stringify([summary, error instanceof UsageError, error.option]))
      })`
    writeFileSync(join(folder, file), program)
    const said = JSON.parse(execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })) as unknown
    const { summary } = JSON.parse(report.stdout) as { summary: unknown }
    expect(said).toEqual([summary, true, 'lastDays'])
  })

  it.each([
    ['an ES module', 'consumer.mts'],
    ['CommonJS', 'consumer.cts'],
  ])('has types for %s that the compiler holds it to', (_, file) => {
    const options = {
      ...{ module: 'nodenext', target: 'es2022', lib: ['es2023'], strict: true, noEmit: true, skipLibCheck: false },
      ...{ exactOptionalPropertyTypes: true, types: ['node'], typeRoots: [join(PROJECT, 'node_modules/@types')] },
    }
    const project = join(folder, `${file}.json`)
    writeFileSync(project, JSON.stringify({ compilerOptions: options, files: [file] }))
    writeFileSync(join(folder, file), readFileSync(join(import.meta.dirname, 'consumer.txt')))
    const tsc = join(PROJECT, 'node_modules/.bin/tsc')
    const { status, stdout } = spawnSync(tsc, ['-p', project], { cwd: folder, encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })

  it('has the licence of each package that it contains', () => {
    const text = readFileSync(join(installed, 'dist/licenses.txt'), 'utf8')
    const names = [...text.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \((MIT|ISC|Apache-2\.0|BSD-\d-Clause|0BSD)\)$/gm)]
    expect(names.map(match => match[1])).toEqual(expect.arrayContaining(['chalk', 'commander', 'd3-scale', 'zod']))
    expect(text.match(/^-{80}$/gm)).toHaveLength(names.length)
  })

  it('holds no tests, no sources of others and no file of a developer', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
    expect(files.filter(file => /(^|\/)(test|bench|assembly|scripts|node_modules)\//.test(file))).toEqual([])
    expect(existsSync(join(installed, 'LICENSE'))).toBe(true)
  })
})

function usagebook(...words: string[]) {
  const program = join(folder, 'node_modules/.bin/usagebook')
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') }
  return spawnSync(program, words, { cwd: folder, encoding: 'utf8', env })
}

function npm(cwd: string, ...words: string[]): string {
  return execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}
