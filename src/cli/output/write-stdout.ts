// Writes the whole output of a command to stdout.
import { needHeap } from '../../base/heap-room.ts'
import { type Pieces, writeAtOnce, writeStream } from '../../sink/sink.ts'
import type { Context } from '../context.ts'

export async function writeStdout(
  context: Pick<Context, 'stdout' | 'stdoutDescriptor'>,
  pieces: Pieces,
): Promise<void> {
  let { stdoutDescriptor } = context
  for (const piece of pieces) {
    // Bytes were read as they are, and nothing is made of them.
    if (typeof piece === 'string') needHeap()
    const left = stdoutDescriptor === undefined ? piece : writeAtOnce(stdoutDescriptor, piece)
    if (left === undefined) continue
    stdoutDescriptor = undefined
    if (!(await writeStream(context.stdout, left))) return
  }
}
