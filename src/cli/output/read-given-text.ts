// Text that a command is given: from a file, from standard input, or from the user's editor.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { decodeText } from '../../base/decode-text.ts'
import { InputError, systemReason, UsagebookError, UsageError } from '../../base/errors.ts'
import { readTextFile } from '../../base/regular-file.ts'
import type { Context } from '../context.ts'

export interface ReadText {
  readonly text: string
  /** What to call it in messages. */
  readonly file: string
}

/** The text of `--file`: a path from the current folder, or "-" for standard input. */
export async function readGivenText(file: string, context: Context): Promise<ReadText> {
  if (file === '-') return { text: await readStandardInput(context), file: 'standard input' }
  try {
    return { text: readTextFile(resolve(context.cwd, file), file), file }
  } catch (error) {
    if (error instanceof UsagebookError) throw error
    throw new InputError('file-unreadable', `${file} cannot be read: ${systemReason(error)}.`, {
      where: { option: 'file', file },
      hint: 'Check the path and its permissions, or use - for standard input.',
      cause: error,
    })
  }
}

/** A text as the user's editor leaves it, in a temporary file named like `name`; `removeEdited` lets that file go. */
export function readEditedText(text: string, name: string, context: Context): ReadText {
  const editor = context.environment.VISUAL || context.environment.EDITOR || 'vi'
  const file = join(mkdtempSync(join(tmpdir(), 'usagebook-')), name)
  writeFileSync(file, text)
  const ended = spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit', cwd: context.cwd })
  if (ended.status === 0) return { text: decodeText(readFileSync(file), file), file }
  throw new UsageError('editor-failed', `The editor ${JSON.stringify(editor)} failed; nothing was changed.`, {
    where: { option: 'editor', file },
    hint: `Set EDITOR to an editor that works; what was written is in ${file}.`,
  })
}

export function removeEdited({ file }: ReadText): void {
  rmSync(dirname(file), { recursive: true })
}

async function readStandardInput(context: Context): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of context.stdin) parts.push(Buffer.from(part as Uint8Array))
  return decodeText(Buffer.concat(parts), 'standard input')
}
