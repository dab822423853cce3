import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { openLogFolder } from './log-folder.ts'

const PROJECT = resolve(import.meta.dirname, '../..')

describe('usagebook/capture', () => {
  it('is one file that imports nothing but Node’s own modules', async () => {
    const { metafile } = await build({
      entryPoints: [join(PROJECT, 'dist/capture.js')],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      metafile: true,
    })
    const inputs = Object.values(metafile.inputs)
    const imports = inputs.flatMap(input => input.imports.map(entry => entry.path))
    expect(inputs).toHaveLength(1)
    expect(imports.length).toBeGreaterThan(0)
    expect(imports.filter(name => !(name.startsWith('node:') && builtinModules.includes(name.slice(5))))).toEqual([])
  })

  it('is left out of a bundle that does not use it', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "import { usageLog } from './dist/capture.js'\nconsole.log(1)", resolveDir: PROJECT },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
    })
    expect(outputFiles[0]!.text).not.toContain('usage_logs')
  })

  it('comes with types that an application can use', () => {
    const { dir } = openLogFolder()
    mkdirSync(join(dir, 'node_modules/@types'), { recursive: true })
    symlinkSync(PROJECT, join(dir, 'node_modules/usagebook'))
    symlinkSync(join(PROJECT, 'node_modules/@types/node'), join(dir, 'node_modules/@types/node'))
    writeFileSync(join(dir, 'package.json'), '{"type":"module"}')
    writeFileSync(
      join(dir, 'app.ts'),
      `import { createServer } from 'node:http'
      import { usageLog } from 'usagebook/capture'
      const usage = usageLog({ dir: 'usage_logs', timezone: 'Europe/Berlin' })
      usage.analysis({ client: 'diageo', inputTokens: 900, cacheWrite1hTokens: 5, timestamp: new Date() })
      usage.threat({ severity: 'high', threatType: 'injection', resolved: false })
      // @ts-expect-error a severity that there is not
      usage.threat({ severity: 'huge' })
      // @ts-expect-error tokens are numbers
      usage.analysis({ inputTokens: 'many' })
      // @ts-expect-error feedback has a rating
      usage.feedback({})
      // @ts-expect-error rows belong to an upload
      usage.analysis({ rows: 5 })
      const log = usage.middleware({ skip: ['/health'], user: req => req.auth?.email })
      createServer((req, res) => log(req, res, () => res.end('ok')))
      await usage.close()`,
    )
    const options = '--noEmit --strict --module nodenext --target es2022 --types node --skipLibCheck false'
    const tsc = join(PROJECT, 'node_modules/.bin/tsc')
    expect(execFileSync(tsc, [...options.split(' '), 'app.ts'], { cwd: dir, encoding: 'utf8' })).toBe('')
  })
})
