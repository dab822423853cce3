// The report over the agents of a machine: found where they keep their sessions, by the names that their users know.
import { expect, test } from 'vitest'
import { placesOf } from '../../src/app/agent/find-agents.ts'

test('agents are looked for where they keep their sessions', () => {
  expect(placesOf({ HOME: '/home/anna' }).map(({ agent, path }) => `${agent} ${path}`)).toEqual([
    'claude-code /home/anna/.config/claude/projects',
    'claude-code /home/anna/.claude/projects',
    'codex /home/anna/.codex/sessions',
    'codex /home/anna/.codex/archived_sessions',
    'gemini-cli /home/anna/.gemini/tmp',
    'pi /home/anna/.pi/agent/sessions',
  ])
})

test('their own settings say where that is', () => {
  const paths = placesOf({ HOME: '/home/anna', CLAUDE_CONFIG_DIR: '/a, /b', CODEX_HOME: '/c' }).map(({ path }) => path)
  expect(paths.slice(0, 4)).toEqual(['/a/projects', '/b/projects', '/c/sessions', '/c/archived_sessions'])
})
