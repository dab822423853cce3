// The page that explains a price: what cannot be answered is said beside the field, and what was typed stays.
import { expect, it } from 'vitest'
import { runServer } from '../support/running-server.ts'

const server = () => runServer()

it.each([
  ['at=yesterdy', 'at', 'value="yesterdy"'],
  ['input=-3', 'input', 'value="-3"'],
  ['input=10&cache-read=20', undefined, 'value="20"'],
])('?model=gpt-4o&%s', async (query, field, typed) => {
  const reply = await (await server()).ask('viewer', `/prices/explain?model=gpt-4o&${query}`, {
    headers: { Accept: 'text/html' },
  })
  const page = await reply.text()
  expect(reply.status).toBe(400)
  expect(page).toContain('role="alert"')
  expect(page).toContain(typed)
  expect(page).toContain('value="gpt-4o"')
  if (field !== undefined) expect(page).toContain(`id="f-${field}-error"`)
})

it('an address that no form makes is a problem as on any page', async () => {
  const reply = await (await server()).ask('viewer', '/prices/explain?nothing=1', { headers: { Accept: 'text/html' } })
  expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining('role="alert"')])
})
