// The protocol over standard input and output. What was asked before the input ended is still answered.
import { PassThrough, type Readable, type Writable } from 'node:stream'
import type { JSONRPCMessage, McpServerFactory, RequestId } from '@modelcontextprotocol/server'
import { StdioServerTransport, serveStdio as serve } from '@modelcontextprotocol/server/stdio'

interface Streams {
  readonly stdin: Readable
  readonly stdout: Writable
}

export interface StdioConnection {
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

export function serveStdio(
  factory: McpServerFactory,
  { stdin, stdout }: Streams,
  say: (text: string) => void,
): StdioConnection {
  const input = new PassThrough()
  const transport = new StdioServerTransport(input, stdout)
  const handle = serve(factory, { transport, onerror: error => say(error.message) })
  const open = new OpenRequests()
  const { onmessage, onclose } = transport
  const send = transport.send.bind(transport)
  transport.onmessage = message => {
    open.hear(message)
    onmessage?.(message)
  }
  transport.send = async message => {
    await send(message)
    open.answered(message)
  }
  const ended = new Promise<void>(resolve => {
    transport.onclose = () => {
      onclose?.()
      resolve()
    }
  })
  stdin.on('data', (bytes: Buffer) => input.write(bytes))
  stdin.once('error', () => input.end())
  // One more step, so that what came last is heard before it is asked what is open.
  stdin.once('end', () => setImmediate(() => open.whenNone(() => input.end())))
  return {
    ended: ended.then(() => {
      stdin.removeAllListeners('data')
      stdin.pause()
    }),
    close: () => handle.close(),
  }
}

/** The requests that are not answered yet. */
class OpenRequests {
  private readonly ids = new Set<RequestId>()
  private whenEmpty: (() => void) | undefined

  hear(message: JSONRPCMessage): void {
    if (!('method' in message)) return
    if ('id' in message) this.ids.add(message.id)
    // What is cancelled is never answered.
    else if (message.method === 'notifications/cancelled') this.close(message.params?.requestId as RequestId)
  }

  answered(message: JSONRPCMessage): void {
    if (!('method' in message) && message.id !== undefined) this.close(message.id)
  }

  whenNone(act: () => void): void {
    this.whenEmpty = act
    if (this.ids.size === 0) act()
  }

  private close(id: RequestId): void {
    this.ids.delete(id)
    if (this.ids.size === 0) this.whenEmpty?.()
  }
}
