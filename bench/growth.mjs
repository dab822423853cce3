// Time and memory of the usage report while the logs grow. Logs that were not there go again: they are large.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOf, logsOf } from './logs.mjs'
import { measure } from './measure.mjs'
import { ours } from './peers.mjs'
import { gigabytes, mib, seconds, table } from './table.mjs'

/** For each size its bytes, wall time and peak memory. */
export function measureGrowth(sizes, { data, runs, say }) {
  const measured = sizes.map(size => {
    const wasThere = existsSync(join(data, `native-${size}`))
    const folder = logsOf(data, 'native', size)
    const candidate = { name: 'usagebook', command: ours('native', folder, '--no-cache', '--dedupe', 'off') }
    const { wallMs, peakMib } = measure([candidate], Math.min(runs, 3)).get('usagebook')
    const bytes = bytesOf(folder)
    if (!wasThere) rmSync(folder, { recursive: true })
    return { bytes, wallMs, peakMib }
  })
  const rows = measured.map(({ bytes, wallMs, peakMib }) => [
    gigabytes(bytes),
    seconds(wallMs),
    `${((wallMs / bytes) * 1e6).toFixed(2)} s`,
    mib(peakMib),
  ])
  say('### Growth: native logs, without a cache\n')
  say(table(['', 'wall', 'a GB', 'peak memory'], rows))
  return measured
}
