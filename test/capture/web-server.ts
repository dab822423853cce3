// A server for one test, and requests to it that a fetch could not make.

import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { onTestFinished } from 'vitest'

/** Listens until the test is over; resolves to the base of its URLs. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Sends a request, waits for the first bytes of the answer if there will be any, and hangs up. */
export async function hangUp(base: string, path: string, isAnswerBegun: boolean): Promise<void> {
  const { hostname, port } = new URL(base)
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  await new Promise<void>(resolve => socket.once(isAnswerBegun ? 'data' : 'connect', () => resolve()))
  socket.destroy()
}

/** Resolves when `isReached` says so, asking between turns of the event loop. */
export async function until(isReached: () => boolean): Promise<void> {
  while (!isReached()) await new Promise(resolve => setImmediate(resolve))
}
