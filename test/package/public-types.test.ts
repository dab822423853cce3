// What the library promises in types, held by a file: whoever changes it sees what programs will see.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const TYPES = resolve(import.meta.dirname, '../../dist/types')
const FILES = [
  'index',
  'library/api',
  'library/plain-value',
  'library/given-options',
  'library/option-lists',
  'base/errors',
]

it('the public types are those of public-types.txt', async () => {
  const text = FILES.map(file => `// ${file}\n${withoutHelp(readFileSync(join(TYPES, `${file}.d.ts`), 'utf8'))}`)
  await expect(text.join('\n')).toMatchFileSnapshot('public-types.txt')
})

// Help changes with its wording, which no program sees.
function withoutHelp(text: string): string {
  return text.replace(/^\s*readonly help: .*\n/gm, '')
}
