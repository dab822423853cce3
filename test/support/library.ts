// A workspace that holds the story of this project, asked both by a program and on the command line.
import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { flagWord } from '../../src/app/request/flag-word.ts'
import { openWorkspace, type WorkspaceSettings } from '../../src/index.ts'
import type { MoneyForm } from '../../src/library/plain-value.ts'
import { makeFolder } from './logs.ts'
import { runInProcess } from './run-in-process.ts'

const PROJECT = resolve(import.meta.dirname, '../..')
const NOW = '2026-02-03T08:00:00Z'

/** A copy of the workspace of this project; it goes when the test ends. */
export function storyWorkspace(...parts: string[]): string {
  const folder = makeFolder()
  for (const part of ['usage_logs', 'profiles', 'clients.json', ...parts])
    cpSync(join(PROJECT, part), join(folder, part), { recursive: true })
  return folder
}

/** As a program in UTC would open it on 3 February 2026. */
export async function openStory<Form extends MoneyForm = 'number'>(root: string, more: WorkspaceSettings<Form> = {}) {
  return await openWorkspace<Form>(root, { now: () => new Date(NOW), ...more })
}

/** All of them; Node 20 has no Array.fromAsync. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** What a command line prints in the workspace on that day. */
export async function printed(root: string, words: readonly string[], environment: Record<string, string> = {}) {
  const ran = await runInProcess(words, root, { TZ: 'UTC', USAGEBOOK_NOW: NOW, ...environment }, undefined)
  if (ran.stdout === '') throw new Error(ran.stderr)
  return ran.stdout
}

/** The JSON that it prints. */
export async function printedJson(root: string, words: readonly string[], environment?: Record<string, string>) {
  return JSON.parse(await printed(root, [...words, '--format', 'json'], environment)) as unknown
}

/** Options as they are typed: `{ lastDays: 7 }` as `--last-days 7`. */
export function flagsOf(options: object): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const flag = `--${flagWord(name)}`
    if (value === true) return [flag]
    if (value === false) return [`--no-${flagWord(name)}`]
    return [value].flat().flatMap(one => [flag, String(one)])
  })
}
