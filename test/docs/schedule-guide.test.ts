// The jobs and the commands of docs/schedule.md are understood.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runInProcess } from '../support/run-in-process.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'schedule.md'), 'utf8')
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({ kind, text: text! }))

test('the guide has jobs, and the program understands them', async () => {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-guide-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const jobs = blocks.find(({ kind }) => kind === 'json')!.text
  writeFileSync(join(root, 'schedule.json'), jobs)
  const listed = await runInProcess(
    ['schedule', 'list', '--json'],
    root,
    { USAGEBOOK_NOW: '2026-02-03T08:00:00Z' },
    undefined,
  )
  expect([listed.code, listed.stderr]).toEqual(['0', ''])
  const names = (JSON.parse(listed.stdout) as { jobs: { name: string }[] }).jobs.map(({ name }) => name)
  expect(names).toEqual(['weekly-report', 'daily-export', 'alerts', 'cleanup'])
})

test('the line for cron is what the guide shows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const root = join(folder, 'usage')
  mkdirSync(root)
  const words = ['schedule', 'print', '--root', root, '--program', '/usr/local/bin/usagebook']
  const printed = await runInProcess(words, folder, {}, undefined)
  expect(printed.stdout.replaceAll(root, '/srv/usage')).toBe(blocks.find(({ kind }) => kind === 'text')!.text)
})
