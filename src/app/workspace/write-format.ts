// Adds a source format to the configuration of the workspace, and leaves everything else in it as it is.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { applyEdits, modify } from 'jsonc-parser'
import { readTextFile } from '../../base/regular-file.ts'
import type { FormatDescription } from '../../event/format-schema.ts'
import type { OnInterrupt } from '../../sink/beside.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import { CONFIG_FILE, type Workspace } from './workspace.ts'

const NAME = 'ours'

/** Returns the file, and the name that the format has there: one that was free. */
export async function writeFormat(
  description: FormatDescription,
  { root, settings }: Workspace,
  onInterrupt: OnInterrupt,
): Promise<{ file: string; name: string }> {
  const file = join(root, CONFIG_FILE)
  const text = existsSync(file) ? readTextFile(file) : '{}\n'
  const taken = settings.formats ?? {}
  let name = NAME
  for (let number = 2; taken[name] !== undefined; number++) name = `${NAME}-${number}`
  const edits = modify(text, ['formats', name], description, { formattingOptions: { tabSize: 2, insertSpaces: true } })
  await writeFileWhole(file, [applyEdits(text, edits)], onInterrupt)
  return { file, name }
}
