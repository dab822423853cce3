// Clients that are slow, greedy or gone do the server no harm.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { triesOf } from '../support/tries.ts'
import { type RunningServer, runServer } from './support/running-server.ts'

const IMPATIENT = { headersMs: 300, requestMs: 600, idleMs: 300, checkMs: 50 }

async function open(server: RunningServer, text = ''): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1')
  // Whoever is thrown out hears of it in one of two ways.
  socket.on('error', () => undefined)
  socket.on('data', () => undefined)
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

async function readAll(socket: Socket): Promise<string> {
  let said = ''
  socket.on('data', part => {
    said += part
  })
  await once(socket, 'close')
  return said
}

async function expectAlive(server: RunningServer): Promise<void> {
  expect(await (await server.ask('nobody', '/livez')).json()).toEqual({ status: 'ok' })
  expect(server.said).toEqual([])
}

describe('a client', () => {
  it('that never ends its headers is thrown out, and others are answered meanwhile', async () => {
    const server = await runServer(undefined, {}, {}, IMPATIENT)
    const head = `GET /livez HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Slow: `
    const sockets = await Promise.all(Array.from({ length: 200 }, () => open(server, head)))
    const closed = Promise.all(sockets.map(socket => once(socket, 'close')))
    await expectAlive(server)
    await closed
    await expectAlive(server)
  })

  it('that never ends its body is thrown out', async () => {
    const server = await runServer(undefined, {}, {}, IMPATIENT)
    const head = `POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`
    const sockets = await Promise.all(Array.from({ length: 50 }, () => open(server, head)))
    await Promise.all(sockets.map(socket => once(socket, 'close')))
    await expectAlive(server)
  })

  it('with headers of a megabyte gets 431', async () => {
    const server = await runServer()
    const socket = await open(
      server,
      `GET /livez HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Large: ${'x'.repeat(2 ** 20)}\r\n\r\n`,
    )
    expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 431 /)
    await expectAlive(server)
  })

  it('that sends several requests at once gets their answers in order', async () => {
    const server = await runServer()
    const request = (path: string, last = '') => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${last}\r\n`
    const socket = await open(
      server,
      request('/livez') + request('/nothing') + request('/readyz', 'Connection: close\r\n'),
    )
    const said = await readAll(socket)
    expect([...said.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(match => match[1])).toEqual(['200', '404', '200'])
  })

  it('with a body of many megabytes gets 413, whatever it says of its length', async () => {
    const server = await runServer()
    const reply = await server.ask('admin', '/api/usage/cleanup', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `{"confirm": ${' '.repeat(3 * 2 ** 20)}false}`,
    })
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([413, 'body-too-large'])
    await expectAlive(server)
  })

  it('that goes away in the middle of its upload leaves nothing behind', async () => {
    const server = await runServer()
    const head = `POST /api/usage/cleanup HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${server.tokens.admin}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"conf`
    const sockets = await Promise.all(Array.from({ length: 50 }, () => open(server, head)))
    for (const socket of sockets) socket.destroy()
    await expectAlive(server)
  })

  it('that sends what is no HTTP gets 400', async () => {
    const server = await runServer()
    for (const text of [
      '\u0000\u0001\u0002\r\n\r\n',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'SSH-2.0-OpenSSH_9.9\r\n',
    ]) {
      expect(await readAll(await open(server, text))).toMatch(/^HTTP\/1\.1 400 /)
    }
    await expectAlive(server)
  })

  it('that says two lengths, or a length and chunks, is no way past the guard', async () => {
    const server = await runServer()
    const head = `POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`
    for (const lengths of [
      'Content-Length: 1\r\nContent-Length: 2\r\n',
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
    ]) {
      expect(await readAll(await open(server, `${head}${lengths}Connection: close\r\n\r\n0\r\n\r\n`))).toMatch(
        /^HTTP\/1\.1 400 /,
      )
    }
    await expectAlive(server)
  })
})

it('thousands of connections that say nothing keep nobody from an answer', async () => {
  const server = await runServer()
  const sockets: Socket[] = []
  for (let number = 0; number < triesOf(500, 500, 10_000); number++) sockets.push(await open(server))
  await expectAlive(server)
  for (const socket of sockets) socket.destroy()
})
