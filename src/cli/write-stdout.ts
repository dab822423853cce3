// Writes the whole output of a command to stdout.
import { writeAtOnce, writeStream } from '../sink/sink.ts'
import type { Context } from './context.ts'

export async function writeStdout(context: Pick<Context, 'stdout' | 'stdoutDescriptor'>, text: string): Promise<void> {
  const { stdoutDescriptor } = context
  const left = stdoutDescriptor === undefined ? text : writeAtOnce(stdoutDescriptor, text)
  if (left !== undefined) await writeStream(context.stdout, left)
}
