// A response whose body is observed as it passes through: the same bytes in the same chunks, with no delay.
import type { AnswerReader } from './answer-reader.ts'

export type BodyEnd = (error: unknown, isAborted: boolean) => void

/**
 * Calls `end` when the body was read to its end, failed, or was given up. A response without a body, or with one that
 * somebody else is reading, ends at once and stays as it is.
 */
export function observeBody(response: Response, answer: AnswerReader | undefined, end: BodyEnd): Response {
  if (response.body === null || response.body.locked) {
    end(undefined, false)
    return response
  }
  answer?.open(response.headers.get('content-type'), response.headers.get('content-encoding'))
  const reader = response.body.getReader()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) {
            controller.close()
            end(undefined, false)
            return
          }
          answer?.add(value)
          controller.enqueue(value)
        } catch (error) {
          end(error, false)
          throw error
        }
      },
      cancel(reason) {
        end(undefined, true)
        return reader.cancel(reason)
      },
    },
    // Nothing is read before it is asked for.
    { highWaterMark: 0 },
  )
  const { status, statusText, headers } = response
  return new Response(body, { status, statusText, headers })
}
