// Holds assembly/ to the rules of the other source. Biome cannot parse decorators of functions, so it is given copies in which
// they are comments. With --write, what it has mended is taken over.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const FOLDER = 'assembly'
const isToWrite = process.argv.includes('--write')

const files = readdirSync(FOLDER, { recursive: true }).filter(name => name.endsWith('.ts'))
const copies = mkdtempSync(join(tmpdir(), 'usagebook-assembly-'))
try {
  const { files: _, ...rules } = JSON.parse(readFileSync('biome.json', 'utf8'))
  writeFileSync(join(copies, 'biome.json'), JSON.stringify({ ...rules, $schema: undefined }))
  for (const name of files) {
    const copy = join(copies, FOLDER, name)
    mkdirSync(dirname(copy), { recursive: true })
    writeFileSync(copy, readFileSync(join(FOLDER, name), 'utf8').replace(/^@/gm, '// @'))
  }
  const check = ['check', '--error-on-warnings', ...(isToWrite ? ['--write'] : []), FOLDER]
  const { status } = spawnSync(resolve('node_modules/.bin/biome'), check, { cwd: copies, stdio: 'inherit' })
  process.exitCode = status ?? 1
  if (isToWrite) {
    for (const name of files) {
      const mended = readFileSync(join(copies, FOLDER, name), 'utf8').replace(/^\/\/ @/gm, '@')
      writeFileSync(join(FOLDER, name), mended)
    }
  }
} finally {
  rmSync(copies, { recursive: true })
}
