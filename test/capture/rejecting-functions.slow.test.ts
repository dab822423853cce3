import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLogFolder } from './log-folder.ts'

const SERVER = join(import.meta.dirname, 'serve-with-rejections.mjs')

it('functions of the application that reject end no process, and each is counted once a request', () => {
  const folder = openLogFolder()
  const { status, stdout, stderr } = spawnSync(process.execPath, [SERVER, folder.dir], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  const { statuses, counts } = JSON.parse(stdout)
  expect(statuses).toEqual([200, 200, 200, 200])
  // User, client, session and country of four requests, and the address of one.
  expect(counts).toMatchObject({ logged: 4, dropped: 0, invalidEvents: 0, invalidValues: 17 })
  expect(folder.events().map(event => [event.endpoint, event.user, event.client])).toEqual(
    Array.from({ length: 4 }, () => ['/*', undefined, undefined]),
  )
})
