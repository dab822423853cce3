// Stops what a client of the earlier revisions has cancelled: over HTTP its cancellation is a request of its own, which reaches
// another server than the question did. A session, which is nothing but a name here, tells whose question is meant.
import { randomUUID } from 'node:crypto'
import { readAll } from '../server/read-request.ts'

const SESSION = 'mcp-session-id'

export class Cancellations {
  private readonly running = new Map<string, AbortController>()

  /** Answers a request; its signal is also aborted where a later request says so. */
  async watch(request: Request, answer: (watched: Request) => Promise<Response>): Promise<Response> {
    const body = await readAll(request)
    const { method, id, params } = messageOf(body)
    const again = (signal: AbortSignal) => answer(new Request(request.url, { ...headOf(request), body, signal }))
    const session = request.headers.get(SESSION)
    if (method === 'initialize') return withSession(await again(request.signal))
    if (session === null) return await again(request.signal)
    if (method === 'notifications/cancelled') this.running.get(keyOf(session, params?.requestId))?.abort()
    if (id === undefined) return await again(request.signal)
    const key = keyOf(session, id)
    const controller = new AbortController()
    this.running.set(key, controller)
    const forget = () => void this.running.delete(key)
    try {
      return whenRead(await again(AbortSignal.any([request.signal, controller.signal])), forget)
    } catch (error) {
      forget()
      throw error
    }
  }
}

interface Message {
  readonly method?: unknown
  readonly id?: unknown
  readonly params?: { readonly requestId?: unknown }
}

function headOf({ method, headers }: Request) {
  return { method, headers }
}

// What is no message is told by who answers it.
function messageOf(body: Uint8Array): Message {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString())
    return typeof value === 'object' && value !== null ? (value as Message) : {}
  } catch {
    return {}
  }
}

function keyOf(session: string, id: unknown): string {
  return JSON.stringify([session, id])
}

function withSession(response: Response): Response {
  const { status, body } = response
  const headers = new Headers(response.headers)
  headers.set(SESSION, randomUUID())
  return new Response(body, { status, headers })
}

// An answer may be a stream, which goes on for as long as the question is being worked on.
function whenRead(response: Response, act: () => void): Response {
  const { status, headers, body } = response
  if (body === null) {
    act()
    return response
  }
  const reader = body.getReader()
  const passed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read()
      if (!done) return controller.enqueue(value)
      act()
      controller.close()
    },
    async cancel(reason) {
      act()
      await reader.cancel(reason)
    },
  })
  return new Response(passed, { status, headers })
}
