import { describe, expect, it } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { openLogFolder } from './log-folder.ts'

describe('the wrapper for fetch-style servers', () => {
  it('logs a request with the address that the application gives it', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const handler = usage.fetch((_request, server: { address: string }) => new Response(`hello ${server.address}`), {
      remoteAddress: (_request, server) => server.address,
    })
    const answer = await handler(new Request('http://brands.example/brands/42?token=geheim'), {
      address: '2001:db8:1:2::3',
    })
    expect(await answer.text()).toBe('hello 2001:db8:1:2::3')
    await usage.close()
    expect(folder.events()).toEqual([
      expect.objectContaining({ endpoint: '/brands/*', method: 'GET', status_code: '200', ip: '2001:db8:1::' }),
    ])
  })

  it('is over when the body is, and hands on every piece as it comes', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const pieces = ['data: one\n\n', 'data: two\n\n']
    let made = 0
    const body = () =>
      new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            const piece = pieces[made++]
            if (piece === undefined) controller.close()
            else controller.enqueue(Buffer.from(piece))
          },
        },
        { highWaterMark: 0 },
      )
    const answer = await usage.fetch(() => new Response(body()))(new Request('http://brands.example/'))
    const reader = answer.body!.getReader()
    const first = await reader.read()
    await new Promise(resolve => setImmediate(resolve))
    expect({ text: Buffer.from(first.value!).toString(), made, logged: usage.counts().logged }).toEqual({
      text: 'data: one\n\n',
      made: 1,
      logged: 0,
    })
    await reader.read()
    expect((await reader.read()).done).toBe(true)
    await usage.close()
    expect(folder.events()).toHaveLength(1)
  })

  it('logs once, as aborted, a body that was given up', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    let isCancelled = false
    const body = new ReadableStream({
      cancel() {
        isCancelled = true
      },
    })
    const answer = await usage.fetch(() => new Response(body))(new Request('http://brands.example/'))
    await answer.body!.cancel()
    await usage.close()
    expect(isCancelled).toBe(true)
    expect(folder.events()).toEqual([expect.objectContaining({ aborted: true, status_code: '200' })])
  })

  it('logs a caller that leaves before the handler is done', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const caller = new AbortController()
    void usage.fetch(() => new Promise<Response>(() => undefined))(
      new Request('http://brands.example/slow', { signal: caller.signal }),
    )
    caller.abort()
    await usage.close()
    expect(folder.events()).toEqual([expect.objectContaining({ endpoint: '/*', aborted: true })])
  })

  it('logs a handler that throws and lets it throw', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const handler = usage.fetch(() => {
      throw new TypeError('no such brand')
    })
    await expect(handler(new Request('http://brands.example/'))).rejects.toThrow('no such brand')
    await usage.close()
    expect(folder.events()).toEqual([
      expect.objectContaining({ status_code: '500', error: 'no such brand', error_type: 'TypeError' }),
    ])
  })
})
