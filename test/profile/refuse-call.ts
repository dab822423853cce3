// Makes one call of this process to the file system fail with EIO, before it does anything or after it did it all.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const CHANGING = [
  'fchmodSync',
  'fsyncSync',
  'ftruncateSync',
  'linkSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'symlinkSync',
  'unlinkSync',
  'writeFileSync',
] as const

/**
 * The call number `failing` (from 1) under `root`, or on a descriptor, fails, until what is returned is called; it gives the
 * name of the call, if there were so many.
 */
export function refuseCall(root: string, failing: number, when: 'before' | 'after'): () => string | undefined {
  let calls = 0
  let failed: string | undefined
  const all = CHANGING.map(name => [name, fs[name] as (...values: unknown[]) => unknown] as const)
  for (const [name, real] of all) {
    const refusing = (...values: unknown[]) => {
      const isOurs = values.some(value => typeof value === 'number' || String(value).startsWith(root))
      if (!isOurs || ++calls !== failing) return real(...values)
      failed = `${name} ${String(values[0])}`
      if (when === 'after') real(...values)
      throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO', path: String(values[0]) })
    }
    Object.assign(fs, { [name]: refusing })
  }
  syncBuiltinESMExports()
  return () => {
    Object.assign(fs, Object.fromEntries(all))
    syncBuiltinESMExports()
    return failed
  }
}
