// Bundles worker.ts into one file that a child process can run.
import { join } from 'node:path'
import { build } from 'esbuild'

/** Writes the worker into a folder and returns its path. */
export async function buildWorker(folder: string): Promise<string> {
  const outfile = join(folder, 'worker.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  })
  return outfile
}
