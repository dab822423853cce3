// Runs whole processes in turns and takes their wall time, CPU time and peak memory with GNU time.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One run: `{ stdout, wallMs, cpuMs, peakMib }`. A process that fails is an error. */
export function runOnce({ command, env = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-bench-'))
  const report = join(folder, 'time')
  const began = process.hrtime.bigint()
  const done = spawnSync('/usr/bin/time', ['-q', '-o', report, '-f', '%U %S %M', ...command], {
    env: { ...process.env, TZ: 'UTC', ...env },
    maxBuffer: 2 ** 30,
  })
  const wallMs = Number(process.hrtime.bigint() - began) / 1e6
  if (done.error !== undefined) throw done.error
  if (done.status !== 0) throw new Error(`${command.join(' ')} ended with ${done.status}:\n${done.stderr}`)
  const [user, system, peak] = readFileSync(report, 'utf8').trim().split('\n').at(-1).split(' ').map(Number)
  rmSync(folder, { recursive: true })
  return { stdout: done.stdout.toString(), wallMs, cpuMs: (user + system) * 1000, peakMib: peak / 1024 }
}

/**
 * Medians of alternating runs by name; each candidate may have a `before` that is not measured. They take turns in being
 * first.
 */
export function measure(candidates, runs) {
  const samples = new Map(candidates.map(candidate => [candidate.name, []]))
  for (let run = 0; run < runs; run++) {
    const first = run % candidates.length
    for (const candidate of [...candidates.slice(first), ...candidates.slice(0, first)]) {
      candidate.before?.()
      samples.get(candidate.name).push(runOnce(candidate))
    }
  }
  return new Map(
    [...samples].map(([name, list]) => [
      name,
      {
        wallMs: median(list.map(sample => sample.wallMs)),
        cpuMs: median(list.map(sample => sample.cpuMs)),
        peakMib: median(list.map(sample => sample.peakMib)),
      },
    ]),
  )
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
