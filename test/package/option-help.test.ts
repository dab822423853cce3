// What an editor shows of the options of the library: their help, as comments of the types.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DASHBOARD_OPTIONS, EVENT_OPTIONS, LOG_OPTIONS, REPORT_OPTIONS } from '../../src/library/option-lists.ts'

test('every option has its help as a comment', () => {
  const types = readFileSync('dist/types/library/option-lists.d.ts', 'utf8')
  const all = { ...LOG_OPTIONS, ...REPORT_OPTIONS, ...EVENT_OPTIONS, ...DASHBOARD_OPTIONS }
  const missing = Object.entries(all).filter(([name, { help }]) => {
    const comment = `/** ${help.replaceAll('*/', '*\\/')} */\n`
    return !types.includes(`${comment}    ${name}: {`) && !types.includes(`${comment}    readonly ${name}: {`)
  })
  // Its help is put together when the program runs, so that the type does not have it.
  expect(missing.map(([name]) => name)).toEqual(['range'])
})
