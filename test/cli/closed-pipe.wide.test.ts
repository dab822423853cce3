import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLogFolder } from '../capture/log-folder.ts'

const PROGRAM = resolve(import.meta.dirname, '../../bin/usagebook.js')

/** Runs the program with nobody who reads what it prints, as in `usagebook … | head -1` when head has its line. */
async function runUnread(cwd: string, words: readonly string[]): Promise<[code: number | null, stderr: string]> {
  const env = { ...process.env, USAGEBOOK_NOW: '2026-03-12T08:00:00Z' }
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes.toString()
  })
  const code = await new Promise<number | null>(tell => child.once('close', tell))
  return [code, stderr]
}

function openWorkspace(): { root: string; log: string } {
  const root = openLogFolder().dir
  const log = join(root, 'usage_logs', '2026-03-01.jsonl')
  mkdirSync(join(root, 'usage_logs'))
  writeFileSync(log, '{"timestamp":"2026-03-01T09:00:00Z","model":"gpt-4o","input_tokens":9}\n')
  return { root, log }
}

describe('a pipe that is closed', () => {
  it.each([
    ['report'],
    ['report --format json'],
    ['events'],
    ['log check'],
    ['log prune --older-than 3d --dry-run'],
    ['price list'],
    ['doctor'],
    ['--help'],
  ])('ends %s without a word', async line => {
    const { root } = openWorkspace()
    expect(await runUnread(root, line.split(' '))).toEqual([0, ''])
  })

  it('leaves no prune half done', async () => {
    const { root, log } = openWorkspace()
    expect(await runUnread(root, ['log', 'prune', '--older-than', '3d', '--yes'])).toEqual([0, ''])
    expect(existsSync(log)).toBe(false)
  })
})
