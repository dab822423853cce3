// Which setting of the configuration and of the environment becomes which option.
import { expect, test } from 'vitest'
import type { Workspace } from '../../src/app/workspace/workspace.ts'
import { command } from '../../src/cli/commands/report.ts'
import type { Context } from '../../src/cli/context.ts'
import { mergeSettings } from '../../src/cli/merge-settings.ts'

function merged(settings: Workspace['settings'], environment: Context['environment']) {
  return mergeSettings(command, {}, { root: '/', settings, configFile: undefined }, { environment } as Context)
}

test('"format" in the configuration is no format of the output, and is left to who knows the places of the logs', () => {
  expect(merged({ format: 'gateway' }, { USAGEBOOK_FORMAT: 'csv' })).toEqual({ format: 'csv' })
})

test('the environment goes over the configuration', () => {
  expect(merged({ top: 3, timezone: 'UTC' }, { USAGEBOOK_TOP: '5' })).toEqual({ top: 5, timezone: 'UTC' })
})

test('a wrong value is told with the name of its variable', () => {
  expect(() => merged({}, { USAGEBOOK_TOP: 'ten' })).toThrow('USAGEBOOK_TOP "ten": not a valid number.')
})
