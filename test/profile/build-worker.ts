// Bundles worker.ts into one file that a child process can run.
import { join } from 'node:path'
import { build } from 'esbuild'

/** Writes the worker, of the profiles unless it is another one, into a folder and returns its path. */
export async function buildWorker(folder: string, entry = join(import.meta.dirname, 'worker.ts')): Promise<string> {
  const outfile = join(folder, 'worker.mjs')
  await build({
    entryPoints: [entry],
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
