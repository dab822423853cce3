// Over HTTP a cancellation is a request of its own; it reaches the question of its session, and no other.
import { expect, it } from 'vitest'
import { Cancellations } from '../../src/mcp/cancellations.ts'

function post(session: string, message: object): Request {
  const headers = { 'mcp-session-id': session }
  return new Request('http://127.0.0.1/mcp', { method: 'POST', headers, body: JSON.stringify(message) })
}

it('stops the question of its session alone', async () => {
  const cancellations = new Cancellations()
  const signals: AbortSignal[] = []
  const begin = async (session: string) =>
    await cancellations.watch(post(session, { id: 7, method: 'tools/call' }), async ({ signal }) => {
      signals.push(signal)
      return new Response(new ReadableStream())
    })
  await begin('a')
  await begin('b')
  const heard: unknown[] = []
  const cancel = post('b', { method: 'notifications/cancelled', params: { requestId: 7 } })
  await cancellations.watch(cancel, async request => {
    heard.push(await request.json())
    return new Response(null, { status: 202 })
  })
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, true])
  expect(heard).toEqual([{ method: 'notifications/cancelled', params: { requestId: 7 } }])
})

it('gives whoever begins a session the name of one', async () => {
  const cancellations = new Cancellations()
  const begin = async () =>
    await cancellations.watch(post('', { id: 0, method: 'initialize' }), async () => new Response('{}'))
  const [first, second] = [await begin(), await begin()]
  expect(first.headers.get('mcp-session-id')).toMatch(/^[\w-]{36}$/)
  expect(first.headers.get('mcp-session-id')).not.toBe(second.headers.get('mcp-session-id'))
})
