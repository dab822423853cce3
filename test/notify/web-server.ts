// A web server of this machine that remembers what it is sent, and answers what it is told to.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

export interface WebServer {
  readonly url: string
  readonly received: Received[]
  close(): Promise<void>
}

/** Answers 200 unless `answer` says otherwise; a request without an answer is left open. */
export async function openWebServer(
  answer: (request: Received, count: number) => Answer | undefined = () => ({ status: 200 }),
): Promise<WebServer> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    // A sender that is killed leaves half a request.
    request.on('error', () => undefined)
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() }
      received.push(one)
      const given = answer(one, received.length)
      if (given !== undefined) response.writeHead(given.status, given.headers).end('thank you')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received, close }
}

/** One that ends with the test. */
export async function startWebServer(answer?: Parameters<typeof openWebServer>[0]): Promise<WebServer> {
  const server = await openWebServer(answer)
  onTestFinished(server.close)
  return server
}
