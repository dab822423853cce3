// The completion scripts, tried in the shells themselves. A shell that is not installed is skipped, and named.
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { formatBashCompletion } from '../../../src/cli/completion/bash.ts'
import { type CompletionTable, loadCompletionTable } from '../../../src/cli/completion/completion-table.ts'
import { formatFishCompletion } from '../../../src/cli/completion/fish.ts'
import { formatZshCompletion } from '../../../src/cli/completion/zsh.ts'
import { has } from '../../support/needs.ts'

const table: CompletionTable = await loadCompletionTable(
  [
    {
      words: ['report'],
      summary: "the usage report, or another one; it's the default",
      load: async () => ({
        words: ['report'],
        summary: 'the usage report',
        arguments: [{ name: 'name', help: 'which', isOptional: true, choices: ['activity', 'latency', 'models'] }],
        flags: [
          {
            name: 'format',
            value: 'FORMAT',
            group: 'Output',
            help: 'how [text]: the form',
            choices: ['text', 'json', 'jsonl'],
          },
          { name: 'since', aliases: ['start-date'], value: 'DATE', group: 'Range', help: "from this day's start" },
          { name: 'output', short: 'o', value: 'FILE', group: 'Output', help: 'where to' },
        ],
        examples: [],
        run: async () => 0,
      }),
    },
    ...['edit', 'history'].map(verb => ({
      words: ['profile', verb],
      summary: `${verb} a profile`,
      load: async () => ({
        words: ['profile', verb],
        summary: `${verb} a profile`,
        flags: [{ name: 'dry-run', group: 'Profile' as const, help: 'write nothing' }],
        examples: [],
        run: async () => 0,
      }),
    })),
    ...['create', 'list'].map(verb => ({
      words: ['access', 'token', verb],
      summary: `${verb} tokens`,
      load: async () => ({
        words: ['access', 'token', verb],
        summary: `${verb} tokens`,
        flags: [
          { name: 'role', value: 'ROLE', group: 'Access' as const, help: 'what may be done', choices: ['admin'] },
        ],
        examples: [],
        run: async () => 0,
      }),
    })),
  ],
  ['report'],
)

/** What bash offers for the last of some words, as readline would cut them. */
function bashOffers(...words: string[]): string[] {
  const script = `${formatBashCompletion(table)}
COMP_WORDS=(usagebook "$@"); COMP_CWORD=$#; _usagebook; printf '%s\\n' "\${COMPREPLY[@]}"`
  const run = spawnSync('bash', ['--norc', '-c', script, 'bash', ...words], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  })
  expect(run.stderr).toBe('')
  return run.stdout.split('\n').filter(line => line !== '')
}

describe('bash', () => {
  test('offers the first words of all commands', () => {
    expect(bashOffers('')).toEqual(['report', 'profile', 'access'])
  })

  test('offers the second words of a group', () => {
    expect(bashOffers('profile', '')).toEqual(['edit', 'history'])
  })

  test('offers the words of a command of three, and the values of its flags', () => {
    expect(bashOffers('access', '')).toEqual(['token'])
    expect(bashOffers('access', 'token', '')).toEqual(['create', 'list'])
    expect(bashOffers('access', 'token', 'create', '--role', '')).toEqual(['admin'])
  })

  test('offers the flags of the command that was typed', () => {
    expect(bashOffers('profile', 'edit', '--d')).toEqual(['--dry-run'])
  })

  test('offers the flags of the report where no command was typed', () => {
    expect(bashOffers('--f')).toEqual(['--format'])
  })

  test('offers the other names of a flag', () => {
    expect(bashOffers('report', '--st')).toEqual(['--start-date'])
  })

  test('offers the values of a flag', () => {
    expect(bashOffers('report', '--format', 'j')).toEqual(['json', 'jsonl'])
  })

  test('offers the values of a flag after an equals sign', () => {
    expect(bashOffers('report', '--format', '=', 'te')).toEqual(['text'])
  })

  test('offers files for a flag that takes one', () => {
    expect(bashOffers('-o', 'compl')).toEqual(['completion.slow.test.ts'])
  })

  test('offers the values of an argument, past flags with values', () => {
    expect(bashOffers('--since', '2026-01-12', 'report', '--format=json', 'm')).toEqual(['models'])
  })

  test('offers nothing for a value that it cannot know', () => {
    expect(bashOffers('report', '--since', '')).toEqual([])
  })
})

function hasShell(shell: string): boolean {
  return has({
    tests: `completion in ${shell}`,
    isThere: spawnSync(shell, ['--version']).status === 0,
    missing: `${shell} is not installed.`,
    how: `Install it ("apt-get install ${shell}"), then run "npx vitest run test/cli/completion".`,
    variable: 'USAGEBOOK_REQUIRE_SHELLS',
  })
}

function fishOffers(line: string): string[] {
  const script = `${formatFishCompletion(table)}\ncomplete -C '${line}'`
  const run = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  return run.stdout.split('\n').filter(text => text !== '')
}

describe.skipIf(!hasShell('fish'))('fish', () => {
  test('offers the first words of all commands with what they do', () => {
    expect(fishOffers('usagebook ')).toEqual([
      'access\taccess commands',
      'profile\tprofile commands',
      "report\tthe usage report, or another one; it's the default",
    ])
  })

  test('offers the second words of a group', () => {
    expect(fishOffers('usagebook profile ')).toEqual(['edit\tedit a profile', 'history\thistory a profile'])
  })

  test('offers the words of a command of three, and the values of its flags', () => {
    expect(fishOffers('usagebook access ')).toEqual(['token\taccess token commands'])
    expect(fishOffers('usagebook access token ')).toEqual(['create\tcreate tokens', 'list\tlist tokens'])
    expect(fishOffers('usagebook access token create --role ')).toEqual(['admin\twhat may be done'])
  })

  test('offers the values of a flag', () => {
    expect(fishOffers('usagebook report --format j')).toEqual([
      'json\thow [text]: the form',
      'jsonl\thow [text]: the form',
    ])
  })

  test('offers the flags of the report where no command was typed', () => {
    expect(fishOffers('usagebook --form')).toEqual(['--format\thow [text]: the form'])
  })
})

describe.skipIf(!hasShell('zsh'))('zsh', () => {
  test('accepts the script', () => {
    const run = spawnSync('zsh', ['-f', '-n'], { input: formatZshCompletion(table), encoding: 'utf8' })
    expect(run).toMatchObject({ status: 0, stderr: '' })
  })

  test('loads the script after compinit and without it', () => {
    const script = `source /dev/stdin <<'END'\n${formatZshCompletion(table)}\nEND\necho loaded`
    const run = spawnSync(
      'zsh',
      ['-f', '-c', `autoload -U compinit; compinit -u -D; ${script}; echo $_comps[usagebook]`],
      {
        encoding: 'utf8',
      },
    )
    expect(run).toMatchObject({ stdout: 'loaded\n_usagebook\n', stderr: '' })
  })
})
